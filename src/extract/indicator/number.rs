//! Numbers as Vietnamese prints them: `8.675`, `301,33 tỷ`, `1 tỷ 756 triệu`, `212 nghìn`.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::words::Spelled;
use crate::extract::phrases::Phrases;
use crate::segment::{AtomKind, Atoms, Gap};
use crate::table::rows;

/// Words that multiply the number before them; 0 where a word only begins like one (`tỷ lệ`).
static MAGNITUDES: LazyLock<Phrases<u64>> = LazyLock::new(|| {
    Phrases::new(
        rows(include_str!("../../data/magnitudes.tsv")).map(|row| (row[0], row[1].parse().unwrap_or_default())),
    )
});

/// The longest number that is read; longer ones are codes.
const DIGITS: usize = 18;

/// The greatest value that is read, about 10²⁷: whoever compares a few of them stays within a [`Decimal`].
const LARGEST: Decimal = Decimal::from_parts(u32::MAX, u32::MAX, u32::MAX >> 6, false, 0);

/// A number in digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::extract) struct Number {
    pub(in crate::extract) value: Decimal,
    /// With its one comma read as a mark of thousands, where it can be one: `1,246`.
    pub(in crate::extract) grouped: Option<Decimal>,
    /// Whether it is four digits and nothing else, as a year is.
    pub(in crate::extract) year: bool,
    /// The atom after it.
    pub(in crate::extract) end: usize,
}

/// A number with the magnitudes after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::extract) struct Term {
    pub(in crate::extract) number: Number,
    /// What its digits are multiplied with; 1 where no magnitude is printed.
    pub(in crate::extract) factor: Decimal,
    /// What smaller magnitudes add: `756 triệu` of `1 tỷ 756 triệu`.
    pub(in crate::extract) rest: Decimal,
    /// Whether a magnitude is printed.
    pub(in crate::extract) scaled: bool,
    /// The atom after its last digits, or its words without the magnitude.
    pub(in crate::extract) tail: usize,
    /// The atom after it.
    pub(in crate::extract) end: usize,
}

impl Term {
    /// The value, where it can be held exactly.
    pub(in crate::extract) fn value(&self) -> Option<Decimal> {
        self.times(self.number.value)
    }

    /// The value with one comma read as a mark of thousands, where it can be one.
    pub(in crate::extract) fn grouped(&self) -> Option<Decimal> {
        self.times(self.number.grouped.filter(|_| !self.scaled)?)
    }

    /// A number in words.
    pub(super) fn spelled(spelled: Spelled) -> Self {
        let Spelled { value, factor, end } = spelled;
        let (scaled, factor) = (factor.is_some(), factor.unwrap_or(Decimal::ONE));
        let number = Number { value: value / factor, grouped: None, year: false, end };
        Self { number, factor, rest: Decimal::ZERO, scaled, tail: end - usize::from(scaled), end }
    }

    fn times(&self, number: Decimal) -> Option<Decimal> {
        let value = number.checked_mul(self.factor)?.checked_add(self.rest)?;
        (value.abs() <= LARGEST).then(|| value.normalize())
    }
}

/// Reads the number that begins with the digits at `at`. A number that is none (`14.5.2018`) is `Err` with the atom
/// after it, so that nobody reads its parts.
pub(in crate::extract) fn number(atoms: &Atoms, at: usize) -> Result<Number, usize> {
    let mut end = at + 1;
    let mut points = 0;
    let mut commas = 0;
    let mut last = None;
    while let sign @ ("." | ",") = atoms.text(end)
        && atoms.gap(end) == Gap::None
        && atoms.gap(end + 1) == Gap::None
        && atoms.kind(end + 1) == Some(AtomKind::Digits)
    {
        *(if sign == "." { &mut points } else { &mut commas }) += 1;
        last = Some(sign);
        end += 2;
    }
    let parts = || (at..end).step_by(2).map(|i| atoms.text(i));
    let of_three = |skip: usize| {
        let inner = (end - at).div_ceil(2) - 1 - skip;
        (1..=3).contains(&atoms.text(at).len()) && parts().skip(1).take(inner).all(|part| part.len() == 3)
    };
    let groups = of_three(0) && !atoms.text(at).starts_with('0');
    // The last mark parts the decimals unless all marks part thousands.
    let (value, grouped) = match (points, commas, last) {
        (0, 0, _) => (decimal(parts(), 0), None),
        (_, 0, _) if groups => (decimal(parts(), 0), None),
        (0, 1, _) => (decimal(parts(), 1), groups.then(|| decimal(parts(), 0)).flatten()),
        (0, _, _) if groups => (decimal(parts(), 0), None),
        (1, 0, _) => (decimal(parts(), 1), None),
        (_, 1, Some(",")) | (1, _, Some(".")) if of_three(1) => (decimal(parts(), 1), None),
        _ => (None, None),
    };
    let year = end == at + 1 && matches!(atoms.text(at).as_bytes(), [b'1', b'9', _, _] | [b'2', b'0', _, _]);
    value.map(|value| Number { value, grouped, year, end }).ok_or(end)
}

