//! Numbers written as words, and the names of the lunar calendar.

use super::grammar::{Parser, Raw, Year};
use crate::date::Calendar;
use crate::segment::{AtomKind, Gap};

/// A month as printed: the atom after it, its number, and the calendar that its name belongs to.
pub(super) type Month = (usize, u8, Calendar);

/// One to nine, as counted; `năm` is five.
fn unit(word: &str) -> Option<u8> {
    Some(match word {
        "một" => 1,
        "hai" => 2,
        "ba" => 3,
        "tư" | "bốn" => 4,
        "năm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        _ => return None,
    })
}

/// One to nine after `mười`, and after `mươi`; there five is `lăm`, for `mười năm` is ten years.
fn unit_of_tens(word: &str) -> Option<u8> {
    match word {
        "mốt" => Some(1),
        "lăm" | "nhăm" => Some(5),
        "năm" => None,
        _ => unit(word),
    }
}

impl Parser<'_> {
    /// A number from 1 to 39 in words, as days, months and counts of months have them.
    pub(super) fn spelled(&self, i: usize) -> Option<(usize, u8)> {
        let tens = |ten: u8, i: usize| match unit_of_tens(self.lower(i)).filter(|_| self.same_line(i)) {
            Some(unit) => (i + 1, ten + unit),
            None => (i, ten),
        };
        match self.lower(i) {
            // `hai mốt`, `hai tư`: these units stand after tens alone.
            "hai" | "ba" if matches!(self.lower(i + 1), "mốt" | "tư" | "lăm" | "nhăm") && self.same_line(i + 1) => {
                Some(tens(unit(self.lower(i))? * 10, i + 1))
            }
            "mười" => Some(tens(10, i + 1)),
            "hai" if self.is(i + 1, "mươi") => Some(tens(20, i + 2)),
            "ba" if self.is(i + 1, "mươi") => Some(tens(30, i + 2)),
            word => unit(word).map(|unit| (i + 1, unit)),
        }
    }

    /// A number of at most two digits, or in words.
    pub(super) fn counted(&self, i: usize) -> Option<(usize, u8)> {
        match self.number(i, 2) {
            Some(number) => Some((i + 1, number as u8)),
            None => self.spelled(i),
        }
    }

    /// A year in words after `năm`: `một chín tám tư`, `hai không mười ba`, `hai nghìn không trăm linh chín`,
    /// `chín trăm ba mươi tám`. Round numbers count: `mỗi năm hai nghìn tấn`.
    pub(super) fn spelled_year(&self, i: usize) -> Option<(usize, i16)> {
        let digit = |i: usize| match self.lower(i) {
            "không" => Some(0),
            word => unit_of_tens(word).or_else(|| unit(word)).map(i16::from),
        };
        // The last two digits: `linh chín`, `mười ba`, `hai mươi mốt`, `tám tư`.
        let tail = |i: usize| match self.lower(i) {
            "linh" | "lẻ" => Some((i + 2, digit(i + 1)?)),
            _ => match self.spelled(i) {
                Some((end, number)) if number >= 10 => Some((end, i16::from(number))),
                _ => {
                    let tens = digit(i)? * 10;
                    let unit = i + 1 + usize::from(self.lower(i + 1) == "mươi");
                    match digit(unit) {
                        Some(last) => Some((unit + 1, tens + last)),
                        None => (unit > i + 1).then_some((unit, tens)),
                    }
                }
            },
        };
        let hundreds = |i: usize| {
            let number = digit(i).filter(|_| self.lower(i + 1) == "trăm")? * 100;
            tail(i + 2).map(|(end, rest)| (end, number + rest))
        };
        let first = digit(i)?;
        let (end, year) = match self.lower(i + 1) {
            "nghìn" | "ngàn" => {
                let (end, rest) = hundreds(i + 2).or_else(|| tail(i + 2))?;
                (end, first * 1000 + rest)
            }
            "trăm" => hundreds(i)?,
            _ => {
                let (end, rest) = tail(i + 2)?;
                (end, first * 1000 + digit(i + 1)? * 100 + rest)
            }
        };
        let whole = (i..end).all(|i| self.same_line(i));
        (whole && (100..2200).contains(&year)).then_some((end, year))
    }

    /// The month after `tháng`: `8`, `tám`, `Giêng`.
    pub(super) fn month_number(&self, i: usize) -> Option<Month> {
        match self.lower(i) {
            // `tháng giêng`, `tháng chạp` exist in the lunar calendar alone.
            "giêng" => Some((i + 1, 1, Calendar::Lunar)),
            "chạp" => Some((i + 1, 12, Calendar::Lunar)),
            _ => self
                .counted(i)
                .filter(|(_, month)| (1..=12).contains(month))
                .map(|(end, month)| (end, month, Calendar::Solar)),
        }
    }

    /// A month named in words after `tháng` at `at`, where it cannot be a count: `tháng Sáu`, `trong tháng sáu`,
    /// `tháng ba năm 2020`; not `mỗi tháng hai lần`, `ngày tháng năm sinh`.
    pub(super) fn named_month(&self, at: usize) -> Option<Month> {
        let found @ (end, _, calendar) = self.month_number(at + 1).filter(|_| self.same_line(at + 1))?;
        if calendar == Calendar::Lunar || self.year_after(end).1.is_some() {
            return Some(found);
        }
        let before = if at > 0 { self.lower(at - 1) } else { "" };
        let titled = |i: usize| {
            let text = self.atoms.text(i);
            let mut letters = text.chars();
            letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
        };
        let led = matches!(
            before,
            "trong" | "đầu" | "cuối" | "giữa" | "hết" | "từ" | "đến" | "tới" | "trước" | "sau" | "vào" | "của"
        );
        let counts = matches!(self.lower(end), "lần" | "kỳ" | "buổi" | "đợt" | "ngày" | "tuần" | "phiên");
        let named = titled(at + 1) || (led || self.relative) && self.lower(at + 1) != "năm";
        (named && (led || !counts)).then_some(found)
    }

    /// A day with words in it, after the word that marks it: `mười lăm tháng tám`, `23 tháng Chạp`, `mồng 3 Tết`,
    /// `rằm tháng Bảy`.
    pub(super) fn spelled_day(&self, i: usize, marked: bool) -> Option<(usize, Raw, Calendar)> {
        let (after, day) = match self.lower(i) {
            "rằm" => (i + 1, 15),
            // Without a word before it, `năm tháng tám` counts; two words hardly do.
            _ => self.counted(i).filter(|(end, _)| marked || *end > i + 1 || self.day(i).is_some())?,
        };
        if !(1..=31).contains(&day) {
            return None;
        }
        if self.is(after, "tết") {
            // The first days of the lunar year, and its last ones.
            let month = match day {
                1..=10 if marked => 1,
                20..=28 if marked => 12,
                29 | 30 => 12,
                _ => return None,
            };
            // The last days belong to the year before the feast, whose name stands with it.
            let (end, year) = match self.year_of_cycle(after + 1) {
                Some((end, year)) => (end, Some(if month == 12 { year.before() } else { year })),
                None => (after + 1, None),
            };
            return Some((end, Raw::Day { day, month: Some(month), year }, Calendar::Lunar));
        }
        if !self.is(after, "tháng") {
            return None;
        }
        let full_moon = self.lower(i) == "rằm";
        let (end, month, calendar) = self.month_number(after + 1)?;
        let (end, year) = self.year_after(end);
        // Without a year, `5 tháng năm ngày` counts; a day in digits wants a name that is no number.
        let digits = self.atoms.kind(i) == Some(AtomKind::Digits);
        let counts = digits
            || self.atoms.kind(after + 1) == Some(AtomKind::Digits)
            || matches!(self.lower(end), "ngày" | "tuần" | "tháng");
        if counts && !marked && !full_moon && calendar == Calendar::Solar && year.is_none() {
            return None;
        }
        let calendar = if full_moon { Calendar::Lunar } else { calendar };
        Some((end, Raw::Day { day, month: Some(month), year }, calendar))
    }

    /// `âm lịch`, `(âm lịch)`, `ÂL` after a date, and the same of the solar calendar.
    pub(super) fn calendar_after(&self, i: usize) -> Option<(usize, Calendar)> {
        let bracket = usize::from(self.lower(i) == "(");
        let word = i + bracket;
        let (end, calendar) = match self.lower(word) {
            "âm" if self.is(word + 1, "lịch") => (word + 2, Calendar::Lunar),
            "dương" if self.is(word + 1, "lịch") => (word + 2, Calendar::Solar),
            "âl" => (word + 1, Calendar::Lunar),
            "al" if self.atoms.text(word) == "AL" => (word + 1, Calendar::Lunar),
            "dl" if self.atoms.text(word) == "DL" => (word + 1, Calendar::Solar),
            _ => return None,
        };
        let closed = bracket == 0 || self.lower(end) == ")";
        (closed && self.same_line(i)).then_some((end + bracket, calendar))
    }

    /// A year told from the article's own or named: `năm nay`, `năm ngoái`, `năm sau`, `năm Giáp Thìn`, `năm 938`.
    pub(super) fn year_told(&self, i: usize) -> Option<(usize, Year)> {
        if !self.is(i, "năm") || !self.same_line(i + 1) {
            return None;
        }
        let years = match self.lower(i + 1) {
            "nay" => 0,
            "ngoái" | "trước" => -1,
            "sau" | "tới" => 1,
            _ => return self.year_named(i + 1),
        };
        // `đầu năm sau khi có vốn` goes on.
        let clause = matches!(self.lower(i + 2), "khi" | "đó" | "ngày" | "lúc");
        (!clause).then_some((i + 2, Year::From(years)))
    }

    /// The name of a year after `năm`, other than four digits.
    pub(super) fn year_named(&self, i: usize) -> Option<(usize, Year)> {
        if let Some(found) = self.year_of_cycle(i) {
            return Some(found);
        }
        let digits = self.number(i, 3).filter(|_| self.atoms.text(i).len() == 3 && !self.goes_on(i + 1));
        let (end, year) = match digits {
            Some(year) => (i + 1, year as i16),
            None => self.spelled_year(i)?,
        };
        // `năm 300 hộ` counts.
        let counts = year < 1000 && self.atoms.kind(end) == Some(AtomKind::Letters) && self.same_line(end);
        (!counts && year >= 100).then_some((end, Year::Is(year)))
    }

    /// `Giáp Thìn`, `Quý Mão`: a stem and a branch, which name one year of sixty; with its number, `Giáp Thìn 2024`.
    fn year_of_cycle(&self, i: usize) -> Option<(usize, Year)> {
        let stem = match self.lower(i) {
            "giáp" => 0,
            "ất" => 1,
            "bính" => 2,
            "đinh" => 3,
            "mậu" => 4,
            "kỷ" | "kỉ" => 5,
            "canh" => 6,
            "tân" => 7,
            "nhâm" => 8,
            "quý" | "quí" => 9,
            _ => return None,
        };
        let branch = match self.lower(i + 1) {
            "tý" | "tí" => 0,
            "sửu" => 1,
            "dần" => 2,
            "mão" | "mẹo" => 3,
            "thìn" => 4,
            "tỵ" | "tị" => 5,
            "ngọ" => 6,
            "mùi" => 7,
            "thân" => 8,
            "dậu" => 9,
            "tuất" => 10,
            "hợi" => 11,
            _ => return None,
        };
        let place = (0..60).find(|place| place % 10 == stem && place % 12 == branch)?;
        if !self.same_line(i + 1) {
            return None;
        }
        let bracket = usize::from(self.lower(i + 2) == "(");
        Some(match self.year(i + 2 + bracket).filter(|_| bracket == 0 || self.lower(i + 4) == ")") {
            Some(year) => (i + 3 + 2 * bracket, Year::Is(year)),
            None => (i + 2, Year::Cycle(place)),
        })
    }

    pub(super) fn same_line(&self, i: usize) -> bool {
        self.atoms.gap(i) <= Gap::Line
    }
}
