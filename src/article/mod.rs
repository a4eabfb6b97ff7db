//! Articles: the text as it was given, and its parts.

mod byline;
mod dateline;
mod furniture;
#[cfg(feature = "html")]
mod html;
#[cfg(feature = "serde")]
mod json;
mod line;
mod page;
mod plain;
mod shape;

use std::fs;
use std::path::Path;

use crate::date::PartialDate;
use crate::error::{Error, Kind};
use crate::fnv::Fnv;
use crate::normalize::legacy::{self, Encoding};
use crate::span::Span;

/// An article: its text exactly as it was given, and what was found out about its parts.
///
/// | it comes as | call |
/// |---|---|
/// | text | [`from_text`](Self::from_text), which cannot fail |
/// | bytes of a text file | [`from_bytes`](Self::from_bytes), [`from_bytes_as`](Self::from_bytes_as) |
/// | a page (feature `html`) | `from_html` |
/// | a line of JSON (feature `serde`) | `from_json` |
/// | a file | [`from_path`](Self::from_path) |
///
/// What the caller knows better is set afterwards: the fields are public, and analysis takes them as they are. A [`Span`]
/// that lies in no place of the text reads as empty and never panics.
///
/// ```
/// use thoisu::Article;
///
/// let page = "Trang chủ » Tin tức\n\
///             Xã An Bình đối thoại với nhân dân\n\
///             Thứ năm - 12/03/2020 08:15   Lượt xem: 214\n\n\
///             Sáng 11/3, UBND xã An Bình tổ chức đối thoại với hơn 120 người dân của năm thôn.\n\n\
///             Hà Vân\n";
/// let article = Article::from_text(page);
/// assert_eq!(article.title(), Some("Xã An Bình đối thoại với nhân dân"));
/// assert_eq!(article.published.unwrap().to_string(), "2020-03-12T08:15");
/// assert!(article.body().starts_with("Sáng 11/3"));
/// assert_eq!(&article.text[article.furniture[0].range()], "Trang chủ » Tin tức");
/// assert_eq!(article.text, page);
/// ```
///
/// With the feature `serde` an article is written and read back field by field, spans as `start` and `end`, which spares
/// reading a page twice. What other programs write is read by `from_json`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Article {
    /// What the caller knows it by; the file's stem for files.
    pub id: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The text, never changed: every [`Span`] counts its bytes.
    pub text: String,
    /// The headline. One in capitals or one that was wrapped may go over several lines.
    pub title: Option<Span>,
    /// The dateline: where the text prints when it was published.
    pub dateline: Option<Span>,
    /// From the first to the last paragraph of the article itself. Furniture may stand inside it.
    pub body: Span,
    /// Parts that belong to the page and not to the article, in order and apart from each other: menus, counters,
    /// captions, bylines, licences. Neither title nor dateline nor source lie in them.
    pub furniture: Vec<Span>,
    /// The line that names the source.
    pub source: Option<Span>,
    /// When it was published, as finely as it is printed.
    pub published: Option<PartialDate>,
    /// Who wrote it: the name or names in the metadata of a page, else in the byline, without its label. A text, since
    /// metadata stands in no text; the byline itself lies in [`furniture`](Self::furniture).
    pub author: Option<String>,
    /// The name of the site, as the metadata of a page gives it.
    pub site: Option<String>,
}

