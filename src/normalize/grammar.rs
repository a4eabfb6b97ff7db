//! The grammar of the written syllable: which onsets and rhymes there are, and which letter carries the tone.

use super::Style;
use super::letters::{self, id};
use crate::table::lines;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Letters of the longest syllable, `nghiêng`.
pub(super) const MAX_LETTERS: usize = 7;

/// A rhyme, as letter counts: how it splits, and where its tone mark goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rhyme {
    /// Letters before the nucleus, 0 or 1.
    pub(super) glide: u8,
    /// Letters of the nucleus, 1 or 2.
    pub(super) nucleus: u8,
    /// Letters after the nucleus.
    pub(super) coda: u8,
    /// The letter that carries the tone in the old style and in the new one.
    pub(super) old: u8,
    pub(super) new: u8,
    /// Ends in `c ch p t`, which goes with the tones sắc and nặng only.
    pub(super) stopped: bool,
    /// Found after `qu` only.
    after_qu: bool,
    /// Its row of the table.
    row: u8,
}

impl Rhyme {
    /// Glide, nucleus and coda as they are written.
    pub(super) fn parts(&self) -> [&'static str; 3] {
        GRAMMAR.parts[usize::from(self.row)]
    }
}

/// The onset that is written with these letters.
pub(super) fn onset(letters: &[u8]) -> &'static str {
    let key = pack(letters);
    GRAMMAR.onset_rows.iter().find(|(known, _)| *known == key).map_or("", |(_, onset)| onset)
}

/// How a word of letters splits into onset and rhyme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) onset: usize,
    pub(super) rhyme: Rhyme,
}

impl Shape {
    /// The letter of the syllable that carries the tone.
    pub(super) fn tone_at(&self, style: Style) -> usize {
        self.onset
            + usize::from(match style {
                Style::Old => self.rhyme.old,
                Style::New => self.rhyme.new,
            })
    }
}

const SLOTS: usize = 1024;

struct Grammar {
    /// Open addressing over packed letters; key 0 is an empty slot.
    rhymes: Box<[(u32, Rhyme); SLOTS]>,
    onsets: Box<[u32; SLOTS]>,
    parts: Vec<[&'static str; 3]>,
    /// All beginnings of rhymes.
    beginnings: FxHashSet<u32>,
    onset_rows: Vec<(u32, &'static str)>,
}

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let mut grammar = Grammar {
        rhymes: Box::new([(0, Rhyme::default()); SLOTS]),
        onsets: Box::new([0; SLOTS]),
        parts: Vec::new(),
        beginnings: FxHashSet::default(),
        onset_rows: Vec::new(),
    };
    for row in lines(include_str!("../data/rhymes.tsv")) {
        let mut cells = row.split('\t').map(|cell| if cell == "-" { "" } else { cell });
        let mut next = || cells.next().unwrap_or("");
        let (spelling, parts) = (letters::ids(next()), [next(), next(), next()]);
        let key = pack(&spelling);
        let slot = free_slot(key, |i| grammar.rhymes[i].0);
        grammar.rhymes[slot] = (key, rhyme(spelling.len(), parts, grammar.parts.len()));
        grammar.parts.push(parts);
        grammar.beginnings.extend((1..=spelling.len()).map(|len| pack(&spelling[..len])));
    }
    for row in lines(include_str!("../data/onsets.tsv")) {
        let onset = row.split('\t').next().unwrap_or("");
        let key = pack(&letters::ids(onset));
        let slot = free_slot(key, |i| grammar.onsets[i]);
        grammar.onsets[slot] = key;
        grammar.onset_rows.push((key, onset));
    }
    grammar
});

/// The rule of the tone's place. The last letter of the nucleus carries it when a coda follows (`tuyến`, `người`),
/// otherwise the first (`mùa`, `khuỳa`). In the open rhymes `oa oe uy` the old style puts it on the glide.
fn rhyme(len: usize, parts: [&str; 3], row: usize) -> Rhyme {
    let [glide, nucleus, coda] = parts.map(letters::ids);
    let (g, n) = (glide.len(), nucleus.len());
    let new = if coda.is_empty() { g } else { g + n - 1 };
    let plain = matches!(nucleus[..], [id::A | id::E | id::Y]);
    let old = if g == 1 && plain && coda.is_empty() { 0 } else { new };
    Rhyme {
        glide: g as u8,
        nucleus: n as u8,
        coda: (len - g - n) as u8,
        old: old as u8,
        new: new as u8,
        stopped: matches!(parts[2], "c" | "ch" | "p" | "t"),
        after_qu: nucleus == [id::Y] && g == 0 && !coda.is_empty(),
        row: row as u8,
    }
}

