//! Dates as pages print them beside an article: day, month and year, mostly with weekday and clock.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::date::PartialDate;

/// A date in a folded line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Printed {
    /// Its bytes in the folded line, with weekday, `ngày` and clock.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: PartialDate,
    pub(super) weekday: bool,
}

const WEEKDAY: &str = r"(?:thu\s*(?:hai|ba|tu|nam|sau|bay|[2-7])|chu\s*nhat|cn|t[2-7])";
const MONTH: &str = r"(?:\d{1,2}|gieng|mot|hai|ba|tu|nam|sau|bay|tam|chin|muoi(?:\s+(?:mot|hai))?)";

/// Hour, minute, second, half of the day. `8h30`, `8 giờ 30 phút`, `08:30:15 SA`, `10:2`.
const CLOCK: &str = r"(\d{1,2})\s*(?:[:h]|g(?:io)?\b)\s*(?:(\d{1,2})(?:\s*(?:phut|'))?(?:\s*:\s*(\d{1,2})(?:\.\d+)?)?)?(?:\s*(am|pm|sa|ch)\b)?";

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let word_day = format!(r"(?:ngay\s*)?(\d{{1,2}})\s*(?:thang|th)\s*({MONTH})\s*[,.]?\s*(?:nam\s*)?(\d{{4}})");
    let word_month = format!(r"(?:thang|th)\s*({MONTH})\s+(\d{{1,2}})\s*,\s*(\d{{4}})");
    pattern(&format!(
        r"(?:ngay\s*)?(\d{{1,2}})\s?[/.-]\s?(\d{{1,2}})\s?[/.-]\s?(\d{{4}})|{word_day}|{word_month}|(\d{{4}})-(\d{{2}})-(\d{{2}})"
    ))
});
static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\w"));
static CLOCK_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"(?:{CLOCK})[\s,|'-]*(?:\(?gmt\s*\+?\s*7\)?[\s,|-]*)?(?:\b{WEEKDAY}[\s,|.:-]*)?$"))
});
static WEEKDAY_BEFORE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\b{WEEKDAY}[\s,|.:-]*$")));
static CLOCK_AFTER: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"^(?:t|[\s,|]*(?:-\s*)?(?:\bluc\s*)?(?:{WEEKDAY}[\s,|-]+)?){CLOCK}")));

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("the pattern is a constant")
}

/// The dates of a folded line, from left to right. Only those with a year count, since a page prints its dates in full.
pub(super) fn printed(line: &str) -> Vec<Printed> {
    let mut found: Vec<Printed> = Vec::new();
    if !can_hold_date(line) {
        return found;
    }
    let mut next = 0;
    while let Some(date) = DATE.captures_at(line, next) {
        let whole = date.get_match();
        // `thang` in the midst of a word. With `\b` in the pattern, lines with quotation marks would take the slow way.
        if date.get(7).is_some() && ends_in_word(&line[..whole.start()]) {
            next = whole.start() + 1;
            continue;
        }
        next = whole.end();
        let free = found.last().map_or(0, |last| last.end);
        // The clock behind one date can take the first number of the next: `2020-03-12T6:12 - 3 - 2020`.
        if whole.start() < free || !stands_alone(line, whole.start(), whole.end()) {
            continue;
        }
        let after = &line[whole.end()..];
        let half = if can_begin_with_clock(after) { CLOCK_AFTER.captures(after) } else { None };
        let Some(day) = day_of(&date, half.as_ref().is_some_and(|clock| clock.get(4).is_some())) else { continue };
        let mut printed = Printed { start: whole.start(), end: whole.end(), value: day, weekday: false };
        // What a dateline puts before the date is short, so a long line is not searched again and again.
        let mut from = whole.start().saturating_sub(64).max(free);
        while !line.is_char_boundary(from) {
            from += 1;
        }
        let before = &line[from..whole.start()];
        if can_end_with_weekday(before)
            && let Some(weekday) = WEEKDAY_BEFORE.find(before)
        {
            printed.start = from + weekday.start();
            printed.weekday = true;
        }
        if let Some(clock) = half
            && let Some(value) = at(day, &clock)
        {
            printed.value = value;
            printed.end = whole.end() + clock.get_match().end();
        } else if can_hold_clock(before)
            && let Some(clock) = CLOCK_BEFORE.captures(before)
            && let Some(value) = at(day, &clock)
            && !before[..clock.get_match().start()].ends_with(|c: char| c.is_ascii_digit() || c == ':')
        {
            printed.value = value;
            printed.start = from + clock.get_match().start();
        }
        found.push(printed);
    }
    found
}

