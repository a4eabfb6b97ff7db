//! Letters: what a scanner must know of one character, whatever its case and composition.

/// The length of a character, and what it means inside a syllable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Letter {
    /// Bits 0–5: the letter without case and tone; 0 for a mark of its own.
    /// Bits 6–8: the tone. Bit 9: upper case. Bit 10: a mark that changes the letter before. Bit 11: it is a letter.
    bits: u16,
}

const UPPER: u16 = 1 << 9;
const MARK: u16 = 1 << 10;
const LETTER: u16 = 1 << 11;

const A: u16 = 1;
const E: u16 = 5;
const I: u64 = 9;
const O: u16 = 15;
const U: u16 = 21;
const Y: u64 = 25;
/// The letters of `qu`.
const QU: u64 = 17 << 6 | 21;
const A_BREVE: u16 = 27;
const A_CIRCUMFLEX: u16 = 28;
const E_CIRCUMFLEX: u16 = 29;
const O_CIRCUMFLEX: u16 = 30;
const O_HORN: u16 = 31;
const U_HORN: u16 = 32;
const D_STROKE: u16 = 33;

/// The vowels with their tones in the order level, grave, hook, tilde, acute, dot.
const VOWELS: [(&str, &str, u16); 12] = [
    ("aàảãáạ", "AÀẢÃÁẠ", A),
    ("ăằẳẵắặ", "ĂẰẲẴẮẶ", A_BREVE),
    ("âầẩẫấậ", "ÂẦẨẪẤẬ", A_CIRCUMFLEX),
    ("eèẻẽéẹ", "EÈẺẼÉẸ", E),
    ("êềểễếệ", "ÊỀỂỄẾỆ", E_CIRCUMFLEX),
    ("iìỉĩíị", "IÌỈĨÍỊ", I as u16),
    ("oòỏõóọ", "OÒỎÕÓỌ", O),
    ("ôồổỗốộ", "ÔỒỔỖỐỘ", O_CIRCUMFLEX),
    ("ơờởỡớợ", "ƠỜỞỠỚỢ", O_HORN),
    ("uùủũúụ", "UÙỦŨÚỤ", U),
    ("ưừửữứự", "ƯỪỬỮỨỰ", U_HORN),
    ("yỳỷỹýỵ", "YỲỶỸÝỴ", Y as u16),
];

/// U+0080 to U+036F: Latin letters and combining marks.
const LOW: usize = 0x370;
/// U+1E00 to U+1EFF: Latin Extended Additional.
const HIGH: usize = 0x1e00;

struct Tables {
    low: [u16; LOW],
    high: [u16; 0x100],
}

static TABLES: Tables = tables();

const fn tables() -> Tables {
    let mut t = Tables { low: [0; LOW], high: [0; 0x100] };
    let mut c = 0;
    while c < 26 {
        t.low[b'a' as usize + c] = LETTER | (c as u16 + 1);
        t.low[b'A' as usize + c] = LETTER | UPPER | (c as u16 + 1);
        c += 1;
    }
    // Letters of other Latin alphabets: told apart by a few bits of their number, upper case with lower case where
    // the two are neighbours.
    c = 0xc0;
    while c < 0x2b0 {
        if c != 0xd7 && c != 0xf7 {
            t.low[c] = LETTER | (40 + ((c as u16 >> 1) & 15));
        }
        c += 1;
    }
    c = 0;
    while c < 0x100 {
        t.high[c] = LETTER | (40 + ((c as u16 >> 1) & 15));
        c += 1;
    }
    c = 0x300;
    while c < LOW {
        t.low[c] = LETTER | MARK;
        c += 1;
    }
    // Latin-1 letters with marks count as their base letter, so that they are the same when decomposed.
    let bases = b"aaaaaaaceeeeiiiidnooooo*ouuuuy";
    c = 0;
    while c < bases.len() {
        if bases[c] != b'*' {
            let base = (bases[c] - b'a') as u16 + 1;
            t.low[0xc0 + c] = LETTER | UPPER | base;
            t.low[0xe0 + c] = LETTER | base;
        }
        c += 1;
    }
    t.low[0xd1] |= 3 << 6; // Ñ
    t.low[0xf1] |= 3 << 6;
    let mut v = 0;
    while v < VOWELS.len() {
        let (lower, upper, code) = VOWELS[v];
        fill(&mut t, lower.as_bytes(), code);
        fill(&mut t, upper.as_bytes(), code | UPPER);
        v += 1;
    }
    // Đ, and the Icelandic and African letters that stand in for it.
    t.low[0x110] = LETTER | UPPER | D_STROKE;
    t.low[0xd0] = LETTER | UPPER | D_STROKE;
    t.low[0x189] = LETTER | UPPER | D_STROKE;
    t.low[0x111] = LETTER | D_STROKE;
    t.low[0xf0] = LETTER | D_STROKE;
    t.low[0x256] = LETTER | D_STROKE;
    // Combining marks: the five tones; circumflex, breve and horn change the letter and have numbers 1, 2, 3.
    t.low[0x300] |= 1 << 6;
    t.low[0x340] |= 1 << 6;
    t.low[0x309] |= 2 << 6;
    t.low[0x303] |= 3 << 6;
    t.low[0x301] |= 4 << 6;
    t.low[0x341] |= 4 << 6;
    t.low[0x323] |= 5 << 6;
    t.low[0x302] |= 1;
    t.low[0x306] |= 2;
    t.low[0x31b] |= 3;
    t
}

