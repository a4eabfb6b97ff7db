//! Numbers in words: `hai mươi mốt`, `một trăm linh hai`, `ba phẩy năm triệu`, `nửa triệu`.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::number::term;
use crate::extract::phrases::Phrases;
use crate::normalize::normalize;
use crate::segment::{AtomKind, Atoms, Gap};
use crate::table::rows;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Digit(u32),
    /// A digit only behind another one: `mốt`, `tư`, `lăm`.
    Unit(u32),
    /// Behind a digit: `mươi`, `chục`.
    Ten,
    /// `mười`
    Teen,
    Hundred,
    Magnitude(u32),
    /// `linh`, `lẻ`: no tens.
    Zero,
    Point,
    /// Half of the magnitude before it.
    Half,
    /// Half of the magnitude behind it.
    Halves,
    Minus,
}

static NUMERALS: LazyLock<Phrases<Word>> = LazyLock::new(|| {
    Phrases::new(rows(include_str!("../../data/numerals.tsv")).map(|row| {
        let value = row[1].parse().unwrap_or_default();
        let word = match row[2] {
            "digit" => Word::Digit(value),
            "unit" => Word::Unit(value),
            "ten" => Word::Ten,
            "teen" => Word::Teen,
            "hundred" => Word::Hundred,
            "magnitude" => Word::Magnitude(value),
            "zero" => Word::Zero,
            "point" => Word::Point,
            "half" => Word::Half,
            "halves" => Word::Halves,
            _ => Word::Minus,
        };
        (row[0], word)
    }))
});

/// More digits behind the decimal comma are no number.
const DECIMALS: usize = 18;

/// More parts (`ba tỷ hai triệu …`) are no number.
const PARTS: usize = 8;

/// A number in words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spelled {
    pub(super) value: Decimal,
    /// The magnitude that it ends with: a million for `ba triệu`.
    pub(super) factor: Option<Decimal>,
    /// The atom after it.
    pub(super) end: usize,
}

/// The number that a whole text is, in digits or in words, with the magnitudes of Vietnamese (`nghìn`, `vạn`, `triệu`,
/// `tỷ`); nothing where the text is no number, or more than one.
///
/// It is read as [`IndicatorRule`](crate::extract::IndicatorRule) reads the numbers of an article: points part thousands
/// and a comma parts decimals. Words are read as they are spoken, north and south: `mốt`, `tư`, `lăm`, `linh` or `lẻ`,
/// `rưỡi`, and short forms where they are clear (`hai trăm tư`, `một triệu hai`). `năm` behind a whole number is a year
/// and no five: `ba nghìn năm` is no number.
///
/// ```
/// use thoisu::extract::number;
///
/// assert_eq!(number("hai mươi mốt"), Some(21.into()));
/// assert_eq!(number("Một trăm linh hai"), Some(102.into()));
/// assert_eq!(number("hai trăm tư"), Some(240.into()));
/// assert_eq!(number("ba phẩy năm triệu"), Some(3_500_000.into()));
/// assert_eq!(number("1 tỷ 756 triệu"), Some(1_756_000_000.into()));
/// assert_eq!(number("âm 1,5"), Some("-1.5".parse()?));
/// assert_eq!(number("ba nghìn năm"), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn number(text: &str) -> Option<Decimal> {
    let atoms = Atoms::new(&normalize(text));
    let minus = atoms.text(0) == "-" || word(&atoms, 0) == Some(Word::Minus);
    let at = usize::from(minus);
    let (value, end) = if atoms.kind(at) == Some(AtomKind::Digits) {
        let term = term(&atoms, at).ok()?;
        (term.value()?, term.end)
    } else {
        let spelled = spelled(&atoms, at, true)?;
        (spelled.value, spelled.end)
    };
    (end == atoms.len()).then_some(if minus { -value } else { value })
}

