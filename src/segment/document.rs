use std::ops::Range;

use super::{Atoms, Segmenter};
use crate::article::Article;
use crate::normalize::Normalized;
use crate::span::Span;

/// An article, normalised and cut into tokens, words and sentences.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    article: &'t Article,
    normalized: Normalized<'t>,
    atoms: Atoms,
}

impl<'t> Document<'t> {
    /// Normalises and segments `article`.
    #[must_use]
    pub fn new(article: &'t Article, _segmenter: &Segmenter) -> Self {
        let normalized = Normalized::new(article.analysed());
        let atoms = Atoms::new(normalized.text());
        Self { article, normalized, atoms }
    }

    /// The article that it was made from.
    #[must_use]
    pub fn article(&self) -> &'t Article {
        self.article
    }

    /// The original text.
    #[must_use]
    pub fn original(&self) -> &'t str {
        &self.article.text
    }

    /// The finest cut of the normalised text, for grammars.
    #[must_use]
    pub fn atoms(&self) -> &Atoms {
        &self.atoms
    }

    /// Where the atoms stand in the original text.
    #[must_use]
    pub fn span(&self, atoms: Range<usize>) -> Span {
        Span::from_range(self.normalized.original(self.atoms.bytes(atoms)))
    }
}
