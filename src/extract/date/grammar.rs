//! The grammar of date expressions: from atoms to what was printed, before the year is known.

use std::ops::Range;
use std::sync::LazyLock;

use super::Prefer;
use super::interval::complete;
use super::parts::part_of_day;
use super::relative::Relative;
use super::words::{self, Use};
use crate::date::{Calendar, Weekday};
use crate::extract::fact::PartOfDay;
use crate::extract::phrases::Phrases;
use crate::segment::{AtomKind, Atoms, Gap};

/// The year of a date, as printed or as told from the article's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub(super) enum Year {
    Is(i16),
    /// `năm nay` is 0, `năm ngoái` is -1.
    From(i8),
    /// `năm Giáp Thìn`: its place in the cycle of sixty, from 0.
    Cycle(u8),
}

impl Year {
    pub(super) fn before(self) -> Self {
        match self {
            Self::Is(year) => Self::Is(year - 1),
            Self::From(years) => Self::From(years - 1),
            Self::Cycle(place) => Self::Cycle((place + 59) % 60),
        }
    }
}

/// A date as printed; what the text leaves out is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Raw {
    Day {
        day: u8,
        month: Option<u8>,
        year: Option<Year>,
    },
    Month {
        month: u8,
        year: Option<Year>,
    },
    Quarter {
        quarter: u8,
        year: Option<Year>,
    },
    Year {
        year: i16,
    },
    /// `9 tháng đầu năm`, as months of a year from the first to the last.
    Months {
        first: u8,
        last: u8,
        year: Option<Year>,
    },
    /// `hôm nay`, `chiều qua`: told from the article's own date.
    Relative(Relative),
    /// `nay` as the end of an open interval.
    Now,
}

impl Raw {
    pub(super) fn year(self) -> Option<Year> {
        match self {
            Self::Day { year, .. } | Self::Month { year, .. } | Self::Quarter { year, .. } => year,
            Self::Months { year, .. } => year,
            Self::Year { year } => Some(Year::Is(year)),
            Self::Relative(_) | Self::Now => None,
        }
    }

    /// The year, where its number is printed.
    pub(super) fn printed_year(self) -> Option<i16> {
        match self.year() {
            Some(Year::Is(year)) => Some(year),
            _ => None,
        }
    }

    /// The same with this year, where it has none.
    pub(super) fn with_year(self, shared: Option<Year>) -> Self {
        match self {
            Self::Day { day, month, year } => Self::Day { day, month, year: year.or(shared) },
            Self::Month { month, year } => Self::Month { month, year: year.or(shared) },
            Self::Quarter { quarter, year } => Self::Quarter { quarter, year: year.or(shared) },
            other => other,
        }
    }

    /// Whether day and month cannot be a part and its whole, nor a range.
    pub(super) fn counts_down(self) -> bool {
        matches!(self, Self::Day { day, month: Some(month), .. } if day >= month)
    }

