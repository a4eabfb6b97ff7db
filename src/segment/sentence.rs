//! Where sentences end.

use super::letters::Shape;
use super::scan::{Raw, TokenKind};

/// Lines longer than this are paragraphs of their own, never cut to a width.
const WIDEST: usize = 120;

/// Tells sentence ends, token by token, from the start of a text to its end.
///
/// A full stop, an exclamation or question mark or an ellipsis ends a sentence, with the quotation marks and brackets
/// that close directly behind it, when a capital, a digit or an opening mark follows. An empty line always ends one. A
/// single line break ends one unless the text goes on: with a small letter, or because the line was cut to a width,
/// which shows in the next word: it would not have fitted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ends {
    /// What was before the place now looked at.
    state: State,
    /// How many tokens the sentence has so far.
    length: usize,
    /// Whether all of it so far is a number or a letter that counts a list (`1`, `a`).
    counter: bool,
    block: Block,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Inside,
    /// Behind a mark that ends a sentence.
    Ended,
    /// Behind a colon, semicolon or comma.
    Paused,
    /// Behind `v.v.`.
    Shortened,
}

/// Lines with no empty line between them.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    end: usize,
    /// The width that its lines were cut to.
    width: Option<usize>,
}

impl Ends {
    /// Whether a sentence ends between `last` and `next`, which stand side by side in `text`.
    ///
    /// It is asked for every pair of neighbours, in order.
    #[inline]
    pub(crate) fn between(&mut self, text: &str, last: &Raw, next: &Raw) -> bool {
        let gap = &text.as_bytes()[last.end as usize..next.start as usize];
        // Most pairs are two words with a blank between them.
        if last.kind == TokenKind::Syllable && (gap == b" " || gap.is_empty()) {
            self.counter = self.length == 0 && last.end - last.start == 1;
            self.length += 1;
            self.state = State::Inside;
            return false;
        }
        self.push(text, last);
        let breaks = gap.iter().filter(|&&b| b == b'\n').count();
        let ends = match breaks {
            0 => match self.state {
                // A straight quotation mark or apostrophe glued to the stop closes.
                State::Ended | State::Shortened if gap.is_empty() && closes(text, next) => false,
                State::Ended | State::Shortened => begins(text, next) && !self.counter,
                State::Inside | State::Paused => false,
            },
            1 => self.at_line_break(text, last, next),
            _ => true,
        };
        if ends {
            self.state = State::Inside;
            self.length = 0;
            self.counter = false;
        }
        ends
    }

    fn push(&mut self, text: &str, last: &Raw) {
        let word = &text[last.range()];
        let first = word.as_bytes()[0];
        match last.kind {
            TokenKind::Punctuation => match word {
                "!" | "?" | "…" | "。" => self.state = State::Ended,
                _ if first == b'.' => {
                    self.state = State::Ended;
                    self.length += 1;
                    return;
                }
                ":" | ";" | "," => self.state = State::Paused,
                "\"" | "'" | "”" | "’" | "»" | ")" | "]" if self.state == State::Ended => {}
                _ => self.state = State::Inside,
            },
            TokenKind::Abbreviation if word.eq_ignore_ascii_case("v.v.") => self.state = State::Shortened,
            _ => self.state = State::Inside,
        }
        let counts = last.kind == TokenKind::Number || last.kind == TokenKind::Syllable && word.chars().count() <= 3;
        self.counter = self.length == 0 && counts && (first.is_ascii_digit() || is_roman(word) || word.len() == 1);
        self.length += 1;
    }

    fn at_line_break(&mut self, text: &str, last: &Raw, next: &Raw) -> bool {
        if matches!(self.state, State::Ended) {
            return !self.counter;
        }
        if next.kind == TokenKind::Syllable && next.shape == Shape::Lower {
            return false;
        }
        if matches!(next.kind, TokenKind::Punctuation | TokenKind::Symbol) {
            // A bullet, or a mark that was torn off its line.
            return !matches!(&text[next.range()], "," | "." | ";" | ":" | ")" | "!" | "?" | "”");
        }
        if last.kind == TokenKind::Punctuation && text.as_bytes()[last.start as usize] == b',' {
            return false;
        }
        !self.was_cut(text, last, next)
    }

    /// Whether the line that ends with `last` broke off because `next` did not fit.
    fn was_cut(&mut self, text: &str, last: &Raw, next: &Raw) -> bool {
        let at = last.end as usize;
        if at >= self.block.end {
            self.block = Block::at(text, at);
        }
        let Some(width) = self.block.width else { return false };
        let bytes = text.as_bytes();
        let start = bytes[..at].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        characters(&bytes[start..at]) + 1 + characters(&bytes[next.range()]) > width
    }
}

impl Block {
    /// The block of lines around `at`.
    fn at(text: &str, at: usize) -> Self {
        let bytes = text.as_bytes();
        let mut start = bytes[..at].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let mut widths = (0, 0, 0); // the widest, how many lines, how many of them near it
        while start < bytes.len() {
            let end = bytes[start..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |len| start + len);
            let line = bytes[start..end].trim_ascii();
            if line.is_empty() {
                break;
            }
            let width = characters(line);
            if width > widths.0 {
                widths.2 *= usize::from(widths.0 * 4 >= width * 3);
                widths.0 = width;
            }
            widths.1 += 1;
            widths.2 += usize::from(width * 4 >= widths.0 * 3);
            start = end + 1;
        }
        // Cut lines come in numbers, and all but the last of a paragraph are about as long as each other.
        let cut = widths.1 >= 3 && (30..=WIDEST).contains(&widths.0) && widths.2 * 2 >= widths.1;
        Self { end: start, width: cut.then_some(widths.0) }
    }
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| b & 0xc0 != 0x80).count()
}

/// Whether a sentence may begin with this token.
fn begins(text: &str, token: &Raw) -> bool {
    match token.kind {
        TokenKind::Syllable => token.shape != Shape::Lower,
        TokenKind::Punctuation => matches!(&text[token.range()], "\"" | "“" | "‘" | "«" | "(" | "[" | "•"),
        TokenKind::Symbol => false,
        _ => true,
    }
}

fn closes(text: &str, token: &Raw) -> bool {
    matches!(&text[token.range()], "\"" | "'")
}

fn is_roman(word: &str) -> bool {
    word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}
