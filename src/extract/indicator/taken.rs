//! Where no indicator is looked for.

use crate::extract::{Fact, FactKind};
use crate::segment::{Document, Gap};
use crate::span::Span;

/// The parts of the text that are something else: dates, documents, page furniture, and indicators that were found
/// before.
pub(super) struct Taken(Vec<Span>);

impl Taken {
    pub(super) fn new(document: &Document<'_>, facts: &[Fact]) -> Self {
        let others = facts
            .iter()
            .filter(|fact| matches!(fact.kind, FactKind::Date(_) | FactKind::Document(_) | FactKind::Indicator(_)));
        let mut spans: Vec<Span> = others.map(|fact| fact.span).collect();
        spans.extend(document.article().furniture.iter().flat_map(|&span| counters(document.original(), span)));
        spans.extend(addresses(document));
        spans.sort_unstable();
        let mut apart: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match apart.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => apart.push(span),
            }
        }
        Self(apart)
    }

    pub(super) fn holds(&self, span: Span) -> bool {
        let at = self.0.partition_point(|taken| taken.end <= span.start);
        self.0.get(at).is_some_and(|taken| taken.overlaps(span))
    }
}

/// The lines of a page's furniture but for captions: what a caption counts, the article counts.
fn counters(text: &str, furniture: Span) -> impl Iterator<Item = Span> {
    let mut start = furniture.start as usize;
    text.get(furniture.range()).unwrap_or_default().split_inclusive('\n').filter_map(move |line| {
        let span = Span::from_range(start..start + line.len());
        start += line.len();
        let caption = ["Ảnh:", "ảnh:", "ẢNH:"].iter().any(|credit| line.contains(credit));
        (!caption).then_some(span)
    })
}

/// Web addresses, mail addresses and file names.
fn addresses(document: &Document<'_>) -> Vec<Span> {
    let atoms = document.atoms();
    let mut found = Vec::new();
    let mut next = 0;
    for i in 0..atoms.len() {
        let tells = match atoms.sign(i) {
            b':' => atoms.sign(i + 1) == b'/' && atoms.sign(i + 2) == b'/',
            b'@' | b'_' => atoms.gap(i) == Gap::None && atoms.gap(i + 1) == Gap::None,
            b'.' => i > 0 && atoms.text(i - 1) == "www",
            _ => false,
        };
        if !tells {
            continue;
        }
        let of = if atoms.sign(i) == b'.' { i - 1 } else { i };
        if of < next {
            continue;
        }
        let start = (next + 1..=of).rev().find(|&i| atoms.gap(i) != Gap::None).unwrap_or(next);
        let end = (of + 1..atoms.len()).find(|&i| atoms.gap(i) != Gap::None).unwrap_or(atoms.len());
        found.push(document.span(start..end));
        next = end;
    }
    found
}