/// The number that `parts` make; the last `broken` of them stand behind the decimal comma.
fn decimal<'a>(parts: impl Iterator<Item = &'a str> + Clone, broken: usize) -> Option<Decimal> {
    if parts.clone().map(str::len).sum::<usize>() > DIGITS {
        return None;
    }
    // So many digits fit.
    let digits = parts.clone().flat_map(str::bytes);
    let mantissa = digits.fold(0, |sum: u64, digit| sum * 10 + u64::from(digit - b'0'));
    let scale = if broken == 0 { 0 } else { parts.last().map_or(0, str::len) };
    Decimal::try_from_i128_with_scale(mantissa.into(), scale as u32).ok()
}

/// Reads a number with its magnitudes.
pub(in crate::extract) fn term(atoms: &Atoms, at: usize) -> Result<Term, usize> {
    let number = number(atoms, at)?;
    let (factor, end) = magnitudes(atoms, number.end);
    let mut term = Term { number, factor, rest: Decimal::ZERO, scaled: end > number.end, tail: number.end, end };
    let mut least = factor;
    if end > number.end && atoms.lower(end) == "rưỡi" && atoms.gap(end) <= Gap::Line {
        term.rest = factor / Decimal::TWO;
        term.end += 1;
        return Ok(term);
    }
    // `1 nghìn 250 tỷ`: what comes after the thousand stands below it, and both are multiplied.
    if term.scaled
        && atoms.kind(end) == Some(AtomKind::Digits)
        && atoms.gap(end) == Gap::Blank
        && let Ok(next) = self::number(atoms, end)
        && let (by, after) = magnitudes(atoms, next.end)
        && factor == Decimal::ONE_THOUSAND
        && by > factor
        && next.value < factor
        && let (Some(by), Some(rest)) = (factor.checked_mul(by), next.value.checked_mul(by))
    {
        return Ok(Term { number, factor: by, rest, scaled: true, tail: next.end, end: after });
    }
    while term.scaled
        && atoms.kind(term.end) == Some(AtomKind::Digits)
        && matches!(atoms.gap(term.end), Gap::Blank | Gap::Line)
        && let Ok(next) = self::number(atoms, term.end)
        && let (factor, end) = magnitudes(atoms, next.end)
        && end > next.end
        && let Some(part) = next.value.checked_mul(factor)
        && part < least
        && let Some(rest) = term.rest.checked_add(part)
    {
        least = factor;
        term.rest = rest;
        term.tail = next.end;
        term.end = end;
    }
    Ok(term)
}

/// The product of the magnitudes from `at` (`nghìn tỷ`), and the atom after them.
fn magnitudes(atoms: &Atoms, at: usize) -> (Decimal, usize) {
    let (mut factor, mut end) = (Decimal::ONE, at);
    // Three are the most that one finds (`trăm nghìn tỷ`).
    for _ in 0..3 {
        let near = atoms.gap(end) <= if end == at { Gap::Line } else { Gap::Blank };
        match MAGNITUDES.longest(atoms, end).filter(|_| near) {
            Some((next, &by)) if by > 0 => {
                factor *= Decimal::from(by);
                end = next;
            }
            _ => break,
        }
    }
    (factor, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        term(&Atoms::new(text), 0).ok().and_then(|term| term.value()).map(|value| value.to_string())
    }

    #[test]
    fn points_part_thousands_where_they_can() {
        for (text, value) in [
            ("07", "7"),
            ("8.675", "8675"),
            ("1.8", "1.8"),
            ("1.25", "1.25"),
            ("12.845,6", "12845.6"),
            ("2.000.000đ", "2000000"),
            ("1,234,567", "1234567"),
            ("1,234.5", "1234.5"),
            ("0,125", "0.125"),
            ("0.125", "0.125"),
            ("96,8 %", "96.8"),
            ("15.", "15"),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn magnitudes_multiply_and_smaller_ones_add() {
        for (text, value) in [
            ("301,33 tỷ đồng", "301330000000"),
            ("1 tỷ 756 triệu đồng", "1756000000"),
            ("2 triệu 500 nghìn 300 đồng", "2500000"),
            ("1 TỶ\n2 TRĂM TRIỆU", "1200000000"),
            ("3,2 nghìn tỷ đồng", "3200000000000"),
            ("1 nghìn 250 tỷ đồng", "1250000000000"),
            ("15 vạn", "150000"),
            ("1 triệu rưỡi", "1500000"),
            ("2020 tỷ trọng", "2020"),
            ("5 triệu 8 tỷ", "5000000"),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn dates_and_long_codes_are_no_numbers() {
        for text in ["14.5.2018", "0263.3866.234", "1,2,3", "1234567890123456789", "1.2,3.4"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
