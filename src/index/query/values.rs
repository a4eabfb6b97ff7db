//! Dates and numbers as people type them.

use std::ops::Bound;

use crate::date::PartialDate;
use crate::index::query::condition::{Dates, Values};
use crate::index::query::units::magnitude;

/// How a field and its value are held together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// `:` or `=`
    Is,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// `2019`, `5/2019..6/2020`, `2019-Q1..`, `..14/5/2019`, `[2019 TO 2020]`, `2019-2020`, `*`.
pub(crate) fn dates(sign: Sign, text: &str) -> Option<Dates> {
    let end = |text: &str| if matches!(text, "" | "*") { Some(None) } else { date(text).map(Some) };
    let text = text.trim();
    let (from, to) = match sign {
        Sign::AtLeast => (Some(date(text)?), None),
        Sign::AtMost => (None, Some(date(text)?)),
        Sign::Less | Sign::More => return None,
        Sign::Is if text == "*" => (None, None),
        Sign::Is => match ends(text) {
            Some(Ends { from: ("", _), to: ("", _) }) => return None,
            Some(Ends { from, to }) => (end(from.0)?, end(to.0)?),
            None => match text.split_once('-') {
                Some((from, to)) if from.len() == 4 && to.len() == 4 => (Some(date(from)?), Some(date(to)?)),
                _ => (Some(date(text)?), Some(date(text)?)),
            },
        },
    };
    match (from, to) {
        (Some(from), Some(to)) if from.epoch_day() > to.last_day().epoch_day() => None,
        dates => Some(dates),
    }
}

/// A date as ISO 8601 writes it, or day, month and year as Vietnamese writes them.
fn date(text: &str) -> Option<PartialDate> {
    let text = text.to_ascii_uppercase();
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let number = |i: usize| parts.get(i).and_then(|part| part.parse::<i16>().ok());
    let small = |i: usize| number(i).and_then(|n| u8::try_from(n).ok());
    match parts.as_slice() {
        [quarter, year] if year.len() == 4 && quarter.starts_with('Q') => {
            PartialDate::from_quarter(number(1)?, quarter[1..].parse().ok()?)
        }
        [_, year] if year.len() == 4 => PartialDate::from_month(number(1)?, small(0)?),
        [_, _, year] if year.len() == 4 => PartialDate::from_day(number(2)?, small(1)?, small(0)?),
        _ => text.parse().ok(),
    }
}

/// The ends of `a..b` and `[a TO b}`, and whether each is part of it.
struct Ends<'t> {
    from: (&'t str, bool),
    to: (&'t str, bool),
}

fn ends(text: &str) -> Option<Ends<'_>> {
    let Some(inner) = text.strip_prefix(['[', '{']) else {
        let (from, to) = text.split_once("..")?;
        return Some(Ends { from: (from.trim(), true), to: (to.trim(), true) });
    };
    let inner = inner.strip_suffix([']', '}'])?;
    let (from, to) = inner.split_once(" TO ").or_else(|| inner.split_once(".."))?;
    Some(Ends { from: (from.trim(), text.starts_with('[')), to: (to.trim(), text.ends_with(']')) })
}

/// The values that are asked for, and the unit that is named with them.
pub(crate) fn values(sign: Sign, text: &str) -> Option<(Values, Option<String>)> {
    let text = text.trim();
    if sign != Sign::Is {
        let (value, unit) = amount(text)?;
        let values = match sign {
            Sign::Less => Values::new(Bound::Unbounded, Bound::Excluded(value)),
            Sign::AtMost => Values::new(Bound::Unbounded, Bound::Included(value)),
            Sign::More => Values::new(Bound::Excluded(value), Bound::Unbounded),
            Sign::AtLeast | Sign::Is => Values::new(Bound::Included(value), Bound::Unbounded),
        };
        return Some((values, unit));
    }
    if text == "*" {
        return Some((Values::new(Bound::Unbounded, Bound::Unbounded), None));
    }
    let Some(Ends { from, to }) = ends(text) else {
        let (value, unit) = amount(text)?;
        return Some((Values::new(Bound::Included(value), Bound::Included(value)), unit));
    };
    if from.0.is_empty() && to.0.is_empty() {
        return None;
    }
    let end = |text: &str| if matches!(text, "" | "*") { Some((None, None)) } else { amount(text).map(some) };
    let ((low, unit), (high, other)) = (end(from.0)?, end(to.0)?);
    let bound = |value: Option<f64>, included| match value {
        Some(value) if included => Bound::Included(value),
        Some(value) => Bound::Excluded(value),
        None => Bound::Unbounded,
    };
    let disordered = low.zip(high).is_some_and(|(low, high)| low > high);
    let disagree = unit.is_some() && other.is_some() && unit != other;
    if disordered || disagree {
        return None;
    }
    Some((Values::new(bound(low, from.1), bound(high, to.1)), unit.or(other)))
}

