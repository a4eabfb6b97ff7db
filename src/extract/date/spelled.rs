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
        (named && !counts).then_some(found)
    }

    /// A day with words in it, after the word that marks it: `mười lăm tháng tám`, `23 tháng Chạp`, `mồng 3 Tết`,
    /// `rằm tháng Bảy`.
    pub(super) fn spelled_day(&self, i: usize, marked: bool) -> Option<(usize, Raw, Calendar)> {
        let (after, day) = match self.lower(i) {
            "rằm" => (i + 1, 15),
            _ => self.counted(i).filter(|(end, _)| marked || *end == i + 1 && self.day(i).is_some())?,
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
        let (end, month, calendar) = self.month_number(after + 1)?;
        let (end, year) = self.year_after(end);
        let full_moon = self.lower(i) == "rằm";
        // Without a year, `5 tháng năm ngày` counts; a day in digits wants a name that is no number.
        let digits = self.atoms.kind(i) == Some(AtomKind::Digits);
        if digits && !marked && calendar == Calendar::Solar && year.is_none() {
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

    /// A year told from the article's own or named: `năm nay`, `năm ngoái`, `năm sau`, `năm Giáp Thìn`.
    pub(super) fn year_told(&self, i: usize) -> Option<(usize, Year)> {
        if !self.is(i, "năm") || !self.same_line(i + 1) {
            return None;
        }
        let years = match self.lower(i + 1) {
            "nay" => 0,
            "ngoái" | "trước" => -1,
            "sau" | "tới" => 1,
            _ => return self.year_of_cycle(i + 1),
        };
        // `đầu năm sau khi có vốn` goes on.
        let clause = matches!(self.lower(i + 2), "khi" | "đó" | "ngày" | "lúc");
        (!clause).then_some((i + 2, Year::From(years)))
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
