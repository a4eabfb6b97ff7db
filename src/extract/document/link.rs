//! Which mentions in an article name the same document.

use rustc_hash::FxHashMap;

use super::reference::is_law;
use super::words::key;
use crate::date::DateValue;
use crate::extract::{DocumentRef, Fact, FactKind, Level, System};
use crate::span::Span;

/// Documents of one kind and number that are held apart; beyond that, mentions are not linked.
const MOST: usize = 16;

/// A mention with what tells its document from others.
#[derive(Clone, Debug, Default)]
pub(super) struct Cited {
    /// Its place among the facts.
    pub(super) fact: usize,
    /// What the printed issuer's documents carry in their codes.
    pub(super) body: Option<String>,
    /// The year in the code.
    pub(super) year: Option<i16>,
    /// It is one of a plenum or a congress, as printed: `trung ương`, `đại hội đảng bộ tỉnh`.
    pub(super) session: Option<String>,
}

/// What is known of a document from the mentions that are linked.
#[derive(Clone, Debug)]
struct Known {
    fullest: Span,
    code: Option<String>,
    issued: Option<DateValue>,
    year: Option<i16>,
    level: Option<Level>,
    system: Option<System>,
    body: Option<String>,
    place: Option<String>,
    term: Vec<String>,
}

/// Sets `same_as` of all mentions but the fullest one of each document.
///
/// Mentions are taken from the fullest to the barest, so that a short one meets all the documents that it may mean: it
/// is linked where that is one alone.
pub(super) fn link(cited: &[Cited], facts: &mut [Fact]) {
    let mut order: Vec<(usize, u32, usize)> = Vec::with_capacity(cited.len());
    for (i, mention) in cited.iter().enumerate() {
        let FactKind::Document(document) = &facts[mention.fact].kind else { continue };
        order.push((usize::MAX - told(document), facts[mention.fact].span.start, i));
    }
    order.sort_unstable();
    let mut documents: Vec<Known> = Vec::new();
    let mut by_key: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (_, _, i) in order {
        let mention = &cited[i];
        let fact = &mut facts[mention.fact];
        let FactKind::Document(document) = &mut fact.kind else { continue };
        let keys = keys(document, mention);
        let known = Known::new(fact.span, document, mention);
        let mut fitting: Vec<usize> = Vec::new();
        for &found in keys.iter().filter_map(|key| by_key.get(key)).flatten() {
            if documents[found].fits(&known) && !fitting.contains(&found) {
                fitting.push(found);
            }
        }
        let index = match fitting[..] {
            [only] => {
                document.same_as = Some(documents[only].fullest);
                documents[only].learn(known);
                only
            }
            [] => {
                documents.push(known);
                documents.len() - 1
            }
            // It may be one or the other.
            _ => continue,
        };
        for key in keys {
            let known = by_key.entry(key).or_default();
            if known.len() < MOST && !known.contains(&index) {
                known.push(index);
            }
        }
    }
}

/// How much a mention tells.
fn told(document: &DocumentRef) -> usize {
    let DocumentRef { code, number, term, issued, issuer, title, .. } = document;
    [code.is_some(), number.is_some(), !term.is_empty(), issued.is_some(), issuer.is_some(), title.is_some()]
        .into_iter()
        .filter(|told| *told)
        .count()
}

/// Under what a document is looked for: its kind and number; for a law its name, too.
fn keys(document: &DocumentRef, mention: &Cited) -> Vec<String> {
    let law = is_law(&document.kind);
    let kind = if law { "luật" } else { &document.kind };
    let session = mention.session.as_deref().unwrap_or_default();
    let mut keys = Vec::new();
    match &document.number {
        Some(number) => keys.push(format!("{kind} {session} {}", number.trim_start_matches('0'))),
        None if mention.session.is_some() => keys.push(format!("{kind} {session} {:?}", document.term)),
        None => {}
    }
    if law && let Some(title) = &document.title {
        keys.push(format!("{} “{}", document.kind, title.to_lowercase()));
    } else if document.kind == "hiến pháp" {
        keys.push(document.kind.clone());
    }
    keys
}

impl Known {
    fn new(span: Span, document: &DocumentRef, mention: &Cited) -> Self {
        Self {
            fullest: span,
            code: document.code.as_deref().map(key),
            issued: document.issued,
            year: mention.year.or_else(|| document.issued.map(|issued| issued.start().year())),
            level: document.level,
            system: document.system,
            body: mention.body.clone(),
            place: document.place.as_deref().map(str::to_lowercase),
            term: document.term.clone(),
        }
    }

    /// Whether nothing tells the two apart.
    fn fits(&self, other: &Self) -> bool {
        fn same<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        let dated = self.issued.zip(other.issued).is_none_or(|(one, other)| {
            let ((from, to), (start, end)) = (one.epoch_days(), other.epoch_days());
            from <= end && start <= to
        });
        let placed = self
            .place
            .as_ref()
            .zip(other.place.as_ref())
            .is_none_or(|(one, other)| one.ends_with(other.as_str()) || other.ends_with(one.as_str()));
        // Committees of the party sign for one another; bodies of the state do not.
        let party = self.system == Some(System::Party);
        dated
            && placed
            && same(&self.code, &other.code)
            && same(&self.year, &other.year)
            && same(&self.level, &other.level)
            && same(&self.system, &other.system)
            && (party || same(&self.body, &other.body))
            && (self.term.is_empty() || other.term.is_empty() || self.term == other.term)
    }

    fn learn(&mut self, other: Self) {
        self.code = self.code.take().or(other.code);
        self.issued = self.issued.or(other.issued);
        self.year = self.year.or(other.year);
        self.level = self.level.or(other.level);
        self.system = self.system.or(other.system);
        self.body = self.body.take().or(other.body);
        self.place = self.place.take().or(other.place);
        if self.term.is_empty() {
            self.term = other.term;
        }
    }
}
