//! What the standard library says of characters, in a table for those that Vietnamese is written with.
//!
//! The library's own tables are searched anew for each letter with a mark; here that is one look. The table is filled
//! from the library on first use, so both say the same.

/// U+0000 to U+206F: up to Latin Extended Additional, which has the letters with two marks, and General Punctuation. What
/// lies between these and ASCII is never read in most texts, and costs no time.
const LEN: usize = 0x2070;

const ALPHABETIC: u8 = 1;
const NUMERIC: u8 = 1 << 1;
const LOWER: u8 = 1 << 2;
const SPACE: u8 = 1 << 3;

/// What is said of one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class(u8);

impl Class {
    pub(crate) fn of(c: char) -> Self {
        let bit = |is: bool, bit: u8| if is { bit } else { 0 };
        Self(
            bit(c.is_alphabetic(), ALPHABETIC)
                | bit(c.is_numeric(), NUMERIC)
                | bit(c.is_lowercase(), LOWER)
                | bit(c.is_whitespace(), SPACE),
        )
    }

    #[inline(always)]
    pub(crate) fn is_alphabetic(self) -> bool {
        self.0 & ALPHABETIC != 0
    }

    #[inline(always)]
    pub(crate) fn is_alphanumeric(self) -> bool {
        self.0 & (ALPHABETIC | NUMERIC) != 0
    }

    #[inline(always)]
    pub(crate) fn is_lowercase(self) -> bool {
        self.0 & LOWER != 0
    }

    #[inline(always)]
    pub(crate) fn is_whitespace(self) -> bool {
        self.0 & SPACE != 0
    }
}

/// A value for each character that Vietnamese is written with.
pub(crate) struct Chars<T> {
    values: Box<[T; LEN]>,
    rest: fn(char) -> T,
}

impl<T: Copy> Chars<T> {
    /// The values that `of` gives; it is asked again for each character outside the table.
    pub(crate) fn new(of: fn(char) -> T) -> Self {
        let mut values = Box::new([of('\0'); LEN]);
        for (c, value) in ('\0'..).zip(values.iter_mut()) {
            *value = of(c);
        }
        Self { values, rest: of }
    }

    /// The value of `c`.
    #[inline(always)]
    pub(crate) fn get(&self, c: char) -> T {
        match self.values.get(c as usize) {
            Some(&value) => value,
            None => (self.rest)(c),
        }
    }
}
