//! Articles from HTML pages: decoding, the main text, and what the page says about itself.
//!
//! A readability library finds the main text. It is made for English pages of magazines: it loses the lead that stands
//! outside the main element, the tables of a decree and the signature below it, and keeps lists of other articles. So its
//! finding is taken as a mark of which texts belong to the article, and the article is read anew from the page: from the
//! headline to the end of what the library found, and on to the first thing that is none of the article.

mod blocks;
mod decode;
mod limits;
mod meta;
mod select;

use std::collections::HashSet;

use dom_query::{Document, NodeData, NodeId, NodeRef};
use dom_smoothie::{Config, Readability, ReadabilityError};
use html5ever::tendril::StrTendril;

use self::blocks::Blocks;
use self::meta::Meta;
use self::select::Selection;
use super::shape::Shape;
use super::{Article, line, plain};
use crate::error::{Error, Kind};
use crate::normalize::legacy;
use crate::span::Span;

/// A page whose main text has no sentence must have so many characters to be an article, such as a list of names.
const NO_SENTENCE: usize = 300;
/// Words that a short sentence has at least.
const SENTENCE: usize = 5;

impl Article {
    /// Reads an article from an HTML page; `url`, where it is known, is kept and must be absolute.
    ///
    /// # What is taken
    ///
    /// [`Article::text`] is the headline, an empty line, and the main text of the page as it prints it: a paragraph each,
    /// with an empty line between them, items of a list and rows of a table a line each, the cells of a row with `; `
    /// between them. The lines between headline and text are part of it (the date, the lead), and so are those right
    /// below it, which name author and source. Menus, lists of other articles and comments are not. The text is stored
    /// as it was extracted and analysed as plain text is, so that what is left of the page's own is
    /// [`furniture`](Article::furniture).
    ///
    /// - The headline is the one that the page prints and its metadata or `<title>` repeats, else the heading above the
    ///   text, else the one of the metadata. The name of the site is no headline.
    /// - The date of publication is that of the metadata (JSON-LD, `article:published_time` and the like, microdata),
    ///   else the one that the page prints. A date of change is never taken.
    /// - [`author`](Article::author) is that of the metadata, else the one that the page prints.
    ///   [`site`](Article::site) comes from the metadata alone.
    /// - Of several articles in one page, each with its own headline and date, the longest is taken.
    ///
    /// # Encodings
    ///
    /// A page is decoded as its byte order mark says, else as UTF-8, else in the encoding that it declares. Pages from
    /// before Unicode declare anything: TCVN3, VNI, VISCII, VPS and windows-1258 are told by the words
    /// ([`legacy`]), also where the letters of such fonts (`.VnTime`) stand as Latin-1 in a page of UTF-8.
    ///
    /// # Limits
    ///
    /// Beyond 16 MiB, 200,000 elements and texts or far more of them than tags, 256 elements in each other, 500
    /// attributes of one element, or 384 MiB of text where each counts as often as elements stand around it, a page is
    /// refused: its analysis could take minutes. No page of news comes near. Within the limits the time is about linear
    /// in the length of the page: hostile ones cost up to three times as much as others.
    ///
    /// ```
    /// use thoisu::Article;
    ///
    /// let page = "<meta charset=utf-8><title>Xã An Bình họp dân</title>\
    ///             <meta property='article:published_time' content='2020-03-12T08:15:00+07:00'>\
    ///             <article><h1>Xã An Bình họp dân</h1><p>Sáng 11/3, UBND xã An Bình họp với dân năm thôn.</article>";
    /// let article = Article::from_html(page.as_bytes(), None)?;
    /// assert_eq!(article.title(), Some("Xã An Bình họp dân"));
    /// assert_eq!(article.body(), "Sáng 11/3, UBND xã An Bình họp với dân năm thôn.");
    /// assert_eq!(article.published.unwrap().to_string(), "2020-03-12T08:15:00");
    /// # Ok::<(), thoisu::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_input`] when the page is in no encoding that is known, is beyond the limits, or holds no article, as lists
    /// of articles and pages that scripts fill in; or when `url` is not absolute.
    pub fn from_html(bytes: &[u8], url: Option<&str>) -> Result<Self, Error> {
        let html = decode::decode(bytes)?;
        let document = limits::parse(&html)?;
        let mut meta = Meta::read(&document);
        let kept = main_texts(&document, url)?;
        let mut blocks = Blocks::new(&document, &kept);
        repair(&mut blocks, &mut meta);
        let selection = Selection::new(&document, &blocks, &meta, &kept).ok_or_else(no_article)?;

        let mut article = Self { url: url.map(str::to_owned), ..Self::default() };
        let mut title = None;
        if let Some(headline) = &selection.title {
            article.text.push_str(headline);
            title = Some(Span::from_range(0..headline.len()));
        }
        for &at in &selection.blocks {
            let block = &blocks.all[at];
            if !article.text.is_empty() {
                let first = Some(&at) == selection.blocks.first();
                article.text.push_str(if block.tight && !first { "\n" } else { "\n\n" });
            }
            article.text.push_str(&block.text);
        }
        plain::read(&mut article, title);
        if !is_article(&article) {
            return Err(no_article());
        }
        article.published = meta.published.or(article.published).or_else(|| selection.printed_date(&blocks));
        article.author = meta.author.or_else(|| selection.printed_author(&blocks)).or(article.author);
        article.site = meta.site;
        article.not_blank()
    }
}

