//! Words that stand for a document named before: `Nghị quyết này`, `các văn bản trên`.

use super::reference::noun;
use super::words::{Text, Use};
use crate::segment::{AtomKind, Gap};
use crate::span::Span;

/// The last document of each kind.
#[derive(Debug, Default)]
pub(super) struct Last<'a> {
    by_kind: Vec<(&'a str, Span)>,
}

impl<'a> Last<'a> {
    pub(super) fn set(&mut self, kind: &'a str, span: Span) {
        self.by_kind.retain(|(known, _)| *known != kind);
        self.by_kind.push((kind, span));
    }

    /// The last document of a kind; of any kind without one.
    fn get(&self, kind: Option<&str>) -> Option<Span> {
        let found = self.by_kind.iter().rev().find(|(known, _)| kind.is_none_or(|kind| kind == *known));
        found.map(|(_, span)| *span)
    }
}

/// A mention that begins at `at`: the atom after it, and the document that is meant.
pub(super) fn read(atoms: Text<'_>, at: usize, last: &Last<'_>) -> Option<(usize, Span)> {
    if last.by_kind.is_empty() || atoms.kind(at) != Some(AtomKind::Letters) {
        return None;
    }
    let (end, kind) = match noun(atoms, at) {
        Some((end, of)) => (end, Some(of.kind.as_ref())),
        None => {
            let (end, uses) = atoms.uses(at);
            if !uses.is(Use::ANY) {
                return None;
            }
            (end, None)
        }
    };
    // `hai nghị quyết này` are two documents, of which a link could name one.
    let several = at > 0 && atoms.gap(at) < Gap::Paragraph && atoms.is(at - 1, Use::SEVERAL);
    if several || atoms.gap(end) > Gap::Line {
        return None;
    }
    let (this, uses) = atoms.uses(end);
    let end = if uses.is(Use::THIS) {
        this
    } else if atoms.lower(end) == "trên" && ends_phrase(atoms, end + 1) {
        end + 1
    } else {
        return None;
    };
    Some((end, last.get(kind)?))
}

/// `Nghị quyết trên, …` and not `chương trình trên truyền hình`.
fn ends_phrase(atoms: Text<'_>, at: usize) -> bool {
    atoms.gap(at) > Gap::Line
        || matches!(atoms.lower(at), "," | "." | ";" | ":" | ")" | "!" | "?")
        || atoms.is(at, Use::ENDS_TITLE) && atoms.kind(at) == Some(AtomKind::Letters)
}
