//! Dates: found by grammar, resolved against the article, and told apart by what they are to it.

mod grammar;
mod parts;
mod period;
mod resolve;

use grammar::{Expression, Raw};
use resolve::Anchor;

use super::Rule;
use super::fact::{DateFact, DateRole, Fact, FactKind};
use crate::date::{DateValue, PartialDate};
use crate::segment::{AtomKind, Atoms, Document, Gap};
use crate::span::Span;

/// Finds dates and periods.
///
/// What a text leaves out is taken from the article: first its own date, then a full date of the reported event, then
/// the year that it reports on. Where none of them is there, a partial date is no fact.
#[derive(Clone, Copy, Debug, Default)]
pub struct DateRule;

impl Rule for DateRule {
    fn name(&self) -> &'static str {
        "date"
    }

    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
        let (article, atoms) = (document.article(), document.atoms());
        let dateline = article.dateline.zip(article.published);
        if let Some((span, published)) = dateline {
            facts.push(fact(
                span,
                DateFact { value: DateValue::Point(published), role: DateRole::Published, part_of_day: None },
            ));
        }
        let mut found: Vec<(Span, Expression)> = grammar::expressions(atoms)
            .into_iter()
            .map(|expression| (document.span(expression.atoms.clone()), expression))
            .collect();
        found.retain(|(span, _)| dateline.is_none_or(|(dateline, _)| !dateline.overlaps(*span)));
        let reader = Reader { document, atoms, anchor: anchor(document, &found), found: &found };
        for (span, expression) in &found {
            // `Hôm nay: 152` of a page counts visits.
            if matches!(expression.start, Raw::Relative { .. }) && document.is_furniture(*span) {
                continue;
            }
            let Some(value) = resolve::value(expression, reader.anchor) else { continue };
            let role = reader.role(*span, expression, value);
            facts.push(fact(*span, DateFact { value, role, part_of_day: expression.part_of_day }));
        }
    }
}

fn fact(span: Span, date: DateFact) -> Fact {
    Fact { span, kind: FactKind::Date(date) }
}

/// What partial dates of this article are read from.
fn anchor(document: &Document<'_>, found: &[(Span, Expression)]) -> Option<Anchor> {
    if let Some(published) = document.article().published {
        return Some(Anchor::Published(published.civil()));
    }
    let atoms = document.atoms();
    let own = || {
        found
            .iter()
            .filter(|(span, expression)| !document.is_furniture(*span) && !follows_code(atoms, expression.atoms.start))
    };
    let event = own().find_map(|(_, expression)| match expression.start {
        Raw::Day { year: Some(_), .. } if expression.part_of_day.is_some() || expression.clock.is_some() => {
            resolve::value(expression, None)
        }
        _ => None,
    });
    if let Some(event) = event {
        return Some(Anchor::Event(event.start().civil()));
    }
    // The latest year that is reported on; plans and terms of office reach beyond it.
    let years = own().filter(|(_, expression)| {
        let before = before(atoms, expression.atoms.start, 1);
        !expression.span_of_years && !matches!(before, "đến" | "tới") && expression.end != Some(Raw::Now)
    });
    years
        .filter_map(|(_, expression)| expression.end.unwrap_or(expression.start).year())
        .filter(|year| (1990..2100).contains(year))
        .max()
        .map(Anchor::Year)
}

/// The lower-case atom `back` places before `at`.
fn before(atoms: &Atoms, at: usize, back: usize) -> &str {
    at.checked_sub(back).map_or("", |i| atoms.lower(i))
}

/// Whether a document's number or code stands directly before: its date is when it was issued.
fn follows_code(atoms: &Atoms, at: usize) -> bool {
    let mut last = at;
    while last > 0 && matches!(atoms.lower(last - 1), "," | "(" | "ngày") {
        last -= 1;
    }
    let code = |i: usize| matches!(before(atoms, i, 1), "/" | "-") && atoms.kind(i) == Some(AtomKind::Letters);
    last > 0
        && (code(last - 1) && atoms.text(last - 1).starts_with(char::is_uppercase)
            || atoms.kind(last - 1) == Some(AtomKind::Digits)
                && (before(atoms, last - 1, 1) == "số" || atoms.gap(last - 1) == Gap::None))
}

