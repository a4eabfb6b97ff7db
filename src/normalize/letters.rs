//! The letters of Vietnamese: what a character is made of, and how to put one together.

/// Base letters in dictionary order. The position is the letter's id, which is what sorting, folding and the grammar
/// work with. `f j w z` are no letters of native words, but they sort where people expect them.
const LOWER: [char; 33] = [
    'a', 'ă', 'â', 'b', 'c', 'd', 'đ', 'e', 'ê', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'ô', 'ơ', 'p', 'q',
    'r', 's', 't', 'u', 'ư', 'v', 'w', 'x', 'y', 'z',
];
const UPPER: [char; 33] = [
    'A', 'Ă', 'Â', 'B', 'C', 'D', 'Đ', 'E', 'Ê', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'Ô', 'Ơ', 'P', 'Q',
    'R', 'S', 'T', 'U', 'Ư', 'V', 'W', 'X', 'Y', 'Z',
];

/// Vowels with each tone: lower case, then upper case. The first column is the base letter.
const VOWELS: [[char; 6]; 24] = [
    ['a', 'à', 'ả', 'ã', 'á', 'ạ'],
    ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'],
    ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'],
    ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'],
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'],
    ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'],
    ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'],
    ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'],
    ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'],
    ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'],
    ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'],
    ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'],
    ['A', 'À', 'Ả', 'Ã', 'Á', 'Ạ'],
    ['Ă', 'Ằ', 'Ẳ', 'Ẵ', 'Ắ', 'Ặ'],
    ['Â', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ậ'],
    ['E', 'È', 'Ẻ', 'Ẽ', 'É', 'Ẹ'],
    ['Ê', 'Ề', 'Ể', 'Ễ', 'Ế', 'Ệ'],
    ['I', 'Ì', 'Ỉ', 'Ĩ', 'Í', 'Ị'],
    ['O', 'Ò', 'Ỏ', 'Õ', 'Ó', 'Ọ'],
    ['Ô', 'Ồ', 'Ổ', 'Ỗ', 'Ố', 'Ộ'],
    ['Ơ', 'Ờ', 'Ở', 'Ỡ', 'Ớ', 'Ợ'],
    ['U', 'Ù', 'Ủ', 'Ũ', 'Ú', 'Ụ'],
    ['Ư', 'Ừ', 'Ử', 'Ữ', 'Ứ', 'Ự'],
    ['Y', 'Ỳ', 'Ỷ', 'Ỹ', 'Ý', 'Ỵ'],
];

/// The number of base letters.
pub(super) const COUNT: usize = LOWER.len();

/// A letter of the Vietnamese alphabet, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    /// Position in the alphabet, `0..COUNT`.
    pub(super) id: u8,
    /// 0 for none, then grave, hook, tilde, acute, dot below.
    pub(super) tone: u8,
    pub(super) upper: bool,
}

/// Ids of the letters that the grammar names.
pub(super) mod id {
    use super::{LOWER, position};
    macro_rules! ids {
        ($($name:ident = $letter:literal),* $(,)?) => { $(pub(in crate::normalize) const $name: u8 = position(&LOWER, $letter) as u8;)* };
    }
    ids! {
        A = 'a', A_BREVE = 'ă', A_HAT = 'â', D_BAR = 'đ', E = 'e', E_HAT = 'ê', G = 'g', I = 'i',
        O = 'o', O_HAT = 'ô', O_HORN = 'ơ', Q = 'q', U = 'u', U_HORN = 'ư', Y = 'y',
    }
}

const fn position(list: &[char; 33], wanted: char) -> usize {
    let mut i = 0;
    while i < list.len() {
        if list[i] == wanted {
            return i;
        }
        i += 1;
    }
    panic!("no letter of the alphabet")
}

const VALID: u16 = 1 << 15;
const CASE: u16 = 1 << 9;

/// Characters below this are looked up in `LOW`.
const LOW_END: usize = 0x1B1;
const HIGH_START: usize = 0x1EA0;
const HIGH_END: usize = 0x1EFA;