/// Reads the number in words that begins at `at`. Two bare digits are one number only where `alone` says that nothing
/// else stands there: `sáu bảy` is 67, and `sáu bảy người` are six or seven.
pub(super) fn spelled(atoms: &Atoms, at: usize, alone: bool) -> Option<Spelled> {
    let mut end = at;
    // What `tỷ` has closed, what smaller magnitudes have, and the magnitude read last.
    let (mut total, mut section) = (Decimal::ZERO, Decimal::ZERO);
    let mut last: Option<Decimal> = None;
    if word(atoms, at) == Some(Word::Halves) {
        let Some(Word::Magnitude(by)) = next(atoms, at + 1) else { return None };
        return done(Decimal::ZERO, Decimal::from(by) / Decimal::TWO, Some(Decimal::from(by)), at + 2);
    }
    for part in 0..PARTS {
        let reach = |i: usize| if part == 0 && i == at { word(atoms, i) } else { next(atoms, i) };
        let group = match (reach(end), last) {
            (Some(Word::Half), Some(by)) => {
                section += by / Decimal::TWO;
                return done(total, section, last, end + 1);
            }
            (Some(Word::Point), Some(_)) => match decimals(atoms, end) {
                Some((decimals, after)) => return done(total, section.checked_add(decimals)?, None, after),
                None => break,
            },
            _ => group(atoms, end, last.is_some(), part == 0 && alone),
        };
        let Some(Group { mut value, end: mut after, digit }) = group else { break };
        let broken = decimals(atoms, after);
        if let Some((decimals, behind)) = broken {
            value = value.checked_add(decimals)?;
            after = behind;
        }
        let magnitude = match next(atoms, after) {
            Some(Word::Magnitude(by)) => Some(Decimal::from(by)),
            _ => None,
        };
        let Some(by) = magnitude else {
            // `một triệu hai`: the digit counts tenths of the magnitude.
            let tenths = last.filter(|_| digit && broken.is_none());
            let ambiguous = matches!(word(atoms, end), Some(Word::Digit(0 | 1 | 5)));
            if tenths.is_some() && ambiguous {
                break;
            }
            let unit = tenths.map_or(Decimal::ONE, |by| by / Decimal::TEN);
            return done(total, section.checked_add(value.checked_mul(unit)?)?, None, after);
        };
        // A magnitude multiplies what is smaller than it and adds to what is greater.
        let whole = section.checked_add(value)?;
        let billion = Decimal::from(1_000_000_000);
        if by == billion {
            if !total.is_zero() {
                break;
            }
            total = whole.checked_mul(by)?;
            section = Decimal::ZERO;
        } else if last.is_none_or(|last| last > by) {
            section = section.checked_add(value.checked_mul(by)?)?;
        } else if whole < by && last != Some(by) {
            section = whole.checked_mul(by)?;
        } else {
            break;
        }
        (last, end) = (Some(by), after + 1);
        // `một nghìn tỷ`
        while let Some(Word::Magnitude(by)) = next(atoms, end) {
            let by = Decimal::from(by);
            if by == billion {
                total = total.checked_add(section)?.checked_mul(by)?;
                section = Decimal::ZERO;
            } else if total.is_zero() && section < by {
                section = section.checked_mul(by)?;
            } else {
                break;
            }
            (last, end) = (Some(by), end + 1);
        }
    }
    last.and_then(|_| done(total, section, last, end))
}

fn done(total: Decimal, section: Decimal, factor: Option<Decimal>, end: usize) -> Option<Spelled> {
    Some(Spelled { value: total.checked_add(section)?.normalize(), factor, end })
}

/// A number below a thousand.
struct Group {
    value: Decimal,
    end: usize,
    /// Whether it is one digit.
    digit: bool,
}