/// The texts that the library takes for the main text of the page.
fn main_texts(document: &Document, url: Option<&str>) -> Result<HashSet<NodeId>, Error> {
    // Metadata is read elsewhere.
    let config = Config { disable_json_ld: true, ..Config::default() };
    // Nodes keep their numbers in the copy.
    let copy = document.clone();
    plain_characters(&copy);
    let mut page = Readability::with_document(copy, url, Some(config)).map_err(refused)?;
    page.parse().map_err(refused)?;
    let main = page.doc.select_single("#readability-page-1");
    let texts = main.nodes().iter().flat_map(NodeRef::descendants_it).filter(NodeRef::is_text);
    Ok(texts.map(|node| node.id).collect())
}

/// Puts other characters in place of those that HTML escapes. The library writes what it found as HTML, and the time that
/// this takes is quadratic in their number; which nodes it finds does not hang on them.
fn plain_characters(document: &Document) {
    const ESCAPED: [char; 4] = ['&', '<', '>', '\u{A0}'];
    let plain = |text: &mut StrTendril| {
        if text.contains(ESCAPED) {
            *text = StrTendril::from(text.replace(ESCAPED, " "));
        }
    };
    for node in document.root().descendants() {
        node.update(|node| match &mut node.data {
            NodeData::Text { contents } => plain(contents),
            NodeData::Element(element) => element.attrs.iter_mut().for_each(|attribute| plain(&mut attribute.value)),
            _ => {}
        });
    }
}

/// Repairs letters of fonts from before Unicode, in the blocks that have no others.
fn repair(blocks: &mut Blocks, meta: &mut Meta) {
    // What no byte of such a font can be taken for.
    let latin = |text: &str| !text.is_ascii() && text.chars().all(|c| c < '\u{180}' || !c.is_alphabetic());
    let mut sample = String::new();
    for block in blocks.all.iter().filter(|block| latin(&block.text)) {
        sample.push_str(&block.text);
        sample.push('\n');
    }
    let found = legacy::repair(&sample, None);
    if !found.mojibake {
        return;
    }
    let encoding = found.encoding;
    let fix = |text: &mut String| {
        if latin(text) {
            *text = legacy::repair(text, Some(encoding)).text.into_owned();
        }
    };
    blocks.all.iter_mut().for_each(|block| fix(&mut block.text));
    meta.titles.iter_mut().for_each(fix);
    meta.author.iter_mut().chain(&mut meta.site).for_each(fix);
}

/// Whether what was found reads as an article: it has sentences, or is long.
fn is_article(article: &Article) -> bool {
    let end = article.body.range().end;
    let mut at = article.body.range().start;
    let mut chars = 0;
    for raw in article.body().split_inclusive('\n') {
        let span = Span::from_range(at..(at + raw.len()).min(end));
        at += raw.len();
        let text = raw.trim_matches(line::blank);
        if text.is_empty() || article.furniture_at(span).is_some() {
            continue;
        }
        let shape = Shape::of(text);
        // A notice may be one short sentence; headlines of a list and labels end otherwise.
        let sentence = text.ends_with(['.', '!', '…']) && text.split_whitespace().count() >= SENTENCE;
        if shape.is_prose() || sentence {
            return true;
        }
        chars += shape.chars as usize;
    }
    chars >= NO_SENTENCE
}

