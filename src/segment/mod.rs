//! From text to tokens, words and sentences.

mod atom;
mod document;

pub use atom::{Atom, AtomKind, Atoms, Gap};
pub use document::Document;

/// Cuts text into tokens, words and sentences.
#[derive(Clone, Debug, Default)]
pub struct Segmenter {}

impl Segmenter {
    /// The segmenter with the built-in words.
    #[must_use]
    pub fn new() -> Self {
        Self {}
    }
}