/// Reads a number below a thousand: `hai trăm linh ba`, `mười lăm`. `behind` a magnitude it may begin with `linh`.
fn group(atoms: &Atoms, at: usize, behind: bool, alone: bool) -> Option<Group> {
    let group = |value: u32, end: usize| Some(Group { value: value.into(), end, digit: false });
    let Some(Word::Digit(digit)) = word(atoms, at).filter(|_| !behind || next(atoms, at).is_some()) else {
        return match word(atoms, at)? {
            Word::Teen => tens(atoms, at).and_then(|(value, end)| group(value, end)),
            Word::Zero | Word::Unit(_) if behind => {
                let (value, end) = tens(atoms, at)?;
                Some(Group { value: value.into(), end, digit: matches!(word(atoms, at), Some(Word::Unit(_))) })
            }
            _ => None,
        };
    };
    if next(atoms, at + 1) == Some(Word::Hundred) {
        let hundreds = digit * 100;
        if next(atoms, at + 2) == Some(Word::Half) {
            return group(hundreds + 50, at + 3);
        }
        return match tens(atoms, at + 2).filter(|_| next(atoms, at + 2).is_some()) {
            // `hai trăm tư`
            Some((value, end)) if value < 10 && end == at + 3 => {
                if matches!(word(atoms, at + 2), Some(Word::Digit(0 | 1 | 5))) {
                    return group(hundreds, at + 2);
                }
                group(hundreds + value * 10, end)
            }
            Some((value, end)) => group(hundreds + value, end),
            None => group(hundreds, at + 2),
        };
    }
    let (value, end) = tens(atoms, at)?;
    let paired = end == at + 2 && matches!(next(atoms, at + 1), Some(Word::Digit(_)));
    if paired && !behind && !alone && !matches!(next(atoms, end), Some(Word::Hundred | Word::Magnitude(_))) {
        return None;
    }
    Some(Group { value: value.into(), end, digit: end == at + 1 })
}

/// Reads a number below a hundred: `linh ba`, `mười lăm`, `hai mươi`, `hai mốt`, `ba`.
fn tens(atoms: &Atoms, at: usize) -> Option<(u32, usize)> {
    // `năm` behind a ten is the year: `hai mươi năm`.
    let unit = |i: usize| match next(atoms, i) {
        Some(Word::Digit(digit @ (1..=4 | 6..=9)) | Word::Unit(digit)) if starts(atoms, i).is_none() => Some(digit),
        _ => None,
    };
    match word(atoms, at)? {
        Word::Zero => match next(atoms, at + 1)? {
            Word::Digit(digit) | Word::Unit(digit) => Some((digit, at + 2)),
            _ => None,
        },
        Word::Teen => Some(unit(at + 1).map_or((10, at + 1), |digit| (10 + digit, at + 2))),
        Word::Digit(digit) if next(atoms, at + 1) == Some(Word::Ten) => {
            Some(unit(at + 2).map_or((digit * 10, at + 2), |unit| (digit * 10 + unit, at + 3)))
        }
        Word::Digit(digit @ 1..) => match unit(at + 1) {
            Some(unit) if unit != 1 || next(atoms, at + 1) == Some(Word::Unit(1)) => Some((digit * 10 + unit, at + 2)),
            _ => Some((digit, at + 1)),
        },
        Word::Digit(digit) | Word::Unit(digit) => Some((digit, at + 1)),
        _ => None,
    }
}

/// Whether a digit at `at` begins a number of its own: `mươi` or `trăm` follows.
fn starts(atoms: &Atoms, at: usize) -> Option<Word> {
    next(atoms, at + 1).filter(|word| matches!(word, Word::Ten | Word::Hundred))
}

/// Reads the digits behind the decimal comma at `at`.
fn decimals(atoms: &Atoms, at: usize) -> Option<(Decimal, usize)> {
    if next(atoms, at) != Some(Word::Point) {
        return None;
    }
    let (mut mantissa, mut scale) = (0i128, 0);
    while scale < DECIMALS {
        let digit = match next(atoms, at + 1 + scale) {
            Some(Word::Digit(digit)) => digit,
            Some(Word::Unit(digit)) if scale > 0 || digit == 4 => digit,
            _ => break,
        };
        mantissa = mantissa * 10 + i128::from(digit);
        scale += 1;
    }
    (scale > 0)
        .then(|| Decimal::try_from_i128_with_scale(mantissa, scale as u32).ok())
        .flatten()
        .map(|d| (d, at + 1 + scale))
}

