//! Periods of the calendar: days, weeks, months, quarters, years.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{self, Date};
use serde::{Serialize, Serializer};

use crate::date::{DateValue, PartialDate};
use crate::error::{Error, Kind};
use crate::names::names;

/// How long a period of the calendar is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Period {
    /// A day: `2019-05-14`.
    Day,
    /// A week from Monday, numbered as ISO 8601 does: `2019-W20`.
    Week,
    /// A month: `2019-05`.
    #[default]
    Month,
    /// A quarter: `2019-Q2`.
    Quarter,
    /// A year: `2019`.
    Year,
}

impl Period {
    /// All of them, the shortest first.
    pub const ALL: &[Self] = &[Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The period of this length in which `value` lies whole; `None` where it is coarser or goes over an edge, as the
    /// year 2019 does with any month.
    ///
    /// ```
    /// use thoisu::DateValue;
    /// use thoisu::index::Period;
    ///
    /// let day: DateValue = "2019-05-14".parse()?;
    /// assert_eq!(Period::Month.slot(day).unwrap().to_string(), "2019-05");
    /// assert_eq!(Period::Week.slot(day).unwrap().to_string(), "2019-W20");
    /// assert_eq!(Period::Month.slot("2019".parse()?), None);
    /// # Ok::<(), thoisu::Error>(())
    /// ```
    #[must_use]
    pub fn slot(self, value: DateValue) -> Option<Slot> {
        let slot = self.holding(value.start().first_day().civil());
        (slot == self.holding(value.end().last_day().civil())).then_some(slot)
    }

    /// The period of this length that holds a day.
    pub(crate) fn holding(self, day: Date) -> Slot {
        let first = match self {
            Self::Day => day,
            // The week of the first days of year 1 begins on the first of them.
            Self::Week => day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day),
            Self::Month => day.first_of_month(),
            Self::Quarter => civil::date(day.year(), (day.month() - 1) / 3 * 3 + 1, 1),
            Self::Year => day.first_of_year(),
        };
        Slot { period: self, first }
    }
}

names! {
    Period { Day => "day", Week => "week", Month => "month", Quarter => "quarter", Year => "year" }
}

impl FromStr for Period {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL.iter().copied().find(|period| period.name().eq_ignore_ascii_case(text)).ok_or_else(|| {
            Error::new(Kind::Query, format!("no period: {text:?}")).advice("use day, week, month, quarter or year")
        })
    }
}

/// One period: the month `2019-05`, the week `2019-W20`. Slots are ordered in time; made by [`Period::slot`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot {
    first: Date,
    period: Period,
}

impl Slot {
    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> PartialDate {
        PartialDate::from_civil(self.first)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> PartialDate {
        let last = self.next().and_then(|next| next.first.yesterday().ok());
        PartialDate::from_civil(last.unwrap_or(Date::MAX))
    }

    /// How long it is.
    #[must_use]
    pub fn period(self) -> Period {
        self.period
    }

    /// The one after it; `None` at the end of the calendar, which is the year 9999.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        let step = match self.period {
            Period::Day => 1.day(),
            Period::Week => 1.week(),
            Period::Month => 1.month(),
            Period::Quarter => 3.months(),
            Period::Year => 1.year(),
        };
        Some(Self { period: self.period, first: self.first.checked_add(step).ok()? })
    }
}

/// As it is displayed.
impl Serialize for Slot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        match self.period {
            Period::Day => write!(f, "{year:04}-{month:02}-{:02}", self.first.day()),
            Period::Week => {
                let week = self.first.iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Period::Month => write!(f, "{year:04}-{month:02}"),
            Period::Quarter => write!(f, "{year:04}-Q{}", (month - 1) / 3 + 1),
            Period::Year => write!(f, "{year:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(period: Period, value: &str) -> Option<String> {
        period.slot(value.parse().unwrap()).map(|slot| slot.to_string())
    }

    #[test]
    fn what_goes_over_an_edge_has_no_slot() {
        assert_eq!(slot(Period::Month, "2021-01-30/2021-01-31").as_deref(), Some("2021-01"));
        assert_eq!(slot(Period::Month, "2021-01-31/2021-02-01"), None);
        assert_eq!(slot(Period::Quarter, "2021-Q1").as_deref(), Some("2021-Q1"));
        assert_eq!(slot(Period::Month, "2021-Q1"), None);
        assert_eq!(slot(Period::Year, "2021-01/2021-09").as_deref(), Some("2021"));
        assert_eq!(slot(Period::Day, "2021-01-30T08:15").as_deref(), Some("2021-01-30"));
    }

    #[test]
    fn weeks_are_those_of_iso_8601() {
        assert_eq!(slot(Period::Week, "2021-01-03").as_deref(), Some("2020-W53"));
        assert_eq!(slot(Period::Week, "2021-01-04").as_deref(), Some("2021-W01"));
        let week = Period::Week.slot("2021-01-03".parse().unwrap()).unwrap();
        assert_eq!(
            (week.first_day().to_string(), week.last_day().to_string()),
            ("2020-12-28".into(), "2021-01-03".into())
        );
    }

    #[test]
    fn the_calendar_has_an_end() {
        for &period in Period::ALL {
            let last = period.slot("9999-12-31".parse().unwrap()).unwrap();
            assert_eq!(last.next(), None);
            assert_eq!(last.last_day().to_string(), "9999-12-31");
            assert!(period.slot("0001-01-01".parse().unwrap()).is_some());
        }
    }
}
