//! The parts of a date: numbers, weekdays, clock times, the day itself.

use super::grammar::{Clock, Parser, Raw, Year};
use crate::date::Weekday;
use crate::extract::fact::PartOfDay;
use crate::segment::{AtomKind, Gap};

impl Parser<'_> {
    pub(super) fn lower(&self, i: usize) -> &str {
        self.atoms.lower(i)
    }

    pub(super) fn is(&self, i: usize, word: &str) -> bool {
        self.lower(i) == word && self.atoms.gap(i) < Gap::Paragraph
    }

    pub(super) fn glued(&self, i: usize) -> bool {
        self.atoms.gap(i) == Gap::None
    }

    /// A number of at most `digits` digits.
    pub(super) fn number(&self, i: usize, digits: usize) -> Option<u32> {
        let text = self.atoms.text(i);
        (self.atoms.kind(i) == Some(AtomKind::Digits) && text.len() <= digits).then(|| text.parse().ok()).flatten()
    }

    pub(super) fn year(&self, i: usize) -> Option<i16> {
        let year = self.number(i, 4)?;
        (self.atoms.text(i).len() == 4 && (1000..2200).contains(&year)).then_some(year as i16)
    }

    pub(super) fn day(&self, i: usize) -> Option<u8> {
        self.number(i, 2).filter(|day| (1..=31).contains(day)).map(|day| day as u8)
    }

    pub(super) fn month(&self, i: usize) -> Option<u8> {
        self.number(i, 2).filter(|month| (1..=12).contains(month)).map(|month| month as u8)
    }

    pub(super) fn dash(&self, i: usize) -> bool {
        matches!(self.lower(i), "-" | "–" | "—") && self.atoms.gap(i) < Gap::Paragraph
    }

    /// Whether a number that ends before `i` goes on: `12/2022/NQ-HĐND`, `5.000`, `4,5`.
    pub(super) fn goes_on(&self, i: usize) -> bool {
        let sign = self.lower(i);
        self.glued(i)
            && match sign {
                "/" | "-" => self.glued(i + 1) && self.atoms.kind(i + 1).is_some_and(|kind| kind != AtomKind::Sign),
                "." | "," | ":" => self.glued(i + 1) && self.atoms.kind(i + 1) == Some(AtomKind::Digits),
                "%" => true,
                _ => false,
            }
    }

    /// `thứ hai`, `Thứ 4`, `chủ nhật`, `T7`.
    pub(super) fn weekday(&self, i: usize) -> Option<(usize, Weekday)> {
        let day = match self.lower(i) {
            "thứ" => {
                // `lần thứ 5`, `kỳ họp thứ 2` are ordinals: a weekday stands before a date.
                let back = |back: usize| i.checked_sub(back).map_or("", |i| self.lower(i));
                let session = back(1) == "họp" && matches!(back(2), "kỳ" | "phiên" | "cuộc");
                if session || matches!(back(1), "lần" | "khóa" | "hội" | "nghị" | "hạng" | "phiên") {
                    return None;
                }
                numbered_weekday(self.lower(i + 1))?
            }
            "t" if self.glued(i + 1) && self.number(i + 1, 1).is_some() => numbered_weekday(self.lower(i + 1))?,
            "chủ" if matches!(self.lower(i + 1), "nhật" | "nhựt") => Weekday::Sunday,
            "chúa" if self.is(i + 1, "nhật") => Weekday::Sunday,
            _ => return None,
        };
        Some((i + 2, day))
    }

    /// `17:25`, `20:09:19`, `8h30`, `14 giờ`, `8 giờ 30 phút`, `07:50 AM`.
    pub(super) fn clock(&self, i: usize) -> Option<(usize, Clock)> {
        let hour = self.number(i, 2).filter(|&hour| hour < 24)? as u8;
        let sixty = |i: usize| self.number(i, 2).filter(|&number| number < 60).map(|number| number as u8);
        match self.lower(i + 1) {
            ":" if self.glued(i + 1) && self.glued(i + 2) => {
                let minute = sixty(i + 2)?;
                let (mut end, second) = match (self.lower(i + 3), sixty(i + 4)) {
                    (":", Some(second)) if self.glued(i + 3) && self.glued(i + 4) => (i + 5, Some(second)),
                    _ => (i + 3, None),
                };
                let mut hour = hour;
                match self.lower(end) {
                    "am" | "sa" => end += 1,
                    "pm" | "ch" => {
                        end += 1;
                        hour = if hour < 12 { hour + 12 } else { hour };
                    }
                    _ => {}
                }
                Some((end, (hour, minute, second)))
            }
            "h" | "g" if self.glued(i + 1) => match sixty(i + 2).filter(|_| self.glued(i + 2)) {
                // `3h15’`
                Some(minute) => {
                    let sign =
                        usize::from(matches!(self.lower(i + 3), "’" | "'" | "′" | "p" | "ph") && self.glued(i + 3));
                    Some((i + 3 + sign, (hour, minute, None)))
                }
                None => Some((i + 2, (hour, 0, None))),
            },
            "giờ" if self.is(i + 2, "rưỡi") => Some((i + 3, (hour, 30, None))),
            "giờ" => match sixty(i + 2).filter(|_| self.atoms.gap(i + 2) <= Gap::Line) {
                Some(minute) if self.is(i + 3, "phút") => Some((i + 4, (hour, minute, None))),
                Some(minute) if self.is(i + 3, "ngày") || part_of_day(self.lower(i + 3)).is_some() => {
                    Some((i + 3, (hour, minute, None)))
                }
                // `8 giờ 30, tại huyện`: nothing follows that the number could count.
                Some(minute)
                    if self.atoms.text(i + 2).len() == 2
                        && matches!(self.lower(i + 3), "," | "." | ";" | ")")
                        && !self.goes_on(i + 3) =>
                {
                    Some((i + 3, (hour, minute, None)))
                }
                _ => Some((i + 2, (hour, 0, None))),
            },
            _ => None,
        }
    }

    /// The day itself: `12/5/2017`, `12 tháng 5 năm 2017`, and without a year `12/5` or, where a day is expected,
    /// `12-5` and `12.5`.
    pub(super) fn day_core(&self, i: usize, expected: bool) -> Option<(usize, Raw)> {
        if let Some(year) = self.year(i) {
            // 2021-05-14
            let (month, day) = (self.month(i + 2)?, self.day(i + 4)?);
            let dashes = self.lower(i + 1) == "-" && self.lower(i + 3) == "-" && (i + 1..i + 5).all(|i| self.glued(i));
            return (dashes && !self.goes_on(i + 5))
                .then_some((i + 5, Raw::Day { day, month: Some(month), year: Some(Year::Is(year)) }));
        }
        let day = self.day(i)?;
        if self.dash(i + 1)
            && let Some(last) = self.day(i + 2)
            && last > day
            && matches!(self.lower(i + 3), "/" | "tháng")
            && let Some((end, raw)) = self.day_core(i + 2, expected)
            && matches!(raw, Raw::Day { month: Some(_), .. })
        {
            return Some((end, raw));
        }
        if matches!(self.lower(i + 1), "tháng") {
            // `29 Tháng Sáu 2025` and the like are read where days in words are.
            let month = self.month(i + 2)?;
            let (end, year) = self.year_after(i + 3);
            return Some((end, Raw::Day { day, month: Some(month), year }));
        }
        let sign = self.lower(i + 1);
        if !matches!(sign, "/" | "-" | "." | "–")
            || self.atoms.gap(i + 1) > Gap::Blank
            || self.atoms.gap(i + 2) > Gap::Blank
        {
            return None;
        }
        let month = self.month(i + 2)?;
        if self.lower(i + 3) == sign && self.atoms.gap(i + 3) <= Gap::Blank {
            if let Some(year) = self.year(i + 4)
                && !self.goes_on(i + 5)
            {
                return Some((i + 5, Raw::Day { day, month: Some(month), year: Some(Year::Is(year)) }));
            }
            // A year of two digits, where a day is expected: `ngày 12/5/17`.
            if expected
                && sign == "/"
                && self.glued(i + 4)
                && self.atoms.text(i + 4).len() == 2
                && let Some(year) = self.number(i + 4, 2)
                && !self.goes_on(i + 5)
            {
                let year = if year < 50 { 2000 + year } else { 1900 + year };
                let year = Some(Year::Is(year as i16));
                return Some((i + 5, Raw::Day { day, month: Some(month), year }));
            }
        }
        let spaced = !self.glued(i + 1) || !self.glued(i + 2);
        // `28/6-2/7/2022` goes on with the other side of an interval.
        let interval = self.dash(i + 3) && self.day(i + 4).is_some() && self.lower(i + 5) == sign;
        if self.goes_on(i + 3) && !interval || spaced || (sign != "/" && !expected) {
            return None;
        }
        let (end, year) = match self.lower(i + 3) {
            "năm" => self.year_after(i + 3),
            _ => (i + 3, None),
        };
        Some((end, Raw::Day { day, month: Some(month), year }))
    }

    /// ` năm 2017`, `/2017`, `-2017`, `.2017`, `, 2017`, ` năm nay` after a day, month or quarter.
    pub(super) fn year_after(&self, i: usize) -> (usize, Option<Year>) {
        if let Some((end, year)) = self.year_told(i) {
            return (end, Some(year));
        }
        let skip = match self.lower(i) {
            "năm" if self.atoms.gap(i) < Gap::Paragraph => 1,
            "của" if self.is(i + 1, "năm") => 2,
            "/" | "-" | "." if self.atoms.gap(i) <= Gap::Blank && self.atoms.gap(i + 1) <= Gap::Blank => 1,
            "," if self.is(i + 1, "năm") => 2,
            _ => 0,
        };
        match self.year(i + skip).filter(|_| !self.goes_on(i + skip + 1)) {
            Some(year) => (i + skip + 1, Some(Year::Is(year))),
            None => (i, None),
        }
    }
}

fn numbered_weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "hai" | "2" => Weekday::Monday,
        "ba" | "3" => Weekday::Tuesday,
        "tư" | "4" => Weekday::Wednesday,
        "năm" | "5" => Weekday::Thursday,
        "sáu" | "6" => Weekday::Friday,
        "bảy" | "bẩy" | "7" => Weekday::Saturday,
        _ => return None,
    })
}

pub(super) fn part_of_day(word: &str) -> Option<PartOfDay> {
    Some(match word {
        "sáng" => PartOfDay::Morning,
        "trưa" => PartOfDay::Noon,
        "chiều" => PartOfDay::Afternoon,
        "tối" | "đêm" | "khuya" => PartOfDay::Evening,
        _ => return None,
    })
}