/// Letters in six bits each, first letter highest; at most five fit.
fn pack(letters: &[u8]) -> u32 {
    letters.iter().fold(0, |key, &id| key << 6 | u32::from(id + 1))
}

fn slot(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 22) as usize & (SLOTS - 1)
}

fn free_slot(key: u32, at: impl Fn(usize) -> u32) -> usize {
    let mut i = slot(key);
    while at(i) != 0 && at(i) != key {
        i = (i + 1) & (SLOTS - 1);
    }
    i
}

impl Grammar {
    fn rhyme(&self, letters: &[u8], after_qu: bool) -> Option<Rhyme> {
        if letters.is_empty() || letters.len() > 4 {
            return None;
        }
        let key = pack(letters);
        let (found, rhyme) = self.rhymes[free_slot(key, |i| self.rhymes[i].0)];
        (found == key && (after_qu || !rhyme.after_qu)).then_some(rhyme)
    }

    fn onset(&self, letters: &[u8]) -> bool {
        if letters.len() > 3 {
            return false;
        }
        let key = pack(letters);
        letters.is_empty() || self.onsets[free_slot(key, |i| self.onsets[i])] == key
    }
}

/// Whether a syllable may begin with `letters`, which are `g`, `q` or nothing, and then vowels.
pub(super) fn begins(letters: &[u8]) -> bool {
    let rhyme = |letters: &[u8]| letters.is_empty() || GRAMMAR.beginnings.contains(&pack(letters));
    match letters {
        [id::Q, id::U, rest @ ..] => rhyme(rest),
        [id::Q, ..] => false,
        [id::G, id::I, rest @ ..] => rhyme(rest) || rhyme(&letters[1..]),
        [id::G, rest @ ..] => rhyme(rest),
        _ => rhyme(letters),
    }
}

/// Splits the letters of a syllable, written without its tone. `None` when they are no syllable of Vietnamese.
pub(super) fn shape(letters: &[u8]) -> Option<Shape> {
    if letters.len() > MAX_LETTERS {
        return None;
    }
    let grammar = &*GRAMMAR;
    let split = |onset: usize, after_qu| {
        let rhyme = grammar.rhyme(&letters[onset..], after_qu)?;
        Some(Shape { onset, rhyme })
    };
    match letters {
        [id::Q, id::U, _, ..] => split(2, true),
        // In `gì, gìn, giếng` the i is written once and belongs to the nucleus; in `giá, giữa` it belongs to the onset.
        [id::G, id::I, third, ..] if letters::is_vowel(*third) => {
            let nucleus = if *third == id::E_HAT { split(1, false) } else { None };
            nucleus.or_else(|| split(2, false))
        }
        _ => {
            let onset = letters.iter().take_while(|&&id| !letters::is_vowel(id)).count();
            if grammar.onset(&letters[..onset]) { split(onset, false) } else { None }
        }
    }
}

#[cfg(test)]
pub(super) fn all_onsets() -> impl Iterator<Item = &'static str> {
    GRAMMAR.onset_rows.iter().map(|(_, onset)| *onset)
}

#[cfg(test)]
pub(super) fn all_rhymes() -> impl Iterator<Item = String> {
    GRAMMAR.parts.iter().map(|parts| parts.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(word: &str) -> Option<(usize, u8, u8, u8)> {
        shape(&letters::ids(word)).map(|s| (s.onset, s.rhyme.glide, s.rhyme.nucleus, s.rhyme.coda))
    }

    #[test]
    fn onsets_and_rhymes() {
        assert_eq!(split("nghiêng"), Some((3, 0, 2, 2)));
        assert_eq!(split("quyên"), Some((2, 0, 2, 1)));
        assert_eq!(split("gi"), Some((1, 0, 1, 0)));
        assert_eq!(split("giêng"), Some((1, 0, 2, 2)));
        assert_eq!(split("giưa"), Some((2, 0, 2, 0)));
        assert_eq!(split("tuyêt"), Some((1, 1, 2, 1)));
        assert_eq!(split("oan"), Some((0, 1, 1, 1)));
    }

    #[test]
    fn no_syllables() {
        for word in ["", "qu", "ng", "cafe", "krông", "zoe", "tynh", "uong", "nghiêngg"] {
            assert_eq!(split(word), None, "{word}");
        }
    }
}
