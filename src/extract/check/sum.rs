//! A total against its parts, and a part against its whole.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{CheckKind, Fact, Figure, Figures, OUTCOMES, Outcome, check, is_plain, part, slack, term};
use crate::extract::indicator::part::Follows;
use crate::segment::{AtomKind, Atoms, Gap};
use crate::span::Span;

/// The most atoms that a list of parts is read over.
const LIST: usize = 120;

/// How many figures, and how many atoms, the whole may stand before its parts.
const BEFORE: (usize, usize) = (3, 30);

/// How many atoms from a figure the word may stand that tells which part it is.
const NEAR: usize = 3;

/// One part of a whole.
struct Part {
    span: Span,
    /// Its number and, where it was found as a figure, its unit.
    atoms: Range<usize>,
    value: Decimal,
    slack: Decimal,
    outcome: Option<(Outcome, usize)>,
}

/// The parts that are listed behind a whole.
struct List {
    parts: Vec<Part>,
    /// Whether nothing else that is counted stands between them.
    clean: bool,
    /// How many commas and `và` part the list.
    marks: usize,
    /// How many parts stand before the last `và`.
    last: Option<usize>,
    end: usize,
}

/// How a list of parts begins.
#[derive(Clone, Copy)]
struct Begin {
    /// The first atom of the list.
    start: usize,
    /// The atom behind the whole and what is said of it.
    whole: usize,
    /// Whether the words say that all parts follow.
    closed: bool,
    /// Whether words such as `trong đó` lead to the parts.
    named: bool,
}

pub(super) fn find(figures: &Figures<'_>, found: &mut Vec<Fact>) {
    let atoms = figures.atoms();
    let mut at = 0;
    while at < atoms.len() {
        let begin = match part::connector(atoms, at) {
            Some((end, Follows::None)) => {
                at = end;
                continue;
            }
            Some((start, follows)) => Begin { start, whole: at, closed: follows == Follows::All, named: true },
            // `577 ý kiến, đã giải quyết 454, còn lại 123`
            None if at > 0 && atoms.text(at - 1) == "," && outcome(atoms, at) == Some(Outcome::Done) => {
                Begin { start: at, whole: at, closed: false, named: false }
            }
            None => {
                at += 1;
                continue;
            }
        };
        at = begin.start + usize::from(!begin.named);
        if let Some(whole) = whole(figures, begin.whole) {
            let list = list(figures, begin, whole);
            compare(figures, whole, &list, begin, found);
        }
    }
    for pair in figures.list.windows(2) {
        if let &[ratio, left] = pair {
            found.extend(rest(figures, ratio, left));
        }
    }
}

/// A ratio and what is left: `454/577 ý kiến, còn lại 123 ý kiến`.
fn rest(figures: &Figures<'_>, ratio: Figure<'_>, left: Figure<'_>) -> Option<Fact> {
    let of = ratio.indicator.of.filter(|_| is_plain(ratio.indicator) && is_part(left, ratio))?;
    let atoms = figures.atoms();
    let (first, second) = (figures.place(ratio), figures.place(left));
    let led = second.start <= first.end + 6 && atoms.text(first.end) == ",";
    let (end, _) = (first.end + 1..second.start)
        .find_map(|at| OUTCOMES.longest(atoms, at).filter(|(_, outcome)| **outcome == Outcome::Rest))
        .filter(|(end, _)| led && *end == second.start)?;
    let sum = ratio.indicator.value.checked_add(left.indicator.value)?;
    let slack = figures.slack(ratio);
    let holds = (sum - of).abs() <= slack.0 + slack.1 + figures.slack(left).0;
    // `còn 23 ý kiến` may be some of what is left.
    let sure = holds || !(end == first.end + 2 && atoms.lower(end - 1) == "còn");
    sure.then(|| check(CheckKind::Sum, ratio.span, holds, Some(sum.normalize()), vec![left.span]))
}