fn refused(error: ReadabilityError) -> Error {
    match error {
        ReadabilityError::GrabFailed => no_article(),
        ReadabilityError::BadDocumentURL => Error::new(Kind::Input, "the address of the page is not absolute")
            .advice("give one that begins with https://"),
        error => Error::new(Kind::Input, format!("the page cannot be read: {error}"))
            .advice("extract the text with another program and read that"),
    }
}

fn no_article() -> Error {
    Error::new(Kind::Input, "there is no article in the page")
        .advice("give the page of one article; lists and pages that scripts fill in hold none")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(head: &str, date: &str) -> String {
        format!(
            "<html><head>{head}<title>Xã An Bình đối thoại với nhân dân - Cổng thông tin huyện</title></head><body>
            <ul class=menu><li><a href=/>Trang chủ</a><li><a href=/tin>Tin tức</a></ul>
            <div class=content><h1>Xã An Bình đối thoại với nhân dân</h1><div class=date>{date}</div>
            <p>Sáng 11/3, UBND xã An Bình tổ chức hội nghị đối thoại với hơn 120 người dân của năm thôn trên địa bàn.</p>
            <p>Người dân nêu 35 ý kiến về đường làng, nước sạch, giá lúa và việc thu gom rác; lãnh đạo xã trả lời 31 ý kiến.</p>
            <p>Kết luận hội nghị, Chủ tịch UBND xã Lê An đề nghị các thôn họp dân mỗi quý một lần, báo cáo về xã.</p></div>
            <div class=footer>Bản quyền thuộc UBND xã. Lượt truy cập: 12.345</div></body></html>"
        )
    }

    #[test]
    fn main_text_title_and_date() {
        let html = page("<meta charset=utf-8>", "Thứ năm - 12/03/2020 08:15");
        let article = Article::from_html(html.as_bytes(), Some("https://anbinh.example/tin/1")).unwrap();
        assert!(article.title().unwrap().starts_with("Xã An Bình đối thoại với nhân dân"), "{:?}", article.title());
        assert!(article.body().contains("hơn 120 người dân") && article.body().contains("Lê An"));
        assert!(!article.body().contains("Lượt truy cập"));
        assert_eq!(article.published.unwrap().to_string(), "2020-03-12T08:15");
        assert_eq!(article.url.as_deref(), Some("https://anbinh.example/tin/1"));
    }

    #[test]
    fn metadata_comes_first() {
        let head = "<meta property='article:published_time' content='2020-03-12T01:15:00Z'>";
        let article = Article::from_html(page(head, "13/03/2020").as_bytes(), None).unwrap();
        assert_eq!(article.published.unwrap().to_string(), "2020-03-12T08:15:00");
    }

    #[test]
    fn encodings() {
        let html = page("<meta http-equiv=Content-Type content='text/html; charset=utf-16le'>", "");
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(html.encode_utf16().flat_map(u16::to_le_bytes));
        assert!(Article::from_html(&bytes, None).unwrap().body().contains("hơn 120 người dân"));

        let html = page("<meta charset='windows-1252'>", "").replace("Lê An", "L\u{1}");
        let bytes: Vec<u8> = html.bytes().flat_map(|b| if b == 1 { b"\xEA An".to_vec() } else { vec![b] }).collect();
        let latin = Article::from_html(&bytes, None).unwrap();
        assert!(latin.text.contains("Lê An"));

        let error = Article::from_html(b"<p>\xFF</p>", None).unwrap_err();
        assert!(error.is_input() && error.to_string().contains("byte 3"), "{error}");
    }

    #[test]
    fn pages_without_an_article() {
        for html in ["", "<html><body></body></html>", "<script>fill()</script>"] {
            let error = Article::from_html(html.as_bytes(), None).unwrap_err();
            assert!(error.is_input() && error.to_string().starts_with("there is no article"), "{html}: {error}");
        }
        let error = Article::from_html(page("", "").as_bytes(), Some("tin/1")).unwrap_err();
        assert!(error.to_string().contains("not absolute"), "{error}");
    }

    #[test]
    fn deep_pages_are_refused() {
        let error = Article::from_html("<div>".repeat(200_000).as_bytes(), None).unwrap_err();
        assert!(error.to_string().contains("too deep"), "{error}");
    }
}