fn some((value, unit): (f64, Option<String>)) -> (Option<f64>, Option<String>) {
    (Some(value), unit)
}

/// A number with its magnitudes, and the unit behind them: `1 tỷ 756 triệu đồng`, `5,5%`.
fn amount(text: &str) -> Option<(f64, Option<String>)> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let mut rest = text.as_str();
    let mut sum = 0.0;
    let mut numbers = 0;
    while numbers == 0 || rest.starts_with(|c: char| c.is_ascii_digit()) {
        let signed = rest.strip_prefix(['-', '\u{2212}']).filter(|_| numbers == 0);
        let digits = signed.unwrap_or(rest);
        let end = digits.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(digits.len());
        let mut value = number(&digits[..end])?;
        rest = digits[end..].trim_start();
        while let Some((by, behind)) = magnitude(rest) {
            value *= by;
            rest = behind;
        }
        sum += if signed.is_some() { -value } else { value };
        numbers += 1;
    }
    let unit = (!rest.is_empty()).then(|| rest.to_owned());
    (sum.is_finite() && unit.as_deref().is_none_or(is_unit)).then_some((sum, unit))
}

/// Whether a text can be a unit.
pub(crate) fn is_unit(text: &str) -> bool {
    text.contains(|c: char| c.is_alphanumeric() || matches!(c, '%' | '‰' | '$' | '£' | '€'))
}

/// A number as Vietnamese writes it, `1.234,5`, or as a computer does, `1234.5`. One dot before three digits groups them.
fn number(text: &str) -> Option<f64> {
    let (dots, commas) = (text.matches('.').count(), text.matches(',').count());
    let decimal = match (dots, commas) {
        (0, 0) => None,
        (0, 1) => Some(','),
        (1, 0) => {
            let (whole, part) = text.split_once('.')?;
            (part.len() != 3 || whole.len() > 3 || whole == "0").then_some('.')
        }
        (0, _) | (_, 0) => None,
        (_, 1) if text.rfind(',') > text.rfind('.') => Some(','),
        (1, _) if text.rfind('.') > text.rfind(',') => Some('.'),
        _ => return None,
    };
    let (whole, part) = match decimal {
        Some(sign) => text.split_once(sign)?,
        None => (text, "0"),
    };
    let mut groups = whole.split(['.', ',']);
    let first = groups.next()?;
    let grouped = whole.contains(['.', ',']);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(first) || grouped && first.len() > 3 || !digits(part) {
        return None;
    }
    let mut plain = first.to_owned();
    for group in groups {
        if group.len() != 3 || !digits(group) {
            return None;
        }
        plain.push_str(group);
    }
    format!("{plain}.{part}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_both_notations() {
        for (text, value) in [
            ("1000", 1000.0),
            ("1.000", 1000.0),
            ("5,66", 5.66),
            ("5.66", 5.66),
            ("0.125", 0.125),
            ("1.234.567,8", 1_234_567.8),
            ("1,234,567.8", 1_234_567.8),
            ("1,000", 1.0),
            ("5,125", 5.125),
            ("1 tỷ 756 triệu", 1_756_000_000.0),
            ("1,5 nghìn tỷ", 1.5e12),
            ("2 TRIEU", 2e6),
            ("-5", -5.0),
        ] {
            assert_eq!(amount(text), Some((value, None)), "{text}");
        }
        assert_eq!(amount("5,5%"), Some((5.5, Some("%".to_owned()))));
        assert_eq!(amount("1 tỷ đồng"), Some((1e9, Some("đồng".to_owned()))));
        for text in ["", "tỷ", "1.00.000", "1.0000,5", ",", "5,", ".5", "1,2.3,4", "--5", "đồng 5"] {
            assert_eq!(amount(text), None, "{text}");
        }
    }

    #[test]
    fn dates_at_any_precision() {
        let read = |text: &str| {
            let (from, to) = dates(Sign::Is, text)?;
            let end = |date: Option<PartialDate>| date.map_or(String::new(), |date| date.to_string());
            Some(format!("{} {}", end(from), end(to)))
        };
        for (text, both) in [
            ("2019", "2019 2019"),
            ("5/2019", "2019-05 2019-05"),
            ("14/5/2019", "2019-05-14 2019-05-14"),
            ("14.5.2019", "2019-05-14 2019-05-14"),
            ("Q1/2019..2019-q3", "2019-Q1 2019-Q3"),
            ("2019-2020", "2019 2020"),
            ("[2019 TO 6/2020]", "2019 2020-06"),
            ("2019..", "2019 "),
            ("..2019", " 2019"),
            ("*..2019", " 2019"),
        ] {
            assert_eq!(read(text).as_deref(), Some(both), "{text}");
        }
        for text in ["", "..", "2019-13", "31/2/2019", "2020..2019", "Q/2019", "2019..x", "[2019"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