/// Enters six characters with their tones.
const fn fill(t: &mut Tables, utf8: &[u8], code: u16) {
    let mut at = 0;
    let mut tone = 0;
    while at < utf8.len() {
        let b = utf8[at];
        let (c, len) = if b < 0x80 {
            (b as usize, 1)
        } else if b < 0xe0 {
            ((b as usize & 0x1f) << 6 | (utf8[at + 1] as usize & 0x3f), 2)
        } else {
            ((b as usize & 0x0f) << 12 | (utf8[at + 1] as usize & 0x3f) << 6 | (utf8[at + 2] as usize & 0x3f), 3)
        };
        let bits = LETTER | code | (tone << 6);
        if c >= HIGH {
            t.high[c - HIGH] = bits;
        } else {
            t.low[c] = bits;
        }
        at += len;
        tone += 1;
    }
}

impl Letter {
    /// The character that begins at byte `at`, if it is a Latin letter or a combining mark, and its length.
    #[inline(always)]
    pub(crate) fn at(bytes: &[u8], at: usize) -> Option<(Self, usize)> {
        let &b = bytes.get(at)?;
        let (bits, len) = if b < 0x80 {
            (TABLES.low[b as usize], 1)
        } else if b < 0xe0 {
            let c = (b as usize & 0x1f) << 6 | (*bytes.get(at + 1)? as usize & 0x3f);
            (if c < LOW { TABLES.low[c] } else { 0 }, 2)
        } else if b == 0xe1 {
            let c = (*bytes.get(at + 1)? as usize & 0x3f) << 6 | (*bytes.get(at + 2)? as usize & 0x3f);
            (if (0xe00..0xf00).contains(&c) { TABLES.high[c - 0xe00] } else { 0 }, 3)
        } else {
            (0, 1)
        };
        if bits == 0 { None } else { Some((Self { bits }, len)) }
    }

    fn is_upper(self) -> bool {
        self.bits & UPPER != 0
    }
}

/// A syllable while its letters come in: a number that is the same for every way to write it.
///
/// Case, composition, the place of the tone mark and `y` for `i` after a single consonant make no difference:
/// `hòa`, `hoà`, `HÒA` and their decomposed forms are one syllable, and so are `kỹ` and `kĩ`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Syllable {
    key: u64,
    tone: u64,
    /// Upper-case letters, lower-case letters (counted up to a byte).
    upper: u32,
    letters: u32,
    first_upper: bool,
    beyond_ascii: bool,
}

impl Syllable {
    #[inline(always)]
    pub(crate) fn push(&mut self, letter: Letter, len: usize) {
        let bits = letter.bits;
        self.beyond_ascii |= len > 1;
        if bits & MARK == 0 {
            let upper = letter.is_upper();
            self.first_upper |= upper & (self.letters == 0);
            self.letters += 1;
            self.upper += u32::from(upper);
            self.key = self.key.rotate_left(6) ^ u64::from(bits & 63);
            let tone = u64::from(bits >> 6 & 7);
            self.tone = if tone == 0 { self.tone } else { tone };
        } else {
            self.mark(bits);
        }
    }

    #[cold]
    fn mark(&mut self, bits: u16) {
        let tone = u64::from(bits >> 6 & 7);
        if tone != 0 {
            self.tone = tone;
            return;
        }
        let changed = match ((self.key & 63) as u16, bits & 63) {
            (A, 1) => A_CIRCUMFLEX,
            (A, 2) => A_BREVE,
            (E, 1) => E_CIRCUMFLEX,
            (O, 1) => O_CIRCUMFLEX,
            (O, 3) => O_HORN,
            (U, 3) => U_HORN,
            (same, _) => same,
        };
        self.key = self.key & !63 | u64::from(changed);
    }

    /// The number of the syllable: its letters without marks of tone, six bits each, the last lowest, and the tone
    /// above them. Of a word of more than ten letters the first wrap around.
    #[inline(always)]
    pub(crate) fn key(&self) -> u64 {
        let mut key = self.key;
        // `kỹ` is `kĩ` behind h, k, l, m, s, t, and `quý` is `quí`.
        if key & 63 == Y && matches!(key >> 6, 8 | 11 | 12 | 13 | 19 | 20 | QU) {
            key = key & !63 | I;
        }
        key ^ (self.tone << 61)
    }

