//! Intervals and lists of days: what their sides leave to each other to say.

use super::grammar::{Expression, Lead, Parser, Place, Raw, point};
use super::words::{self, Use};
use crate::segment::AtomKind;

impl Parser<'_> {
    /// `từ … đến …`, `từ … đến nay`, `từ 1/7`.
    pub(super) fn interval(&self, at: usize) -> Option<Vec<Expression>> {
        if !matches!(self.lower(at), "từ" | "giữa") {
            return None;
        }
        let first = self.simple(at + 1, Place::Range);
        // `Từ 3 đến 6/9`, `từ 7h30 đến 11h30 ngày 5/6`: a bare day or a clock time, if a day with its month follows.
        let short = || match self.clock(at + 1) {
            Some((end, clock)) => Some((end, Some(clock), None)),
            None => Some((at + 2, None, Some(Raw::Day { day: self.day(at + 1)?, month: None, year: None }))),
        };
        let (join, clock, raw) = match &first {
            Some(first) => (first.atoms.end, None, None),
            None => short()?,
        };
        let join = join + usize::from(self.is(join, ","));
        if !(self.dash(join) || matches!(self.lower(join), "đến" | "tới")) {
            // `từ 01/7/2023`, `từ ngày 20/7`: the word belongs to the date.
            let whole = self.simple(at + 1, Place::AfterWord)?;
            return Some(vec![Expression { atoms: at..whole.atoms.end, ..whole }]);
        }
        let mut next = join + 1;
        while matches!(self.lower(next), "hết" | "cuối" | "đầu" | "giữa") && next < join + 4 {
            next += 1;
        }
        if let Some(first) = first.as_ref().filter(|_| self.is(next, "nay")) {
            return Some(vec![Expression { atoms: at..next + 1, end: Some(Raw::Now), ..first.clone() }]);
        }
        let second = self.simple(next, Place::Range)?;
        let first = match first {
            Some(first) => first,
            None => {
                // Clock times of one day need both; a bare day needs the month of the other.
                let dated = matches!(second.start, Raw::Day { month: Some(_), .. });
                if !dated || clock.is_some() && second.clock.is_none() {
                    return None;
                }
                Expression { clock, ..point(at + 1..join, raw.unwrap_or(second.start)) }
            }
        };
        let start = complete(first.start, second.start)?;
        Some(vec![Expression {
            atoms: at..second.atoms.end,
            start,
            end: Some(second.end.unwrap_or(second.start)),
            end_clock: second.clock.filter(|_| first.clock.is_some()),
            clock: first.clock.filter(|_| second.clock.is_some()),
            calendar: if first.calendar.is_solar() { second.calendar } else { first.calendar },
            ..first
        }])
    }

    /// `ngày 01 và 29/7/2023`: days that share month and year.
    pub(super) fn day_list(&self, at: usize, lead: &Lead) -> Option<Vec<Expression>> {
        if !lead.day_word {
            return None;
        }
        let mut days = vec![(at, lead.end, self.day(lead.end)?)];
        let mut next = lead.end + 1;
        while matches!(self.lower(next), "," | "và" | "hoặc") && days.len() < 8 {
            let number = next + 1 + usize::from(self.is(next + 1, "ngày"));
            if let Some(last) = self.day_core(number, true) {
                let Raw::Day { month, year, .. } = last.1 else { return None };
                month?;
                let mut list: Vec<Expression> = days
                    .iter()
                    .map(|&(start, number, day)| point(start..number + 1, Raw::Day { day, month, year }))
                    .collect();
                list.push(point(next + 1..last.0, last.1));
                return Some(list);
            }
            days.push((number, number, self.day(number)?));
            next = number + 1;
        }
        None
    }

    /// `các ngày 28-4 và 29-4`, `ngày 14/12, 15/12`: the day after another one, which it is written like.
    pub(super) fn next_day(&self, last: &Expression) -> Option<Expression> {
        let join = last.atoms.end;
        let number = join + 1;
        if last.end.is_some() || !matches!(last.start, Raw::Day { month: Some(_), .. }) || !last.calendar.is_solar() {
            return None;
        }
        if !matches!(self.lower(join), "," | "và" | "hoặc") || !self.same_line(join) || !self.same_line(number) {
            return None;
        }
        let sign = self.lower(number + 1);
        let first = last.atoms.clone().rev().find(|&i| matches!(self.lower(i), "/" | "-" | "." | "tháng"))?;
        let (end, raw) = self.day_core(number, true).filter(|_| sign == self.lower(first))?;
        // `và 3/4 số hộ`, `và 2-3 người` count.
        let counts = self.atoms.kind(end) == Some(AtomKind::Letters) && self.same_line(end);
        let share = words::begins_at(self.atoms, end, Use::Share);
        (self.range_end(number, raw).is_none() && !share && (sign == "/" || !counts || raw.counts_down()))
            .then(|| point(number..end, raw))
    }

    /// `28-30/6`: the core was read as its second day; the first stands before the dash.
    pub(super) fn range_end(&self, core: usize, raw: Raw) -> Option<(Raw, Raw)> {
        let first = self.day(core)?;
        let Raw::Day { day, month: Some(month), year } = raw else { return None };
        (self.dash(core + 1)
            && self.day(core + 2) == Some(day)
            && first < day
            && matches!(self.lower(core + 3), "/" | "tháng"))
        .then_some((Raw::Day { day: first, month: Some(month), year }, raw))
    }
}

/// The first side of an interval with what it leaves to the second one to say.
pub(super) fn complete(first: Raw, second: Raw) -> Option<Raw> {
    Some(match (first, second) {
        (Raw::Day { day, month, year }, Raw::Day { month: last_month, year: last_year, .. }) => {
            let month = month.or(last_month);
            // `20/12 đến 5/1/2022` begins in the year before.
            let wraps = month > last_month;
            let year = year.or(last_year.map(|last| if wraps { last.before() } else { last }));
            Raw::Day { day, month, year }
        }
        (Raw::Month { month, year }, Raw::Month { month: last_month, year: last_year }) => {
            let year = year.or(last_year.map(|last| if month > last_month { last.before() } else { last }));
            Raw::Month { month, year }
        }
        (Raw::Quarter { quarter, year }, Raw::Quarter { year: last_year, .. }) => {
            Raw::Quarter { quarter, year: year.or(last_year) }
        }
        (Raw::Year { year }, Raw::Year { year: last }) => (year <= last).then_some(first)?,
        (Raw::Months { .. } | Raw::Now, _) => return None,
        _ => first,
    })
}
