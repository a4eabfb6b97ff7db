//! Days and periods told from the article's own date: `hôm qua`, and on request `thứ ba tuần sau`, `3 tháng tới`.

use jiff::ToSpan;
use jiff::civil;

use super::Prefer;
use super::grammar::{Expression, Lead, Parser, Raw, point};
use super::parts::part_of_day;
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

    /// Whether it is one day.
    pub(super) fn is_day(self) -> bool {
        match self {
            Self::Units { unit, first, last } => unit == Unit::Day && first == last,
            Self::Weekday { .. } => true,
        }
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
                DateValue::interval(PartialDate::from_civil(monday(i64::from(first))?), PartialDate::from_civil(end))
            }
            Self::Units { unit, first, last } => {
                let (start, end) = (unit.shifted(today, first)?, unit.shifted(today, last)?);
                if first == last { Some(DateValue::Point(start)) } else { DateValue::interval(start, end) }
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
                PartialDate::from_month(year, month + 1)
            }
            Self::Quarter => {
                let (year, month) = months(i32::from(by) * 3)?;
                PartialDate::from_quarter(year, month / 3 + 1)
            }
            Self::Year => PartialDate::from_year(today.year().checked_add(by)?),
        }
    }
}

impl Parser<'_> {
    /// `Sáng nay`, `hôm qua`: a day without a date beside it; on request `tối mai`, `thứ ba tuần sau` too.
    pub(super) fn told(&self, at: usize, lead: &Lead) -> Option<Expression> {
        let with = |end: usize, relative| {
            Some(Expression {
                part_of_day: lead.part_of_day,
                clock: lead.clock,
                ..point(at..end, Raw::Relative(relative))
            })
        };
        if let Some(days) = lead.relative {
            let mut end = lead.end;
            while end > at && self.atoms.kind(end - 1) == Some(AtomKind::Sign) {
                end -= 1;
            }
            // `ngày nay` and `ngày qua` are no day.
            if lead.day_word && lead.part_of_day.is_none() && !(at..end).any(|i| self.lower(i) == "hôm") {
                return None;
            }
            // `hôm nay lúc 2 giờ chiều`
            if self.relative
                && lead.clock.is_none()
                && self.is(end, "lúc")
                && let Some((after, clock)) = self.clock(end + 1)
            {
                let part = part_of_day(self.lower(after)).filter(|_| self.same_line(after));
                let found = with(after + usize::from(part.is_some()), Relative::day(days))?;
                return Some(Expression { part_of_day: part.or(found.part_of_day), clock: Some(clock), ..found });
            }
            return with(end, Relative::day(days));
        }
        if !self.relative {
            return None;
        }
        let before = if at > 0 { self.lower(at - 1) } else { "" };
        // `mỗi chủ nhật` comes again and again, `những năm tới` has no end.
        if matches!(before, "mỗi" | "mọi" | "hằng" | "hàng" | "những" | "các" | "vài" | "mấy" | "nhiều")
        {
            return None;
        }
        if let Some((end, weekday)) = lead.weekday {
            let alone = end - at == 2 && self.side(end).is_none() && !self.is(end, "tuần") && !self.is(end, "của");
            if alone && !self.weekday_stands_alone(at, end) {
                return None;
            }
            let (end, relative) = self.relative_weekday(weekday, end);
            return Some(Expression { weekday: Some(weekday), ..with(end, relative)? });
        }
        let last = lead.end.checked_sub(1).filter(|&last| last >= at);
        let after_day = last.is_some_and(|last| matches!(self.lower(last), "ngày" | "hôm"));
        let marked = after_day || lead.part_of_day.is_some();
        match self.lower(lead.end) {
            "mai" if marked => with(lead.end + 1, Relative::day(1)),
            // `hôm kia` lies behind, `ngày kia` ahead.
            "kia" if last.is_some_and(|last| self.lower(last) == "hôm") => with(lead.end + 1, Relative::day(-2)),
            "kia" if after_day => with(lead.end + 1, Relative::day(2)),
            "bữa" if self.is(lead.end + 1, "nay") => with(lead.end + 2, Relative::day(0)),
            _ => self.relative_period(at),
        }
    }

    /// Periods without a number, and counts of units ahead or past.
    fn relative_period(&self, at: usize) -> Option<Expression> {
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
        // `một năm sau` is told from what was told before.
        let told_from_here = !matches!(self.lower(word + 1), "sau" | "trước" | "ngoái" | "nay" | "này");
        let (end, by) = self.side(word + 1).filter(|_| told_from_here)?;
        let count = i16::from(count);
        let (first, last) = match by {
            1.. => (1, count),
            0 => return None,
            _ => (-count, -1),
        };
        Some(point(at..end, Raw::Relative(Relative::Units { unit, first, last })))
    }

    /// Whether a weekday without more is one: `thứ hai` also counts (`người thứ hai`, `Thứ hai, cần giảm chi`).
    fn weekday_stands_alone(&self, at: usize, end: usize) -> bool {
        if self.lower(at) == "chủ" || self.lower(at) == "chúa" {
            return true;
        }
        match at.checked_sub(1).map(|before| (before, self.atoms.kind(before))) {
            Some((before, Some(AtomKind::Sign))) if self.lower(before) != "." => true,
            None | Some((_, Some(AtomKind::Sign))) => !matches!(self.lower(end), "," | ":"),
            Some((before, _)) => matches!(self.lower(before), "vào" | "từ" | "đến" | "hôm" | "trước" | "sau"),
        }
    }

    /// `thứ năm tuần tới`, `thứ tư của tuần sau`, `thứ ba vừa rồi`, `thứ hai`: what follows the weekday.
    fn relative_weekday(&self, day: Weekday, at: usize) -> (usize, Relative) {
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

#[cfg(test)]
mod tests {
    use crate::extract::{DateRule, Prefer};
    use crate::{Analyzer, Article, FactKind};

    /// The dates of a text, as `text = value`, in an article of Wednesday, 2023-11-15.
    fn dates(rule: DateRule, text: &str) -> Vec<String> {
        let analyzer = Analyzer::builder().rule(rule).build();
        let mut article = Article::from_text(text);
        article.published = "2023-11-15".parse().ok();
        let written = |fact: crate::Fact| match fact.kind {
            FactKind::Date(date) => Some(format!("{} = {}", &article.text[fact.span.range()], date.value)),
            _ => None,
        };
        analyzer.facts(&analyzer.document(&article)).into_iter().filter_map(written).collect()
    }

    #[test]
    fn days_and_periods_are_told_from_the_article() {
        let rule = DateRule::new().relative(true);
        for (text, expected) in [
            ("Ngày mai xã họp.", "Ngày mai = 2023-11-16"),
            ("Tối hôm kia có mưa.", "Tối hôm kia = 2023-11-13"),
            ("Xã họp thứ sáu tuần này.", "thứ sáu tuần này = 2023-11-17"),
            ("Xã họp thứ ba của tuần sau.", "thứ ba của tuần sau = 2023-11-21"),
            ("Xã đã họp thứ tư vừa rồi.", "thứ tư vừa rồi = 2023-11-08"),
            ("Tuần sau nghỉ.", "Tuần sau = 2023-11-20/2023-11-26"),
            ("Tháng trước thu ít.", "Tháng trước = 2023-10"),
            ("Quý sau thu nhiều.", "Quý sau = 2024-Q1"),
            ("Năm ngoái được mùa.", "Năm ngoái = 2022"),
            ("3 tháng tới sẽ khó.", "3 tháng tới = 2023-12/2024-02"),
            ("Mưa 2 ngày qua.", "2 ngày qua = 2023-11-13/2023-11-14"),
            ("Họp lúc 8 giờ tối nay.", "8 giờ tối nay = 2023-11-15T20:00"),
            ("Mưa từ hôm qua đến ngày 17/11.", "từ hôm qua đến ngày 17/11 = 2023-11-14/2023-11-17"),
        ] {
            assert_eq!(dates(rule, text), [expected], "{text}");
        }
        for text in ["Mỗi tuần một lần.", "Cứ 3 tháng lại họp.", "Năm ấy được mùa.", "Lần thứ hai."]
        {
            assert!(dates(rule, text).is_empty(), "{text}");
        }
    }

    #[test]
    fn by_default_only_days_of_the_news_are_told_from_the_article() {
        assert_eq!(
            dates(DateRule::new(), "Sáng nay họp, ngày mai nghỉ, thứ hai làm, năm ngoái xong."),
            ["Sáng nay = 2023-11-15"]
        );
    }

    #[test]
    fn a_preferred_side_decides_where_the_text_does_not() {
        let text = "Ngày 20/12, thứ hai, tháng 5, quý IV, ngày 1/3 vừa qua.";
        let expected = |day, monday, may, march| {
            vec![
                format!("Ngày 20/12 = {day}"),
                format!("thứ hai = {monday}"),
                format!("tháng 5 = {may}"),
                "quý IV = 2023-Q4".to_owned(),
                format!("ngày 1/3 vừa qua = {march}"),
            ]
        };
        let rule = DateRule::new().relative(true);
        assert_eq!(dates(rule, text), expected("2023-12-20", "2023-11-13", "2023-05", "2023-03-01"));
        let past = rule.prefer(Prefer::Past);
        assert_eq!(dates(past, text), expected("2022-12-20", "2023-11-13", "2023-05", "2023-03-01"));
        let future = rule.prefer(Prefer::Future);
        assert_eq!(dates(future, text), expected("2023-12-20", "2023-11-20", "2024-05", "2023-03-01"));
    }
}
