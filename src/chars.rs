//! What the standard library says of characters, in a table for those that Vietnamese is written with.
//!
//! The library's own tables are searched anew for each letter with a mark; here that is one look. The table is filled
//! from the library on first use, so both say the same.

use std::sync::LazyLock;

/// U+0000 to U+036F: ASCII, Latin letters, combining marks.
const LOW: usize = 0x370;
/// U+1E00 to U+1EFF: Latin Extended Additional.
const HIGH: usize = 0x1e00;
const HIGH_LEN: usize = 0x100;

const ALPHABETIC: u8 = 1;
const NUMERIC: u8 = 1 << 1;
const LOWER: u8 = 1 << 2;
const SPACE: u8 = 1 << 3;

/// What is said of one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class(u8);

impl Class {
    fn of(c: char) -> Self {
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
    values: Box<[T; LOW + HIGH_LEN]>,
    rest: fn(char) -> T,
}

impl<T: Copy> Chars<T> {
    /// The values that `of` gives; it is asked again for each character outside the table.
    pub(crate) fn new(of: fn(char) -> T) -> Self {
        let filler = of('\0');
        let mut values = Box::new([filler; LOW + HIGH_LEN]);
        for (i, value) in values.iter_mut().enumerate() {
            let code = if i < LOW { i } else { HIGH + i - LOW };
            *value = char::from_u32(code as u32).map_or(filler, of);
        }
        Self { values, rest: of }
    }

    /// The value of `c`.
    #[inline(always)]
    pub(crate) fn get(&self, c: char) -> T {
        let code = c as usize;
        if code < LOW {
            self.values[code]
        } else if (HIGH..HIGH + HIGH_LEN).contains(&code) {
            self.values[code - HIGH + LOW]
        } else {
            (self.rest)(c)
        }
    }
}

/// The classes of characters.
pub(crate) static CLASSES: LazyLock<Chars<Class>> = LazyLock::new(|| Chars::new(Class::of));