    pub(super) fn same_kind(self, other: Self) -> bool {
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
    /// The clock time of an interval's end.
    pub(super) end_clock: Option<Clock>,
    pub(super) part_of_day: Option<PartOfDay>,
    pub(super) weekday: Option<Weekday>,
    pub(super) calendar: Calendar,
    /// The side of the article's date on which it lies, where the text tells: `vừa qua`, `tới đây`.
    pub(super) side: Option<Prefer>,
    /// Whether it stands in a list with the one before, whose role it shares.
    pub(super) listed: bool,
    /// The words that name what kind of period it is: `nhiệm kỳ`, `giai đoạn`, `năm học`.
    pub(super) span_of_years: bool,
}

/// All date expressions, in order, without overlap.
pub(super) fn expressions(atoms: &Atoms, relative: bool) -> Vec<Expression> {
    let parser = Parser { atoms, relative };
    let mut found: Vec<Expression> = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
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
    /// Whether days and periods told from the article's own date are read.
    pub(super) relative: bool,
}

/// What stands before the date itself: `17:25`, `Sáng`, `Thứ Ba,`, `ngày`, `(`.
#[derive(Clone, Copy, Default)]
pub(super) struct Lead {
    pub(super) end: usize,
    pub(super) clock: Option<Clock>,
    pub(super) part_of_day: Option<PartOfDay>,
    /// `nay` is 0, `qua` is -1.
    pub(super) relative: Option<i16>,
    pub(super) weekday: Option<(usize, Weekday)>,
    pub(super) day_word: bool,
    pub(super) open: bool,
}

impl Lead {
    /// Whether the words say that a day follows.
    fn marks_day(&self) -> bool {
        self.part_of_day.is_some()
            || self.relative.is_some()
            || self.weekday.is_some()
            || self.day_word
            || self.clock.is_some()
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
                let leads = LEADS.longest(self.atoms, at);
                if leads.is_none_or(|(_, relative)| *relative && !self.relative) {
                    return None;
                }
            }
        }
        let mut list = self.interval(at).or_else(|| {
            let lead = self.lead(at);
            self.day_list(at, &lead).or_else(|| self.plain(at, &lead))
        })?;
        if let [_, rest @ ..] = &mut list[..] {
            rest.iter_mut().for_each(|item| item.listed = true);
        }
        Some(list)
    }

    fn plain(&self, at: usize, lead: &Lead) -> Option<Vec<Expression>> {
        let first = self.period(at, Place::Free).or_else(|| self.led(at, lead, Place::Free))?;
        // `18/11/1930 - 18/11/2021`, `tháng 12/2015 đến tháng 6/2018`: the second side must be of the first one's kind.
        let join = first.atoms.end;
        if first.end.is_none() && (self.dash(join) || self.is(join, "đến")) && self.atoms.gap(join) < Gap::Line {
            let place = if self.dash(join) { Place::AfterDash } else { Place::Range };
            let second = self.simple(join + 1, place);
            let days = |raw: Raw| matches!(raw, Raw::Day { month: Some(_), .. });
            if let Some(second) = second.filter(|second| second.start.same_kind(first.start) && second.clock.is_none())
                && first.clock.is_none()
                && (second.start.year().is_some()
                    || first.start.year().is_none() && days(first.start) && days(second.start))
                && let Some(start) = complete(first.start, second.start)
            {
                return Some(vec![Expression { atoms: at..second.atoms.end, start, end: Some(second.start), ..first }]);
            }
        }
        if let Some(list) = self.period_list(&first) {
            return Some(list);
        }
        let mut list = vec![first];
        while let Some(next) = self.next_day(&list[list.len() - 1]) {
            list.push(next);
        }
        // `ngày 5/6 và 7/6/2023`: the last year is that of all.
        if let Some(year @ Some(Year::Is(_))) = list.last().map(|last| last.start.year()) {
            for item in &mut list {
                item.start = item.start.with_year(year);
            }
        }
        // `các năm 2019, 2020 và 2021`: years that share the word. `năm 2019, 2020 hộ` counts.
        let several = matches!(self.lower(at), "các" | "những");
        while let Raw::Year { .. } = list[list.len() - 1].start
            && list[list.len() - 1].end.is_none()
            && let join = list[list.len() - 1].atoms.end
            && matches!(self.lower(join), "," | "và")
            && let Some(year) = self.year(join + 1)
            && !self.goes_on(join + 2)
            && (several || self.is(join + 2, "và") || self.atoms.kind(join + 2) != Some(AtomKind::Letters))
        {
            list.push(point(join + 1..join + 2, Raw::Year { year }));
        }
        Some(list)
    }

    /// What stands before a day.
    pub(super) fn lead(&self, at: usize) -> Lead {
        let mut lead = Lead { end: at, ..Lead::default() };
        for _ in 0..8 {
            let i = lead.end;
            if i > at && self.atoms.gap(i) == Gap::Paragraph {
                break;
            }
            let word = self.lower(i);
            if let Some(part) = part_of_day(word).filter(|_| lead.part_of_day.is_none()) {
                lead.part_of_day = Some(part);
                // `sáng sớm ngày 5/6`
                lead.end += 1 + usize::from(matches!(self.lower(i + 1), "sớm" | "muộn"));
            } else if matches!(word, "ngày" | "hôm" | "mùng" | "mồng")
                && (!lead.day_word || word == "mùng" || word == "mồng")
            {
                lead.day_word = true;
                lead.end += 1;
            } else if lead.marks_day() && matches!(word, "nay" | "qua") && lead.relative.is_none() {
                lead.relative = Some(if word == "nay" { 0 } else { -1 });
                lead.end += 1;
            } else if let Some((end, weekday)) = self.weekday(i).filter(|_| lead.weekday.is_none()) {
                lead.weekday = Some((end, weekday));
                lead.end = end;
            } else if let Some((end, clock)) = self.clock(i).filter(|_| lead.clock.is_none()) {
                lead.clock = Some(clock);
                lead.end = end;
            } else if lead.marks_day() && i > at && matches!(word, "," | "(" | "|" | "-" | "–") && !lead.open {
                // A sign between parts is taken back by the caller when no date follows it. `2-3 ngày, 4/5 xã`: a day
                // has no comma between its word and its number.
                let parted = word == "," && self.lower(i - 1) == "ngày";
                if parted || self.atoms.kind(i - 1) == Some(AtomKind::Sign) {
                    break;
                }
                lead.open = word == "(";
                lead.end += 1;
            } else {
                break;
            }
        }
        lead
    }

    /// One date with what belongs to it before and after.
    pub(super) fn simple(&self, at: usize, place: Place) -> Option<Expression> {
        self.period(at, place).or_else(|| self.led(at, &self.lead(at), place))
    }

    /// One date behind `lead`, which begins at `at`.
    fn led(&self, at: usize, lead: &Lead, place: Place) -> Option<Expression> {
        let marked = lead.marks_day();
        let led = || {
            let before = if at > 0 { self.lower(at - 1) } else { "" };
            matches!(before, "trước" | "sau" | "đến" | "tới" | "hết") || words::ends_at(self.atoms, at, Use::Dated)
        };
        let solar = |(end, raw)| (end, raw, Calendar::Solar);
        let digits = self.atoms.kind(lead.end) == Some(AtomKind::Digits);
        let core = digits.then(|| self.day_core(lead.end, marked || place.expects_date() || led())).flatten();
        let core = core.filter(|(end, raw)| self.stands(at, lead, *end, *raw, place)).map(solar);
        let core =
            core.or_else(|| self.spelled_day(lead.end, lead.day_word || lead.part_of_day.is_some())).or_else(|| {
                // `Từ ngày 4 đến …`: the month follows with the other side.
                let day = self.day(lead.end).filter(|_| place == Place::Range && lead.day_word)?;
                Some((lead.end + 1, Raw::Day { day, month: None, year: None }, Calendar::Solar))
            });
        let Some((mut end, raw, mut calendar)) = core else { return self.told(at, lead) };
        let mut clock = lead.clock;
        if lead.open && self.is(end, ")") {
            end += 1;
        }
        if let Some((after, printed)) = self.calendar_after(end) {
            (end, calendar) = (after, printed);
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
        if matches!(raw.year(), Some(Year::Cycle(_))) {
            calendar = Calendar::Lunar;
        }
        let end_raw = self.range_end(lead.end, raw);
        Some(self.sided(Expression {
            end: end_raw.map(|(_, end)| end),
            clock: clock.filter(|_| end_raw.is_none()),
            part_of_day: lead.part_of_day,
            weekday: lead.weekday.map(|(_, weekday)| weekday),
            calendar,
            ..point(at..end, end_raw.map_or(raw, |(start, _)| start))
        }))
    }

    /// Whether a day that was read may stand here: a bare `13/13` or `24/7` is none.
    fn stands(&self, at: usize, lead: &Lead, end: usize, raw: Raw, place: Place) -> bool {
        let Raw::Day { month: Some(_), year, .. } = raw else { return true };
        if year.is_some() {
            return true;
        }
        if lead.marks_day() {
            return true;
        }
        let before = if at > 0 { self.lower(at - 1) } else { "" };
        // `đường 30/4`, `phường 25 tháng 3` are names.
        if words::ends_at(self.atoms, at, Use::Place) {
            return false;
        }
        if self.calendar_after(end).is_some() {
            return true;
        }
        let next_is_word = self.atoms.kind(end) == Some(AtomKind::Letters) && self.atoms.gap(end) < Gap::Line;
        let dated = words::ends_at(self.atoms, at, Use::Dated);
        if !matches!(self.lower(lead.end + 1), "/" | "tháng") {
            // `28-30/6` is more than a whole.
            if self.range_end(lead.end, raw).is_some_and(|(first, _)| first.counts_down()) {
                return true;
            }
            // `trước 22-6;` is a day, `sau 2-3 tuần` a count, which `lễ 30-4` cannot be.
            let led = matches!(before, "trước" | "sau" | "từ" | "đến" | "tới" | "hết") && !next_is_word;
            return (led || dated && raw.counts_down()) && !self.goes_on(end);
        }
        if (self.lower(lead.end), self.lower(lead.end + 2)) == ("24", "7") {
            return false;
        }
        let led = matches!(place, Place::Range | Place::AfterWord | Place::AfterDash)
            || matches!(before, "trước" | "sau" | "đến" | "tới" | "hết" | "qua")
            || dated;
        if led {
            // `từ 2/3 số hộ`: a share goes on with what it is a share of.
            return !words::begins_at(self.atoms, end, Use::Share);
        }
        !next_is_word && self.named_day_before(at)
    }

    /// `Ngày Nhà giáo Việt Nam 20/11`: a named day stands before its date.
    fn named_day_before(&self, at: usize) -> bool {
        const REACH: usize = 10;
        let day = (1..=REACH.min(at))
            .map(|back| at - back)
            .take_while(|&i| self.lower(i) != ".")
            .any(|i| self.lower(i) == "ngày" && self.atoms.kind(i + 1) == Some(AtomKind::Letters));
        day || words::stands_before(self.atoms, at, REACH, Use::Occasion)
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
    Expression {
        atoms,
        start: raw,
        end: None,
        clock: None,
        end_clock: None,
        part_of_day: None,
        weekday: None,
        calendar: Calendar::Solar,
        side: None,
        listed: false,
        span_of_years: false,
    }
}

/// The words with which a date expression can begin, besides digits.
const TRIGGERS: [&str; 41] = [
    "từ", "giữa", "ngày", "hôm", "mùng", "mồng", "rằm", "sáng", "trưa", "chiều", "tối", "đêm", "khuya", "thứ", "chủ",
    "chúa", "t", "tháng", "quý", "quí", "nhiệm", "giai", "thời", "niên", "năm", "các", "những", "cả", "đầu", "cuối",
    "hết", "nửa", "một", "hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười",
];

/// The words with which a day or period told from the article's own date can begin besides.
const RELATIVE_TRIGGERS: [&str; 2] = ["bữa", "tuần"];

/// Both, and whether it is one of the second.
static LEADS: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::new(TRIGGERS.map(|word| (word, false)).into_iter().chain(RELATIVE_TRIGGERS.map(|word| (word, true))))
});
