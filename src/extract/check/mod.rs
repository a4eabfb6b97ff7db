//! Statements of an article held against each other: a share against its ratio, a total against its parts, a difference
//! against what it is the difference of, a date against its weekday.
//!
//! Only what surely belongs together is compared: in one sentence, with the words between that say so. Both outcomes are
//! facts, since figures that agree are worth as much to a reader as those that do not.

mod difference;
mod share;
mod sum;
mod weekday;

use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::indicator::number::{Term, term};
use super::indicator::part;
use super::phrases::Phrases;
use super::{Check, CheckKind, Evidence, Fact, FactKind, Indicator, Rule};
use crate::segment::{AtomKind, Atoms, Document, Gap};
use crate::span::Span;
use crate::table::{lines, rows};

/// Compares the figures that the rules before it found; it runs behind [`IndicatorRule`](super::IndicatorRule).
///
/// A figure is as exact as it is printed: `8,4 tỷ đồng` stands for anything from 8,35 to 8,45, and a percentage may be
/// rounded or cut off in its last place. A count without a magnitude is exact.
///
/// ```
/// use thoisu::{Analyzer, Article, FactKind};
///
/// let article = Article::from_text("Huyện hoàn thành 53/49 nhiệm vụ, đạt 112,5%.");
/// let analyzer = Analyzer::new();
/// let facts = analyzer.facts(&analyzer.document(&article));
/// let check = facts.iter().find(|fact| matches!(fact.kind, FactKind::Check(_))).expect("a check");
/// assert_eq!(&article.text[check.span.range()], "112,5%");
/// let FactKind::Check(check) = &check.kind else { unreachable!() };
/// assert!(!check.holds);
/// assert_eq!(check.computed.map(|computed| computed.round_dp(2)), Some("108.16".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct CheckRule;

impl CheckRule {
    /// With the built-in words, which nobody adds to.
    #[must_use]
    pub fn new() -> Self {
        Self
    }
}

impl Rule for CheckRule {
    fn name(&self) -> &'static str {
        "check"
    }

    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
        let figures = Figures::new(document, facts);
        let mut found = Vec::new();
        if !figures.list.is_empty() {
            share::find(&figures, &mut found);
            difference::find(&figures, &mut found);
            sum::find(&figures, &mut found);
        }
        weekday::find(document, facts, &mut found);
        facts.extend(found);
    }

    /// The words between the figures that say what they are to each other.
    fn explain(&self, document: &Document<'_>, fact: &Fact) -> Vec<Evidence> {
        let FactKind::Check(check) = &fact.kind else { return Vec::new() };
        let all = || check.against.iter().chain([&fact.span]);
        let (Some(start), Some(end)) = (all().map(|span| span.start).min(), all().map(|span| span.end).max()) else {
            return Vec::new();
        };
        let atoms = document.atoms();
        let own = document.atoms_of(Span::new(start, end));
        let tables = [
            ("parts.tsv", include_str!("../../data/parts.tsv")),
            ("outcomes.tsv", include_str!("../../data/outcomes.tsv")),
            ("equalities.tsv", include_str!("../../data/equalities.tsv")),
        ];
        let tables = match check.kind {
            CheckKind::Sum | CheckKind::Part => &tables[..2],
            CheckKind::Weekday => return Vec::new(),
            _ => &tables[2..],
        };
        let mut found = Vec::new();
        let mut at = own.start;
        while at < own.end {
            // No phrase of these tables has more words.
            let row = (at + 1..own.end.min(at + 6)).rev().find_map(|end| {
                let words = atoms.slice(at..end);
                tables
                    .iter()
                    .find_map(|(table, rows)| super::tables::evidence(table, lines(rows), words))
                    .map(|row| (row, end))
            });
            match row {
                Some((row, end)) => {
                    found.push(row);
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }
}

/// Words between two figures that are said to be the same.
static EQUALITIES: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::new(rows(include_str!("../../data/equalities.tsv")).map(|row| (row[0], ()))));

/// What a word at a figure says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    Open,
    /// What is left of the whole.
    Rest,
    /// A vote.
    Voters,
}

static OUTCOMES: LazyLock<Phrases<Outcome>> = LazyLock::new(|| {
    Phrases::new(rows(include_str!("../../data/outcomes.tsv")).map(|row| {
        let outcome = match row[1] {
            "done" => Outcome::Done,
            "open" => Outcome::Open,
            "rest" => Outcome::Rest,
            _ => Outcome::Voters,
        };
        (row[0], outcome)
    }))
});

