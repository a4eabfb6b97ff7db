//! Dates: found by grammar, resolved against the article, and told apart by what they are to it.

mod grammar;
mod interval;
mod parts;
mod period;
mod relative;
mod resolve;
mod roles;
mod spelled;
mod words;

use grammar::{Expression, Raw, Year};
use resolve::Anchor;
use roles::Reader;

use super::fact::{DateFact, DateRole, Fact, FactKind};
use super::{Evidence, Rule};
use crate::date::{Calendar, DateValue};
use crate::segment::{AtomKind, Atoms, Document, Gap};
use crate::span::Span;

/// Finds dates and periods.
///
/// What a text leaves out is taken from the article: first its own date, then a full date of the reported event, then
/// the year that it reports on. Where none of them is there, a partial date is no fact.
///
/// The [`Analyzer`](crate::Analyzer) has this rule as it is by default. One with other options takes its place:
///
/// ```
/// use thoisu::extract::{DateRule, FactKind, Prefer};
/// use thoisu::{Analyzer, Article};
///
/// let analyzer = Analyzer::builder().rule(DateRule::new().prefer(Prefer::Future).relative(true)).build();
/// let mut article = Article::from_text("Lễ hội mở vào thứ ba tuần sau, bế mạc ngày 2/1.");
/// article.published = "2023-12-20".parse().ok();
/// let facts = analyzer.facts(&analyzer.document(&article));
/// let values: Vec<String> = facts
///     .iter()
///     .filter_map(|fact| if let FactKind::Date(date) = &fact.kind { Some(date.value.to_string()) } else { None })
///     .collect();
/// assert_eq!(values, ["2023-12-26", "2024-01-02"]);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct DateRule {
    prefer: Prefer,
    relative: bool,
}

/// Which of the days that a partial date can mean is taken: `ngày 20/12` in an article of January, `thứ hai`.
///
/// Words beside the date that tell go before it: `vừa qua`, `tới đây`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Prefer {
    /// The one nearest to the article's own date, before it on a tie: news look both ways, but not far.
    #[default]
    Nearest,
    /// The last one that has begun.
    Past,
    /// The next one that has not ended.
    Future,
}

impl DateRule {
    /// Takes the nearest date, and reads of relative ones only those that stand for the day of the news: `sáng nay`,
    /// `hôm qua`.
    #[must_use]
    pub const fn new() -> Self {
        Self { prefer: Prefer::Nearest, relative: false }
    }

    /// Takes partial dates from this side of the article's own date.
    #[must_use]
    pub const fn prefer(mut self, prefer: Prefer) -> Self {
        self.prefer = prefer;
        self
    }

    /// Also reads what is told from the article's own date: `ngày mai`, `hôm kia`, `thứ hai`, `thứ ba tuần sau`,
    /// `tháng trước`, `quý này`, `năm ngoái`, `3 tháng tới`. Weeks are intervals from Monday to Sunday.
    ///
    /// In reports such words mostly compare or look around and date nothing, so they are left out by default.
    #[must_use]
    pub const fn relative(mut self, relative: bool) -> Self {
        self.relative = relative;
        self
    }
}

impl DateFact {
    /// A solar date that is printed without more.
    #[must_use]
    pub const fn new(value: DateValue, role: DateRole) -> Self {
        Self { value, role, part_of_day: None, weekday: None, calendar: Calendar::Solar }
    }

    /// Whether the printed day of the week is that of the value; also true where none is printed, or where the value
    /// has none: a month, a lunar date.
    ///
    /// ```
    /// use thoisu::Weekday;
    /// use thoisu::extract::{DateFact, DateRole};
    ///
    /// let mut date = DateFact::new("2024-02-29".parse()?, DateRole::Mention);
    /// assert!(date.weekday_agrees());
    /// date.weekday = Some(Weekday::Friday);
    /// assert!(!date.weekday_agrees());
    /// # Ok::<(), thoisu::Error>(())
    /// ```
    #[must_use]
    pub fn weekday_agrees(&self) -> bool {
        match (self.weekday, self.value.start().weekday()) {
            (Some(printed), Some(actual)) => printed == actual || !self.calendar.is_solar(),
            _ => true,
        }
    }
}

