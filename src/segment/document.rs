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

    /// Whether `span` lies in a part of the page that does not belong to the article.
    #[must_use]
    pub fn is_furniture(&self, span: Span) -> bool {
        let parts = &self.article.furniture;
        let next = parts.partition_point(|part| part.end <= span.start);
        parts.get(next).is_some_and(|part| part.overlaps(span))
    }

    /// The atoms that `span` covers, wholly or in part.
    #[must_use]
    pub fn atoms_of(&self, span: Span) -> Range<usize> {
        // The first atom whose place fails `before`.
        let search = |before: &dyn Fn(Span) -> bool| {
            let (mut low, mut high) = (0, self.atoms.len());
            while low < high {
                let middle = low.midpoint(high);
                if before(self.span(middle..middle + 1)) { low = middle + 1 } else { high = middle }
            }
            low
        };
        search(&|place| place.end <= span.start)..search(&|place| place.start < span.end)
    }

    /// Where the atoms stand in the original text.
    #[must_use]
    pub fn span(&self, atoms: Range<usize>) -> Span {
        Span::from_range(self.normalized.original(self.atoms.bytes(atoms)))
    }
}
