//! The grammar of date expressions: from atoms to what was printed, before the year is known.

use std::ops::Range;

use crate::extract::fact::PartOfDay;
use crate::segment::{AtomKind, Atoms, Gap};

/// A date as printed; what the text leaves out is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Raw {
    Day {
        day: u8,
        month: Option<u8>,
        year: Option<i16>,
    },
    Month {
        month: u8,
        year: Option<i16>,
    },
    Quarter {
        quarter: u8,
        year: Option<i16>,
    },
    Year {
        year: i16,
    },
    /// `9 tháng đầu năm`, as months of a year from the first to the last.
    Months {
        first: u8,
        last: u8,
        year: Option<i16>,
    },
    /// `hôm nay`, `chiều qua`: days from the article's own date.
    Relative {
        days: i8,
    },
    /// `nay` as the end of an open interval.
    Now,
}

impl Raw {
    pub(super) fn year(self) -> Option<i16> {
        match self {
            Self::Day { year, .. } | Self::Month { year, .. } | Self::Quarter { year, .. } => year,
            Self::Months { year, .. } => year,
            Self::Year { year } => Some(year),
            Self::Relative { .. } | Self::Now => None,
        }
    }

    fn same_kind(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// A clock time: hour, minute, second.
pub(super) type Clock = (u8, u8, Option<u8>);

/// One date expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expression {
    pub(super) atoms: Range<usize>,
    pub(super) start: Raw,
    /// The end of an interval.
    pub(super) end: Option<Raw>,
    pub(super) clock: Option<Clock>,
    pub(super) part_of_day: Option<PartOfDay>,
    /// The words that name what kind of period it is: `nhiệm kỳ`, `giai đoạn`, `năm học`.
    pub(super) span_of_years: bool,
}

/// All date expressions, in order, without overlap.
pub(super) fn expressions(atoms: &Atoms) -> Vec<Expression> {
    let mut found: Vec<Expression> = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        let parser = Parser { atoms };
        match parser.expression(at) {
            Some(expressions) => {
                at = expressions.last().map_or(at + 1, |last| last.atoms.end.max(at + 1));
                found.extend(expressions);
            }
            None => at += 1,
        }
    }
    found
}

pub(super) struct Parser<'a> {
    pub(super) atoms: &'a Atoms,
}

/// What stands before the date itself: `17:25`, `Sáng`, `Thứ Ba,`, `ngày`, `(`.
#[derive(Clone, Copy, Default)]
struct Lead {
    end: usize,
    clock: Option<Clock>,
    part_of_day: Option<PartOfDay>,
    /// `nay` is 0, `qua` is -1.
    relative: Option<i8>,
    weekday: bool,
    day_word: bool,
    open: bool,
}

impl Lead {
    /// Whether the words say that a day follows.
    fn marks_day(&self) -> bool {
        self.part_of_day.is_some() || self.relative.is_some() || self.weekday || self.day_word || self.clock.is_some()
    }
}

