//! What the model looks at: the same for training and for use.
//!
//! A gap stands before a token `r`, behind `l`; further out are `ll` and `rr`. The model joins `l` and `r` when a sum of
//! weights says so. A weight belongs to a pattern of neighbouring tokens and to the place of the gap in it, so one
//! look-up of a pattern serves all gaps around it. Some weights count only when the gap before `l` was joined.

use super::letters::{Shape, likeness, mix};
use super::scan::{Raw, TokenKind};

/// How far the patterns reach to both sides of a text.
pub(crate) const EDGE: usize = 3;

/// A token as the model sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    /// The syllable, whatever its case and composition, as a number that looks random.
    pub(crate) key: u64,
    /// The same, as the scanner has it.
    pub(crate) letters: u64,
    /// How it is written: one of [`CLASSES`].
    pub(crate) class: u8,
    /// Whether the gap before it may be joined.
    pub(crate) open: bool,
}

/// How many classes there are.
pub(crate) const CLASSES: usize = 8;
/// The class of all letters where their case says nothing.
const CASELESS: u8 = 3;
const NUMBER: u8 = 4;
const SIGN: u8 = 5;
const CODE: u8 = 6;
const OUTSIDE: u8 = 7;

/// What stands before and behind a sentence.
const NOTHING: View = View::new(0x6a09_e667_f3bc_c909, OUTSIDE, false);

impl View {
    /// A token, from the number of its syllable.
    #[inline(always)]
    pub(crate) const fn new(letters: u64, class: u8, open: bool) -> Self {
        Self { key: mix(letters), letters, class, open }
    }
}

/// The class of a token.
#[inline(always)]
pub(crate) fn class(token: &Raw) -> u8 {
    match token.kind {
        TokenKind::Syllable => match token.shape {
            Shape::Lower => 0,
            Shape::Title => 1,
            Shape::Upper | Shape::Mixed => 2,
        },
        TokenKind::Number | TokenKind::Range | TokenKind::Ratio | TokenKind::Date | TokenKind::Time => NUMBER,
        TokenKind::Punctuation | TokenKind::Symbol | TokenKind::Emoji => SIGN,
        TokenKind::Code | TokenKind::Abbreviation | TokenKind::Initial => CODE,
        _ => OUTSIDE,
    }
}

/// Writes the tokens of a sentence as the model sees them, between edges.
///
/// Where the case of letters says nothing, in a sentence all of capitals or without any, all letters are of one class.
pub(crate) fn look(tokens: impl Iterator<Item = View>, views: &mut Vec<View>, caseless: bool) {
    views.clear();
    views.extend([NOTHING; EDGE]);
    let mut counts = [0usize; CLASSES];
    views.extend(tokens.inspect(|view| counts[view.class as usize] += 1));
    let [lower, title, upper, ..] = counts;
    if caseless || title + upper == 0 || upper * 10 >= (lower + title + upper) * 7 {
        for view in &mut views[EDGE..] {
            if view.class < CASELESS {
                view.class = CASELESS;
            }
        }
    }
    views.extend([NOTHING; EDGE]);
}

/// A pattern of tokens, with the gaps that its weights are for.
pub(crate) struct Group {
    /// What the table of templates calls it.
    #[cfg_attr(not(feature = "train"), expect(dead_code, reason = "only training reports names"))]
    pub(crate) name: &'static str,
    /// For each weight: how many tokens behind the first token of the pattern the gap stands, and whether it counts
    /// only behind a joined gap.
    pub(crate) slots: &'static [(isize, bool)],
}

/// How many groups there are.
pub(crate) const GROUPS: usize = 6;

/// The first group whose patterns hold a shape.
#[cfg(feature = "train")]
pub(crate) const FIRST_WITH_SHAPE: usize = 4;

/// The patterns whose weights are found by hash.
pub(crate) const TABLES: [Group; GROUPS] = [
    Group {
        name: "syllable",
        slots: &[(2, false), (1, false), (0, false), (-1, false), (1, true), (0, true), (2, true)],
    },
    Group { name: "pair", slots: &[(2, false), (2, true), (1, false), (1, true), (0, false), (3, false), (-1, false)] },
    Group { name: "pair around one", slots: &[(2, false), (1, false), (2, true)] },
    Group { name: "triple", slots: &[(2, false), (2, true), (1, false)] },
    Group { name: "pair, shape", slots: &[(2, false), (1, false), (2, true)] },
    Group { name: "shape, pair", slots: &[(2, false), (1, false), (2, true)] },
];

