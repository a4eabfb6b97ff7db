//! Atoms: the finest cut of the normalised text, which the grammars of `extract` read.
//!
//! A word for the index can be `02-NQ/TU` or `12/5/2017`; a grammar wants the number, the separators and the letters
//! one by one. An atom is a run of letters, a run of digits, or one other character. A grammar looks at so many atoms
//! and copies what it finds, so a run that is longer than any word is cut: what is read stays in proportion to the text.

use std::hash::Hasher;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHasher;

use crate::chars::Chars;

/// Bytes of a run, about. The longest syllables have ten, tags and foreign words some thirty.
const LONGEST: usize = 64;

/// What an atom consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AtomKind {
    /// Letters and their marks: a syllable, an abbreviation.
    Letters,
    /// ASCII digits.
    Digits,
    /// Any other character that is no white space.
    Sign,
}

/// What separates an atom from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing.
    None,
    /// Blanks.
    Blank,
    /// A line break.
    Line,
    /// An empty line, or the start of the text.
    Paragraph,
}

/// How an atom is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// It begins with no letter that has a case.
    None,
    /// It begins with a small letter.
    Small,
    /// `Trần`; also `KĐăm`, `HNiê`.
    Title,
    /// `A`, `Y`
    Single,
    /// `TRẦN`, `UBND`
    Capitals,
    /// It begins with a capital and is none of these: `VietinBank`.
    Mixed,
}

/// A run of letters, a run of digits, or one other character of the normalised text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Atom {
    start: u32,
    end: u32,
    /// A hash of its lower-case form, by which phrases are looked up.
    hash: u32,
    /// What it consists of.
    pub kind: AtomKind,
    /// What stands between it and the atom before.
    pub gap: Gap,
    case: Case,
    /// The character of a sign, if it is ASCII; else 0.
    sign: u8,
}

/// The atoms of a text, in order, with its lower-case form.
#[derive(Clone, Debug, Default)]
pub struct Atoms {
    text: String,
    lower: String,
    list: Vec<Atom>,
}

impl Atoms {
    /// Cuts a normalised text; time and memory grow linearly with it. [`Document::atoms`](super::Document::atoms) has
    /// those of an article.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let looks = &*LOOKS;
        let mut lower = String::with_capacity(text.len());
        // Up to where the lower-case form is written.
        let mut copied = 0;
        let mut list: Vec<Atom> = Vec::with_capacity(text.len() / 4);
        let mut gap = Gap::Paragraph;
        // The atom that is being read.
        let mut open: Option<(Look, usize)> = None;
        let mut close = |open: Option<(Look, usize)>, end: usize, gap: &mut Gap| {
            if let Some((Look { kind: Some(kind), case, .. }, start)) = open {
                let (hash, sign) = (0, 0);
                list.push(Atom { start: start as u32, end: end as u32, hash, kind, gap: *gap, case, sign });
                *gap = Gap::None;
            }
        };
        for (at, c) in text.char_indices() {
            let look = looks.get(c);
            if look.lower != c {
                lower.push_str(&text[copied..at]);
                lower.push(look.lower);
                copied = at + c.len_utf8();
            }
            match open {
                Some((first, start))
                    if look.kind == first.kind && look.kind != Some(AtomKind::Sign) && at - start < LONGEST =>
                {
                    continue;
                }
                _ => close(open, at, &mut gap),
            }
            open = look.kind.map(|_| (look, at));
            if open.is_none() {
                gap = match (gap, c) {
                    (Gap::None | Gap::Blank, '\n') => Gap::Line,
                    (Gap::Line, '\n') => Gap::Paragraph,
                    (Gap::None, _) => Gap::Blank,
                    (gap, _) => gap,
                };
            }
        }
        close(open, text.len(), &mut gap);
        lower.push_str(&text[copied..]);
        for atom in &mut list {
            let bytes = atom.start as usize..atom.end as usize;
            let small = &lower[bytes.clone()];
            atom.hash = hash(small);
            match (atom.kind, small.as_bytes()) {
                (AtomKind::Sign, &[sign]) => atom.sign = sign,
                (AtomKind::Letters, _) if atom.case != Case::Small => {
                    atom.case = case(&text[bytes], small, atom.case, looks);
                }
                _ => {}
            }
        }
        Self { text: text.to_owned(), lower, list }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The atoms, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Atom> {
        self.list.iter()
    }