impl Parser<'_> {
    fn expression(&self, at: usize) -> Option<Vec<Expression>> {
        match self.atoms.kind(at)? {
            AtomKind::Sign => return None,
            AtomKind::Digits => {
                if at > 0 && self.glued(at) && self.atoms.kind(at - 1) != Some(AtomKind::Sign) {
                    return None;
                }
                if at > 1 && self.glued(at) && self.goes_on(at - 1) && !matches!(self.lower(at - 1), "-") {
                    return None;
                }
            }
            AtomKind::Letters => {
                if !is_trigger(self.lower(at)) {
                    return None;
                }
            }
        }
        self.interval(at).or_else(|| self.day_list(at)).or_else(|| self.plain(at))
    }

    /// `từ … đến …`, `từ … đến nay`.
    fn interval(&self, at: usize) -> Option<Vec<Expression>> {
        if !self.is_first(at, &["từ", "giữa"]) {
            return None;
        }
        let first = match self.simple(at + 1, Place::Range) {
            Some(first) => first,
            // `Từ 3 đến 6/9`: the day alone, if a day with its month follows.
            None => {
                let day = self.day(at + 1)?;
                let dated = self.is(at + 2, "đến") && self.lower(at + 4) == "/";
                let first = point(at + 1..at + 2, Raw::Day { day, month: None, year: None });
                dated.then_some(first)?
            }
        };
        let mut join = first.atoms.end;
        if self.is(join, ",") {
            join += 1;
        }
        let joined = match self.lower(join) {
            "đến" | "tới" => Some(join + 1),
            _ if self.dash(join) => Some(join + 1),
            _ => None,
        };
        let Some(mut next) = joined else {
            // `từ 01/7/2023`, `từ ngày 20/7`: the word belongs to the date.
            let whole = self.simple(at + 1, Place::AfterWord)?;
            return Some(vec![Expression { atoms: at..whole.atoms.end, ..whole }]);
        };
        while matches!(self.lower(next), "hết" | "cuối" | "đầu" | "giữa") {
            next += 1;
        }
        if self.is(next, "nay") {
            return Some(vec![Expression { atoms: at..next + 1, end: Some(Raw::Now), ..first }]);
        }
        let second = self.simple(next, Place::Range)?;
        let start = complete(first.start, second.start)?;
        Some(vec![Expression {
            atoms: at..second.atoms.end,
            start,
            end: Some(second.start),
            clock: None,
            part_of_day: first.part_of_day,
            span_of_years: first.span_of_years,
        }])
    }

    /// `ngày 01 và 29/7/2023`: days that share month and year.
    fn day_list(&self, at: usize) -> Option<Vec<Expression>> {
        let lead = self.lead(at);
        if !lead.day_word {
            return None;
        }
        let mut days = vec![(at, lead.end, self.day(lead.end)?)];
        let mut next = lead.end + 1;
        while matches!(self.lower(next), "," | "và") && days.len() < 8 {
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

    fn plain(&self, at: usize) -> Option<Vec<Expression>> {
        let first = self.simple(at, Place::Free)?;
        // `18/11/1930 - 18/11/2021`, `tháng 12/2015 đến tháng 6/2018`: the second side must be of the first one's kind.
        let join = first.atoms.end;
        if first.end.is_none() && (self.dash(join) || self.is(join, "đến")) && self.atoms.gap(join) < Gap::Line {
            let place = if self.dash(join) { Place::AfterDash } else { Place::Range };
            let second = self.simple(join + 1, place);
            if let Some(second) = second.filter(|second| second.start.same_kind(first.start) && second.clock.is_none())
                && first.clock.is_none()
                && second.start.year().is_some()
                && let Some(start) = complete(first.start, second.start)
            {
                return Some(vec![Expression { atoms: at..second.atoms.end, start, end: Some(second.start), ..first }]);
            }
        }
        let mut list = vec![first];
        // `các năm 2019, 2020 và 2021`: years that share the word.
        while let Raw::Year { .. } = list[list.len() - 1].start
            && list[list.len() - 1].end.is_none()
            && let join = list[list.len() - 1].atoms.end
            && matches!(self.lower(join), "," | "và")
            && let Some(year) = self.year(join + 1)
            && !self.goes_on(join + 2)
            && self.atoms.kind(join + 2) != Some(AtomKind::Letters)
        {
            list.push(point(join + 1..join + 2, Raw::Year { year }));
        }
        Some(list)
    }

    fn is_first(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.lower(at))
    }

    /// What stands before a day.
    fn lead(&self, at: usize) -> Lead {
        let mut lead = Lead { end: at, ..Lead::default() };
        for _ in 0..8 {
            let i = lead.end;
            if i > at && self.atoms.gap(i) == Gap::Paragraph {
                break;
            }
            let part = part_of_day(self.lower(i)).filter(|_| lead.part_of_day.is_none());
            if let Some(part) = part {
                lead.part_of_day = Some(part);
                lead.end += 1;
            } else if self.is_first(i, &["ngày", "hôm", "mùng", "mồng"]) && !lead.day_word {
                lead.day_word = true;
                lead.end += 1;
            } else if lead.marks_day() && self.is_first(i, &["nay", "qua"]) && lead.relative.is_none() {
                lead.relative = Some(if self.lower(i) == "nay" { 0 } else { -1 });
                lead.end += 1;
            } else if let Some(end) = self.weekday(i).filter(|_| !lead.weekday) {
                lead.weekday = true;
                lead.end = end;
            } else if let Some((end, clock)) = self.clock(i).filter(|_| lead.clock.is_none()) {
                lead.clock = Some(clock);
                lead.end = end;
            } else if lead.marks_day() && i > at && matches!(self.lower(i), "," | "(" | "|" | "-" | "–") && !lead.open
            {
                // A sign between parts is taken back by the caller when no date follows it.
                if self.atoms.kind(i - 1) == Some(AtomKind::Sign) {
                    break;
                }
                lead.open = self.lower(i) == "(";
                lead.end += 1;
            } else {
                break;
            }
        }
        lead
    }

    /// One date with what belongs to it before and after.
    fn simple(&self, at: usize, place: Place) -> Option<Expression> {
        if let Some(found) = self.period(at, place) {
            return Some(found);
        }
        let lead = self.lead(at);
        let marked = lead.marks_day();
        let before = if at > 0 { self.lower(at - 1) } else { "" };
        let led = matches!(before, "trước" | "sau" | "đến" | "hết");
        let core = self.day_core(lead.end, marked || led || place.expects_date()).or_else(|| {
            // `Từ ngày 4 đến …`: the month follows with the other side.
            let day = self.day(lead.end).filter(|_| place == Place::Range && lead.day_word)?;
            Some((lead.end + 1, Raw::Day { day, month: None, year: None }))
        });
        let Some((mut end, raw)) = core.filter(|(end, raw)| self.stands(at, &lead, *end, *raw, place)) else {
            return self.relative(at, &lead);
        };
        let mut clock = lead.clock;
        if lead.open && self.is(end, ")") {
            end += 1;
        }
        if clock.is_none() && matches!(raw, Raw::Day { year: Some(_), .. }) {
            let sign = usize::from(matches!(self.lower(end), "," | "|" | "-" | "–"));
            if self.atoms.gap(end) <= Gap::Blank
                && let Some((after, found)) =
                    self.clock(end + sign).filter(|_| self.atoms.gap(end + sign) <= Gap::Blank)
            {
                clock = Some(found);
                end = after;
            }
        }
        let part_of_day = lead.part_of_day;
        let end_raw = self.range_end(lead.end, raw);
        let start = end_raw.map_or(raw, |(start, _)| start);
        Some(Expression {
            atoms: at..end,
            start,
            end: end_raw.map(|(_, end)| end),
            clock: clock.filter(|_| end_raw.is_none()),
            part_of_day,
            span_of_years: false,
        })
    }

    /// `28-30/6`: the core was read as its second day; the first stands before the dash.
    fn range_end(&self, core: usize, raw: Raw) -> Option<(Raw, Raw)> {
        let first = self.day(core)?;
        let Raw::Day { day, month: Some(month), year } = raw else { return None };
        (self.dash(core + 1) && self.day(core + 2) == Some(day) && first < day && self.lower(core + 3) == "/")
            .then_some((Raw::Day { day: first, month: Some(month), year }, raw))
    }

    /// Whether a day that was read may stand here: a bare `13/13` or `24/7` is none.
    fn stands(&self, at: usize, lead: &Lead, end: usize, raw: Raw, place: Place) -> bool {
        let Raw::Day { month: Some(_), year, .. } = raw else { return true };
        if year.is_some() {
            return true;
        }
        let before = if at > 0 { self.lower(at - 1) } else { "" };
        if lead.day_word
            || lead.part_of_day.is_some()
            || lead.relative.is_some()
            || lead.weekday
            || lead.clock.is_some()
        {
            return true;
        }
        let next_is_word = self.atoms.kind(end) == Some(AtomKind::Letters) && self.atoms.gap(end) < Gap::Line;
        if self.lower(lead.end + 1) != "/" {
            // `trước 22-6;` is a day, `sau 2-3 tuần` a count.
            return matches!(before, "trước" | "sau" | "từ" | "đến" | "hết") && !next_is_word && !self.goes_on(end);
        }
        if (self.lower(lead.end), self.lower(lead.end + 2)) == ("24", "7") {
            return false;
        }
        let led = place == Place::Range
            || matches!(place, Place::AfterWord)
            || matches!(
                before,
                "trước" | "sau" | "đến" | "tới" | "hết" | "dịp" | "lễ" | "hôm" | "qua" | "khánh" | "tết"
            );
        if led {
            // `từ 2/3 số hộ`: a share goes on with what it is a share of.
            return !matches!(self.lower(end), "số" | "tổng" | "diện" | "dân");
        }
        !next_is_word && self.named_day_before(at)
    }

    /// `Ngày Nhà giáo Việt Nam 20/11`: a named day stands before its date.
    fn named_day_before(&self, at: usize) -> bool {
        (1..=10).take_while(|back| at >= *back).map(|back| at - back).take_while(|&i| self.lower(i) != ".").any(|i| {
            self.lower(i) == "ngày" && self.atoms.kind(i + 1) == Some(AtomKind::Letters)
                || self.lower(i) == "kỷ" && self.lower(i + 1) == "niệm"
                || self.lower(i) == "quốc" && matches!(self.lower(i + 1), "khánh" | "tế")
        })
    }

    /// `Sáng nay`, `hôm qua`: a day without a date beside it.
    fn relative(&self, at: usize, lead: &Lead) -> Option<Expression> {
        let days = lead.relative?;
        let mut end = lead.end;
        while end > at && self.atoms.kind(end - 1) == Some(AtomKind::Sign) {
            end -= 1;
        }
        // `ngày nay` and `ngày qua` are no day.
        if lead.day_word && lead.part_of_day.is_none() && !(at..end).any(|i| self.lower(i) == "hôm") {
            return None;
        }
        Some(Expression { part_of_day: lead.part_of_day, clock: lead.clock, ..point(at..end, Raw::Relative { days }) })
    }
}

