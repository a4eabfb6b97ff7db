//! From text to tokens, words and sentences.
//!
//! Vietnamese writes a blank between syllables, not between words: `phát triển kinh tế` is four syllables and two words.
//! This module finds the words.
//!
//! ```
//! use thoisu::segment::Segmenter;
//!
//! let text = "Ủy ban nhân dân tỉnh bàn về phát triển kinh tế.";
//! let segmenter = Segmenter::new();
//! let words: Vec<&str> = segmenter.words(text).map(|word| &text[word.span.range()]).collect();
//! assert_eq!(words, ["Ủy ban nhân dân", "tỉnh", "bàn", "về", "phát triển", "kinh tế", "."]);
//! ```
//!
//! # Which call to use
//!
//! | you have | you want | call |
//! |---|---|---|
//! | an [`Article`](crate::Article) | words, sentences, facts | [`Analyzer::document`](crate::Analyzer::document), a [`Document`] |
//! | a `&str` | its words, once | [`Segmenter::words`] |
//! | many `&str` | their words, fast | [`Segmenter::words_with`] and one [`Buffer`] |
//! | a `&str` | syllables, numbers, codes | [`scan`] |
//!
//! [`Segmenter`] and [`Model`] are `Send + Sync` and cheap to clone; building one costs nothing that is worth caching.
//! Spans count bytes of the text that was given: for a [`Document`] that is the original article, for the other calls
//! the `&str` itself. Text of any form will do: letter case, composed or decomposed letters, the place of the tone mark
//! (`hoà`, `hòa`), several blanks or a line break between two syllables make no difference to the words.
//!
//! # How it works
//!
//! 1. The scanner reads bytes once and cuts [tokens](TokenKind): syllables, numbers with their separators, dates, times,
//!    document codes, addresses, abbreviations, marks. A syllable becomes a number that is the same for all its forms.
//! 2. Tokens are collected up to the end of a sentence, or of some hundred tokens. A single line break ends a sentence
//!    unless the next line begins with a small letter, or the line was cut to a width.
//! 3. For each gap between two syllables a [`Model`] sums the weights of the patterns around it, and the best choice for
//!    the whole sentence is taken: see `README.md` beside this file for the patterns and what each is worth.
//!
//! Without the feature `model`, the words are those of `src/data/lexicon.tsv`, the longest first.
//!
//! # Words of your own
//!
//! A [`Lexicon`] joins or parts syllables whatever the model says, from code or from a table.
//!
//! ```
//! use thoisu::segment::{Lexicon, Segmenter};
//!
//! let words = Lexicon::from_tsv("khu đô thị Sao Mai\nphát triển\tsplit\n")?;
//! let segmenter = Segmenter::builder().lexicon(words).build();
//! let text = "Khu đô thị Sao Mai phát triển";
//! let found: Vec<&str> = segmenter.words(text).map(|word| &text[word.span.range()]).collect();
//! assert_eq!(found, ["Khu đô thị Sao Mai", "phát", "triển"]);
//! # Ok::<(), thoisu::Error>(())
//! ```
//!
//! # Syllables and words together
//!
//! An index wants both. [`Words::tokens`] gives the syllables of the word that was returned last, and
//! [`DocumentWord::tokens`] those of a word of a document, each with its place.
//!
//! ```
//! use thoisu::segment::Segmenter;
//!
//! let text = "kinh tế";
//! let segmenter = Segmenter::new();
//! let mut words = segmenter.words(text);
//! let word = words.next().unwrap();
//! assert_eq!((word.span.range(), word.tokens), (0..9, 2));
//! let syllables: Vec<&str> = words.tokens().map(|(_, span)| &text[span.range()]).collect();
//! assert_eq!(syllables, ["kinh", "tế"]);
//! ```

mod atom;
mod document;
mod features;
mod letters;
mod lexicon;
mod model;
mod run;
mod scan;
mod sentence;
#[cfg(feature = "train")]
pub mod train;
mod words;

use std::iter::FusedIterator;
use std::sync::Arc;

use crate::span::Span;

pub use atom::{Atom, AtomKind, Atoms, Gap};
pub(crate) use atom::{Case, hash};
pub use document::{Document, DocumentWord, Sentence, Token};
pub use lexicon::Lexicon;
pub use model::Model;
pub use scan::TokenKind;
pub use words::{Buffer, Word, Words};