/// Reads a date that is given as a text of its own: as [`PartialDate`] writes it, as RFC 3339 has it, or as the press
/// prints it. A time with an offset is told in Vietnam's time.
#[cfg(any(feature = "serde", feature = "html"))]
pub(super) fn read(date: &str) -> Option<PartialDate> {
    let date = date.trim();
    if let Ok(value) = date.parse() {
        return Some(value);
    }
    if let Ok(time) = date.parse::<jiff::Timestamp>() {
        let local = jiff::tz::Offset::constant(7).to_datetime(time);
        return PartialDate::from_civil(local.date()).at(
            u8::try_from(local.hour()).ok()?,
            u8::try_from(local.minute()).ok()?,
            Some(u8::try_from(local.second()).ok()?),
        );
    }
    let folded = super::line::folded(date);
    match printed(&folded).as_slice() {
        [only] => Some(only.value),
        _ => None,
    }
}

/// Whether [`DATE`] can find a date in the line that [`day_of`] takes: a year of these times, and beside it what ties it to
/// a day. Most lines have none, and the pattern is slow to say so.
fn can_hold_date(line: &str) -> bool {
    let bytes = line.as_bytes();
    // `12 thang 3 nam 2020`: the day stands before the month.
    let mut worded = None;
    let mut with_worded_day = || {
        *worded.get_or_insert_with(|| {
            line.match_indices("th").any(|(at, _)| line[..at].trim_end().ends_with(|c: char| c.is_ascii_digit()))
        })
    };
    let mut from = 0;
    while let Some(year) = bytes[from..].windows(4).position(is_year) {
        let at = from + year;
        let glued = matches!(bytes[..at], [.., b'/' | b'.' | b'-'] | [.., b'/' | b'.' | b'-', b' ' | 0x0b]);
        // `2020-03-12`; `thang 3 12, 2020`
        if glued || bytes.get(at + 4) == Some(&b'-') || line[..at].trim_end().ends_with(',') || with_worded_day() {
            return true;
        }
        from = at + 4;
    }
    false
}

/// Whether [`CLOCK_AFTER`] can match.
fn can_begin_with_clock(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|'));
    match rest.as_bytes() {
        [first, ..] if !first.is_ascii() || first.is_ascii_digit() => true,
        [b't', second, ..] if !second.is_ascii() || second.is_ascii_digit() => true,
        _ => ["-", "luc", "thu", "chu", "cn"].iter().any(|start| rest.starts_with(start)),
    }
}

/// Whether [`WEEKDAY_BEFORE`] can match.
fn can_end_with_weekday(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '.' | ':' | '-'));
    let ends = ["hai", "ba", "tu", "nam", "sau", "bay", "nhat", "cn", "2", "3", "4", "5", "6", "7"];
    ends.iter().any(|end| text.ends_with(end))
}

/// Whether [`CLOCK_BEFORE`] can match: a digit with `:`, `h` or `g` behind it.
fn can_hold_clock(text: &str) -> bool {
    let mut digit = false;
    text.bytes().any(|b| {
        let hour = digit && matches!(b, b':' | b'h' | b'g');
        digit = b.is_ascii_digit() || digit && matches!(b, b' ' | 0x09..=0x0d);
        hour
    })
}

/// Whether the last character is one of a word, as `\b` has it.
fn ends_in_word(text: &str) -> bool {
    text.char_indices().next_back().is_some_and(|(at, c)| match c {
        '_' => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        _ => WORD.is_match(&text[at..]),
    })
}

fn is_year(digits: &[u8]) -> bool {
    let decade = matches!(digits, [b'1', b'9', b'9', _] | [b'2', b'0', b'0'..=b'9', _]);
    decade && digits[3].is_ascii_digit()
}

/// Whether no digit or code goes on around the date, as in `12/3/2020/NĐ-CP`.
fn stands_alone(line: &str, start: usize, end: usize) -> bool {
    let mut before = line[..start].chars().rev();
    let mut after = line[end..].chars();
    let code = match (after.next(), after.next()) {
        (Some(c), _) if c.is_ascii_digit() => true,
        (Some('/' | '-' | '.'), Some(c)) => c.is_ascii_digit() || (c.is_alphabetic() && line.as_bytes()[end] != b'.'),
        _ => false,
    };
    let glued = match (before.next(), before.next()) {
        (Some(c), _) if c.is_ascii_digit() => true,
        (Some('/' | '-' | '.'), Some(c)) => c.is_ascii_digit(),
        _ => false,
    };
    !code && !glued
}

