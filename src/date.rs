//! Dates at the precision that a text gives.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use jiff::civil;

use crate::error::{Error, Kind};
use crate::names::names;

/// A point in time at the precision that was printed: a year, a quarter, a month, a day, or a clock time on a day.
///
/// Years go from 1 to 9999. There is no time zone: a clock time is what the article prints, in Vietnam's time.
///
/// It is written as ISO 8601 writes it, with `Q` for quarters: `2017`, `2019-Q1`, `2015-12`, `2017-05-12`,
/// `2022-05-04T17:25`, `2020-07-15T20:09:19`. A value that the calendar does not have cannot be made.
///
/// Values are ordered by the first day that they cover; of those that begin on one day, the coarser one comes first.
///
/// The type belongs to this crate and not to a calendar crate, since those know no quarters and no half-known days. To go
/// on with one of them, hand over [`year`](Self::year), [`month`](Self::month) and [`day`](Self::day), or the text.
///
/// ```
/// use thoisu::PartialDate;
///
/// let quarter: PartialDate = "2019-Q1".parse()?;
/// assert_eq!(quarter.last_day().to_string(), "2019-03-31");
/// assert!("2021-02-31".parse::<PartialDate>().is_err());
/// # Ok::<(), thoisu::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartialDate {
    year: i16,
    rest: Rest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Rest {
    Year,
    Quarter(u8),
    Month(u8),
    Day(u8, u8),
    Time { month: u8, day: u8, hour: u8, minute: u8, second: Option<u8> },
}

impl PartialDate {
    /// A whole year, 1 to 9999.
    #[must_use]
    pub fn from_year(year: i16) -> Option<Self> {
        (1..=9999).contains(&year).then_some(Self { year, rest: Rest::Year })
    }

    /// A quarter of a year, 1 to 4.
    #[must_use]
    pub fn from_quarter(year: i16, quarter: u8) -> Option<Self> {
        Self::from_year(year)?;
        (1..=4).contains(&quarter).then_some(Self { year, rest: Rest::Quarter(quarter) })
    }

    /// A month of a year, 1 to 12.
    #[must_use]
    pub fn from_month(year: i16, month: u8) -> Option<Self> {
        Self::from_year(year)?;
        (1..=12).contains(&month).then_some(Self { year, rest: Rest::Month(month) })
    }

    /// A day; `None` for one that the calendar does not have.
    #[must_use]
    pub fn from_day(year: i16, month: u8, day: u8) -> Option<Self> {
        Self::from_year(year)?;
        civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(Self { year, rest: Rest::Day(month, day) })
    }

    /// This day at a clock time, from 00:00 to 23:59:59; `None` if this is no day, has a time already, or the time is none.
    #[must_use]
    pub fn at(self, hour: u8, minute: u8, second: Option<u8>) -> Option<Self> {
        let Rest::Day(month, day) = self.rest else { return None };
        let valid = hour < 24 && minute < 60 && second.is_none_or(|second| second < 60);
        valid.then_some(Self { year: self.year, rest: Rest::Time { month, day, hour, minute, second } })
    }

    /// The year, from 1 to 9999.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// The quarter, from 1 to 4, where the value is a quarter or finer.
    #[must_use]
    pub fn quarter(self) -> Option<u8> {
        match self.rest {
            Rest::Quarter(quarter) => Some(quarter),
            _ => self.month().map(|month| month.div_ceil(3)),
        }
    }

    /// The month, from 1 to 12, where the value is a month or finer.
    ///
    /// ```
    /// use thoisu::PartialDate;
    ///
    /// let value: PartialDate = "2015-12".parse()?;
    /// assert_eq!((value.quarter(), value.month(), value.day()), (Some(4), Some(12), None));
    /// # Ok::<(), thoisu::Error>(())
    /// ```
    #[must_use]
    pub fn month(self) -> Option<u8> {
        match self.rest {
            Rest::Month(month) | Rest::Day(month, _) | Rest::Time { month, .. } => Some(month),
            Rest::Year | Rest::Quarter(_) => None,
        }
    }

