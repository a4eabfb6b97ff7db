//! What a date is to its article: told by the words around it, and by where it lies in time.

use super::before;
use super::grammar::{Expression, Raw};
use super::resolve::Anchor;
use super::words::{self, Use};
use crate::date::{DateValue, PartialDate};
use crate::extract::fact::DateRole;
use crate::segment::{AtomKind, Atoms, Document, Gap};
use crate::span::Span;

pub(super) struct Reader<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) atoms: &'a Atoms,
    pub(super) anchor: Option<Anchor>,
    pub(super) found: &'a [(Span, Expression)],
}

impl Reader<'_> {
    pub(super) fn role(&self, span: Span, expression: &Expression, value: DateValue) -> DateRole {
        if self.document.is_furniture(span) {
            return DateRole::Page;
        }
        match expression.start {
            Raw::Relative(relative) => {
                let ahead = self.anchor.is_some_and(|anchor| anchor.is_before(value.start()));
                if relative.is_day() && !ahead { DateRole::Event } else { DateRole::Mention }
            }
            Raw::Day { .. } => self.role_of_day(span, expression, value),
            _ => self.role_of_period(expression, value),
        }
    }

    fn role_of_day(&self, span: Span, expression: &Expression, value: DateValue) -> DateRole {
        let at = expression.atoms.start;
        if self.is_today_of_the_page(span, expression, value) {
            return DateRole::Page;
        }
        if self.dates_a_letter(expression) {
            return DateRole::Issued;
        }
        let own_word = self.atoms.lower(at);
        let ahead = self.anchor.is_some_and(|anchor| anchor.is_before(value.start()));
        if let DateValue::Interval(start, end) = value {
            const MEETING: i32 = 10;
            let short = end.epoch_day() - start.epoch_day() <= MEETING;
            return match (ahead, short) {
                // What is still to come is announced, not reported.
                (true, _) => DateRole::Mention,
                // `7 ngày nghỉ Tết (từ 8/2 đến 14/2)` explains a period.
                (false, true) if before(self.atoms, at, 1) != "(" => DateRole::Event,
                (false, _) => DateRole::Period,
            };
        }
        if self.any_before(at, 5, Use::Mention) || own_word == "từ" {
            return DateRole::Mention;
        }
        match before(self.atoms, at, 1) {
            "trước" | "sau" | "từ" | "kể" => return DateRole::Mention,
            "đến" | "tới" | "hết" => {
                return match (self.any_before(at, 8, Use::Meeting), ahead) {
                    (true, _) => DateRole::Event,
                    (false, true) => DateRole::Mention,
                    (false, false) => DateRole::Period,
                };
            }
            _ => {}
        }
        if expression.part_of_day.is_some() {
            return DateRole::Event;
        }
        let days_from = |date| value.start().epoch_day() - PartialDate::from_civil(date).epoch_day();
        let near = match self.anchor {
            Some(Anchor::Published(date)) => (-20..=0).contains(&days_from(date)),
            Some(Anchor::Event(date)) => {
                days_from(date) == 0 || expression.clock.is_some() && (-20..=20).contains(&days_from(date))
            }
            Some(Anchor::Year(_)) | None => {
                let told = self.any_before(at, 4, Use::Told);
                expression.clock.is_some() || told || own_word == "ngày" && self.opens_sentence(at)
            }
        };
        let named_day = self.word_before(at, 8, &["ngày"]) && own_word != "ngày";
        if near && !named_day { DateRole::Event } else { DateRole::Mention }
    }

    fn role_of_period(&self, expression: &Expression, value: DateValue) -> DateRole {
        /// Years back from the article beyond which a single year is history.
        const HISTORY: i16 = 20;
        let at = expression.atoms.start;
        if expression.end.is_some() || matches!(expression.start, Raw::Months { .. }) {
            return DateRole::Period;
        }
        let own_word = self.atoms.lower(at);
        let ahead = self.anchor.is_some_and(|anchor| anchor.is_before(value.start()));
        let planned = self.any_before(at, 8, Use::Plan);
        // `trước cuối tháng 5`: what leads the period stands before the words that cut it.
        let cuts = |i: usize| matches!(before(self.atoms, i, 1), "đầu" | "giữa" | "cuối" | "hết");
        let lead = if cuts(at) { at - 1 } else { at };
        let until = matches!(before(self.atoms, lead, 1), "đến" | "tới" | "hết" | "trước" | "sau");
        let history = self.anchor.is_some_and(|anchor| value.start().year() < anchor.year() - HISTORY);
        if history {
            return DateRole::Mention;
        }
        if !matches!(expression.start, Raw::Year { .. }) && (ahead || until) && !planned {
            // A day of grace, an announcement: no figures fall into what is still to come.
            return DateRole::Mention;
        }
        if matches!(expression.start, Raw::Month { .. }) && !self.figures_near(at) {
            return DateRole::Mention;
        }
        let led = match before(self.atoms, at, 1) {
            "từ" => true,
            "vào" => before(self.atoms, at, 2) != "bước" && !ahead,
            _ => false,
        };
        let compared = self.any_before(at, 3, Use::Compared) || self.any_before(at, 7, Use::Expected);
        if led || compared || own_word == "từ" || own_word == "đầu" { DateRole::Mention } else { DateRole::Period }
    }

    /// A full date with its weekday, above the article's own date and later than it: the day on which the page was
    /// printed.
    fn is_today_of_the_page(&self, span: Span, expression: &Expression, value: DateValue) -> bool {
        let article = self.document.article();
        expression.weekday.is_some()
            && expression.start.printed_year().is_some()
            && article.dateline.is_some_and(|dateline| span.end <= dateline.start)
            && self.anchor.is_some_and(|anchor| anchor.is_before(value.start()))
    }

    /// `Phú An, ngày 12 tháng 3 năm 2020` on a line of its own, as Decree 30/2020/NĐ-CP dates a document: the text
    /// below is reproduced.
    fn dates_a_letter(&self, expression: &Expression) -> bool {
        const PLACE: usize = 6;
        let at = expression.atoms.start;
        let whole = self.atoms.lower(at) == "ngày"
            && before(self.atoms, at, 1) == ","
            && self.atoms.lower(at + 2) == "tháng"
            && expression.start.printed_year().is_some()
            && self.atoms.gap(expression.atoms.end) >= Gap::Line;
        let place = |i: &usize| {
            self.atoms.kind(*i) == Some(AtomKind::Letters)
                && self.atoms.text(*i).starts_with(|c: char| c.is_uppercase())
        };
        whole && (2..=PLACE.min(at)).map(|back| at - back).take_while(place).any(|i| self.atoms.gap(i) >= Gap::Line)
    }

    /// Whether a word of this use stands among the `reach` atoms before `at`, in the same clause.
    fn any_before(&self, at: usize, reach: usize, wanted: Use) -> bool {
        words::stands_before(self.atoms, at, reach, wanted)
    }

    /// Whether one of `words` stands among the `reach` atoms before `at`, in the same clause.
    fn word_before(&self, at: usize, reach: usize, words: &[&str]) -> bool {
        (1..=reach)
            .map(|back| before(self.atoms, at, back))
            .take_while(|word| !matches!(*word, "" | "." | ";" | ":"))
            .any(|word| words.contains(&word))
    }

    /// Whether the sentence around `at` has a number that is no part of a date.
    fn figures_near(&self, at: usize) -> bool {
        const REACH: usize = 60;
        let stops = |i: usize| {
            self.atoms.gap(i) == Gap::Paragraph || self.atoms.lower(i - 1) == "." && self.atoms.gap(i) >= Gap::Blank
        };
        let dated = |i: usize| {
            let next = self.found.partition_point(|(_, expression)| expression.atoms.end <= i);
            self.found.get(next).is_some_and(|(_, expression)| expression.atoms.contains(&i))
        };
        let figure = |i: &usize| self.atoms.kind(*i) == Some(AtomKind::Digits) && !dated(*i);
        let start = (at.saturating_sub(REACH)..=at).rev().find(|&i| i == 0 || stops(i));
        let start = start.unwrap_or(at.saturating_sub(REACH));
        let end = (at + 1..at + REACH).find(|&i| i >= self.atoms.len() || stops(i)).unwrap_or(at + REACH);
        (start..end).any(|i| figure(&i))
    }

    fn opens_sentence(&self, at: usize) -> bool {
        self.atoms.gap(at) == Gap::Paragraph || matches!(before(self.atoms, at, 1), "." | "")
    }
}