impl Rule for DateRule {
    fn name(&self) -> &'static str {
        "date"
    }

    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
        let (article, atoms) = (document.article(), document.atoms());
        // The caller may have set a span that is no place of the text.
        let dateline = article.dateline.filter(|span| article.text.get(span.range()).is_some()).zip(article.published);
        let mut found: Vec<(Span, Expression)> = grammar::expressions(atoms, self.relative)
            .into_iter()
            .map(|expression| (document.span(expression.atoms.clone()), expression))
            .collect();
        if let Some((dateline, published)) = dateline {
            let mut date = DateFact::new(DateValue::Point(published), DateRole::Published);
            found.retain(|(span, expression)| {
                let part = dateline.overlaps(*span);
                date.weekday = date.weekday.or(expression.weekday.filter(|_| part));
                !part
            });
            facts.push(fact(dateline, date));
        }
        said_once(atoms, &mut found);
        let reader = Reader { document, atoms, anchor: anchor(document, &found), found: &found };
        let mut shared = None;
        for (span, expression) in &found {
            // `Hôm nay: 152` of a page counts visits.
            if matches!(expression.start, Raw::Relative(_)) && document.is_furniture(*span) {
                continue;
            }
            if recurs(atoms, expression) {
                continue;
            }
            let Some(value) = resolve::value(expression, reader.anchor, self.prefer) else { continue };
            let role = match shared.filter(|_| expression.listed) {
                Some(role) => role,
                None => reader.role(*span, expression, value),
            };
            shared = Some(role);
            let Expression { part_of_day, weekday, calendar, .. } = *expression;
            facts.push(fact(*span, DateFact { value, role, part_of_day, weekday, calendar }));
        }
    }

    fn explain(&self, document: &Document<'_>, fact: &Fact) -> Vec<Evidence> {
        words::evidence(document.atoms(), document.atoms_of(fact.span).start)
    }
}

fn fact(span: Span, date: DateFact) -> Fact {
    Fact { span, kind: FactKind::Date(date) }
}

/// `ngày 20/11 hằng năm` comes every year and has no place in time.
fn recurs(atoms: &Atoms, expression: &Expression) -> bool {
    let end = expression.atoms.end;
    expression.start.year().is_none()
        && matches!(atoms.lower(end), "hằng" | "hàng" | "mỗi")
        && matches!(atoms.lower(end + 1), "năm" | "tháng")
}

/// Takes out lunar dates that say a solar one again: `02/02/2022 (mùng 2 Tết)`, `ngày 19/2, tức mùng 10 tháng Giêng`.
fn said_once(atoms: &Atoms, found: &mut Vec<(Span, Expression)>) {
    let mut last = None;
    found.retain(|(_, expression)| {
        let at = expression.atoms.start;
        let told =
            (1..=3.min(at)).map(|back| at - back).take_while(|&i| matches!(atoms.lower(i), "(" | "," | "tức" | "nhằm"));
        let (start, says_again) = told.fold((at, false), |(_, again), i| (i, again || atoms.lower(i) != ","));
        let again = !expression.calendar.is_solar() && says_again && last == Some(start);
        last = Some(expression.atoms.end);
        !again
    });
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
        Raw::Day { year: Some(Year::Is(_)), .. } if expression.part_of_day.is_some() || expression.clock.is_some() => {
            resolve::value(expression, None, Prefer::Nearest)
        }
        _ => None,
    });
    // `Ngày 16/7/2024, tại hội trường …`: a day that begins a sentence.
    let told = || {
        own().find_map(|(_, expression)| {
            let at = expression.atoms.start;
            let begins = atoms.gap(at) == Gap::Paragraph || before(atoms, at, 1) == "." && atoms.gap(at) > Gap::None;
            let dated = matches!(expression.start, Raw::Day { year: Some(Year::Is(_)), .. });
            (dated && begins && expression.end.is_none() && atoms.lower(at) == "ngày")
                .then(|| resolve::value(expression, None, Prefer::Nearest))
                .flatten()
        })
    };
    if let Some(event) = event.or_else(told) {
        return Some(Anchor::Event(event.start().civil()));
    }
    // The latest year that is reported on; plans and terms of office reach beyond it.
    let years = own().filter(|(_, expression)| {
        let before = before(atoms, expression.atoms.start, 1);
        !expression.span_of_years && !matches!(before, "đến" | "tới") && expression.end != Some(Raw::Now)
    });
    years
        .filter_map(|(_, expression)| expression.end.unwrap_or(expression.start).printed_year())
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
