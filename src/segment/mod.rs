//! From text to tokens, words and sentences.

mod atom;
mod document;
mod letters;
mod lexicon;
mod scan;
mod sentence;
mod words;

use std::sync::Arc;

pub use atom::{Atom, AtomKind, Atoms, Gap};
pub use document::{Document, DocumentWord, Sentence, Token};
pub use lexicon::Lexicon;
pub use scan::TokenKind;
pub use words::{Buffer, Word, Words};

/// Cuts text into tokens, words and sentences.
///
/// It is built once and shared: cloning is cheap, all methods take `&self`, and cutting cannot fail.
#[derive(Clone, Debug)]
pub struct Segmenter {
    /// Where words come from when there is no model.
    built_in: Arc<Lexicon>,
    words: Option<Arc<Lexicon>>,
}

impl Segmenter {
    /// The segmenter with the built-in words.
    #[must_use]
    pub fn new() -> Self {
        Self { built_in: lexicon::BUILT_IN.clone(), words: None }
    }

    /// A segmenter with words of your own.
    #[must_use]
    pub fn builder() -> SegmenterBuilder {
        SegmenterBuilder { segmenter: Self::new() }
    }

    /// The words of `text`, punctuation included, with their places in it.
    ///
    /// The text may be of any form, composed or not; it is read once, and time grows linearly with its length. Text
    /// beyond [`Span::MAX_TEXT`](crate::Span::MAX_TEXT) bytes is not read.
    ///
    /// ```
    /// use thoisu::segment::Segmenter;
    ///
    /// let text = "Ủy ban nhân dân tỉnh họp.";
    /// let segmenter = Segmenter::new();
    /// let words: Vec<&str> = segmenter.words(text).map(|word| &text[word.span.range()]).collect();
    /// assert_eq!(words, ["Ủy ban nhân dân", "tỉnh", "họp", "."]);
    /// ```
    #[must_use]
    pub fn words<'s, 't>(&'s self, text: &'t str) -> Words<'s, 't> {
        Words::new(self, clip(text), Buffer::default())
    }

    /// As [`Segmenter::words`], with memory that was used before.
    #[must_use]
    pub fn words_with<'s, 't, 'b>(&'s self, text: &'t str, buffer: &'b mut Buffer) -> Words<'s, 't, &'b mut Buffer> {
        Words::new(self, clip(text), buffer)
    }

    /// Decides the gaps between the tokens of one stretch of text.
    fn decide(&self, buffer: &mut Buffer) {
        let Buffer { tokens, gaps, .. } = buffer;
        gaps.clear();
        gaps.resize(tokens.len(), lexicon::Gap::Open);
        self.built_in.mark(tokens, gaps);
        if let Some(words) = &self.words {
            words.mark(tokens, gaps);
        }
    }
}

/// The part of a text whose offsets fit.
fn clip(text: &str) -> &str {
    let mut end = text.len().min(crate::span::Span::MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

impl Default for Segmenter {
    fn default() -> Self {
        Self::new()
    }
}

/// Builds a [`Segmenter`].
#[derive(Clone, Debug)]
pub struct SegmenterBuilder {
    segmenter: Segmenter,
}

impl SegmenterBuilder {
    /// Joins and splits these words whatever the model says.
    #[must_use]
    pub fn words(mut self, words: Lexicon) -> Self {
        self.segmenter.words = (!words.is_empty()).then(|| Arc::new(words));
        self
    }

    /// The segmenter.
    #[must_use]
    pub fn build(self) -> Segmenter {
        self.segmenter
    }
}
