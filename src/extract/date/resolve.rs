//! From what was printed to a value: what the text leaves out comes from the article.

use jiff::civil;

use super::Prefer;
use super::grammar::{Clock, Expression, Raw, Year};
use crate::date::{Calendar, DateValue, PartialDate};
use crate::extract::fact::PartOfDay;

/// Days by which a lunar year lies behind the solar year of the same number, on average.
const LUNAR_DELAY: i32 = 35;

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

    /// Whether `point` begins in the future of the article.
    pub(super) fn is_before(self, point: PartialDate) -> bool {
        match self {
            Self::Published(date) => date < point.civil(),
            Self::Event(_) | Self::Year(_) => false,
        }
    }
}

/// Where a value is looked for: the anchor, the side of it that is preferred, the calendar that is meant.
#[derive(Clone, Copy)]
struct Search {
    anchor: Option<Anchor>,
    prefer: Prefer,
    calendar: Calendar,
}

impl Search {
    /// The value with the year that is printed, or else with the year that lies nearest to the anchor on the preferred
    /// side; the past wins a tie.
    fn dated(self, year: Option<Year>, of: impl Fn(i16) -> Option<PartialDate>) -> Option<PartialDate> {
        let date = match (year, self.anchor) {
            (Some(Year::Is(year)), _) => return of(year),
            (_, None) => return None,
            (Some(Year::From(years)), Some(anchor)) => return of(anchor.year().checked_add(i16::from(years))?),
            (None, Some(Anchor::Year(year))) => return of(year),
            (None, Some(Anchor::Published(date) | Anchor::Event(date))) => date,
        };
        let delay = if self.calendar.is_solar() { 0 } else { LUNAR_DELAY };
        let today = PartialDate::from_civil(date).epoch_day() - delay;
        let year = date.year();
        let candidates = [year, year - 1, year + 1].into_iter().filter_map(of);
        candidates
            .filter(|point| match self.prefer {
                Prefer::Nearest => true,
                Prefer::Past => point.epoch_day() <= today,
                Prefer::Future => point.last_day().epoch_day() >= today,
            })
            .min_by_key(|point| (point.epoch_day() + point.last_day().epoch_day() - 2 * today).unsigned_abs())
    }

    fn point(self, raw: Raw) -> Option<PartialDate> {
        match raw {
            Raw::Day { day, month, year } => {
                let month = month?;
                self.dated(year, |year| PartialDate::day(year, month, day))
            }
            Raw::Month { month, year } => self.dated(year, |year| PartialDate::month(year, month)),
            Raw::Quarter { quarter, year } => self.dated(year, |year| PartialDate::quarter(year, quarter)),
            Raw::Year { year } => PartialDate::year(year),
            Raw::Relative(relative) => match (self.anchor?, relative.value(self.today()?, self.prefer)?) {
                (Anchor::Published(_), DateValue::Point(point)) => Some(point),
                _ => None,
            },
            Raw::Months { .. } | Raw::Now => None,
        }
    }

    fn today(self) -> Option<civil::Date> {
        match self.anchor? {
            Anchor::Published(date) => Some(date),
            Anchor::Event(_) | Anchor::Year(_) => None,
        }
    }
}

/// The value of an expression; `None` if the calendar does not have it or nothing tells its year.
pub(super) fn value(expression: &Expression, anchor: Option<Anchor>, prefer: Prefer) -> Option<DateValue> {
    let side = expression.side.unwrap_or(prefer);
    let search = Search { anchor, prefer: side, calendar: expression.calendar };
    match expression.start {
        Raw::Months { first, last, year } => {
            let year = match year {
                Some(Year::Is(year)) => year,
                Some(Year::From(years)) => anchor?.year().checked_add(i16::from(years))?,
                None => anchor?.year(),
            };
            return Some(DateValue::Interval(PartialDate::month(year, first)?, PartialDate::month(year, last)?));
        }
        Raw::Relative(relative) if expression.clock.is_none() => return relative.value(search.today()?, side),
        _ => {}
    }
    let start = search.point(expression.start)?;
    let start = with_clock(start, expression.clock, expression.part_of_day)?;
    let end = match expression.end {
        None => return Some(DateValue::Point(start)),
        Some(Raw::Now) => PartialDate::year(anchor?.year())?,
        Some(end) => with_clock(search.point(end)?, expression.end_clock, None)?,
    };
    if start.first_day() <= end.first_day() {
        return Some(DateValue::Interval(start, end));
    }
    // `từ 20/12 đến 5/1`: the first side lies in the year before.
    let (Raw::Day { day, month: Some(month), year: None }, None) = (expression.start, expression.clock) else {
        return None;
    };
    let start = PartialDate::day(end.year_number() - 1, month, day)?;
    Some(DateValue::Interval(start, end))
}

fn with_clock(day: PartialDate, clock: Option<Clock>, part: Option<PartOfDay>) -> Option<PartialDate> {
    let Some((hour, minute, second)) = clock else { return Some(day) };
    let late = match part {
        Some(PartOfDay::Afternoon | PartOfDay::Evening) => hour < 12,
        // `1 giờ trưa` follows `12 giờ trưa`.
        Some(PartOfDay::Noon) => hour < 4,
        Some(PartOfDay::Morning) | None => false,
    };
    day.at(if late { hour + 12 } else { hour }, minute, second)
}