fn day_of(date: &Captures<'_>, half: bool) -> Option<PartialDate> {
    let number = |group: usize| date.get(group).and_then(|part| part.as_str().parse::<u16>().ok());
    let month = |group: usize| date.get(group).and_then(|part| month_number(part.as_str()));
    let (year, month, day) = if date.get(1).is_some() {
        let (first, second) = (number(1)?, number(2)?);
        // Portals on SharePoint print the American order, always with a clock of two halves: `5/24/2020 9:12 AM`.
        let american = second > 12 && first <= 12 && half;
        if american { (number(3)?, first, second) } else { (number(3)?, second, first) }
    } else if date.get(4).is_some() {
        (number(6)?, month(5)?, number(4)?)
    } else if date.get(7).is_some() {
        (number(9)?, month(7)?, number(8)?)
    } else {
        (number(10)?, number(11)?, number(12)?)
    };
    // A page that prints another century prints no date of its own.
    if !(1990..=2099).contains(&year) {
        return None;
    }
    PartialDate::from_day(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

fn month_number(month: &str) -> Option<u16> {
    let words: Vec<_> = month.split_whitespace().collect();
    Some(match words.as_slice() {
        ["mot" | "gieng"] => 1,
        ["hai"] => 2,
        ["ba"] => 3,
        ["tu"] => 4,
        ["nam"] => 5,
        ["sau"] => 6,
        ["bay"] => 7,
        ["tam"] => 8,
        ["chin"] => 9,
        ["muoi"] => 10,
        ["muoi", "mot"] => 11,
        ["muoi", "hai"] => 12,
        _ => return month.parse().ok(),
    })
}

fn at(day: PartialDate, clock: &Captures<'_>) -> Option<PartialDate> {
    let number = |group: usize| clock.get(group).and_then(|part| part.as_str().parse::<u8>().ok());
    let hour = number(1)?;
    let hour = match clock.get(4).map(|half| half.as_str()) {
        Some("pm" | "ch") if hour < 12 => hour + 12,
        Some("am" | "sa") if hour == 12 => 0,
        _ => hour,
    };
    day.at(hour, number(2).unwrap_or(0), number(3))
}

#[cfg(test)]
mod tests {
    use super::super::line::Folded;
    use super::*;

    /// `[…]` marks the span that is expected.
    fn check(marked: &str, value: &str) {
        let line = marked.replace(['[', ']'], "");
        let folded = Folded::new(&line, 0);
        let found = printed(&folded.text);
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        let span = folded.span(found[0].start, found[0].end).range();
        let seen = format!("{}[{}]{}", &line[..span.start], &line[span.clone()], &line[span.end..]);
        assert_eq!((seen.as_str(), found[0].value.to_string().as_str()), (marked, value));
    }

    #[test]
    fn forms_that_portals_print() {
        check("[17:25 04/05/2022]", "2022-05-04T17:25");
        check("[5.7.2018 - 10:2]", "2018-07-05T10:02");
        check("[Thứ Ba, 15-9-2020, 17:32]", "2020-09-15T17:32");
        check("([05/01/2022])", "2022-01-05");
        check("[15 Tháng 11 2021]", "2021-11-15");
        check("Cập nhật lúc [21:14, Thứ Sáu, 18/08/2017] (GMT+7)", "2017-08-18T21:14");
        check("[Thứ 4, 15/07/2020 | 20:09:19]", "2020-07-15T20:09:19");
        check("[16:05 | 20-05-2019]", "2019-05-20T16:05");
        check("[Thứ năm - 12/03/2020 08:15]", "2020-03-12T08:15");
        check("[8h30, ngày 4/5/2022]", "2022-05-04T08:30");
        check("Đăng lúc: [14 giờ 05 phút, 2/9/2021]", "2021-09-02T14:05");
        check("[Chủ nhật, ngày 06 tháng 01 năm 2019]", "2019-01-06");
        check("[Tháng Mười Hai 5, 2020]", "2020-12-05");
        check("[12 Th3, 2020]", "2020-03-12");
        check("[2020-03-12T08:15:30]", "2020-03-12T08:15:30");
    }

    #[test]
    fn halves_of_the_day() {
        check("[21/11/2019 07:50 AM]", "2019-11-21T07:50");
        check("[21/11/2019 07:50 PM]", "2019-11-21T19:50");
        check("[2:05:09 CH 21/11/2019]", "2019-11-21T14:05:09");
        check("[11/21/2019 12:10 AM]", "2019-11-21T00:10");
    }

    #[test]
    fn what_is_no_date() {
        for line in [
            "Quyết định 12/3/2020/QĐ-UBND",
            "31/02/2020",
            "13/13/2020 08:00",
            "tháng 5 năm 2020",
            "1/2/1930",
            "0263.386.2345",
        ] {
            assert_eq!(printed(&Folded::new(line, 0).text), [], "{line}");
        }
    }

    #[test]
    fn a_number_counts_once() {
        check("[2020-03-12T6:12] - 3 - 2020", "2020-03-12T06:12");
    }

    #[test]
    fn a_clock_that_cannot_be_is_left_out() {
        check("[12/03/2020] 25:61", "2020-03-12");
    }
}