struct Reader<'a> {
    document: &'a Document<'a>,
    atoms: &'a Atoms,
    anchor: Option<Anchor>,
    found: &'a [(Span, Expression)],
}

impl Reader<'_> {
    fn role(&self, span: Span, expression: &Expression, value: DateValue) -> DateRole {
        if self.document.is_furniture(span) {
            return DateRole::Page;
        }
        match expression.start {
            Raw::Relative { .. } => DateRole::Event,
            Raw::Day { .. } => self.role_of_day(expression, value),
            _ => self.role_of_period(expression),
        }
    }

    fn role_of_day(&self, expression: &Expression, value: DateValue) -> DateRole {
        let at = expression.atoms.start;
        let own_word = self.atoms.lower(at);
        if let DateValue::Interval(start, end) = value {
            let days = end.epoch_day() - start.epoch_day();
            return if days <= 10 { DateRole::Event } else { DateRole::Period };
        }
        if self.any_before(at, 5, &["hiệu", "áp", "hạn", "thời", "chậm", "sinh"]) || own_word == "từ" {
            return DateRole::Mention;
        }
        match before(self.atoms, at, 1) {
            "trước" | "sau" | "từ" | "kể" => return DateRole::Mention,
            "đến" | "tới" | "hết" => {
                let meeting = self.any_before(at, 8, &["họp", "nghị", "việc", "diễn", "hội"]);
                let ahead = self.anchor.is_some_and(|anchor| anchor.is_before(value.start()));
                return match (meeting, ahead) {
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
            // What is still to come is announced, not reported.
            Some(Anchor::Published(date)) => (-20..=0).contains(&days_from(date)),
            Some(Anchor::Event(date)) => {
                days_from(date) == 0 || expression.clock.is_some() && (-20..=20).contains(&days_from(date))
            }
            Some(Anchor::Year(_)) | None => {
                let told = self.any_before(at, 4, &["diễn", "khai", "bế", "tổ", "bắt"]);
                expression.clock.is_some() || told || own_word == "ngày" && self.opens_sentence(at)
            }
        };
        let named_day = self.any_before(at, 8, &["ngày"]) && own_word != "ngày";
        if near && !named_day { DateRole::Event } else { DateRole::Mention }
    }

    fn role_of_period(&self, expression: &Expression) -> DateRole {
        let at = expression.atoms.start;
        if expression.end.is_some() || matches!(expression.start, Raw::Months { .. }) {
            return DateRole::Period;
        }
        let own_word = self.atoms.lower(at);
        let led = match before(self.atoms, at, 1) {
            "từ" => true,
            "vào" => {
                let ahead = matches!(expression.start, Raw::Year { year } if self.anchor.is_some_and(|anchor| anchor.year() < year));
                before(self.atoms, at, 2) != "bước" && !ahead
            }
            _ => false,
        };
        let compared = led
            || self.any_before(at, 3, &["với", "kỳ", "sinh", "lực", "kể", "lập", "lần"])
            || self.any_before(at, 6, &["kiến"]) && self.any_before(at, 7, &["dự"]);
        let month = matches!(expression.start, Raw::Month { .. });
        let until = matches!(before(self.atoms, at, 1), "đến" | "tới" | "hết" | "trước" | "sau");
        if month && !self.figures_near(at) {
            return DateRole::Mention;
        }
        if compared || own_word == "từ" || own_word == "đầu" || until && month {
            DateRole::Mention
        } else {
            DateRole::Period
        }
    }

    /// Whether one of `words` stands among the `reach` atoms before `at`, in the same clause.
    fn any_before(&self, at: usize, reach: usize, words: &[&str]) -> bool {
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
