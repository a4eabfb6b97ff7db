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
            (Some(Year::Cycle(place)), Some(anchor)) => return of(named(place, anchor.year())),
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
                self.dated(year, |year| PartialDate::from_day(year, month, day))
            }
            Raw::Month { month, year } => self.dated(year, |year| PartialDate::from_month(year, month)),
            Raw::Quarter { quarter, year } => self.dated(year, |year| PartialDate::from_quarter(year, quarter)),
            Raw::Year { year } => PartialDate::from_year(year),
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
    // What lasts until now has begun.
    let open = expression.end == Some(Raw::Now);
    let side = if open { Prefer::Past } else { expression.side.unwrap_or(prefer) };
    let search = Search { anchor, prefer: side, calendar: expression.calendar };
    match expression.start {
        Raw::Months { first, last, year } => {
            let year = match year {
                Some(Year::Is(year)) => year,
                Some(Year::From(years)) => anchor?.year().checked_add(i16::from(years))?,
                Some(Year::Cycle(place)) => named(place, anchor?.year()),
                None => anchor?.year(),
            };
            return DateValue::interval(PartialDate::from_month(year, first)?, PartialDate::from_month(year, last)?);
        }
        Raw::Relative(relative) if expression.clock.is_none() && expression.end.is_none() => {
            return relative.value(search.today()?, side);
        }
        _ => {}
    }
    let clocked = |raw: Raw| with_clock(search.point(raw)?, expression.clock, expression.part_of_day);
    let (start, end) = match (expression.start, expression.end) {
        (start, None) => return clocked(start).map(DateValue::Point),
        (start, Some(Raw::Now)) => (clocked(start)?, PartialDate::from_year(anchor?.year())?),
        (start, Some(end)) if start.same_kind(end) && start.year().is_none() => {
            // `từ 20/12 đến 5/1`: the first side is the last one before the second.
            let end = search.point(end)?;
            let years = [end.year(), end.year() - 1];
            let before = |&year: &i16| {
                clocked(start.with_year(Some(Year::Is(year)))).filter(|start| start.first_day() <= end.first_day())
            };
            (years.iter().find_map(before)?, end)
        }
        (start, Some(end)) if start.same_kind(end) && end.year().is_none() => {
            let start = clocked(start)?;
            let years = [start.year(), start.year() + 1];
            let after = |&year: &i16| {
                search.point(end.with_year(Some(Year::Is(year)))).filter(|end| start.first_day() <= end.first_day())
            };
            (start, years.iter().find_map(after)?)
        }
        (start, Some(end)) => (clocked(start)?, search.point(end)?),
    };
    let end = with_clock(end, expression.end_clock, None)?;
    let open = expression.end == Some(Raw::Now);
    if open || start.first_day() <= end.first_day() { DateValue::interval(start, end) } else { None }
}

/// The year with a place in the cycle of sixty, of which 1984 is the first: next year's or the last one before.
fn named(place: u8, year: i16) -> i16 {
    let next = year + 1;
    next - (next - 1984 - i16::from(place)).rem_euclid(60)
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
