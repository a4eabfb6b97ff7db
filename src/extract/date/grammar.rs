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

struct Parser<'a> {
    atoms: &'a Atoms,
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
    fn lower(&self, i: usize) -> &str {
        self.atoms.lower(i)
    }

    fn is(&self, i: usize, word: &str) -> bool {
        self.lower(i) == word && self.atoms.gap(i) < Gap::Paragraph
    }

    fn glued(&self, i: usize) -> bool {
        self.atoms.gap(i) == Gap::None
    }

    /// A number of at most `digits` digits.
    fn number(&self, i: usize, digits: usize) -> Option<u32> {
        let text = self.atoms.text(i);
        (self.atoms.kind(i) == Some(AtomKind::Digits) && text.len() <= digits).then(|| text.parse().ok()).flatten()
    }

    fn year(&self, i: usize) -> Option<i16> {
        let year = self.number(i, 4)?;
        (self.atoms.text(i).len() == 4 && (1800..2200).contains(&year)).then_some(year as i16)
    }

    fn day(&self, i: usize) -> Option<u8> {
        self.number(i, 2).filter(|day| (1..=31).contains(day)).map(|day| day as u8)
    }

    /// The number of a month in words, as after `tháng`.
    fn month_name(&self, i: usize) -> Option<u8> {
        Some(match (self.lower(i), self.lower(i + 1)) {
            ("mười", "hai") => 12,
            ("mười", "một") => 11,
            ("một", _) => 1,
            ("hai", _) => 2,
            ("ba", _) => 3,
            ("tư" | "bốn", _) => 4,
            ("năm", _) => 5,
            ("sáu", _) => 6,
            ("bảy" | "bẩy", _) => 7,
            ("tám", _) => 8,
            ("chín", _) => 9,
            ("mười", _) => 10,
            _ => return None,
        })
    }

    fn month(&self, i: usize) -> Option<u8> {
        self.number(i, 2).filter(|month| (1..=12).contains(month)).map(|month| month as u8)
    }

    fn dash(&self, i: usize) -> bool {
        matches!(self.lower(i), "-" | "–" | "—") && self.atoms.gap(i) < Gap::Paragraph
    }

    /// Whether a number that ends before `i` goes on: `12/2022/NQ-HĐND`, `5.000`, `4,5`.
    fn goes_on(&self, i: usize) -> bool {
        let sign = self.lower(i);
        self.glued(i)
            && match sign {
                "/" | "-" => self.glued(i + 1) && self.atoms.kind(i + 1).is_some_and(|kind| kind != AtomKind::Sign),
                "." | "," | ":" => self.glued(i + 1) && self.atoms.kind(i + 1) == Some(AtomKind::Digits),
                "%" => true,
                _ => false,
            }
    }

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
        let first = self.simple(at + 1, Place::Range)?;
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

    /// `thứ hai`, `Thứ 4`, `chủ nhật`, `T7`.
    fn weekday(&self, i: usize) -> Option<usize> {
        match self.lower(i) {
            "thứ" => {
                let next = self.lower(i + 1);
                let named = matches!(next, "hai" | "ba" | "tư" | "năm" | "sáu" | "bảy" | "bẩy");
                let numbered = matches!(next, "2" | "3" | "4" | "5" | "6" | "7");
                // `lần thứ 5`, `kỳ họp thứ 2` are ordinals: a weekday stands before a date.
                let before = if i > 0 { self.lower(i - 1) } else { "" };
                let ordinal = matches!(before, "lần" | "họp" | "khóa" | "khoá" | "hội" | "nghị" | "hạng" | "phiên");
                ((named || numbered) && !ordinal).then_some(i + 2)
            }
            "chủ" if matches!(self.lower(i + 1), "nhật" | "nhựt") => Some(i + 2),
            _ => None,
        }
    }

    /// `17:25`, `20:09:19`, `8h30`, `14 giờ`, `8 giờ 30 phút`, `07:50 AM`.
    fn clock(&self, i: usize) -> Option<(usize, Clock)> {
        let hour = self.number(i, 2).filter(|&hour| hour < 24)? as u8;
        let sixty = |i: usize| self.number(i, 2).filter(|&number| number < 60).map(|number| number as u8);
        match self.lower(i + 1) {
            ":" if self.glued(i + 1) && self.glued(i + 2) => {
                let minute = sixty(i + 2)?;
                let (mut end, second) = match (self.lower(i + 3), sixty(i + 4)) {
                    (":", Some(second)) if self.glued(i + 3) && self.glued(i + 4) => (i + 5, Some(second)),
                    _ => (i + 3, None),
                };
                let mut hour = hour;
                match self.lower(end) {
                    "am" | "sa" => end += 1,
                    "pm" | "ch" => {
                        end += 1;
                        hour = if hour < 12 { hour + 12 } else { hour };
                    }
                    _ => {}
                }
                Some((end, (hour, minute, second)))
            }
            "h" | "g" if self.glued(i + 1) => match sixty(i + 2).filter(|_| self.glued(i + 2)) {
                // `3h15’`
                Some(minute) => {
                    let sign =
                        usize::from(matches!(self.lower(i + 3), "’" | "'" | "′" | "p" | "ph") && self.glued(i + 3));
                    Some((i + 3 + sign, (hour, minute, None)))
                }
                None => Some((i + 2, (hour, 0, None))),
            },
            "giờ" => match sixty(i + 2).filter(|_| self.atoms.gap(i + 2) <= Gap::Line) {
                Some(minute) if self.is(i + 3, "phút") => Some((i + 4, (hour, minute, None))),
                Some(minute) if self.is(i + 3, "ngày") => Some((i + 3, (hour, minute, None))),
                _ => Some((i + 2, (hour, 0, None))),
            },
            _ => None,
        }
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

    /// The day itself: `12/5/2017`, `12 tháng 5 năm 2017`, and without a year `12/5` or, where a day is expected,
    /// `12-5` and `12.5`.
    fn day_core(&self, i: usize, expected: bool) -> Option<(usize, Raw)> {
        if let Some(year) = self.year(i) {
            // 2021-05-14
            let (month, day) = (self.month(i + 2)?, self.day(i + 4)?);
            let dashes = self.lower(i + 1) == "-" && self.lower(i + 3) == "-" && (i + 1..i + 5).all(|i| self.glued(i));
            return (dashes && !self.goes_on(i + 5))
                .then_some((i + 5, Raw::Day { day, month: Some(month), year: Some(year) }));
        }
        let day = self.day(i)?;
        if self.dash(i + 1)
            && let Some(last) = self.day(i + 2)
            && last > day
            && self.lower(i + 3) == "/"
            && let Some((end, raw)) = self.day_core(i + 2, expected)
            && matches!(raw, Raw::Day { month: Some(_), .. })
        {
            return Some((end, raw));
        }
        if matches!(self.lower(i + 1), "tháng") {
            let Some(month) = self.month(i + 2) else {
                // `29 Tháng Sáu 2025`; without a year, `tháng Năm` and the like are left alone.
                let month = self.month_name(i + 2)?;
                let (end, year) = self.year_after(i + 3 + usize::from(month > 10));
                return year.map(|_| (end, Raw::Day { day, month: Some(month), year }));
            };
            let (end, year) = self.year_after(i + 3);
            return Some((end, Raw::Day { day, month: Some(month), year }));
        }
        let sign = self.lower(i + 1);
        if !matches!(sign, "/" | "-" | "." | "–")
            || self.atoms.gap(i + 1) > Gap::Blank
            || self.atoms.gap(i + 2) > Gap::Blank
        {
            return None;
        }
        let month = self.month(i + 2)?;
        if self.lower(i + 3) == sign && self.atoms.gap(i + 3) <= Gap::Blank {
            if let Some(year) = self.year(i + 4)
                && !self.goes_on(i + 5)
            {
                return Some((i + 5, Raw::Day { day, month: Some(month), year: Some(year) }));
            }
            // A year of two digits, where a day is expected: `ngày 12/5/17`.
            if expected
                && sign == "/"
                && self.glued(i + 4)
                && self.atoms.text(i + 4).len() == 2
                && let Some(year) = self.number(i + 4, 2)
                && !self.goes_on(i + 5)
            {
                let year = if year < 50 { 2000 + year } else { 1900 + year };
                return Some((i + 5, Raw::Day { day, month: Some(month), year: Some(year as i16) }));
            }
        }
        let spaced = !self.glued(i + 1) || !self.glued(i + 2);
        if self.goes_on(i + 3) || spaced || (sign != "/" && !expected) {
            return None;
        }
        let (end, year) = match self.lower(i + 3) {
            "năm" => self.year_after(i + 3),
            _ => (i + 3, None),
        };
        Some((end, Raw::Day { day, month: Some(month), year }))
    }

    /// ` năm 2017`, `/2017`, `-2017`, `.2017`, ` 2017` after a month or quarter.
    fn year_after(&self, i: usize) -> (usize, Option<i16>) {
        let skip = match self.lower(i) {
            "năm" if self.atoms.gap(i) < Gap::Paragraph => 1,
            "/" | "-" | "." if self.atoms.gap(i) <= Gap::Blank && self.atoms.gap(i + 1) <= Gap::Blank => 1,
            "," if self.is(i + 1, "năm") => 2,
            _ => 0,
        };
        match self.year(i + skip).filter(|_| !self.goes_on(i + skip + 1)) {
            Some(year) => (i + skip + 1, Some(year)),
            None => (i, None),
        }
    }

    /// Months, quarters, years and spans of years.
    fn period(&self, at: usize, place: Place) -> Option<Expression> {
        match self.lower(at) {
            "tháng" => {
                let month = self.month(at + 1).filter(|_| !self.goes_on(at + 2) || self.year(at + 3).is_some())?;
                let (end, year) = self.year_after(at + 2);
                // `tháng 12` of `3 tháng 12 ngày` is a duration.
                let counted = at > 0 && self.atoms.kind(at - 1) == Some(AtomKind::Digits);
                (!counted).then(|| point(at..end, Raw::Month { month, year }))
            }
            "quý" | "quí" => {
                let quarter = quarter(self.lower(at + 1))?;
                let (end, year) = self.year_after(at + 2);
                Some(point(at..end, Raw::Quarter { quarter, year }))
            }
            "nhiệm" if self.is(at + 1, "kỳ") => self.years(at, at + 2, true),
            "giai" if self.is(at + 1, "đoạn") => self.years(at, at + 2, true),
            "thời" if self.is(at + 1, "kỳ") => self.years(at, at + 2, true),
            "niên" if matches!(self.lower(at + 1), "khóa" | "khoá" | "độ" | "vụ") => {
                self.years(at, at + 2, true)
            }
            "năm" if self.is(at + 1, "học") => self.years(at, at + 2, true),
            "các" | "những" if self.is(at + 1, "năm") => self.years(at, at + 2, false),
            "cả" | "đầu" | "cuối" | "giữa" | "hết" if self.is(at + 1, "năm") => {
                self.years(at, at + 2, false)
            }
            "năm" => self.years(at, at + 1, false),
            "nửa" if matches!(self.lower(at + 1), "đầu" | "cuối") && self.is(at + 2, "năm") => {
                let (end, year) = self.year_after(at + 2);
                let (first, last) = if self.lower(at + 1) == "đầu" { (1, 6) } else { (7, 12) };
                Some(point(at..end.max(at + 3), Raw::Months { first, last, year }))
            }
            _ => self.months_of_year(at).or_else(|| self.bare(at, place)),
        }
    }

    /// `2016-2020` or `2017` after its word.
    fn years(&self, at: usize, number: usize, span_of_years: bool) -> Option<Expression> {
        let first = self.year(number).filter(|_| self.atoms.gap(number) < Gap::Paragraph)?;
        if (self.dash(number + 1) || matches!(self.lower(number + 1), "/" | "đến"))
            && let Some(last) = self.year(number + 2 + usize::from(self.is(number + 2, "năm")))
            && (first < last && last - first <= 100)
        {
            let end = number + 3 + usize::from(self.is(number + 2, "năm"));
            return Some(Expression {
                end: Some(Raw::Year { year: last }),
                span_of_years,
                ..point(at..end, Raw::Year { year: first })
            });
        }
        (!self.goes_on(number + 1) || self.lower(number + 1) == "-")
            .then(|| Expression { span_of_years, ..point(at..number + 1, Raw::Year { year: first }) })
    }

    /// `9 tháng đầu năm 2021`, `3 tháng cuối năm`, `9 tháng năm 2021`, `sáu tháng đầu năm`.
    fn months_of_year(&self, at: usize) -> Option<Expression> {
        let count = match self.lower(at) {
            "ba" => 3,
            "sáu" => 6,
            "chín" => 9,
            _ => self.month(at)?,
        };
        if !self.is(at + 1, "tháng") {
            return None;
        }
        let (last_months, year_word) = match self.lower(at + 2) {
            "đầu" => (false, at + 3),
            "cuối" => (true, at + 3),
            "của" => (false, at + 3),
            "năm" | "/" => (false, at + 2),
            _ => return None,
        };
        let open = self.lower(at + 2) == "đầu" || last_months;
        if !self.is(year_word, "năm") && self.lower(year_word) != "/" {
            return None;
        }
        let (end, year) = self.year_after(year_word);
        if year.is_none() && !open {
            return None;
        }
        let end = if year.is_some() { end } else { year_word + 1 + usize::from(self.is(year_word + 1, "nay")) };
        let (first, last) = if last_months { (13 - count, 12) } else { (1, count) };
        Some(point(at..end, Raw::Months { first, last, year }))
    }

    /// Numbers without a word: `12/2015`, `2016 - 2020`, `(2016)`, `cùng kỳ 2018`.
    fn bare(&self, at: usize, place: Place) -> Option<Expression> {
        if let Some(month) = self.month(at)
            && self.lower(at + 1) == "/"
            && self.glued(at + 1)
            && self.glued(at + 2)
            && let Some(year) = self.year(at + 2)
            && !self.goes_on(at + 3)
            && (at == 0 || !matches!(self.lower(at - 1), "số" | "/" | "-" | ":" | "lệ"))
        {
            return Some(point(at..at + 3, Raw::Month { month, year: Some(year) }));
        }
        let year = self.year(at)?;
        if self.dash(at + 1)
            && let Some(last) = self.year(at + 2)
            && year < last
            && last - year <= 100
            && !self.goes_on(at + 3)
        {
            return Some(Expression {
                end: Some(Raw::Year { year: last }),
                span_of_years: true,
                ..point(at..at + 3, Raw::Year { year })
            });
        }
        if self.goes_on(at + 1) || !(1900..2100).contains(&year) {
            return None;
        }
        let before = if at > 0 { self.lower(at - 1) } else { "" };
        let before_that = if at > 1 { self.lower(at - 2) } else { "" };
        let led = match before {
            "kỳ" => before_that == "cùng",
            "với" => before_that == "so",
            "(" => self.lower(at + 1) == ")",
            _ => false,
        };
        // A count would go on with what it counts: `từ 2015 hộ`.
        let counts = self.atoms.kind(at + 1) == Some(AtomKind::Letters) && !matches!(self.lower(at + 1), "đến" | "tới");
        (led || place == Place::Range && !counts || place == Place::AfterDash && !counts)
            .then(|| point(at..at + 1, Raw::Year { year }))
    }
}

/// Where a date is looked for; it decides what may go unmarked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
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

fn point(atoms: Range<usize>, raw: Raw) -> Expression {
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

fn quarter(word: &str) -> Option<u8> {
    Some(match word {
        "i" | "1" | "một" => 1,
        "ii" | "2" | "hai" => 2,
        "iii" | "3" | "ba" => 3,
        "iv" | "4" | "tư" | "bốn" => 4,
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
