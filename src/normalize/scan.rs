//! The scan that clean text costs: it finds the first place that may need work.
//!
//! An automaton over bytes goes through the text. It knows the characters that normalisation never touches, and follows
//! the vowels of a word far enough to tell whether a tone mark can be on the wrong letter. It may suspect a word that
//! is fine; it never passes one that is not.
//!
//! The automaton is made from the grammar on first use. Letters are classes first ([`Symbol`]), the states over them
//! are merged where they behave the same, and only then come the bytes of UTF-8. Each state is a row of 256 bytes, at
//! most 256 rows, so that a step is one load without a bounds check. One step waits for the one before; long texts are
//! therefore cut at borders into lanes that are scanned side by side.

use super::letters::{self, Letter, id};
use super::{Style, grammar};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The position of a byte at or after `from` that may need work, or that ends a word that may.
///
/// The text before `from` must end a word.
pub(super) fn suspect(text: &str, from: usize, style: Style) -> Option<usize> {
    let automaton: &Automaton = match style {
        Style::Old => &OLD,
        Style::New => &NEW,
    };
    automaton.suspect(text.as_bytes(), from)
}

static OLD: LazyLock<Automaton> = LazyLock::new(|| Automaton::new(Style::Old));
static NEW: LazyLock<Automaton> = LazyLock::new(|| Automaton::new(Style::New));

type Rows = [[u8; 256]; 256];

struct Automaton {
    rows: Box<Rows>,
}

/// The state that has found something. It is never left.
const SUSPECT: u8 = 0;
/// The state between words.
const START: u8 = 1;

/// Lanes scanned side by side.
const LANES: usize = 8;
/// Bytes scanned in one lane before lanes are worth their while, and bytes of the longest lane.
const ALONE: usize = 512;
const LONGEST: usize = 8192;

/// ASCII that is no letter: what stands before it has no bearing on what follows.
pub(super) fn is_border(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphabetic()
}

impl Automaton {
    fn suspect(&self, bytes: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        let mut lane = ALONE / LANES;
        loop {
            let end = border(bytes, at.saturating_add(ALONE));
            if let Some(found) = self.scan(bytes, at, end) {
                return Some(found);
            }
            at = end;
            while at + lane * LANES + ALONE < bytes.len() {
                let mut cuts = [at; LANES + 1];
                for i in 1..=LANES {
                    cuts[i] = border(bytes, (at + i * lane).max(cuts[i - 1]));
                }
                if let Some(i) = self.lanes(bytes, &cuts)
                    && let Some(found) = self.scan(bytes, cuts[i], cuts[i + 1])
                {
                    return Some(found);
                }
                at = cuts[LANES];
                lane = (2 * lane).min(LONGEST);
            }
            if at == bytes.len() {
                return None;
            }
        }
    }

    /// Scans `bytes[from..to]`, which is followed by a border.
    fn scan(&self, bytes: &[u8], from: usize, to: usize) -> Option<usize> {
        let mut state = START;
        for (i, &byte) in bytes[from..to].iter().enumerate() {
            state = self.rows[usize::from(state)][usize::from(byte)];
            if state == SUSPECT {
                return Some(from + i);
            }
        }
        self.unfinished(state).then(|| to - 1)
    }

    fn unfinished(&self, state: u8) -> bool {
        self.rows[usize::from(state)][usize::from(b' ')] == SUSPECT
    }

    /// The first of the stretches between `cuts` that holds something suspect.
    fn lanes(&self, bytes: &[u8], cuts: &[usize; LANES + 1]) -> Option<usize> {
        let mut lanes: [&[u8]; LANES] = [&[]; LANES];
        for i in 0..LANES {
            lanes[i] = &bytes[cuts[i]..cuts[i + 1]];
        }
        let common = lanes.iter().map(|lane| lane.len()).min().unwrap_or(0);
        let heads = lanes.map(|lane| &lane[..common]);
        let rows = &*self.rows;
        let mut states = [START; LANES];
        for i in 0..common {
            for (state, head) in states.iter_mut().zip(&heads) {
                *state = rows[usize::from(*state)][usize::from(head[i])];
            }
        }
        for (state, lane) in states.iter_mut().zip(&lanes) {
            for &byte in &lane[common..] {
                *state = rows[usize::from(*state)][usize::from(byte)];
            }
        }
        states.iter().position(|&state| self.unfinished(state))
    }