/// Joins two numbers to one that looks random.
#[inline(always)]
const fn fold(a: u64, b: u64) -> u64 {
    let x = (a.rotate_left(29) ^ b).wrapping_mul(0x9fb2_1c65_1e98_df25);
    x ^ x >> 32
}

/// The patterns that begin with one token: their numbers, and those of the two, three and four tokens, for the lexicon.
pub(crate) struct Keys {
    pub(crate) groups: [u64; GROUPS],
    pub(crate) words: [u64; 3],
}

/// The patterns that begin with the first of four tokens.
#[inline(always)]
pub(crate) fn keys(views: &[View; 4]) -> Keys {
    let [a, b, c, d] = [views[0].key, views[1].key, views[2].key, views[3].key];
    let shape = |i: usize| 0x0123_4567_89ab_cdef ^ (views[i].class as u64) << 56;
    let two = fold(a, b);
    let three = fold(two, c);
    let four = fold(three, d);
    Keys {
        groups: [a, two, fold(a.rotate_left(17), c), three, fold(two, shape(2)), fold(shape(0), fold(b, c))],
        words: [two, three, four],
    }
}

/// The number of a word of several syllables, as [`Keys::words`] has it.
#[cfg(feature = "train")]
pub(crate) fn word_key(keys: impl IntoIterator<Item = u64>) -> u64 {
    keys.into_iter().reduce(fold).unwrap_or_default()
}

/// What the lexicon says of the two, three and four tokens that begin at a token: 0 for no word, else [`word_class`].
pub(crate) type Known = [u8; 3];

/// How many answers the lexicon has.
pub(crate) const KNOWN: usize = 9;

/// How a word of the lexicon is marked: by how often its syllables are joined where they meet, and whether it is a name.
#[cfg(feature = "train")]
pub(crate) fn word_class(joined: u32, met: u32, titles: u32) -> u8 {
    let share = f64::from(joined) / f64::from(met.max(1));
    let level = if share < 0.3 {
        1
    } else if share < 0.7 {
        2
    } else if share < 0.95 {
        3
    } else {
        4
    };
    level + if titles * 5 >= joined * 4 { 4 } else { 0 }
}

/// How many small tables there are.
pub(crate) const DENSE: usize = 8;

/// The names of the small tables, and how many rows each has. A row holds two weights; the second counts only behind a
/// joined gap.
pub(crate) const DENSE_TABLES: [(&str, usize); DENSE] = [
    ("words of two around the gap", KNOWN * KNOWN * KNOWN),
    ("words of three across the gap", KNOWN * KNOWN * KNOWN),
    ("longest word across the gap", KNOWN * KNOWN * 4),
    ("word across the gap, two shapes", CLASSES * CLASSES * KNOWN),
    ("words that end and begin at the gap", 4 * 4 * 4 * CLASSES),
    ("four shapes", CLASSES * CLASSES * CLASSES * CLASSES),
    ("words of three beside the gap", KNOWN * KNOWN * KNOWN),
    ("how alike two syllables are", 5 * KNOWN * 4),
];

/// Where each small table begins, in rows, and behind the last their sum.
pub(crate) const DENSE_STARTS: [usize; DENSE + 1] = {
    let mut starts = [0; DENSE + 1];
    let mut i = 0;
    while i < DENSE {
        starts[i + 1] = starts[i] + DENSE_TABLES[i].1;
        i += 1;
    }
    starts
};