/// The figure before atom `at` that the parts behind it add up to.
fn whole<'d>(figures: &Figures<'d>, at: usize) -> Option<Figure<'d>> {
    let last = figures.before(at)?;
    // Where the next figure was linked to its whole, that is it.
    let linked = figures.list.get(last + 1).and_then(|next| next.indicator.part_of);
    let mut candidates = figures.list[(last + 1).saturating_sub(BEFORE.0)..=last].iter().rev();
    let whole = match linked {
        Some(span) => candidates.find(|figure| figure.span == span),
        None => candidates.next(),
    }?;
    let indicator = whole.indicator;
    let plain = is_plain(indicator) && indicator.of.is_none() && indicator.change.is_none() && indicator.unit != "%";
    let atoms = figures.atoms();
    let mut between = figures.place(*whole).end..at;
    (plain && between.len() <= BEFORE.1 && between.all(|i| !ends(atoms, i))).then_some(*whole)
}

/// Whether nothing but what is counted stands between a whole and atom `at`: `577 ý kiến, trong đó`.
fn is_adjacent(figures: &Figures<'_>, whole: Figure<'_>, at: usize) -> bool {
    let atoms = figures.atoms();
    let start = figures.place(whole).end;
    let end = at - usize::from(at > start && matches!(atoms.text(at - 1), "," | "("));
    let words = |text: &str| text.split(' ').count();
    let counted = whole
        .indicator
        .counted
        .as_deref()
        .map_or(0, |counted| words(counted) - words(&whole.indicator.unit).min(words(counted)));
    end - start <= counted && (start..end).all(|i| atoms.kind(i) == Some(AtomKind::Letters))
}

/// Whether a sentence or a list ends at atom `at`.
fn ends(atoms: &Atoms, at: usize) -> bool {
    let stop = matches!(atoms.text(at), "." | "!" | "?" | "…") && atoms.gap(at + 1) >= Gap::Blank;
    stop || atoms.gap(at) == Gap::Paragraph || atoms.text(at) == ";"
}

/// The parts that are listed from `start`: figures with the unit of the whole, or bare numbers of a count.
fn list(figures: &Figures<'_>, begin: Begin, whole: Figure<'_>) -> List {
    let atoms = figures.atoms();
    let start = begin.start;
    let mut list = List { parts: Vec::new(), clean: true, marks: 0, last: None, end: start };
    let mut depth = 0usize;
    while list.end < start + LIST && !ends(atoms, list.end) {
        let at = list.end;
        match atoms.text(at) {
            "(" => depth += 1,
            ")" if depth == 0 => break,
            ")" => depth -= 1,
            // `gồm A, B và C, …`: the last part was named.
            "," if depth == 0 && begin.closed && list.last == Some(list.parts.len().saturating_sub(1)) => break,
            "," if depth == 0 => list.marks += 1,
            _ if depth == 0 && atoms.lower(at) == "và" => {
                list.marks += 1;
                list.last = Some(list.parts.len());
            }
            _ => {}
        }
        // Parts of a part: what follows adds up to something else.
        if at > start && part::connector(atoms, at).is_some() {
            list.clean = false;
            break;
        }
        list.end += 1;
        if depth > 0 || atoms.kind(at) != Some(AtomKind::Digits) {
            continue;
        }
        if let Some((figure, end)) = figures.at(at) {
            list.end = end;
            if is_part(figure, whole) {
                let (value, slack) = (figure.indicator.value, figures.slack(figure).0);
                let outcome = near(atoms, at..end);
                list.parts.push(Part { span: figure.span, atoms: at..end, value, slack, outcome });
            } else {
                list.clean = false;
            }
        } else if let Ok(term) = term(atoms, at) {
            // A bare number is a part where a word says which.
            let outcome = near(atoms, at..term.end);
            let count = whole.indicator.printed.is_none() && atoms.kind(term.end) != Some(AtomKind::Digits);
            if let (Some(value), true, true) = (term.value(), outcome.is_some(), count) {
                let span = figures.document.span(at..term.end);
                list.parts.push(Part { span, atoms: at..term.end, value, slack: slack(&term), outcome });
            }
            list.end = term.end;
        }
    }
    list
}

/// Whether a figure counts the same as the whole: it has the same measure, or the same head.
fn is_part(figure: Figure<'_>, whole: Figure<'_>) -> bool {
    let (indicator, total) = (figure.indicator, whole.indicator);
    let head = |unit: &str| unit.split(' ').next().unwrap_or_default().to_lowercase();
    let measured = total.printed.is_some();
    let same = if measured { indicator.unit == total.unit } else { head(&indicator.unit) == head(&total.unit) };
    same && is_plain(indicator) && indicator.of.is_none() && indicator.change.is_none() && indicator.per == total.per
}