    /// The day of the month, from 1 to 31, where the value is a day or finer.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        self.month_day().map(|(_, day)| day)
    }

    /// The day of the week, where the value is a day or finer.
    ///
    /// ```
    /// use thoisu::{PartialDate, Weekday};
    ///
    /// assert_eq!(PartialDate::from_day(2024, 2, 29).and_then(PartialDate::weekday), Some(Weekday::Thursday));
    /// ```
    #[must_use]
    pub fn weekday(self) -> Option<Weekday> {
        self.month_day()?;
        Some(match self.civil().weekday() {
            civil::Weekday::Monday => Weekday::Monday,
            civil::Weekday::Tuesday => Weekday::Tuesday,
            civil::Weekday::Wednesday => Weekday::Wednesday,
            civil::Weekday::Thursday => Weekday::Thursday,
            civil::Weekday::Friday => Weekday::Friday,
            civil::Weekday::Saturday => Weekday::Saturday,
            civil::Weekday::Sunday => Weekday::Sunday,
        })
    }

    /// Month and day, where the value is a day or finer.
    #[must_use]
    pub fn month_day(self) -> Option<(u8, u8)> {
        match self.rest {
            Rest::Day(month, day) | Rest::Time { month, day, .. } => Some((month, day)),
            _ => None,
        }
    }

    /// Hour (0 to 23) and minute, where a clock time was given. It is the time that was printed: no zone is known.
    #[must_use]
    pub fn clock(self) -> Option<(u8, u8)> {
        match self.rest {
            Rest::Time { hour, minute, .. } => Some((hour, minute)),
            _ => None,
        }
    }

    /// The second, where a clock time was given with it.
    #[must_use]
    pub fn second(self) -> Option<u8> {
        match self.rest {
            Rest::Time { second, .. } => second,
            _ => None,
        }
    }

    /// The value without its clock time.
    #[must_use]
    pub fn without_clock(self) -> Self {
        match self.rest {
            Rest::Time { month, day, .. } => Self { year: self.year, rest: Rest::Day(month, day) },
            _ => self,
        }
    }

    /// The first day that the value covers, as a value of that day.
    #[must_use]
    pub fn first_day(self) -> Self {
        let (month, day) = match self.rest {
            Rest::Year => (1, 1),
            Rest::Quarter(quarter) => (quarter * 3 - 2, 1),
            Rest::Month(month) => (month, 1),
            Rest::Day(month, day) | Rest::Time { month, day, .. } => (month, day),
        };
        Self { year: self.year, rest: Rest::Day(month, day) }
    }

    /// The last day that the value covers, as a value of that day.
    #[must_use]
    pub fn last_day(self) -> Self {
        let month = match self.rest {
            Rest::Year => 12,
            Rest::Quarter(quarter) => quarter * 3,
            Rest::Month(month) => month,
            Rest::Day(..) | Rest::Time { .. } => return self.without_clock(),
        };
        let first = civil::date(self.year, month as i8, 1);
        Self { year: self.year, rest: Rest::Day(month, first.days_in_month() as u8) }
    }

    /// Days from 1970-01-01 to the first day covered; negative before.
    #[must_use]
    pub fn epoch_day(self) -> i32 {
        let first = self.civil();
        (first - civil::date(1970, 1, 1)).get_days()
    }

    /// The day that is so many days from 1970-01-01; `None` outside the years 1 to 9999.
    #[cfg(feature = "index")]
    pub(crate) fn from_epoch_day(days: i32) -> Option<Self> {
        let date = civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        (date.year() >= 1).then(|| Self::from_civil(date))
    }

    /// The first day as a calendar date.
    pub(crate) fn civil(self) -> civil::Date {
        let (month, day) = self.first_day().month_day().unwrap_or((1, 1));
        civil::date(self.year, month as i8, day as i8)
    }

    pub(crate) fn from_civil(date: civil::Date) -> Self {
        Self { year: date.year(), rest: Rest::Day(date.month() as u8, date.day() as u8) }
    }
}

