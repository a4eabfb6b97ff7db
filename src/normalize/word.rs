//! Repair of one word: the tone mark on its proper letter, written once.

use super::Style;
use super::grammar;
use super::letters::{self, Letter};

/// A word longer than this (letters and stray marks) is no syllable.
const MAX_CHARS: usize = 12;

/// A syllable set right: its letters and, for each, how many characters of the input it stands for.
#[derive(Debug)]
pub(super) struct Repaired {
    letters: [(char, u8); grammar::MAX_LETTERS],
    len: usize,
}

impl Repaired {
    pub(super) fn letters(&self) -> &[(char, u8)] {
        &self.letters[..self.len]
    }
}

/// Sets the tone mark of `word` right. `word` is in NFC and holds all letters and marks of a word.
///
/// `None` when nothing changes: the word has no tone, is no syllable of Vietnamese, or carries two different tones.
pub(super) fn repair(word: impl Iterator<Item = char>, style: Style) -> Option<Repaired> {
    let mut ids = [0u8; grammar::MAX_LETTERS];
    let mut upper = [false; grammar::MAX_LETTERS];
    let mut taken = [0u8; grammar::MAX_LETTERS];
    let (mut len, mut tone, mut place, mut stray) = (0, 0, 0, false);
    for (i, c) in word.enumerate() {
        if i == MAX_CHARS {
            return None;
        }
        let mark = if let Some(letter) = letters::letter(c) {
            if len == ids.len() {
                return None;
            }
            (ids[len], upper[len], taken[len]) = (letter.id, letter.upper, 1);
            len += 1;
            letter.tone
        } else {
            let last = len.checked_sub(1)?;
            stray = true;
            taken[last] += 1;
            if let Some(mark) = letters::tone_of_mark(c).filter(|_| letters::is_vowel(ids[last])) {
                mark
            } else {
                ids[last] = letters::with_shape(ids[last], c)?;
                0
            }
        };
        if mark != 0 {
            stray |= tone != 0;
            if tone != 0 && tone != mark {
                return None;
            }
            (tone, place) = (mark, len - 1);
        }
    }
    if tone == 0 && !stray {
        return None;
    }
    let shape = grammar::shape(&ids[..len])?;
    let proper = shape.onset
        + usize::from(match style {
            Style::Old => shape.rhyme.old,
            Style::New => shape.rhyme.new,
        });
    if !stray && place == proper {
        return None;
    }
    let mut letters = [('\0', 0); grammar::MAX_LETTERS];
    for (i, slot) in letters[..len].iter_mut().enumerate() {
        let tone = if i == proper { tone } else { 0 };
        *slot = (letters::character(Letter { id: ids[i], tone, upper: upper[i] }), taken[i]);
    }
    Some(Repaired { letters, len })
}