/// The rows of the small tables for a gap: `views` and `known` hold `lll`, `ll`, `l`, `r`, `rr`.
#[inline(always)]
pub(crate) fn rows(views: &[View; 5], known: &[Known; 5]) -> [usize; DENSE] {
    const LLL: usize = 0;
    const LL: usize = 1;
    const L: usize = 2;
    const R: usize = 3;
    const RR: usize = 4;
    let word = |at: usize, syllables: usize| known[at][syllables - 2] as usize;
    let shape = |at: usize| views[at].class as usize;
    let across = word(L, 2);
    let four = word(LLL, 4).max(word(LL, 4)).max(word(L, 4));
    let longest = if four > 0 {
        3
    } else if word(LL, 3) > 0 || word(L, 3) > 0 {
        2
    } else {
        usize::from(across > 0)
    };
    let ending = usize::from(word(LL, 2) > 0) + 2 * usize::from(word(LLL, 3) > 0);
    let beginning = usize::from(word(R, 2) > 0) + 2 * usize::from(word(R, 3) > 0);
    let capital = |at: usize| matches!(views[at].class, 1 | 2);
    let letters = views[L].class <= CASELESS && views[R].class <= CASELESS;
    let alike = if letters { likeness(views[L].letters, views[R].letters) } else { 0 };
    let s = &DENSE_STARTS;
    [
        s[0] + (word(LL, 2) * KNOWN + across) * KNOWN + word(R, 2),
        s[1] + (word(LL, 3) * KNOWN + word(L, 3)) * KNOWN + across,
        s[2] + (four * KNOWN + across) * 4 + longest,
        s[3] + (shape(L) * CLASSES + shape(R)) * KNOWN + across,
        s[4] + ((longest * 4 + ending) * 4 + beginning) * CLASSES + shape(R),
        s[5] + ((shape(LL) * CLASSES + shape(L)) * CLASSES + shape(R)) * CLASSES + shape(RR),
        s[6] + (word(LLL, 3) * KNOWN + word(R, 3)) * KNOWN + across,
        s[7] + (alike * KNOWN + across) * 4 + usize::from(capital(L)) * 2 + usize::from(capital(R)),
    ]
}

/// Decides the gaps of a sentence from their scores: the best sum over all of it.
///
/// `scores[i]` is what joining the gap before token `i` brings behind a gap that is split, and behind one that is joined.
/// Gaps that are not open are split, and nothing carries over them.
pub(crate) fn decide<T>(views: &[View], scores: &[[T; 2]], back: &mut Vec<[bool; 2]>, mut set: impl FnMut(usize, bool))
where
    T: Copy + PartialOrd + Default + std::ops::Add<Output = T>,
{
    let mut at = 0;
    while at < views.len() {
        if !views[at].open {
            at += 1;
            continue;
        }
        let first = at;
        back.clear();
        // The best sums so far with the last gap split, and joined.
        let mut split = T::default();
        let mut joined: Option<T> = None;
        while at < views.len() && views[at].open {
            let [behind_split, behind_joined] = scores[at];
            let join = split + behind_split;
            let (next_split, next_joined, from) = match joined {
                None => (split, join, [false, false]),
                Some(joined) => {
                    let longer = joined + behind_joined;
                    (
                        if joined > split { joined } else { split },
                        if longer > join { longer } else { join },
                        [joined > split, longer > join],
                    )
                }
            };
            back.push(from);
            (split, joined) = (next_split, Some(next_joined));
            at += 1;
        }
        let mut state = joined.is_some_and(|joined| joined > split);
        for (i, from) in back.iter().enumerate().rev() {
            set(first + i, state);
            state = from[usize::from(state)];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(of: &[u8], caseless: bool) -> Vec<u8> {
        let mut views = Vec::new();
        look(of.iter().map(|&class| View::new(1, class, true)), &mut views, caseless);
        views[EDGE..views.len() - EDGE].iter().map(|view| view.class).collect()
    }

    #[test]
    fn letter_case_counts_where_it_says_something() {
        assert_eq!(classes(&[1, 0, 0, 2, SIGN], false), [1, 0, 0, 2, SIGN], "a sentence");
        assert_eq!(classes(&[0, 0, NUMBER], false), [CASELESS, CASELESS, NUMBER], "typed without capitals");
        assert_eq!(classes(&[2, 2, 2, 0], false), [CASELESS; 4], "a headline in capitals");
        assert_eq!(classes(&[2, 2, 0, 0], false), [2, 2, 0, 0], "half of it in capitals");
        assert_eq!(classes(&[1, 0], true), [CASELESS; 2], "a text whose case was dropped");
    }

    #[cfg(feature = "train")]
    #[test]
    fn words_are_told_apart_by_how_often_they_are_joined_and_whether_they_are_names() {
        assert_eq!(
            [(29, 100), (30, 100), (70, 100), (95, 100)].map(|(joined, met)| word_class(joined, met, 0)),
            [1, 2, 3, 4]
        );
        assert_eq!(word_class(10, 10, 8), 8, "four in five with capitals");
        assert_eq!(word_class(10, 10, 7), 4);
        assert_eq!(word_class(0, 0, 1), 5, "never met");
    }
}