fn outcome(atoms: &Atoms, at: usize) -> Option<Outcome> {
    OUTCOMES.longest(atoms, at).map(|(_, &outcome)| outcome)
}

/// The word near a part that tells which it is, before it or behind it, and the atom after that word.
fn near(atoms: &Atoms, part: Range<usize>) -> Option<(Outcome, usize)> {
    let at = |i: usize| {
        let (end, &outcome) = OUTCOMES.longest(atoms, i)?;
        (outcome != Outcome::Voters).then_some((outcome, end))
    };
    let word = |i: &usize| atoms.kind(*i) == Some(AtomKind::Letters);
    let before = (part.start.saturating_sub(NEAR + 1)..part.start).rev().take_while(word).filter_map(at).last();
    let behind = (part.end..part.end + NEAR).take_while(word).find_map(at);
    // `còn 123 ý kiến đang giải quyết`: the word behind says more.
    match (before, behind) {
        (Some((Outcome::Rest, end)), Some(behind)) if end == part.start && atoms.lower(end - 1) == "còn" => {
            Some(behind)
        }
        (before, behind) => before.or(behind),
    }
}

/// What the parts add up to, where a [`Decimal`] holds it.
fn sum_of(list: &List) -> Option<Decimal> {
    list.parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value))
}

/// Whether the parts are all that the whole consists of, by the words at them.
fn is_complete(atoms: &Atoms, list: &List, begin: Begin) -> bool {
    if list.parts.len() < 2 || !list.clean {
        return false;
    }
    if begin.closed {
        // `trả nợ 27 tỷ đồng, trả gốc 20 tỷ đồng, trả lãi 7 tỷ đồng`: the first is the sum of the others.
        let sum = sum_of(list).map(|sum| sum / Decimal::TWO);
        let nested = list.parts.iter().any(|part| Some(part.value) == sum);
        let more =
            matches!(atoms.text(list.end), "…") || atoms.text(list.end + 1) == "." || atoms.lower(list.end - 1) == "v";
        return !more && !nested && list.last == Some(list.parts.len() - 1) && list.marks + 1 == list.parts.len();
    }
    let verb = |end: usize| {
        let start = end + usize::from(atoms.lower(end) == "được");
        (atoms.lower(start), if atoms.kind(start + 1) == Some(AtomKind::Letters) { atoms.lower(start + 1) } else { "" })
    };
    let done = list.parts.iter().filter_map(|part| part.outcome).find(|(outcome, _)| *outcome == Outcome::Done);
    list.parts.iter().all(|part| part.outcome.is_some())
        && list.parts.last().and_then(|part| part.outcome.map(|outcome| (part, outcome))).is_some_and(|(part, last)| {
            match last {
                (Outcome::Rest, end) => {
                    let left = atoms.lower(end - 1) != "còn";
                    left || matches!(atoms.text(part.atoms.end), "." | "," | ";" | ")")
                }
                (Outcome::Open, end) => done.is_some_and(|(_, done)| verb(done) == verb(end)),
                _ => false,
            }
        })
}

fn compare(figures: &Figures<'_>, whole: Figure<'_>, list: &List, begin: Begin, found: &mut Vec<Fact>) {
    let atoms = figures.atoms();
    let total = whole.indicator.value;
    let slack = figures.slack(whole).0;
    let sum = sum_of(list);
    let adjacent = is_adjacent(figures, whole, begin.whole);
    let complete = adjacent && is_complete(atoms, list, begin);
    if let Some(sum) = sum.filter(|_| list.parts.len() > 1 && (begin.named || complete)) {
        let slack = list.parts.iter().fold(slack, |slack, part| slack.saturating_add(part.slack));
        let holds = sum.saturating_sub(total).abs() <= slack;
        if holds || complete {
            let against = list.parts.iter().map(|part| part.span).collect();
            found.push(check(CheckKind::Sum, whole.span, holds, Some(sum.normalize()), against));
            return;
        }
    }
    // A single part is compared where no other words stand between.
    let first = list.parts.first().filter(|part| {
        let direct = part.atoms.start == begin.start || part.outcome.is_some() && outcome(atoms, begin.start).is_some();
        adjacent && begin.named && direct
    });
    if let Some(part) = first {
        let holds = part.value <= total + slack + part.slack;
        found.push(check(CheckKind::Part, part.span, holds, None, vec![whole.span]));
    }
}
