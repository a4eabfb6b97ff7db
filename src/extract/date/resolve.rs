//! From what was printed to a value: the year, where the text leaves it out, comes from the article.

use jiff::ToSpan;
use jiff::civil;

use super::grammar::{Clock, Expression, Raw};
use crate::date::{DateValue, PartialDate};
use crate::extract::fact::PartOfDay;

/// The point in time from which partial dates are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The article's own date.
    Published(civil::Date),
    /// A full date of the reported event.
    Event(civil::Date),
    /// The year that the article reports on.
    Year(i16),
}

impl Anchor {
    pub(super) fn year(self) -> i16 {
        match self {
            Self::Published(date) | Self::Event(date) => date.year(),
            Self::Year(year) => year,
        }
    }

    /// Whether `point` lies in the future of the article.
    pub(super) fn is_before(self, point: PartialDate) -> bool {
        match self {
            Self::Published(date) => date < point.civil(),
            Self::Event(_) | Self::Year(_) => false,
        }
    }

    /// The year in which `middle`, a day of a year, lies nearest to the anchor; the past wins a tie.
    fn nearest(self, middle: impl Fn(i16) -> Option<civil::Date>) -> Option<i16> {
        let date = match self {
            Self::Published(date) | Self::Event(date) => date,
            Self::Year(year) => return Some(year),
        };
        let distance = |year: i16| Some((date - middle(year)?).get_days().unsigned_abs());
        let year = date.year();
        [year, year - 1, year + 1]
            .into_iter()
            .filter(|&year| distance(year).is_some())
            .min_by_key(|&year| distance(year))
    }
}

/// The value of an expression; `None` if the calendar does not have it or nothing tells its year.
pub(super) fn value(expression: &Expression, anchor: Option<Anchor>) -> Option<DateValue> {
    if let Raw::Months { first, last, year } = expression.start {
        let year = year.or_else(|| anchor.map(Anchor::year))?;
        return Some(DateValue::Interval(PartialDate::month(year, first)?, PartialDate::month(year, last)?));
    }
    let start = point(expression.start, anchor)?;
    let start = match expression.clock {
        Some(clock) => with_clock(start, clock, expression.part_of_day)?,
        None => start,
    };
    match expression.end {
        None => Some(DateValue::Point(start)),
        Some(Raw::Now) => match anchor? {
            Anchor::Published(date) | Anchor::Event(date) => {
                Some(DateValue::Interval(start, PartialDate::year(date.year())?))
            }
            Anchor::Year(year) => Some(DateValue::Interval(start, PartialDate::year(year)?)),
        },
        Some(end) => {
            let end = point(end, anchor)?;
            (start.first_day() <= end.first_day()).then_some(DateValue::Interval(start, end))
        }
    }
}

fn with_clock(day: PartialDate, (hour, minute, second): Clock, part: Option<PartOfDay>) -> Option<PartialDate> {
    let late = matches!(part, Some(PartOfDay::Afternoon | PartOfDay::Evening)) && hour < 12;
    day.at(if late { hour + 12 } else { hour }, minute, second)
}

fn point(raw: Raw, anchor: Option<Anchor>) -> Option<PartialDate> {
    match raw {
        Raw::Day { day, month, year } => {
            let month = month?;
            let year = match year {
                Some(year) => year,
                None => anchor?.nearest(|year| PartialDate::day(year, month, day).map(PartialDate::civil))?,
            };
            PartialDate::day(year, month, day)
        }
        Raw::Month { month, year } => {
            let middle = |year| PartialDate::day(year, month, 15).map(PartialDate::civil);
            PartialDate::month(year.or_else(|| anchor?.nearest(middle))?, month)
        }
        Raw::Quarter { quarter, year } => {
            let middle = |year| PartialDate::day(year, quarter * 3 - 1, 15).map(PartialDate::civil);
            PartialDate::quarter(year.or_else(|| anchor?.nearest(middle))?, quarter)
        }
        Raw::Year { year } => PartialDate::year(year),
        Raw::Relative { days } => match anchor? {
            Anchor::Published(date) => Some(PartialDate::from_civil(date.checked_add(i32::from(days).days()).ok()?)),
            Anchor::Event(_) | Anchor::Year(_) => None,
        },
        Raw::Months { .. } | Raw::Now => None,
    }
}