    /// Atom `i`, if there is one.
    #[must_use]
    pub fn get(&self, i: usize) -> Option<&Atom> {
        self.list.get(i)
    }

    /// The hash of atom `i` in lower case, as [`hash`] gives it; that of an empty text beyond the end.
    #[must_use]
    pub(crate) fn hash(&self, i: usize) -> u32 {
        self.list.get(i).map_or_else(|| hash(""), |atom| atom.hash)
    }

    /// The letters of atom `i` as they stand in the normalised text; empty beyond the end.
    #[must_use]
    pub fn text(&self, i: usize) -> &str {
        self.list.get(i).map_or("", |atom| &self.text[atom.start as usize..atom.end as usize])
    }

    /// Atom `i` in lower case; empty beyond the end.
    #[must_use]
    pub fn lower(&self, i: usize) -> &str {
        self.list.get(i).map_or("", |atom| &self.lower[atom.start as usize..atom.end as usize])
    }

    /// The lower-case form from the first to before the last atom of `atoms`, with what stands between them.
    pub(crate) fn lower_slice(&self, atoms: Range<usize>) -> &str {
        &self.lower[self.bytes(atoms)]
    }

    /// The normalised text from the first to before the last atom of `atoms`, with what stands between them.
    #[must_use]
    pub fn slice(&self, atoms: Range<usize>) -> &str {
        &self.text[self.bytes(atoms)]
    }

    /// The bytes of the normalised text that `atoms` cover.
    #[must_use]
    pub fn bytes(&self, atoms: Range<usize>) -> Range<usize> {
        match (self.list.get(atoms.start), atoms.end.checked_sub(1).and_then(|last| self.list.get(last))) {
            (Some(first), Some(last)) if atoms.start < atoms.end => first.start as usize..last.end as usize,
            _ => 0..0,
        }
    }

    /// The kind of atom `i`.
    #[must_use]
    pub fn kind(&self, i: usize) -> Option<AtomKind> {
        self.list.get(i).map(|atom| atom.kind)
    }

    /// How atom `i` is written; beyond the end, as what has no letters.
    #[must_use]
    pub(crate) fn case(&self, i: usize) -> Case {
        self.list.get(i).map_or(Case::None, |atom| atom.case)
    }

    /// Whether atom `i` begins with a capital.
    #[must_use]
    pub(crate) fn is_capital(&self, i: usize) -> bool {
        !matches!(self.case(i), Case::None | Case::Small)
    }

    /// Whether atom `i` begins with a small letter.
    #[must_use]
    pub(crate) fn is_small(&self, i: usize) -> bool {
        self.case(i) == Case::Small
    }

    /// The character of atom `i`, where it is a sign and ASCII; else 0.
    #[must_use]
    pub(crate) fn sign(&self, i: usize) -> u8 {
        self.list.get(i).map_or(0, |atom| atom.sign)
    }

    /// The gap before atom `i`; the end of the text counts as a paragraph.
    #[must_use]
    pub fn gap(&self, i: usize) -> Gap {
        self.list.get(i).map_or(Gap::Paragraph, |atom| atom.gap)
    }

    /// The first atom that ends after byte `at` of the normalised text.
    #[must_use]
    pub fn at_byte(&self, at: usize) -> usize {
        self.list.partition_point(|atom| atom.end as usize <= at)
    }

    /// The first atom that begins at byte `at` of the normalised text or behind.
    pub(crate) fn before_byte(&self, at: usize) -> usize {
        self.list.partition_point(|atom| (atom.start as usize) < at)
    }
}