impl Ord for PartialDate {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |date: &Self| (date.year, date.first_day().rest, date.rest);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        match self.rest {
            Rest::Year => Ok(()),
            Rest::Quarter(quarter) => write!(f, "-Q{quarter}"),
            Rest::Month(month) => write!(f, "-{month:02}"),
            Rest::Day(month, day) => write!(f, "-{month:02}-{day:02}"),
            Rest::Time { month, day, hour, minute, second } => {
                write!(f, "-{month:02}-{day:02}T{hour:02}:{minute:02}")?;
                second.map_or(Ok(()), |second| write!(f, ":{second:02}"))
            }
        }
    }
}

impl FromStr for PartialDate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse_point(text).ok_or_else(|| {
            Error::new(Kind::Input, format!("no date: {text:?}"))
                .advice("write 2019, 2019-Q1, 2019-05, 2019-05-14 or 2019-05-14T08:30")
        })
    }
}

fn parse_point(text: &str) -> Option<PartialDate> {
    let digits = |part: &str, len: usize| {
        (part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i16>().ok()).flatten()
    };
    let (date, clock) = match text.split_once('T') {
        Some((date, clock)) => (date, Some(clock)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let year = digits(parts.next()?, 4)?;
    let value = match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => PartialDate::from_year(year)?,
        (Some(quarter), None, _) if quarter.starts_with('Q') => {
            PartialDate::from_quarter(year, digits(&quarter[1..], 1)? as u8)?
        }
        (Some(month), None, _) => PartialDate::from_month(year, digits(month, 2)? as u8)?,
        (Some(month), Some(day), None) => PartialDate::from_day(year, digits(month, 2)? as u8, digits(day, 2)? as u8)?,
        _ => return None,
    };
    let Some(clock) = clock else { return Some(value) };
    let mut parts = clock.split(':');
    let hour = digits(parts.next()?, 2)? as u8;
    let minute = digits(parts.next()?, 2)? as u8;
    let second = match parts.next() {
        Some(second) => Some(digits(second, 2)? as u8),
        None => None,
    };
    if parts.next().is_some() {
        return None;
    }
    value.at(hour, minute, second)
}

/// A [`PartialDate`], or an interval from one to another, both included.
///
/// An interval is written with a slash: `2015-12/2018-06`. Values are ordered by where they begin, then by where they end.
/// One that ends before it begins cannot be made.
///
/// ```
/// use thoisu::{DateValue, PartialDate};
///
/// let value: DateValue = "2019-Q1/2020".parse()?;
/// assert_eq!((value.start(), value.end()), ("2019-Q1".parse()?, "2020".parse()?));
/// assert_eq!(DateValue::from("2019-05-14".parse::<PartialDate>()?).to_string(), "2019-05-14");
/// # Ok::<(), thoisu::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateValue {
    /// One point in time.
    Point(PartialDate),
    /// From the first to the second, both included; made by [`DateValue::interval`].
    #[non_exhaustive]
    Interval(PartialDate, PartialDate),
}

impl DateValue {
    /// From `start` to `end`, both included; `None` where the last day of `end` lies before the first day of `start`.
    ///
    /// ```
    /// use thoisu::{DateValue, PartialDate};
    ///
    /// let (spring, year) = (PartialDate::from_month(2019, 3), PartialDate::from_year(2019));
    /// let value = spring.zip(year).and_then(|(spring, year)| DateValue::interval(spring, year));
    /// assert_eq!(value.map(|value| value.to_string()).as_deref(), Some("2019-03/2019"));
    /// ```
    #[must_use]
    pub fn interval(start: PartialDate, end: PartialDate) -> Option<Self> {
        (start.epoch_day() <= end.last_day().epoch_day()).then_some(Self::Interval(start, end))
    }

    /// Where it begins, at its own precision; of a point, the point.
    #[must_use]
    pub fn start(self) -> PartialDate {
        match self {
            Self::Point(point) | Self::Interval(point, _) => point,
        }
    }

    /// Where it ends, at its own precision; of a point, the point.
    #[must_use]
    pub fn end(self) -> PartialDate {
        match self {
            Self::Point(point) | Self::Interval(_, point) => point,
        }
    }

    /// The days covered, as days since 1970-01-01, both included.
    #[must_use]
    pub fn epoch_days(self) -> (i32, i32) {
        (self.start().epoch_day(), self.end().last_day().epoch_day())
    }
}

