mod dateline;
mod furniture;
mod line;
mod plain;
mod shape;

use crate::date::PartialDate;
use crate::span::Span;

/// An article: its text exactly as it was given, and what was found out about its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Article {
    /// What the caller knows it by; the file's stem for files.
    pub id: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The text, never changed: every [`Span`] counts its bytes.
    pub text: String,
    /// The headline.
    pub title: Option<Span>,
    /// The dateline: where the text prints when it was published.
    pub dateline: Option<Span>,
    /// From the first to the last paragraph of the article itself.
    pub body: Span,
    /// Parts that belong to the page and not to the article, in order: menus, counters, captions, bylines, licences.
    pub furniture: Vec<Span>,
    /// The line that names the source.
    pub source: Option<Span>,
    /// When it was published.
    pub published: Option<PartialDate>,
}

impl Article {
    /// Reads an article from plain text as it was scraped.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        let mut article = Self { text: text.into(), ..Self::default() };
        plain::read(&mut article);
        article
    }

    /// The part of the text that is analysed: all of it, up to [`Span::MAX_TEXT`] bytes.
    #[must_use]
    pub fn analysed(&self) -> &str {
        let mut end = self.text.len().min(Span::MAX_TEXT);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        &self.text[..end]
    }

    /// The headline, as printed.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.map(|span| &self.text[span.range()])
    }
}