/// Cuts text into tokens, words and sentences.
///
/// It is built once and shared: cloning is cheap, all methods take `&self`, and cutting cannot fail.
#[derive(Clone, Debug)]
pub struct Segmenter {
    model: Option<Arc<Model>>,
    words: Option<Arc<Lexicon>>,
}

impl Segmenter {
    /// The segmenter with the built-in model; without the feature `model`, the one with the built-in words.
    #[must_use]
    pub fn new() -> Self {
        #[cfg(feature = "model")]
        let model = Some(model::BUILT_IN.clone());
        #[cfg(not(feature = "model"))]
        let model = None;
        Self { model, words: None }
    }

    /// A segmenter with words of your own.
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
    pub fn words<'s, 't>(&'s self, text: &'t str) -> Words<'s, 't> {
        Words::new(self, Span::reachable(text), Buffer::default())
    }

    /// As [`Segmenter::words`], with memory that was used before: nothing is allocated once it has grown to the longest
    /// sentence.
    ///
    /// ```
    /// use thoisu::segment::{Buffer, Segmenter};
    ///
    /// let (segmenter, mut buffer) = (Segmenter::new(), Buffer::default());
    /// let words: usize = ["Huyện ủy họp.", "Tỉnh họp."]
    ///     .iter()
    ///     .map(|line| segmenter.words_with(line, &mut buffer).count())
    ///     .sum();
    /// assert_eq!(words, 6);
    /// ```
    pub fn words_with<'s, 't, 'b>(&'s self, text: &'t str, buffer: &'b mut Buffer) -> Words<'s, 't, &'b mut Buffer> {
        Words::new(self, Span::reachable(text), buffer)
    }

    /// Decides the gaps between the tokens of one stretch of text.
    fn decide(&self, buffer: &mut Buffer) {
        let Buffer { tokens, gaps, .. } = buffer;
        gaps.clear();
        gaps.resize(tokens.len(), lexicon::Gap::Open);
        if self.model.is_none() {
            lexicon::BUILT_IN.mark(tokens, gaps);
        }
        if let Some(words) = &self.words {
            words.mark(tokens, gaps);
        }
        if let Some(model) = &self.model {
            model.decide(buffer);
        }
    }
}

/// The tokens of a text, in order: syllables, numbers, codes, marks.
///
/// White space and characters that show nothing (soft hyphens, zero-width spaces) lie between tokens; every other byte
/// belongs to one. Time grows linearly with the text, and nothing is allocated.
///
/// ```
/// use thoisu::segment::{TokenKind, scan};
///
/// let text = "Nghị quyết 02-NQ/TU";
/// let tokens: Vec<_> = scan(text).map(|token| (&text[token.span.range()], token.kind)).collect();
/// assert_eq!(tokens[2], ("02-NQ/TU", TokenKind::Code));
/// ```
pub fn scan(text: &str) -> Scan<'_> {
    Scan { scanner: scan::Scanner::new(Span::reachable(text)) }
}

/// The tokens of a text, in order; see [`scan`].
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct Scan<'t> {
    scanner: scan::Scanner<'t>,
}

impl Iterator for Scan<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.scanner.next().map(|token| Token { kind: token.kind, span: Span::new(token.start, token.end) })
    }
}

impl FusedIterator for Scan<'_> {}

impl Default for Segmenter {
    fn default() -> Self {
        Self::new()
    }
}

/// Builds a [`Segmenter`]; made by [`Segmenter::builder`].
#[derive(Clone, Debug)]
#[must_use = "a segmenter is made by `build`"]
pub struct SegmenterBuilder {
    segmenter: Segmenter,
}

impl SegmenterBuilder {
    /// Joins and splits these words whatever the model says.
    pub fn lexicon(mut self, lexicon: Lexicon) -> Self {
        self.segmenter.words = (!lexicon.is_empty()).then(|| Arc::new(lexicon));
        self
    }

    /// Decides with this model.
    pub fn model(mut self, model: Model) -> Self {
        self.segmenter.model = Some(Arc::new(model));
        self
    }

    /// Decides without a model: words are those of the built-in table, longest first.
    pub fn without_model(mut self) -> Self {
        self.segmenter.model = None;
        self
    }

    /// The segmenter.
    #[must_use]
    pub fn build(self) -> Segmenter {
        self.segmenter
    }
}
