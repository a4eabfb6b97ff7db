//! References to party, state and legal documents.

mod context;
mod reference;
mod words;

use reference::{List, Reference};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use self::words::{Text, Words};
use super::fact::{DateFact, DateRole, DocumentRef, Fact, FactKind};
use super::{Rule, Tables};
use crate::date::{DateValue, PartialDate};
use crate::segment::{AtomKind, Atoms, Document};

/// Finds references to documents: by number, by code, by term of congress, and laws by name.
///
/// Types and codes follow Decree 30/2020/NĐ-CP (state) and Guideline 36-HD/VPTW (party). Dates found before that say
/// when a document was issued get the role [`DateRole::Issued`].
#[derive(Clone, Debug)]
pub struct DocumentRule {
    words: Arc<Words>,
}

impl DocumentRule {
    /// With these tables.
    #[must_use]
    pub fn new(tables: &Tables) -> Self {
        Self { words: Words::new(tables) }
    }
}

impl Rule for DocumentRule {
    fn name(&self) -> &'static str {
        "document"
    }

    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
        let atoms = Text { atoms: document.atoms(), words: &self.words };
        let dates = Dates::new(document, facts);
        let mut at = 0;
        while at < atoms.len() {
            match reference::read(atoms, at) {
                Some(list) => {
                    at = list.last().map_or(at + 1, |last| last.atoms.end.max(at + 1));
                    report(document, atoms, &dates, list, facts);
                }
                None => at += 1,
            }
        }
    }
}

/// Where dates begin, in atoms: the date's place among the facts and the atom after it.
struct Dates {
    by_atom: FxHashMap<usize, (usize, usize)>,
}

impl Dates {
    fn new(document: &Document<'_>, facts: &[Fact]) -> Self {
        let date = |(i, fact): (usize, &Fact)| {
            let FactKind::Date(DateFact { value: DateValue::Point(point), .. }) = fact.kind else { return None };
            // A clock time belongs to an event, and so does a month: documents have a day or a year.
            let dated = point.clock().is_none()
                && (point.month_day().is_some() || point == PartialDate::year(point.year_number())?);
            let atoms = document.atoms_of(fact.span);
            dated.then_some((atoms.start, (i, atoms.end)))
        };
        Self { by_atom: facts.iter().enumerate().filter_map(date).collect() }
    }

    fn end(&self, at: usize) -> Option<usize> {
        self.by_atom.get(&at).map(|&(_, end)| end)
    }
}

/// Completes references from what stands around them, and adds them to the facts.
fn report(document: &Document<'_>, atoms: Text<'_>, dates: &Dates, list: List<'_>, facts: &mut Vec<Fact>) {
    let (Some(first), Some(last)) = (list.first(), list.last()) else { return };
    let law = list.len() == 1 && first.code.is_none() && reference::is_law(first.kind);
    let end = last.atoms.end;
    let found = context::after(atoms, end, &|at| {
        dates.end(at).filter(|_| law || !is_year_alone(&atoms, at)).or_else(|| bare_year(&atoms, at).filter(|_| law))
    });
    let issued = found.date.and_then(|at| issued(document, dates, at, facts));
    let issuer = found.issuer.or_else(|| context::issuer_before(atoms, first.atoms.start));
    let last = list.len() - 1;
    for (i, reference) in list.into_iter().enumerate() {
        let Reference { atoms: own, kind, number, code, term, issuer: own_issuer, title } = reference;
        let end = if i == last { found.term_end.unwrap_or(own.end) } else { own.end };
        // A congress is told by its term; `của Đảng` after it names no issuer.
        let congress = number.is_none() && !term.is_empty();
        facts.push(Fact {
            span: document.span(own.start..end),
            kind: FactKind::Document(DocumentRef {
                kind: kind.to_owned(),
                code,
                number,
                term: if term.is_empty() { found.term.clone() } else { term },
                issued,
                issuer: own_issuer.or_else(|| issuer.clone()).filter(|_| !congress),
                title: title.or_else(|| found.title.clone()),
                ..DocumentRef::default()
            }),
        });
    }
}

/// The value of the date at an atom, which becomes one of issue; a bare year after a law becomes a date.
fn issued(document: &Document<'_>, dates: &Dates, at: usize, facts: &mut Vec<Fact>) -> Option<DateValue> {
    if let Some(&(fact, _)) = dates.by_atom.get(&at) {
        let FactKind::Date(date) = &mut facts[fact].kind else { return None };
        if date.role == DateRole::Published {
            return None;
        }
        date.role = DateRole::Issued;
        return Some(date.value);
    }
    let year = document.atoms().text(at).parse().ok().and_then(PartialDate::year)?;
    let value = DateValue::Point(year);
    let date = DateFact::new(value, DateRole::Issued);
    facts.push(Fact { span: document.span(at..at + 1), kind: FactKind::Date(date) });
    Some(value)
}

/// `Luật Đất đai 2013`: the year stands directly after the name.
fn bare_year(atoms: &Atoms, at: usize) -> Option<usize> {
    let year = atoms.kind(at) == Some(AtomKind::Digits)
        && atoms.text(at).len() == 4
        && atoms.text(at).parse().is_ok_and(|year: i16| (1945..2100).contains(&year));
    year.then_some(at + 1)
}

/// `năm 2023` after a code is what the document is about, not when it was issued.
fn is_year_alone(atoms: &Atoms, at: usize) -> bool {
    atoms.lower(at) == "năm"
}