    fn new(style: Style) -> Self {
        let words = Words::new(style).merged();
        let mut bytes = Bytes {
            words: &words,
            rows: vec![[SUSPECT; 256]; words.len()],
            known: FxHashMap::default(),
            plain: FxHashMap::default(),
        };
        for state in 1..words.len() {
            bytes.rows[state] = bytes.row(state);
        }
        let rows = bytes.rows;
        let mut table = Box::new([[SUSPECT; 256]; 256]);
        table[..rows.len()].copy_from_slice(&rows);
        Self { rows: table }
    }
}

/// The first border at or after `at`, or the end.
fn border(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some(rest) => rest.iter().position(|&b| is_border(b)).map_or(bytes.len(), |i| at + i),
        None => bytes.len(),
    }
}

/// What the automaton tells apart: vowels with and without tone, the consonants that make `gi` and `qu`, and the rest.
type Symbol = usize;
const BORDER: Symbol = 0;
const CONSONANT: Symbol = 1;
const SYMBOL_G: Symbol = 2;
const SYMBOL_Q: Symbol = 3;
const VOWEL: Symbol = 4;
const VOWELS: [u8; 12] =
    [id::A, id::A_BREVE, id::A_HAT, id::E, id::E_HAT, id::I, id::O, id::O_HAT, id::O_HORN, id::U, id::U_HORN, id::Y];
const SYMBOLS: usize = VOWEL + 2 * VOWELS.len();

fn symbol(letter: Letter) -> Symbol {
    match VOWELS.iter().position(|&vowel| vowel == letter.id) {
        Some(i) => VOWEL + 2 * i + usize::from(letter.tone != 0),
        None if letter.id == id::G => SYMBOL_G,
        None if letter.id == id::Q => SYMBOL_Q,
        None => CONSONANT,
    }
}

/// States over symbols, as rows of a table. `SUSPECT` and `START` come first.
type Table = Vec<[usize; SYMBOLS]>;

/// Follows words letter by letter.
struct Words {
    style: Style,
    table: Table,
}

/// A word that can be no syllable, up to its end.
const NO_SYLLABLE: usize = 2;
/// In a word, after consonants that are not `g` or `q` alone.
const ONSET: usize = 3;

impl Words {
    fn new(style: Style) -> Self {
        let mut no_syllable = [NO_SYLLABLE; SYMBOLS];
        no_syllable[BORDER] = START.into();
        let suspect = [SUSPECT.into(); SYMBOLS];
        let mut words = Self { style, table: vec![suspect, no_syllable, no_syllable, no_syllable] };
        let onset = words.onset(&[]);
        words.table[ONSET] = onset;
        let mut start = onset;
        for (symbol, letter) in [(SYMBOL_G, id::G), (SYMBOL_Q, id::Q)] {
            start[symbol] = words.table.len();
            words.table.push(no_syllable);
            let at = words.table.len() - 1;
            words.table[at] = words.onset(&[letter]);
        }
        words.table[usize::from(START)] = start;
        words
    }

    /// The row of a state after consonants: those of `onset`, or any when that is empty.
    fn onset(&mut self, onset: &[u8]) -> [usize; SYMBOLS] {
        let mut row = [ONSET; SYMBOLS];
        row[BORDER] = START.into();
        for (i, &vowel) in VOWELS.iter().enumerate() {
            let letters = [onset, &[vowel]].concat();
            row[VOWEL + 2 * i] = self.vowels(&letters, None);
            row[VOWEL + 2 * i + 1] = self.vowels(&letters, Some(letters.len() - 1));
        }
        row
    }

