//! Days and periods told from the article's own date: `hôm qua`, and on request `thứ ba tuần sau`, `3 tháng tới`.

use jiff::ToSpan;
use jiff::civil;

use super::Prefer;
use super::grammar::{Expression, Parser, Raw, point};
use crate::date::{DateValue, PartialDate, Weekday};
use crate::segment::AtomKind;

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// What is told from the article's own date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relative {
    /// From the first to the last of some units; 0 is the article's own one, -1 the one before.
    Units { unit: Unit, first: i16, last: i16 },
    /// A day of the week: of that many weeks ahead, or the one on that side of the article's date.
    Weekday { day: Weekday, week: Option<i16>, side: Option<Prefer> },
}

impl Relative {
    /// So many days ahead.
    pub(super) const fn day(days: i16) -> Self {
        Self::Units { unit: Unit::Day, first: days, last: days }
    }

    /// The value, seen from `today`; `None` beyond the calendar.
    pub(super) fn value(self, today: civil::Date, prefer: Prefer) -> Option<DateValue> {
        let monday = |weeks: i64| {
            let back = i64::from(today.weekday().to_monday_zero_offset());
            today.checked_add((weeks * 7 - back).days()).ok()
        };
        match self {
            Self::Units { unit: Unit::Week, first, last } => {
                let end = monday(i64::from(last))?.checked_add(6.days()).ok()?;
                Some(DateValue::Interval(
                    PartialDate::from_civil(monday(i64::from(first))?),
                    PartialDate::from_civil(end),
                ))
            }
            Self::Units { unit, first, last } => {
                let (start, end) = (unit.shifted(today, first)?, unit.shifted(today, last)?);
                Some(if first == last { DateValue::Point(start) } else { DateValue::Interval(start, end) })
            }
            Self::Weekday { day, week: Some(week), .. } => {
                let date = monday(i64::from(week))?.checked_add((day as i64).days()).ok()?;
                Some(DateValue::Point(PartialDate::from_civil(date)))
            }
            Self::Weekday { day, week: None, side } => {
                let ahead = (day as i64 - i64::from(today.weekday().to_monday_zero_offset())).rem_euclid(7);
                let days = match side {
                    // `thứ ba tới` on a Tuesday is the next one.
                    Some(Prefer::Future) if ahead == 0 => 7,
                    Some(Prefer::Past) if ahead == 0 => -7,
                    side => match side.unwrap_or(prefer) {
                        Prefer::Future => ahead,
                        Prefer::Past if ahead > 0 => ahead - 7,
                        Prefer::Nearest if ahead > 3 => ahead - 7,
                        Prefer::Past | Prefer::Nearest => ahead,
                    },
                };
                Some(DateValue::Point(PartialDate::from_civil(today.checked_add(days.days()).ok()?)))
            }
        }
    }
}

impl Unit {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "ngày" => Self::Day,
            "tuần" => Self::Week,
            "tháng" => Self::Month,
            "quý" | "quí" => Self::Quarter,
            "năm" => Self::Year,
            _ => return None,
        })
    }

    /// The unit that lies `by` of them after that of `today`.
    fn shifted(self, today: civil::Date, by: i16) -> Option<PartialDate> {
        let month = i32::from(today.year()) * 12 + i32::from(today.month()) - 1;
        let months =
            |by: i32| Some((i16::try_from((month + by).div_euclid(12)).ok()?, (month + by).rem_euclid(12) as u8));
        match self {
            Self::Day | Self::Week => {
                let days = i64::from(by) * if self == Self::Week { 7 } else { 1 };
                today.checked_add(days.days()).ok().map(PartialDate::from_civil)
            }
            Self::Month => {
                let (year, month) = months(i32::from(by))?;
                PartialDate::month(year, month + 1)
            }
            Self::Quarter => {
                let (year, month) = months(i32::from(by) * 3)?;
                PartialDate::quarter(year, month / 3 + 1)
            }
            Self::Year => PartialDate::year(today.year().checked_add(by)?),
        }
    }
}

impl Parser<'_> {
    /// Periods without a number, and counts of units ahead or past.
    pub(super) fn relative_period(&self, at: usize) -> Option<Expression> {
        if self.atoms.kind(at) == Some(AtomKind::Sign) {
            return None;
        }
        if let Some(unit) = Unit::named(self.lower(at)).filter(|unit| *unit != Unit::Day) {
            let (end, by) = self.side(at + 1)?;
            let units = Relative::Units { unit, first: by, last: by };
            return Some(point(at..end, Raw::Relative(units)));
        }
        let (word, count) = self.counted(at).filter(|(_, count)| *count > 0)?;
        let unit = Unit::named(self.lower(word)).filter(|_| self.same_line(word))?;
        let (end, by) = self.side(word + 1)?;
        let count = i16::from(count);
        let (first, last) = match by {
            1.. => (1, count),
            0 => return None,
            _ => (-count, -1),
        };
        Some(point(at..end, Raw::Relative(Relative::Units { unit, first, last })))
    }

    /// `thứ năm tuần tới`, `thứ tư của tuần sau`, `thứ ba vừa rồi`, `thứ hai`: what follows the weekday.
    pub(super) fn relative_weekday(&self, day: Weekday, at: usize) -> (usize, Relative) {
        let week = at + usize::from(self.is(at, "của"));
        if self.is(week, "tuần")
            && let Some((end, week)) = self.side(week + 1)
        {
            return (end, Relative::Weekday { day, week: Some(week), side: None });
        }
        match self.side(at) {
            Some((end, 1)) => (end, Relative::Weekday { day, week: None, side: Some(Prefer::Future) }),
            Some((end, -1)) => (end, Relative::Weekday { day, week: None, side: Some(Prefer::Past) }),
            Some((end, _)) => (end, Relative::Weekday { day, week: Some(0), side: None }),
            None => (at, Relative::Weekday { day, week: None, side: None }),
        }
    }

    /// `này` is 0, `trước` is -1, `tới` is 1.
    fn side(&self, i: usize) -> Option<(usize, i16)> {
        if !self.same_line(i) {
            return None;
        }
        Some(match (self.lower(i), self.lower(i + 1)) {
            ("hiện", "tại" | "nay") | ("nay", _) | ("này", _) => (i + 1 + usize::from(self.lower(i) == "hiện"), 0),
            ("vừa", "rồi" | "qua") => (i + 2, -1),
            ("trước" | "ngoái" | "qua", _) => (i + 1, -1),
            ("tiếp", "theo") | ("kế", "tiếp") | ("tới", "đây") | ("sắp", "tới") => (i + 2, 1),
            ("sau" | "tới" | "tiếp", _) => (i + 1, 1),
            _ => return None,
        })
    }
}
