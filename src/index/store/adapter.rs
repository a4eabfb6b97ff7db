//! A tokenizer for an index of one's own in tantivy.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::normalize::normalize;
use crate::segment::{Buffer, Segmenter, TokenKind};

/// Vietnamese words and their syllables as a tantivy tokenizer, for those who keep an index of their own.
///
/// Each word is a term; a word of several syllables is followed by its syllables at the same position, so that `kinh` and
/// `kinh tế` both find it. Terms are in normal form and in lower case; offsets are bytes of the text as it was given,
/// whatever its form. Punctuation is no term, but positions count it, so that a phrase does not match across it.
/// Time is linear in the length of the text.
///
/// tantivy's own query parser splits at blanks before a tokenizer runs: give it words of several syllables in quotation
/// marks. [`NewsIndex`](crate::index::NewsIndex) has no need of this type.
///
/// An adapter shows what it adapts to: this type implements `Tokenizer` of the crate `tantivy-tokenizer-api` 0.7, which is
/// `tantivy::tokenizer::Tokenizer` of tantivy 0.27. It is the only trait of another crate in the public interface beside
/// those of serde; going on to another version of it will be a breaking release.
///
/// ```
/// use tantivy::tokenizer::{TokenStream, Tokenizer};
/// use thoisu::Segmenter;
/// use thoisu::index::WordTokenizer;
///
/// let text = "Phát triển kinh tế";
/// let mut tokenizer = WordTokenizer::new(Segmenter::new());
/// let mut stream = tokenizer.token_stream(text);
/// let mut terms = Vec::new();
/// while let Some(token) = stream.next() {
///     terms.push((token.position, token.text.clone(), &text[token.offset_from..token.offset_to]));
/// }
/// assert_eq!(terms[0], (0, "phát triển".to_owned(), "Phát triển"));
/// assert_eq!(terms[1], (0, "phát".to_owned(), "Phát"));
/// assert_eq!(terms[3], (1, "kinh tế".to_owned(), "kinh tế"));
/// ```
#[derive(Clone, Debug)]
pub struct WordTokenizer {
    segmenter: Segmenter,
    buffer: Buffer,
    terms: Vec<Token>,
}

impl WordTokenizer {
    /// Cuts with `segmenter`.
    #[must_use]
    pub fn new(segmenter: Segmenter) -> Self {
        Self { segmenter, buffer: Buffer::default(), terms: Vec::new() }
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        let Self { segmenter, buffer, terms } = self;
        terms.clear();
        let term = |range: std::ops::Range<usize>, position: usize| Token {
            offset_from: range.start,
            offset_to: range.end,
            position,
            text: one_blank(&normalize(&text[range])),
            position_length: 1,
        };
        let mut words = segmenter.words_with(text, buffer);
        let mut position = 0;
        while let Some(word) = words.next() {
            if !matches!(word.kind, TokenKind::Punctuation | TokenKind::Symbol) {
                terms.push(term(word.span.range(), position));
                if word.tokens > 1 {
                    terms.extend(words.tokens().map(|(_, span)| term(span.range(), position)));
                }
            }
            position += 1;
        }
        WordStream { terms, next: 0 }
    }
}

/// The terms of one text; see [`WordTokenizer`].
#[derive(Debug)]
pub struct WordStream<'a> {
    terms: &'a mut Vec<Token>,
    /// The term after the current one.
    next: usize,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.terms.len()
    }

    fn token(&self) -> &Token {
        &self.terms[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.terms[self.next - 1]
    }
}

/// In lower case, with blanks and line breaks inside made one blank.
fn one_blank(word: &str) -> String {
    let mut term = String::with_capacity(word.len());
    for part in word.split_whitespace() {
        if !term.is_empty() {
            term.push(' ');
        }
        term.extend(part.chars().flat_map(char::to_lowercase));
    }
    term
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<(usize, String, String)> {
        let mut tokenizer = WordTokenizer::new(Segmenter::new());
        let mut stream = tokenizer.token_stream(text);
        let mut terms = Vec::new();
        while let Some(token) = stream.next() {
            terms.push((token.position, token.text.clone(), text[token.offset_from..token.offset_to].to_owned()));
        }
        terms
    }

    fn row(position: usize, term: &str, slice: &str) -> (usize, String, String) {
        (position, term.to_owned(), slice.to_owned())
    }

    #[test]
    fn syllables_stand_where_their_word_stands() {
        assert_eq!(
            terms("Hội nghị, 02-NQ/TU"),
            [
                row(0, "hội nghị", "Hội nghị"),
                row(0, "hội", "Hội"),
                row(0, "nghị", "nghị"),
                row(2, "02-nq/tu", "02-NQ/TU"),
            ]
        );
    }

    #[test]
    fn offsets_are_those_of_the_text_as_given() {
        let found = terms("Ho\u{323}\u{302}i\nnghi\u{323}");
        assert_eq!(found[0], row(0, "hội nghị", "Ho\u{323}\u{302}i\nnghi\u{323}"));
        assert_eq!(found[2], row(0, "nghị", "nghi\u{323}"));
    }
}
