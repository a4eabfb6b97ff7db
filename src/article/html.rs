//! Articles from HTML pages: decoding, the main text, and what the page says about itself.

use std::borrow::Cow;

use dom_smoothie::{Config, Readability, ReadabilityError, TextMode};
use encoding_rs::{Encoding, UTF_8};

use super::{Article, dateline, legacy_text, line, not_decoded, plain};
use crate::error::{Error, Kind};
use crate::normalize::legacy;
use crate::span::Span;

/// A page with more elements than this is no news page, and its analysis would take long.
const MAX_ELEMENTS: usize = 100_000;
/// A tree deeper than this would exhaust the stack of the parser's own walks.
const MAX_DEPTH: usize = 512;
/// How far into a page its `charset` is looked for, as in browsers.
const HEAD: usize = 1024;

impl Article {
    /// Reads an article from an HTML page; `url`, where it is known, is kept and must be absolute.
    ///
    /// The page is decoded as its byte order mark says, else as it declares, else as UTF-8. [`Article::text`] is the
    /// headline, an empty line, and the main text of the page, without its menus and lists; it is stored as it was
    /// extracted and analysed as plain text is. The date of publication is the one of the page's metadata, else the
    /// one that the page prints.
    ///
    /// Pages as sites make them take time linear in their length. The attributes of one element take the HTML parser
    /// quadratic time: 100,000 of them, seconds.
    ///
    /// ```
    /// use thoisu::Article;
    ///
    /// let page = "<meta charset=utf-8><title>Xã An Bình họp dân</title>\
    ///             <meta property='article:published_time' content='2020-03-12T08:15:00+07:00'>\
    ///             <article><h1>Xã An Bình họp dân</h1><p>Sáng 11/3, UBND xã An Bình họp với dân năm thôn.</article>";
    /// let article = Article::from_html(page.as_bytes(), None)?;
    /// assert_eq!(article.title(), Some("Xã An Bình họp dân"));
    /// assert_eq!(article.published.unwrap().to_string(), "2020-03-12T08:15:00");
    /// # Ok::<(), thoisu::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the page is neither in the encoding that it declares nor in UTF-8, holds no article, or is no page of news:
    /// too many elements, or elements too deep in each other.
    pub fn from_html(bytes: &[u8], url: Option<&str>) -> Result<Self, Error> {
        let html = decode(bytes)?;
        if depth(&html) > MAX_DEPTH {
            return Err(Error::new(Kind::Input, "the page nests its elements too deep")
                .advice("extract the text with another program and read that"));
        }
        let config =
            Config { max_elements_to_parse: MAX_ELEMENTS, text_mode: TextMode::Formatted, ..Config::default() };
        let mut page = Readability::new(html.as_ref(), url, Some(config)).map_err(refused)?;
        // All that the page prints: the main text often leaves out the line with the date.
        let whole = page.doc.formatted_text();
        let main = page.parse().map_err(refused)?;
        let text = main.text_content.trim_matches(line::blank);
        if text.is_empty() {
            return Err(no_article());
        }
        let title = main.title.trim();
        let mut article = Self { url: url.map(str::to_owned), ..Self::default() };
        let title = if title.is_empty() {
            article.text = text.to_owned();
            None
        } else if text.starts_with(title) {
            article.text = text.to_owned();
            Some(Span::from_range(0..title.len()))
        } else {
            article.text = format!("{title}\n\n{text}");
            Some(Span::from_range(0..title.len()))
        };
        plain::read(&mut article, title);
        let told = main.published_time.as_deref().and_then(dateline::read);
        article.published = told.or(article.published).or_else(|| Self::from_text(whole.to_string()).published);
        article.not_blank()
    }
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

/// The page as text. As in browsers, bytes that the declared encoding does not have become U+FFFD; a page in an encoding
/// from before Unicode, which declares another one or none, is read by what its words tell.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    let text = match (Encoding::for_bom(bytes), std::str::from_utf8(bytes)) {
        (Some((encoding, mark)), _) => encoding.decode_without_bom_handling(&bytes[mark..]).0,
        (None, Ok(text)) => Cow::Borrowed(text),
        (None, Err(error)) => match declared(bytes) {
            Some(encoding) if encoding != UTF_8 => encoding.decode_without_bom_handling(bytes).0,
            _ => legacy_text(bytes).ok_or_else(|| not_decoded("UTF-8", error.valid_up_to()))?.into(),
        },
    };
    let repaired = legacy::repair(&text, None);
    if repaired.mojibake { Ok(repaired.text.into_owned().into()) } else { Ok(text) }
}

/// The encoding that the page declares: `<meta charset=…>` or `content="text/html; charset=…"`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const NAME: &[u8] = b"charset=";
    let head = &bytes[..bytes.len().min(HEAD)];
    let at = head.windows(NAME.len()).position(|window| window.eq_ignore_ascii_case(NAME))? + NAME.len();
    let value = head[at..].iter().skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '));
    let label: Vec<u8> =
        value.copied().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':')).collect();
    Encoding::for_label(&label)
}

/// How deep the tags of the page can be in each other, at most: tags that close nothing are counted as well.
fn depth(html: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0_usize);
    let bytes = html.as_bytes();
    for (at, _) in html.match_indices('<') {
        match bytes.get(at + 1) {
            Some(b'/') => now = now.saturating_sub(1),
            Some(c) if c.is_ascii_alphabetic() && !is_void(&html[at + 1..]) => now += 1,
            _ => {}
        }
        most = most.max(now);
    }
    most
}

/// Whether the tag has no content, or one whose end pages leave out.
fn is_void(tag: &str) -> bool {
    const NAMES: &[&str] = &[
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
        "param", "path", "source", "td", "th", "tr", "track", "wbr",
    ];
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    NAMES.iter().any(|void| name.eq_ignore_ascii_case(void))
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