    /// How its letters are written.
    #[inline(always)]
    pub(crate) fn shape(&self) -> Shape {
        match (self.upper, self.first_upper) {
            (0, _) => Shape::Lower,
            (1, true) => Shape::Title,
            _ if self.upper == self.letters => Shape::Upper,
            _ => Shape::Mixed,
        }
    }

    /// How many letters it has, marks not counted.
    pub(crate) fn letters(&self) -> u32 {
        self.letters
    }

    /// Whether it has a letter or a mark that English lacks.
    pub(crate) fn beyond_ascii(&self) -> bool {
        self.beyond_ascii
    }
}

/// Spreads a number over all its bits.
#[inline(always)]
pub(crate) const fn mix(key: u64) -> u64 {
    let key = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (key ^ key >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

/// How alike two syllables are, by their numbers: 0 not at all, 1 the same first consonant, 2 the same last two letters,
/// 3 the same but for the tone, 4 the same.
#[inline(always)]
pub(crate) fn likeness(a: u64, b: u64) -> usize {
    const LETTERS: u64 = (1 << 60) - 1;
    let (x, y) = (a & LETTERS, b & LETTERS);
    if x == y {
        return if a == b { 4 } else { 3 };
    }
    if (x ^ y) & 0xfff == 0 {
        return 2;
    }
    let first = |letters: u64| {
        let count = (64 - letters.leading_zeros()).div_ceil(6).max(1);
        letters >> (6 * (count - 1))
    };
    let first = (first(x), first(y));
    const VOWELS: u64 = 1 << A | 1 << E | 1 << I | 1 << O | 1 << U | 1 << Y | 0x3f << A_BREVE;
    usize::from(first.0 == first.1 && VOWELS >> first.0 & 1 == 0)
}

/// How the letters of a token are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `huyện`
    #[default]
    Lower,
    /// `Huyện`, `A`
    Title,
    /// `HUYỆN`
    Upper,
    /// `TTg`, `iPhone`
    Mixed,
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn read(text: &str) -> Syllable {
        let mut syllable = Syllable::default();
        let mut at = 0;
        while let Some((letter, len)) = Letter::at(text.as_bytes(), at) {
            syllable.push(letter, len);
            at += len;
        }
        assert_eq!(at, text.len(), "{text:?} holds more than letters");
        syllable
    }

    #[test]
    fn a_syllable_is_the_same_however_it_is_written() {
        for word in ["hòa", "thúy", "nghiêng", "đường", "ưỡn", "ỷ", "khuỷu", "Ắng", "ñ", "señor"] {
            let key = read(word).key();
            let decomposed: String = word.nfd().collect();
            assert_eq!(read(&word.to_uppercase()).key(), key, "{word} in capitals");
            assert_eq!(read(&decomposed).key(), key, "{word} decomposed");
        }
        assert_eq!(read("hoà").key(), read("hòa").key());
        assert_eq!(read("thuý").key(), read("thúy").key());
        assert_eq!(read("kỹ").key(), read("kĩ").key());
        assert_eq!(read("quý").key(), read("quí").key());
        assert_ne!(read("thúy").key(), read("thúi").key());
        assert_eq!(read("Ðảng").key(), read("đảng").key());
    }

    #[test]
    fn syllables_that_differ_in_one_mark_are_told_apart() {
        let all = ["ma", "má", "mà", "mả", "mã", "mạ", "mă", "mâ", "mơ", "mô", "mo", "da", "đa", "am", "tay", "tai"];
        for (i, one) in all.iter().enumerate() {
            for other in &all[i + 1..] {
                assert_ne!(read(one).key(), read(other).key(), "{one} and {other}");
            }
        }
    }

    #[test]
    fn likeness_tells_reduplication() {
        let like = |a, b| likeness(read(a).key(), read(b).key());
        assert_eq!(like("rờn", "rợn"), 3);
        assert_eq!(like("xa", "xa"), 4);
        assert_eq!(like("lùng", "bùng"), 2);
        assert_eq!(like("mịt", "mùng"), 1);
        assert_eq!(like("ồn", "ào"), 0);
        assert_eq!(like("an", "ủi"), 0);
        // A vowel at the beginning is no first consonant.
        for (a, b) in [
            ("an", "ai"),
            ("ăn", "ăm"),
            ("âm", "ân"),
            ("en", "em"),
            ("êm", "ên"),
            ("im", "in"),
            ("on", "oi"),
            ("ôn", "ôm"),
            ("ơn", "ơi"),
            ("um", "un"),
            ("ưng", "ưa"),
            ("yên", "yết"),
        ] {
            assert_eq!(like(a, b), 0, "{a} and {b}");
        }
    }

    #[test]
    fn shapes_count_letters_and_not_marks() {
        let decomposed: String = "Ủy".nfd().collect();
        assert_eq!(read(&decomposed).shape(), Shape::Title);
        assert_eq!(read("ỦY").shape(), Shape::Upper);
        assert_eq!(read("TTg").shape(), Shape::Mixed);
        assert_eq!(read("ban").shape(), Shape::Lower);
    }
}