impl<'a> IntoIterator for &'a Atoms {
    type Item = &'a Atom;
    type IntoIter = std::slice::Iter<'a, Atom>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The hash of a word, for look-ups that are confirmed by comparing the letters.
pub(crate) fn hash(lower: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(lower.as_bytes());
    hasher.finish() as u32
}

/// What a character is to atoms.
#[derive(Clone, Copy, Debug)]
struct Look {
    /// The kind of the atoms that it is in; white space is in none.
    kind: Option<AtomKind>,
    /// Its lower case, where that has the same length.
    lower: char,
    /// The case of what begins with it, where no other letter is looked at.
    case: Case,
}

static LOOKS: LazyLock<Chars<Look>> = LazyLock::new(|| Chars::new(look));

fn look(c: char) -> Look {
    let kind = if c.is_whitespace() {
        None
    } else if c.is_ascii_digit() {
        Some(AtomKind::Digits)
    } else if c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}') {
        Some(AtomKind::Letters)
    } else {
        Some(AtomKind::Sign)
    };
    let mut mapped = c.to_lowercase();
    let lower = match (mapped.next(), mapped.next()) {
        (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
        _ => c,
    };
    let case = if c.is_uppercase() {
        Case::Mixed
    } else if c.is_lowercase() {
        Case::Small
    } else {
        Case::None
    };
    Look { kind, lower, case }
}

/// How letters are written that begin as `first` says.
fn case(text: &str, lower: &str, first: Case, looks: &Chars<Look>) -> Case {
    if first != Case::Mixed || text == lower {
        return first;
    }
    let mut chars = text.chars();
    chars.next();
    let rest = chars.as_str();
    let is = |c: char, case| looks.get(c).case == case;
    if rest.is_empty() {
        Case::Single
    } else if rest.chars().all(|c| is(c, Case::Small)) {
        Case::Title
    } else if rest.chars().all(|c| is(c, Case::Mixed)) {
        Case::Capitals
    } else if rest.chars().skip(1).all(|c| is(c, Case::Small)) {
        Case::Title
    } else {
        Case::Mixed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let atoms = Atoms::new(text);
        (0..atoms.len()).map(|i| atoms.text(i).to_owned()).collect()
    }

    #[test]
    fn letters_digits_and_signs_stand_alone() {
        assert_eq!(
            cut("Nghị quyết 02-NQ/TU, 18,7ha"),
            ["Nghị", "quyết", "02", "-", "NQ", "/", "TU", ",", "18", ",", "7", "ha"]
        );
    }

    #[test]
    fn a_run_that_is_no_word_is_cut() {
        let atoms = Atoms::new(&"ế".repeat(1000));
        assert!((0..atoms.len()).all(|i| atoms.text(i).len() <= LONGEST + 2 && atoms.gap(i + 1) != Gap::Blank));
        assert_eq!(cut(&"7".repeat(LONGEST + 1)), ["7".repeat(LONGEST), "7".to_owned()]);
    }

    #[test]
    fn words_tell_how_they_are_written() {
        let atoms = Atoms::new("Trần UBND A KĐăm VietinBank xã 5 ( ơ");
        let cases: Vec<_> = (0..atoms.len()).map(|i| atoms.case(i)).collect();
        let (none, small) = (Case::None, Case::Small);
        let capital = [Case::Title, Case::Capitals, Case::Single, Case::Title, Case::Mixed];
        assert_eq!(cases, [&capital[..], &[small, none, none, small]].concat());
        assert_eq!((atoms.sign(7), atoms.sign(8), atoms.sign(9)), (b'(', 0, 0));
    }

    #[test]
    fn gaps_tell_blanks_lines_and_paragraphs_apart() {
        let atoms = Atoms::new("a b\nc \n d");
        let gaps: Vec<_> = (0..4).map(|i| atoms.gap(i)).collect();
        assert_eq!(gaps, [Gap::Paragraph, Gap::Blank, Gap::Line, Gap::Line]);
        assert_eq!(Atoms::new("a\n\nb").gap(1), Gap::Paragraph);
    }
}