/// Where a date is looked for; it decides what may go unmarked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Anywhere in running text.
    Free,
    /// Beside `từ … đến …`.
    Range,
    /// After a dash that follows a date.
    AfterDash,
    /// After a word that leads dates.
    AfterWord,
}

impl Place {
    fn expects_date(self) -> bool {
        matches!(self, Self::Range | Self::AfterDash)
    }
}

pub(super) fn point(atoms: Range<usize>, raw: Raw) -> Expression {
    Expression { atoms, start: raw, end: None, clock: None, part_of_day: None, span_of_years: false }
}

/// The first side of an interval with what it leaves to the second one to say.
fn complete(first: Raw, second: Raw) -> Option<Raw> {
    Some(match (first, second) {
        (Raw::Day { day, month, year }, Raw::Day { month: last_month, year: last_year, .. }) => {
            let month = month.or(last_month);
            // `20/12 đến 5/1/2022` begins in the year before.
            let wraps = month > last_month;
            let year = year.or(last_year.map(|last| if wraps { last - 1 } else { last }));
            Raw::Day { day, month, year }
        }
        (Raw::Month { month, year }, Raw::Month { month: last_month, year: last_year }) => {
            let year = year.or(last_year.map(|last| if month > last_month { last - 1 } else { last }));
            Raw::Month { month, year }
        }
        (Raw::Quarter { quarter, year }, Raw::Quarter { year: last_year, .. }) => {
            Raw::Quarter { quarter, year: year.or(last_year) }
        }
        (Raw::Year { year }, Raw::Year { year: last }) => (year <= last).then_some(first)?,
        (Raw::Months { .. } | Raw::Relative { .. } | Raw::Now, _) => return None,
        _ => first,
    })
}

fn part_of_day(word: &str) -> Option<PartOfDay> {
    Some(match word {
        "sáng" => PartOfDay::Morning,
        "trưa" => PartOfDay::Noon,
        "chiều" => PartOfDay::Afternoon,
        "tối" | "đêm" => PartOfDay::Evening,
        _ => return None,
    })
}

/// The words with which a date expression can begin, besides digits.
fn is_trigger(word: &str) -> bool {
    matches!(
        word,
        "từ" | "giữa"
            | "ngày"
            | "hôm"
            | "mùng"
            | "mồng"
            | "sáng"
            | "trưa"
            | "chiều"
            | "tối"
            | "đêm"
            | "thứ"
            | "chủ"
            | "tháng"
            | "quý"
            | "quí"
            | "nhiệm"
            | "giai"
            | "thời"
            | "niên"
            | "năm"
            | "các"
            | "những"
            | "cả"
            | "đầu"
            | "cuối"
            | "hết"
            | "nửa"
            | "ba"
            | "sáu"
            | "chín"
    )
}
