//! A date against the weekday printed beside it.

use crate::date::PartialDate;
use crate::extract::{Check, CheckKind, DateFact, DateRole, Fact, FactKind};
use crate::segment::Document;
use crate::span::Span;

/// Adds a check for each date that has a weekday; the page's own dates are the page's affair.
pub(super) fn find(document: &Document<'_>, facts: &[Fact], found: &mut Vec<Fact>) {
    for fact in facts {
        let FactKind::Date(date) = &fact.kind else { continue };
        let clear = date.calendar.is_solar() && date.value.start().weekday().is_some();
        if date.weekday.is_none() || !clear || date.role == DateRole::Page || !is_sure(document, fact.span, date) {
            continue;
        }
        let Some(span) = printed(document, fact.span) else { continue };
        let check =
            Check { kind: CheckKind::Weekday, holds: date.weekday_agrees(), computed: None, against: vec![fact.span] };
        found.push(Fact::new(span, FactKind::Check(check)));
    }
}

/// Days around the publication in which a date without a year surely lies in the year that it was read in.
const NEAR: i32 = 31;

/// Whether the year of a date is printed, or the date lies near the article's own: an older one may have been read in
/// the wrong year, and then the weekday proves nothing.
fn is_sure(document: &Document<'_>, span: Span, date: &DateFact) -> bool {
    let atoms = document.atoms();
    let start = date.value.start();
    let printed = document.atoms_of(span).any(|at| atoms.text(at).parse() == Ok(start.year()));
    let published = document.article().published.map(PartialDate::epoch_day);
    printed || published.is_some_and(|day| (day - start.epoch_day()).abs() <= NEAR)
}

/// Where the weekday stands in a date.
fn printed(document: &Document<'_>, date: Span) -> Option<Span> {
    let atoms = document.atoms();
    let own = document.atoms_of(date);
    let at = own.clone().find(|&at| {
        matches!(
            (atoms.lower(at), atoms.lower(at + 1)),
            ("thứ", _) | ("chủ" | "chúa", "nhật" | "nhựt") | ("t", "2" | "3" | "4" | "5" | "6" | "7")
        )
    })?;
    (at + 1 < own.end).then(|| document.span(at..at + 2))
}
