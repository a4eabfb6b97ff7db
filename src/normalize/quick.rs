//! The short way for words of Vietnamese letters and their marks, which is nearly all that ever needs work.

use super::letters::{self, Letter};
use super::{Style, grammar, scan};

/// A letter of the word, with its marks put on.
#[derive(Clone, Copy)]
struct Slot {
    letter: Letter,
    /// Where it begins in the text.
    start: usize,
    /// Whether marks were apart.
    marks: bool,
}

/// A word in the making.
pub(super) struct Word {
    slots: [Slot; grammar::MAX_LETTERS],
    len: usize,
    /// Where the word ends in the text.
    pub(super) end: usize,
    /// The letter that is to carry the tone, when that is not the one that does.
    moved: Option<(usize, usize)>,
    marks: bool,
}

impl Word {
    /// Reads the word at or after `from`, which must be a border or the end of a word.
    ///
    /// An error is where a word begins that takes the long way: it has other characters, more letters than a syllable,
    /// two tones, or marks that its letters do not take in this order.
    pub(super) fn read(text: &str, from: usize, style: Style) -> Result<Self, usize> {
        let bytes = text.as_bytes();
        let mut at = from;
        while bytes.get(at).is_some_and(|&b| scan::is_border(b)) {
            at += 1;
        }
        Self::read_letters(text, at, style).ok_or(at)
    }

    fn read_letters(text: &str, mut at: usize, style: Style) -> Option<Self> {
        let bytes = text.as_bytes();
        let none = Slot { letter: Letter { id: 0, tone: 0, upper: false }, start: 0, marks: false };
        let mut slots = [none; grammar::MAX_LETTERS];
        let (mut len, mut toned, mut marks) = (0, None, false);
        while let Some(&byte) = bytes.get(at) {
            let c = if byte.is_ascii() { char::from(byte) } else { text[at..].chars().next()? };
            if let Some(letter) = letters::letter(c) {
                if letter.tone != 0 && toned.replace(len).is_some() {
                    return None;
                }
                *slots.get_mut(len)? = Slot { letter, start: at, marks: false };
                len += 1;
            } else if byte.is_ascii() {
                break;
            } else {
                let slot = slots[..len].last_mut()?;
                if let Some(tone) = letters::tone_of_mark(c) {
                    if !letters::is_vowel(slot.letter.id) || toned.replace(len - 1).is_some() {
                        return None;
                    }
                    slot.letter.tone = tone;
                } else {
                    let shaped = letters::with_shape(slot.letter.id, c)?;
                    // A mark twice, or a circumflex or breve after a tone that stands above, takes the long way.
                    if shaped == slot.letter.id || !matches!(slot.letter.tone, 0 | 5) {
                        return None;
                    }
                    slot.letter.id = shaped;
                }
                (slot.marks, marks) = (true, true);
            }
            at += c.len_utf8();
        }
        let mut moved = None;
        if let Some(toned) = toned {
            let mut ids = [0; grammar::MAX_LETTERS];
            for (id, slot) in ids.iter_mut().zip(&slots[..len]) {
                *id = slot.letter.id;
            }
            if let Some(shape) = grammar::shape(&ids[..len]) {
                moved = Some((toned, shape.tone_at(style))).filter(|(from, to)| from != to);
            }
        }
        if let Some((from, to)) = moved {
            slots[to].letter.tone = slots[from].letter.tone;
            slots[from].letter.tone = 0;
        }
        Some(Self { slots, len, end: at, moved, marks })
    }

    pub(super) fn is_changed(&self) -> bool {
        self.marks || self.moved.is_some()
    }

    /// The letters: the character, where it begins in the text and ends, and whether it differs there.
    pub(super) fn letters(&self) -> impl Iterator<Item = (char, usize, usize, bool)> {
        (0..self.len).map(|i| {
            let slot = self.slots[i];
            let end = if i + 1 < self.len { self.slots[i + 1].start } else { self.end };
            let differs = slot.marks || self.moved.is_some_and(|(from, to)| i == from || i == to);
            (letters::character(slot.letter), slot.start, end, differs)
        })
    }

    /// Where the word begins in the text.
    pub(super) fn start(&self) -> usize {
        if self.len == 0 { self.end } else { self.slots[0].start }
    }
}