/// The numeral at `at`.
fn word(atoms: &Atoms, at: usize) -> Option<Word> {
    NUMERALS.longest(atoms, at).map(|(_, &word)| word)
}

/// The numeral at `at`, where it goes on from the word before it.
fn next(atoms: &Atoms, at: usize) -> Option<Word> {
    let near = matches!(atoms.gap(at), Gap::Blank | Gap::Line);
    near.then(|| word(atoms, at)).flatten()
}

/// Whether a number in words may begin at `at`: not `một`, which is an article, nor `năm`, the year, on their own.
pub(super) fn begins(atoms: &Atoms, at: usize) -> bool {
    match word(atoms, at) {
        Some(Word::Digit(1)) | Some(Word::Digit(5)) => {
            matches!(
                next(atoms, at + 1),
                Some(Word::Ten | Word::Hundred | Word::Magnitude(_) | Word::Point | Word::Unit(_))
            )
        }
        Some(Word::Digit(0)) => next(atoms, at + 1) == Some(Word::Point),
        Some(Word::Digit(_) | Word::Teen | Word::Halves) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        number(text).map(|value| value.to_string())
    }

    #[test]
    fn whole_numbers_are_read_as_they_are_spoken() {
        for (text, value) in [
            ("không", "0"),
            ("mười lăm", "15"),
            ("ba mươi ba", "33"),
            ("bốn mươi tư", "44"),
            ("hai mốt", "21"),
            ("sáu bảy", "67"),
            ("ba chục", "30"),
            ("một trăm lẻ tư", "104"),
            ("hai trăm mười hai", "212"),
            ("bảy trăm tám chín", "789"),
            ("tám trăm rưỡi", "850"),
            ("năm trăm tư", "540"),
            ("một nghìn hai mươi", "1020"),
            ("một nghìn lẻ một", "1001"),
            ("một ngàn chín", "1900"),
            ("hai mươi mốt nghìn không trăm mười một", "21011"),
            ("ba tỷ bốn trăm năm mươi sáu triệu không trăm linh một", "3456000001"),
            ("hai nghìn ba trăm tỷ", "2300000000000"),
            ("một nghìn tỷ", "1000000000000"),
            ("mười lăm vạn", "150000"),
            ("âm sáu mươi", "-60"),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn parts_of_one_are_read() {
        for (text, value) in [
            ("không phẩy năm", "0.5"),
            ("ba phẩy không bảy", "3.07"),
            ("hai mươi chấm tư", "20.4"),
            ("ba phẩy năm triệu", "3500000"),
            ("một tỷ rưỡi", "1500000000"),
            ("bốn triệu sáu", "4600000"),
            ("chín chín tỷ chín", "99900000000"),
            ("nửa triệu", "500000"),
            ("một nghìn phẩy không năm", "1000.05"),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "",
            "xã",
            "ba nghìn năm",
            "năm năm",
            "một trăm một",
            "lăm",
            "mươi",
            "nửa",
            "ba phẩy",
            "hai xã",
            "5 triệu 8 tỷ",
            "-",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn long_chains_end() {
        let many = if cfg!(miri) { 100 } else { 10_000 };
        assert_eq!(number(&"tỷ ".repeat(many)), None);
        assert_eq!(number(&"một tỷ ".repeat(many)), None);
        assert_eq!(number(&format!("một {}", "tỷ ".repeat(many))), None);
        assert_eq!(number(&format!("một phẩy {}", "chín ".repeat(many))), None);
    }
}