const TABLES: ([u16; LOW_END], [u16; HIGH_END - HIGH_START]) = {
    let mut low = [0; LOW_END];
    let mut high = [0; HIGH_END - HIGH_START];
    let mut i = 0;
    while i < COUNT {
        low[LOWER[i] as usize] = VALID | i as u16;
        low[UPPER[i] as usize] = VALID | CASE | i as u16;
        i += 1;
    }
    let mut row = 0;
    while row < VOWELS.len() {
        let (list, case) = if row < 12 { (&LOWER, 0) } else { (&UPPER, CASE) };
        let code = VALID | case | position(list, VOWELS[row][0]) as u16;
        let mut tone = 1;
        while tone < 6 {
            let c = VOWELS[row][tone] as usize;
            let code = code | (tone as u16) << 6;
            if c < LOW_END {
                low[c] = code;
            } else {
                high[c - HIGH_START] = code;
            }
            tone += 1;
        }
        row += 1;
    }
    (low, high)
};
static LOW: [u16; LOW_END] = TABLES.0;
static HIGH: [u16; HIGH_END - HIGH_START] = TABLES.1;

/// Row of `VOWELS` for each letter id, 12 for consonants.
static VOWEL_ROW: [u8; COUNT] = {
    let mut rows = [12; COUNT];
    let mut row = 0;
    while row < 12 {
        rows[position(&LOWER, VOWELS[row][0])] = row as u8;
        row += 1;
    }
    rows
};

/// Takes `c` apart, when it is a precomposed letter of the Vietnamese alphabet (or `f j w z`).
#[inline]
pub(super) fn letter(c: char) -> Option<Letter> {
    let c = c as usize;
    let code = match LOW.get(c) {
        Some(&code) => code,
        None => *HIGH.get(c.wrapping_sub(HIGH_START))?,
    };
    (code & VALID != 0).then_some(Letter {
        id: (code & 63) as u8,
        tone: (code >> 6 & 7) as u8,
        upper: code & CASE != 0,
    })
}

/// The character of a letter. A tone on a consonant is not shown.
#[inline]
pub(super) fn character(letter: Letter) -> char {
    let id = usize::from(letter.id);
    let row = usize::from(VOWEL_ROW[id]);
    if row == 12 {
        return if letter.upper { UPPER[id] } else { LOWER[id] };
    }
    VOWELS[row + 12 * usize::from(letter.upper)][usize::from(letter.tone)]
}

/// Whether the letter with this id carries tones.
#[inline]
pub(super) fn is_vowel(id: u8) -> bool {
    VOWEL_ROW[usize::from(id)] < 12
}

/// The tone of a combining tone mark.
#[inline]
pub(super) fn tone_of_mark(c: char) -> Option<u8> {
    Some(match c {
        '\u{300}' => 1,
        '\u{309}' => 2,
        '\u{303}' => 3,
        '\u{301}' => 4,
        '\u{323}' => 5,
        _ => return None,
    })
}

/// The letter that a circumflex, breve or horn makes of the letter `base`. A mark that is there already changes nothing.
#[inline]
pub(super) fn with_shape(base: u8, mark: char) -> Option<u8> {
    Some(match (mark, base) {
        ('\u{302}', id::A | id::A_HAT) => id::A_HAT,
        ('\u{302}', id::E | id::E_HAT) => id::E_HAT,
        ('\u{302}', id::O | id::O_HAT) => id::O_HAT,
        ('\u{306}', id::A | id::A_BREVE) => id::A_BREVE,
        ('\u{31B}', id::O | id::O_HORN) => id::O_HORN,
        ('\u{31B}', id::U | id::U_HORN) => id::U_HORN,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_comes_back() {
        let mut seen = 0;
        for c in '\0'..='\u{2000}' {
            if let Some(letter) = letter(c) {
                assert_eq!(character(letter), c);
                seen += 1;
            }
        }
        assert_eq!(seen, 2 * (33 + 12 * 5));
    }

    #[test]
    fn parts() {
        let Some(it) = letter('Ệ') else { panic!() };
        assert_eq!((it.id, it.tone, it.upper), (id::E_HAT, 5, true));
        assert_eq!(letter('ö'), None);
        assert_eq!(letter('5'), None);
        assert_eq!(with_shape(id::E, '\u{302}'), Some(id::E_HAT));
        assert_eq!(with_shape(id::I, '\u{302}'), None);
    }
}