impl Ord for DateValue {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |value: &Self| (value.start(), value.end(), matches!(value, Self::Interval(..)));
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for DateValue {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<PartialDate> for DateValue {
    fn from(point: PartialDate) -> Self {
        Self::Point(point)
    }
}

impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point(point) => point.fmt(f),
            Self::Interval(start, end) => write!(f, "{start}/{end}"),
        }
    }
}

impl FromStr for DateValue {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let Some((start, end)) = text.split_once('/') else { return Ok(Self::Point(text.parse()?)) };
        Self::interval(start.parse()?, end.parse()?).ok_or_else(|| {
            Error::new(Kind::Input, format!("a period that ends before it begins: {text:?}"))
                .advice(format!("write {end}/{start}"))
        })
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Weekday {
    /// `thứ Hai`
    Monday,
    /// `thứ Ba`
    Tuesday,
    /// `thứ Tư`
    Wednesday,
    /// `thứ Năm`
    Thursday,
    /// `thứ Sáu`
    Friday,
    /// `thứ Bảy`
    Saturday,
    /// `Chủ nhật`
    Sunday,
}

/// The calendar that a date is counted in.
///
/// A lunar date keeps its own numbers: the value of `rằm tháng Bảy` is day 15 of month 7 of its lunar year, which begins
/// in January or February of the solar year of that number. It is not converted, so it lies some weeks before the solar
/// day that is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Calendar {
    /// The Gregorian calendar.
    #[default]
    Solar,
    /// The Vietnamese lunar calendar: `tháng Giêng`, `tháng Chạp`, `rằm`, `mùng 3 Tết`, `âm lịch`.
    Lunar,
}

impl Calendar {
    /// Whether it is the Gregorian one.
    #[must_use]
    pub fn is_solar(&self) -> bool {
        *self == Self::Solar
    }
}

names! {
    Weekday {
        Monday => "monday", Tuesday => "tuesday", Wednesday => "wednesday", Thursday => "thursday", Friday => "friday",
        Saturday => "saturday", Sunday => "sunday",
    }
    Calendar { Solar => "solar", Lunar => "lunar" }
}

/// Written and read as the text that `Display` and `FromStr` use.
#[cfg(feature = "serde")]
macro_rules! serde_as_text {
    ($($type:ty),*) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

#[cfg(feature = "serde")]
serde_as_text!(PartialDate, DateValue);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_they_are_read() {
        for text in [
            "2017",
            "2019-Q1",
            "2015-12",
            "2017-05-12",
            "2022-05-04T17:25",
            "2020-07-15T20:09:19",
            "2015-12/2018-06",
            "2017/2021",
            "2024-01/2024",
        ] {
            assert_eq!(text.parse::<DateValue>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn the_calendar_refuses_what_it_does_not_have() {
        for text in [
            "",
            "17",
            "2019-Q5",
            "2019-13",
            "2021-02-29",
            "2021-06-31",
            "2021-06-30T24:00",
            "2021-1-1",
            "2017/",
            "2020/2019",
            "2019-05/2019-04",
        ] {
            assert!(text.parse::<DateValue>().is_err(), "{text}");
        }
    }

    #[test]
    fn values_are_ordered_in_time_whatever_their_precision() {
        let ordered = [
            "2018-12-31T23:59",
            "2019",
            "2019-Q1",
            "2019-01",
            "2019-01-01",
            "2019-01-01/2019-02",
            "2019-01-01T08:30",
            "2019-03-31",
            "2019-Q2",
            "2019-Q2/2020",
            "2019-05",
        ];
        let mut values: Vec<DateValue> = ordered.iter().rev().map(|text| text.parse().unwrap()).collect();
        values.sort();
        assert_eq!(values.iter().map(ToString::to_string).collect::<Vec<_>>(), ordered);
    }

    #[test]
    fn an_interval_covers_its_last_period_whole() {
        let value: DateValue = "2019-Q1/2020-02".parse().unwrap();
        let (first, last) = value.epoch_days();
        assert_eq!(first, "2019-01-01".parse::<PartialDate>().unwrap().epoch_day());
        assert_eq!(last, "2020-02-29".parse::<PartialDate>().unwrap().epoch_day());
    }
}