    /// The state after `letters`, with a tone on the letter at `tone`.
    fn vowels(&mut self, letters: &[u8], tone: Option<usize>) -> usize {
        if !grammar::begins(letters) {
            return NO_SYLLABLE;
        }
        let mut row = [NO_SYLLABLE; SYMBOLS];
        let misplaced = |ending: &[u8]| {
            let letters = [letters, ending].concat();
            tone.is_some() && grammar::shape(&letters).is_some_and(|s| Some(s.tone_at(self.style)) != tone)
        };
        row[BORDER] = usize::from(if misplaced(&[]) { SUSPECT } else { START });
        let closed = codas()[1..].iter().any(|coda| misplaced(coda));
        // After a coda the word ends, or is no syllable.
        row[CONSONANT] = if closed { SUSPECT.into() } else { NO_SYLLABLE };
        for (i, &vowel) in VOWELS.iter().enumerate() {
            let longer = [letters, &[vowel]].concat();
            row[VOWEL + 2 * i] = self.vowels(&longer, tone);
            row[VOWEL + 2 * i + 1] = match tone {
                None => self.vowels(&longer, Some(letters.len())),
                Some(_) => SUSPECT.into(),
            };
        }
        self.table.push(row);
        self.table.len() - 1
    }

    /// The smallest table that behaves the same. States 0 and 1 stay where they are.
    fn merged(&self) -> Table {
        // Two states are the same until a symbol takes them to states that are not.
        let mut class: Vec<usize> = (0..self.table.len()).map(|state| usize::from(state != 0)).collect();
        let mut count = 2;
        loop {
            let mut numbers = FxHashMap::default();
            let next: Vec<usize> = (0..self.table.len())
                .map(|state| {
                    let key = (class[state], self.table[state].map(|to| class[to]));
                    let fresh = numbers.len();
                    *numbers.entry(key).or_insert(fresh)
                })
                .collect();
            class = next;
            if numbers.len() == count {
                break;
            }
            count = numbers.len();
        }
        let mut table = vec![[0; SYMBOLS]; count];
        for (state, row) in self.table.iter().enumerate() {
            table[class[state]] = row.map(|to| class[to]);
        }
        table
    }
}

/// The consonants that end a syllable, and none.
fn codas() -> &'static [Vec<u8>] {
    static CODAS: LazyLock<Vec<Vec<u8>>> =
        LazyLock::new(|| ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"].map(letters::ids).to_vec());
    &CODAS
}

/// Spells out states over symbols in bytes. The states within a character are shared where they are the same.
struct Bytes<'a> {
    words: &'a Table,
    rows: Vec<[u8; 256]>,
    known: FxHashMap<[u8; 256], u8>,
    /// States within characters none of which is a Vietnamese letter, by first character and open bits.
    plain: FxHashMap<(u32, u32), u8>,
}

