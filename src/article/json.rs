//! Articles as JSON: one object, as on a line of JSON Lines.

use serde::Deserialize;

use super::{Article, line, plain};
use crate::date::PartialDate;
use crate::error::{Error, Kind};
use crate::span::Span;

/// The fields that are read; others are left out.
#[derive(Deserialize)]
struct Object {
    id: Option<Id>,
    url: Option<String>,
    title: Option<String>,
    text: Option<String>,
    body: Option<String>,
    content: Option<String>,
    published: Option<String>,
    date: Option<String>,
    source: Option<String>,
    author: Option<Author>,
    site: Option<String>,
}

/// One name, several, or something else that other programs write, which is left out.
#[derive(Deserialize)]
#[serde(untagged)]
enum Author {
    One(String),
    Several(Vec<String>),
    Other(serde::de::IgnoredAny),
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "an id is a text or a whole number")]
enum Id {
    Text(String),
    Number(u64),
}

impl Article {
    /// Reads an article from one JSON object, such as a line of JSON Lines.
    ///
    /// `text`, `body` or `content` holds the text. `title` may be given beside it: where the text does not print it at
    /// its beginning, [`Article::text`] is the title, an empty line, and the text. `published` or `date` is a date as
    /// [`PartialDate`] reads it, as RFC 3339 has it (a time with an offset is told in Vietnam's time), or as the press
    /// prints it (`17:25 04/05/2022`); it comes before what the text says. `source` is looked for in the text.
    /// `author`, a name or a list of names, comes before the byline of the text. `id`, `url` and `site` are kept.
    /// Unknown fields are left out, and so is a byte order mark before the object.
    ///
    /// ```
    /// use thoisu::Article;
    ///
    /// let line = r#"{"id": 7, "title": "Xã An Bình họp dân", "body": "Sáng 11/3, xã họp dân.", "date": "12/03/2020"}"#;
    /// let article = Article::from_json(line)?;
    /// assert_eq!(article.text, "Xã An Bình họp dân\n\nSáng 11/3, xã họp dân.");
    /// assert_eq!(article.title(), Some("Xã An Bình họp dân"));
    /// assert_eq!(article.published.unwrap().to_string(), "2020-03-12");
    /// # Ok::<(), thoisu::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_input`] when it is no JSON object, a field has the wrong type, there is no text, or the date is none.
    pub fn from_json(line: &str) -> Result<Self, Error> {
        let refused = |why: &dyn std::fmt::Display| {
            Error::new(Kind::Input, format!("not an article in JSON: {why}"))
                .advice(r#"write one object: {"id": "…", "title": "…", "text": "…", "published": "2022-05-04"}"#)
        };
        let line = line.trim_start_matches('\u{FEFF}').trim();
        // serde would take a list as well, and its elements for the fields in their order.
        if line.starts_with('[') {
            return Err(refused(&"a list is no object"));
        }
        let object: Object = serde_json::from_str(line).map_err(|error| refused(&error).source(error))?;
        let Some(text) = object.text.or(object.body).or(object.content) else {
            return Err(Error::new(Kind::Input, "the article has no text")
                .advice("give it as the field `text`, `body` or `content`"));
        };
        let published = match object.published.or(object.date) {
            Some(date) if !date.trim().is_empty() => Some(read_date(&date)?),
            _ => None,
        };
        let title =
            object.title.as_deref().map(|title| title.trim_matches(line::blank)).filter(|title| !title.is_empty());
        let mut article = Self { id: object.id.map(Id::into_text), url: object.url, ..Self::default() };
        let given = match title {
            Some(title) => Some(article.set_title_and_text(title, text)),
            None => {
                article.text = text;
                None
            }
        };
        plain::read(&mut article, given);
        if published.is_some() {
            article.published = published;
        }
        let author = match object.author {
            Some(Author::One(name)) => name.trim().to_owned(),
            Some(Author::Several(names)) => names.join(", "),
            Some(Author::Other(_)) | None => String::new(),
        };
        article.author = Some(author).filter(|author| !author.is_empty()).or(article.author);
        article.site = object.site;
        if let Some(source) = object.source.as_deref().map(str::trim).filter(|source| !source.is_empty()) {
            let end = article.analysed().len();
            article.source = article.source.or_else(|| {
                let at = article.text[..end].rfind(source)?;
                let span = Span::from_range(at..at + source.len());
                (article.furniture_at(span).is_none() && !article.body.overlaps(span)).then_some(span)
            });
        }
        article.not_blank()
    }

    /// Where the title stands in the text that results.
    fn set_title_and_text(&mut self, title: &str, text: String) -> Span {
        let mut at = 0;
        for printed in text.split_inclusive('\n').take(20) {
            let line = printed.trim_matches(line::blank);
            if line == title {
                let start = at + (printed.len() - printed.trim_start_matches(line::blank).len());
                self.text = text;
                return Span::from_range(start..start + title.len());
            }
            at += printed.len();
        }
        self.text = format!("{title}\n\n{text}");
        Span::from_range(0..title.len())
    }
}

impl Id {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

fn read_date(date: &str) -> Result<PartialDate, Error> {
    super::dateline::read(date).ok_or_else(|| {
        let start: String = date.chars().take(40).collect();
        let more = if start.len() < date.len() { "…" } else { "" };
        Error::new(Kind::Input, format!("no date: {start:?}{more}"))
            .advice("write 2022-05-04, 2022-05-04T17:25 or 17:25 04/05/2022")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_the_text_prints_is_found_there() {
        let line =
            r#"{"title": "Xã họp dân", "text": "Tin tức\n Xã họp dân \nSáng nay, xã An Bình họp dân.", "page": [1]}"#;
        let article = Article::from_json(line).unwrap();
        assert!(article.text.starts_with("Tin tức"));
        assert_eq!(article.title(), Some("Xã họp dân"));
        assert_eq!(article.body(), "Sáng nay, xã An Bình họp dân.");
    }

    #[test]
    fn the_first_line_of_a_file_may_have_a_byte_order_mark() {
        let article = Article::from_json("\u{FEFF}{\"id\": \"a\", \"text\": \"Xã họp dân.\"}\r\n").unwrap();
        assert_eq!((article.id.as_deref(), article.text.as_str()), (Some("a"), "Xã họp dân."));
    }

    #[test]
    fn a_title_may_be_a_date() {
        let line = r#"{"title": "12/03/2020 08:15", "text": "Sáng 11/3, xã An Bình họp với dân năm thôn."}"#;
        let article = Article::from_json(line).unwrap();
        assert_eq!(article.title(), Some("12/03/2020 08:15"));
        assert_eq!(article.body(), "Sáng 11/3, xã An Bình họp với dân năm thôn.");
    }

    #[test]
    fn authors() {
        for (given, author) in [
            (r#""Hà Vân""#, "Hà Vân"),
            (r#"["Hà Vân", "Lê An"]"#, "Hà Vân, Lê An"),
            (r#"{"id": 7}"#, "Thu Trà"),
            ("null", "Thu Trà"),
        ] {
            let line = format!(
                r#"{{"text": "Sáng 11/3, xã An Bình họp với dân năm thôn.\nTác giả: Thu Trà", "author": {given}}}"#
            );
            assert_eq!(Article::from_json(&line).unwrap().author.as_deref(), Some(author), "{given}");
        }
    }

    #[test]
    fn dates() {
        for (given, value) in [
            ("2022-05-04T10:25:00Z", "2022-05-04T17:25:00"),
            ("2022-05-04T17:25:00+07:00", "2022-05-04T17:25:00"),
            ("2022-05-04 17:25", "2022-05-04T17:25"),
            ("2022-05", "2022-05"),
            ("17:25 04/05/2022", "2022-05-04T17:25"),
            ("ngày 4 tháng 5 năm 2022", "2022-05-04"),
        ] {
            let line = format!(r#"{{"text": "Xã họp dân.", "published": "{given}"}}"#);
            assert_eq!(Article::from_json(&line).unwrap().published.unwrap().to_string(), value, "{given}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (line, words) in [
            ("", "not an article in JSON"),
            (r#"["text"]"#, "a list is no object"),
            (r#"["1", null, null, "Xã họp dân.", null, null, null, null, null]"#, "a list is no object"),
            (r#"{"text": 5}"#, "expected a string"),
            (r#"{"id": [], "text": "Xã họp dân."}"#, "an id is a text or a whole number"),
            (r#"{"title": "Xã họp dân"}"#, "has no text"),
            (r#"{"text": " \n "}"#, "is empty"),
            (r#"{"text": "Xã họp dân.", "published": "hôm qua"}"#, "no date: \"hôm qua\""),
            (r#"{"text": "Xã họp dân.", "date": "31/02/2022"}"#, "no date"),
            (r#"{"text": "Xã họp dân.", "date": "0123456789012345678901234567890123456789x"}"#, "0123456789\"…"),
        ] {
            let error = Article::from_json(line).unwrap_err();
            assert!(error.is_input() && error.to_string().contains(words), "{line}: {error}");
        }
    }
}
