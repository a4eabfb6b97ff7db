use std::borrow::Cow;
use std::ops::Range;

use super::{Atoms, Segmenter, TokenKind, Word};
use crate::article::Article;
use crate::normalize::Normalized;
use crate::span::Span;

/// The smallest piece of text that means something: a syllable, a number, a code, a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands, in bytes: of the original text for the tokens of a [`Document`], of the text that was cut for those
    /// of [`scan`](super::scan).
    pub span: Span,
}

/// An article, normalised and cut into tokens, words and sentences.
///
/// It borrows the article. All its spans are bytes of the article's original text.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    article: &'t Article,
    normalized: Normalized<'t>,
    atoms: Atoms,
    tokens: Vec<Token>,
    words: Vec<DocumentWord>,
    sentences: Vec<Sentence>,
}

/// A word of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DocumentWord {
    /// The kind of its first token.
    pub kind: TokenKind,
    /// Where it stands in the original text.
    pub span: Span,
    /// Its tokens: more than one where syllables were joined.
    first: u32,
    last: u32,
    /// Where it stands in the normalised text.
    start: u32,
    end: u32,
}

/// A sentence of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sentence {
    /// Where it stands in the original text.
    pub span: Span,
    first: u32,
    last: u32,
}

impl DocumentWord {
    /// Its tokens, as indices of [`Document::tokens`].
    #[must_use]
    pub fn tokens(&self) -> Range<usize> {
        self.first as usize..self.last as usize
    }
}

impl Sentence {
    /// Its words, as indices of [`Document::words`].
    #[must_use]
    pub fn words(&self) -> Range<usize> {
        self.first as usize..self.last as usize
    }
}

impl<'t> Document<'t> {
    /// Normalises and segments `article`, in time linear in the length of its text; what
    /// [`Analyzer::document`](crate::Analyzer::document) does.
    #[must_use]
    pub fn new(article: &'t Article, segmenter: &Segmenter) -> Self {
        let normalized = Normalized::new(article.analysed());
        let atoms = Atoms::new(normalized.text());
        let mut document =
            Self { article, normalized, atoms, tokens: Vec::new(), words: Vec::new(), sentences: Vec::new() };
        document.cut(segmenter);
        document
    }

    fn cut(&mut self, segmenter: &Segmenter) {
        let text = self.normalized.text();
        let place = |span: Span| Span::from_range(self.normalized.original(span.range()));
        self.tokens.reserve(text.len() / 5);
        self.words.reserve(text.len() / 6);
        let mut words = segmenter.words(text);
        let mut begin = 0;
        while let Some(Word { span, kind, ends_sentence, .. }) = words.next() {
            let first = self.tokens.len() as u32;
            self.tokens.extend(words.tokens().map(|(kind, span)| Token { kind, span: place(span) }));
            let last = self.tokens.len() as u32;
            let tokens = &self.tokens[first as usize..];
            let place = Span::new(tokens[0].span.start, tokens[tokens.len() - 1].span.end);
            self.words.push(DocumentWord { kind, span: place, first, last, start: span.start, end: span.end });
            if ends_sentence {
                let sentence = begin..self.words.len();
                let span = Span::new(self.words[sentence.start].span.start, self.words[sentence.end - 1].span.end);
                self.sentences.push(Sentence { span, first: sentence.start as u32, last: sentence.end as u32 });
                begin = sentence.end;
            }
        }
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

    /// Whether `span` touches a part of the page that does not belong to the article ([`Article::furniture`]); a binary
    /// search.
    #[must_use]
    pub fn is_furniture(&self, span: Span) -> bool {
        self.article.furniture_at(span).is_some()
    }

    /// The atoms that `span` covers, wholly or in part: the way from a place in the original text to [`atoms`](Self::atoms);
    /// a binary search.
    #[must_use]
    pub fn atoms_of(&self, span: Span) -> Range<usize> {
        let normal = self.normalized.covered(span.range());
        self.atoms.at_byte(normal.start)..self.atoms.before_byte(normal.end)
    }

    /// Where the atoms stand in the original text, from the first to the last: the way back from [`atoms`](Self::atoms).
    /// Of an empty range, an empty span at the beginning.
    #[must_use]
    pub fn span(&self, atoms: Range<usize>) -> Span {
        Span::from_range(self.normalized.original(self.atoms.bytes(atoms)))
    }

    /// The tokens, in order. White space and characters that show nothing lie between them; all else is covered.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The words, in order; punctuation counts as words of its own.
    ///
    /// ```
    /// use thoisu::{Analyzer, Article};
    ///
    /// let article = Article::from_text("Ủy ban\nnhân dân tỉnh họp.");
    /// let document = Analyzer::new().document(&article);
    /// let word = &document.words()[0];
    /// assert_eq!(&article.text[word.span.range()], "Ủy ban\nnhân dân");
    /// assert_eq!(document.word(word), "Ủy ban nhân dân");
    /// assert_eq!(word.tokens().len(), 4);
    /// ```
    #[must_use]
    pub fn words(&self) -> &[DocumentWord] {
        &self.words
    }

    /// The sentences, in order; each word belongs to one.
    ///
    /// ```
    /// use thoisu::{Analyzer, Article};
    ///
    /// let article = Article::from_text("Huyện họp dân. Người dân nêu 35 ý kiến.");
    /// let document = Analyzer::new().document(&article);
    /// let sentence = &document.sentences()[1];
    /// assert_eq!(&article.text[sentence.span.range()], "Người dân nêu 35 ý kiến.");
    /// let last = document.words()[sentence.words()].last().unwrap();
    /// assert_eq!(document.word(last), ".");
    /// ```
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The normalised form of one of its own words: the syllables as they are spelled, with one blank between two.
    #[must_use]
    pub fn word(&self, word: &DocumentWord) -> Cow<'_, str> {
        // A word of another document has no text in this one.
        let text = self.normalized.text().get(word.start as usize..word.end as usize).unwrap_or_default();
        let plain = |text: &str| !text.contains(|c: char| c.is_whitespace() && c != ' ') && !text.contains("  ");
        if word.tokens().len() == 1 || plain(text) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