impl Article {
    /// Reads an article from plain text as it was scraped.
    ///
    /// Of a text beyond [`Span::MAX_TEXT`] only the beginning is analysed.
    ///
    /// The parts are found by what Vietnamese portals print and by the look of the lines, in time linear in the length
    /// of the text. What cannot be found is `None`; the text is kept whole in any case. The date of publication is the
    /// one that stands beside the headline or carries a label such as `Đăng ngày`; a date in a sentence is never taken
    /// for it, and neither is the one that a page prints for its reader, unless it is the only one beside the headline.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        let mut article = Self { text: text.into(), ..Self::default() };
        plain::read(&mut article, None);
        article
    }

    /// Reads an article from the bytes of a plain text file: UTF-8, UTF-16 with a byte order mark, or an encoding from
    /// before Unicode that the text itself makes plain ([`legacy`]). The text is what was decoded.
    ///
    /// # Errors
    ///
    /// [`Error::is_input`] when the bytes are in none of these encodings, with the first byte that fits in none, or hold no
    /// text.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Self::from_text(decode(bytes)?).not_blank()
    }

    /// Reads an article from bytes in the encoding given, whatever the text looks like. Bytes that mean nothing in it
    /// become U+FFFD; [`legacy::decode`] tells which.
    ///
    /// ```
    /// use thoisu::Article;
    /// use thoisu::normalize::legacy::Encoding;
    ///
    /// let article = Article::from_bytes_as(b"Th\xABng t\xAD", Encoding::Tcvn3)?;
    /// assert_eq!(article.text, "Thông tư");
    /// # Ok::<(), thoisu::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_input`] when there is no text.
    pub fn from_bytes_as(bytes: &[u8], encoding: Encoding) -> Result<Self, Error> {
        Self::from_text(legacy::decode(bytes, Some(encoding)).text).not_blank()
    }

    /// Reads an article from a file: HTML where its name ends in `.html` or `.htm` (with the feature `html`), else plain
    /// text. Its `id` is the file's stem.
    ///
    /// # Errors
    ///
    /// [`Error::is_io`] when the file cannot be read, [`Error::is_input`] when it is not what [`Article::from_bytes`] or
    /// `Article::from_html` reads; the error names the file.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let at = |error: Error| error.at(path.display());
        let bytes = fs::read(path).map_err(|error| {
            let advice = match error.kind() {
                std::io::ErrorKind::NotFound => "check the path",
                std::io::ErrorKind::PermissionDenied => "check who may read it",
                _ => "give a file that can be read",
            };
            at(Error::new(Kind::Io, format!("cannot read the article: {error}")).advice(advice).source(error))
        })?;
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("").to_ascii_lowercase();
        let article = match extension.as_str() {
            #[cfg(feature = "html")]
            "html" | "htm" => Self::from_html(&bytes, None),
            #[cfg(not(feature = "html"))]
            "html" | "htm" => {
                Err(Error::new(Kind::Input, "HTML cannot be read").advice("build with the feature `html`"))
            }
            _ => Self::from_bytes(&bytes),
        };
        let mut article = article.map_err(at)?;
        article.id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        Ok(article)
    }

    /// The part of the text that is analysed: all of it, up to [`Span::MAX_TEXT`] bytes.
    #[must_use]
    pub fn analysed(&self) -> &str {
        Span::reachable(&self.text)
    }

    /// The headline, as printed; `None` too where the span was changed so that it is no part of the text.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.text.get(self.title?.range())
    }

    /// The body, as printed, with the furniture inside it; empty where the span was changed so that it is no part of the
    /// text.
    #[must_use]
    pub fn body(&self) -> &str {
        self.text.get(self.body.range()).unwrap_or_default()
    }

    /// The first part of the furniture that `span` overlaps.
    pub(crate) fn furniture_at(&self, span: Span) -> Option<Span> {
        let next = self.furniture.partition_point(|part| part.end <= span.start);
        self.furniture.get(next).copied().filter(|part| part.overlaps(span))
    }

    /// A hash of the text (64-bit FNV-1a), the same on all machines: an id for an article that came without one.
    #[must_use]
    pub fn digest(&self) -> u64 {
        let mut hash = Fnv::new();
        hash.write(&self.text);
        hash.finish()
    }

    fn not_blank(self) -> Result<Self, Error> {
        if self.text.chars().all(line::blank) {
            return Err(Error::new(Kind::Input, "the article is empty").advice("leave it out, or give it a text"));
        }
        Ok(self)
    }
}

/// The text of a plain text file. A byte order mark of UTF-8 stays in it, so that offsets are those of the file.
fn decode(bytes: &[u8]) -> Result<String, Error> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(legacy::repair(text, None).text.into_owned()),
            Err(error) => legacy_text(bytes).ok_or_else(|| not_decoded("UTF-8", error.valid_up_to())),
        },
    }
}

/// The text of bytes in an encoding from before Unicode, where they leave no doubt which one.
fn legacy_text(bytes: &[u8]) -> Option<String> {
    let decoded = legacy::decode(bytes, None);
    let sure = !matches!(decoded.encoding, Encoding::Utf8 | Encoding::Windows1252) && decoded.replaced.is_empty();
    sure.then(|| decoded.text.into_owned())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Error> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len());
    // The two bytes of the mark count.
    let mut at = 2;
    for c in char::decode_utf16(units) {
        let c = c.map_err(|_| not_decoded("UTF-16", at))?;
        at += 2 * c.len_utf16();
        text.push(c);
    }
    if at < bytes.len() + 2 { Err(not_decoded("UTF-16", at)) } else { Ok(text) }
}

fn not_decoded(encoding: &str, at: usize) -> Error {
    Error::new(Kind::Input, format!("the text is not {encoding}"))
        .at(format_args!("byte {at}"))
        .advice("convert it to UTF-8, or name its encoding")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_with_a_mark() {
        let text = "Đối thoại 𝄞";
        for (mark, bytes) in [(0xFEFF_u16, u16::to_le_bytes as fn(u16) -> [u8; 2]), (0xFEFF, u16::to_be_bytes)] {
            let mut file = bytes(mark).to_vec();
            file.extend(text.encode_utf16().flat_map(bytes));
            assert_eq!(Article::from_bytes(&file).unwrap().text, text);
            file.pop();
            let error = Article::from_bytes(&file).unwrap_err();
            assert!(error.is_input() && error.to_string().contains("byte 22"), "{error}");
        }
        let marked = format!("\u{FEFF}{text}");
        assert_eq!(Article::from_bytes(marked.as_bytes()).unwrap().text, marked);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let error = Article::from_bytes(b"Tin \xC4\x90\xE1 x").unwrap_err();
        assert_eq!(error.to_string(), "the text is not UTF-8 (byte 6): convert it to UTF-8, or name its encoding");
        for blank in ["", " \n\t\u{A0}\u{FEFF}\n"] {
            assert!(Article::from_bytes(blank.as_bytes()).unwrap_err().is_input());
        }
    }

    #[test]
    fn files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("xa_an_binh.txt");
        fs::write(&path, "Xã An Bình họp dân.").unwrap();
        let article = Article::from_path(&path).unwrap();
        assert_eq!(article.id.as_deref(), Some("xa_an_binh"));
        assert_eq!(article.body(), "Xã An Bình họp dân.");
        let missing = folder.path().join("no.txt");
        let error = Article::from_path(&missing).unwrap_err();
        assert!(error.is_io() && error.to_string().contains("no.txt"), "{error}");
        fs::write(&path, "\n\n").unwrap();
        let error = Article::from_path(&path).unwrap_err();
        assert!(error.is_input() && error.to_string().contains("xa_an_binh.txt"), "{error}");
    }
}