impl Bytes<'_> {
    fn row(&mut self, state: usize) -> [u8; 256] {
        let mut row = [SUSPECT; 256];
        for byte in 0..=0x7F {
            row[usize::from(byte)] = self.to(state, char::from(byte));
        }
        for lead in 0xC2..=0xDFu8 {
            row[usize::from(lead)] = self.inner(state, u32::from(lead & 0x1F) << 6, 6);
        }
        // No character below U+1000 in three bytes passes.
        for lead in 0xE1..=0xEFu8 {
            row[usize::from(lead)] = self.inner(state, u32::from(lead & 0x0F) << 12, 12);
        }
        row[0xF0] = self.inner(state, 0, 18);
        row
    }

    /// The state after the leading bytes of the characters that begin at `base`, of which `bits` are open.
    fn inner(&mut self, state: usize, base: u32, bits: u32) -> u8 {
        let end = base + (1 << bits);
        let has_letters = [0xC0..0x1C0, 0x1EA0..0x1F00].iter().any(|letters| base < letters.end && letters.start < end);
        if has_letters && bits != 18 {
            return self.inner_row(state, base, bits);
        }
        // All of these are borders, or suspect.
        if base > LAST_PASSING || self.words[state][BORDER] == usize::from(SUSPECT) {
            return SUSPECT;
        }
        if let Some(&known) = self.plain.get(&(base, bits)) {
            return known;
        }
        let inner = self.inner_row(state, base, bits);
        self.plain.insert((base, bits), inner);
        inner
    }

    fn inner_row(&mut self, state: usize, base: u32, bits: u32) -> u8 {
        let mut row = [SUSPECT; 256];
        for byte in 0..64 {
            let base = base | byte << (bits - 6);
            row[0x80 + byte as usize] = match bits {
                6 => char::from_u32(base).map_or(SUSPECT, |c| self.to(state, c)),
                // Shorter characters have no such form.
                18 if base < 0x1_0000 => SUSPECT,
                _ => self.inner(state, base, bits - 6),
            };
        }
        if row == [SUSPECT; 256] {
            return SUSPECT;
        }
        if let Some(&state) = self.known.get(&row) {
            return state;
        }
        // Should the grammar outgrow the states there are, the rest is looked at one by one.
        let Ok(fresh) = u8::try_from(self.rows.len()) else { return SUSPECT };
        self.rows.push(row);
        self.known.insert(row, fresh);
        fresh
    }

    fn to(&self, state: usize, c: char) -> u8 {
        let symbol = match letters::letter(c) {
            Some(letter) => symbol(letter),
            None if passes(c) => BORDER,
            None => return SUSPECT,
        };
        self.words[state][symbol] as u8
    }
}

/// The last character that passes.
const LAST_PASSING: u32 = 0x1_FAFF;

/// Characters, other than Vietnamese letters, that stay as they are and do not compose with the one before.
/// Those that are letters make a word that is no syllable, so that it does not matter that they count as borders.
fn passes(c: char) -> bool {
    match c {
        '\u{A0}' | '\u{AD}' | 'Ð' | 'ð' | 'Ɖ' => false,
        '\0'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}' => true,
        // General punctuation: dashes, quotes and dots, but no spaces and controls.
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{2070}'..='\u{20CF}' => true,
        '\u{2126}' | '\u{212A}' | '\u{212B}' | '\u{2329}' | '\u{232A}' => false,
        '\u{2100}'..='\u{2AFF}' => c != '\u{2ADC}',
        '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{309B}'..='\u{9FFF}' => true,
        '가'..='힣' => true,
        '\u{FE00}'..='\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::{IsNormalized, is_nfc_quick};

    #[test]
    fn what_passes_is_in_nfc() {
        for c in ('\0'..=char::MAX).filter(|&c| passes(c)) {
            assert_eq!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
        }
    }

    #[test]
    fn the_press_passes() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/texts");
        let mut articles = 0;
        for entry in std::fs::read_dir(folder).expect("corpus").take(if cfg!(miri) { 1 } else { usize::MAX }) {
            let text = std::fs::read_to_string(entry.expect("entry").path()).expect("text");
            for style in [Style::Old, Style::New] {
                let text = crate::normalize::normalize_with(&text, style);
                let found = suspect(&text, 0, style);
                assert_eq!(found.map(|at| text.get(at.saturating_sub(20)..)), None);
            }
            articles += 1;
        }
        assert!(articles > 0);
    }

    #[test]
    fn the_states_suffice() {
        for automaton in [&*OLD, &*NEW] {
            let used = automaton.rows.iter().filter(|row| **row != [SUSPECT; 256]).count();
            assert!((100..255).contains(&used), "{used}");
        }
    }

    #[test]
    fn long_text_is_scanned_to_its_end() {
        let clean = "Thủ tướng yêu cầu các bộ hoàn thành quý này, ".repeat(2000);
        assert_eq!(suspect(&clean, 0, Style::Old), None);
        for at in [0, 700, 3_000, 20_000, 60_000, clean.len()] {
            let at = border(clean.as_bytes(), at);
            let text = format!("{} hoà{}", &clean[..at], &clean[at..]);
            let found = suspect(&text, 0, Style::Old).expect("suspect");
            assert!((at + 1..=at + 5).contains(&found), "{at} {found}");
        }
    }
}