/// A figure that was found.
#[derive(Clone, Copy)]
struct Figure<'f> {
    span: Span,
    indicator: &'f Indicator,
}

/// The figures of an article, in the order of the text.
struct Figures<'d> {
    document: &'d Document<'d>,
    list: Vec<Figure<'d>>,
}

impl<'d> Figures<'d> {
    fn new(document: &'d Document<'d>, facts: &'d [Fact]) -> Self {
        let figure = |fact: &'d Fact| match &fact.kind {
            FactKind::Indicator(indicator) => Some(Figure { span: fact.span, indicator }),
            _ => None,
        };
        let mut list: Vec<Figure<'d>> = facts.iter().filter_map(figure).collect();
        list.sort_by_key(|figure| (figure.span.start, figure.span.end));
        Self { document, list }
    }

    fn atoms(&self) -> &'d Atoms {
        self.document.atoms()
    }

    /// The atoms of a figure.
    fn place(&self, figure: Figure<'_>) -> Range<usize> {
        self.document.atoms_of(figure.span)
    }

    /// The figure that begins at atom `at`, if there is one, and the atom after it.
    fn at(&self, at: usize) -> Option<(Figure<'d>, usize)> {
        let start = self.document.span(at..at + 1).start;
        let next = self.list.partition_point(|figure| figure.span.start < start);
        let figure = *self.list.get(next).filter(|figure| figure.span.start == start)?;
        Some((figure, self.place(figure).end))
    }

    /// The last figure that ends before atom `at`, with its number in the list.
    fn before(&self, at: usize) -> Option<usize> {
        let start = self.document.span(at..at + 1).start;
        self.list.partition_point(|figure| figure.span.end <= start).checked_sub(1)
    }

    /// How far the value of a figure may be from what is meant, and its denominator: half of the last place printed.
    fn slack(&self, figure: Figure<'_>) -> (Decimal, Decimal) {
        let atoms = self.atoms();
        let place = self.place(figure);
        let number = (place.start..place.end).find(|&at| atoms.kind(at) == Some(AtomKind::Digits));
        let Some(first) = number.and_then(|at| term(atoms, at).ok()) else { return (Decimal::ZERO, Decimal::ZERO) };
        let second = (figure.indicator.of.is_some()).then(|| term(atoms, first.end + 1).ok()).flatten();
        match second {
            Some(second) if !first.scaled => {
                (slack(&Term { factor: second.factor, scaled: second.scaled, ..first }), slack(&second))
            }
            second => (slack(&first), second.as_ref().map_or(Decimal::ZERO, slack)),
        }
    }

    /// Whether the atoms between two figures do nothing but say that they are the same: `, đạt`, `(`.
    fn equal(&self, between: Range<usize>) -> bool {
        let atoms = self.atoms();
        let mut at = between.start;
        while at < between.end {
            match EQUALITIES.longest(atoms, at) {
                Some((end, ())) if end <= between.end && atoms.gap(at) < Gap::Paragraph => at = end,
                _ => return false,
            }
        }
        between.start < between.end
    }
}

/// Half of what one in the last printed place is worth; nothing for a count without a magnitude, which is exact.
fn slack(term: &Term) -> Decimal {
    let scale = term.number.value.scale();
    if !term.scaled && scale == 0 || !term.rest.is_zero() {
        return Decimal::ZERO;
    }
    term.factor / Decimal::from(10u64.pow(scale.min(18))) / Decimal::TWO
}

/// One in the last place of a percentage as it is printed: 0,1 for `108,1%`. Both rounding and cutting off stay within.
fn place(value: Decimal) -> Decimal {
    Decimal::ONE / Decimal::from(10u64.pow(value.scale().min(18)))
}

/// Whether a figure stands for itself: neither a range nor a rough figure.
fn is_plain(indicator: &Indicator) -> bool {
    indicator.upper.is_none() && indicator.qualifier.is_exact()
}

fn check(kind: CheckKind, span: Span, holds: bool, computed: Option<Decimal>, against: Vec<Span>) -> Fact {
    Fact::new(span, FactKind::Check(Check { kind, holds, computed, against }))
}

/// A computed value with as many places as a reader wants to see.
fn shown(value: Decimal) -> Decimal {
    value.round_dp(4).normalize()
}
