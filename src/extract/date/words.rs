//! The words beside a date that say what it is: the table `date_words.tsv`.

use std::sync::LazyLock;

use crate::extract::phrases::Phrases;
use crate::extract::{Evidence, tables};
use crate::segment::{Atoms, Gap};
use crate::table::{lines, rows};

/// What a word says about the date beside it; the table explains each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Mention,
    Compared,
    Expected,
    Told,
    Meeting,
    Plan,
    Dated,
    Occasion,
    Place,
    Share,
}

static WORDS: LazyLock<Phrases<Vec<Use>>> = LazyLock::new(|| {
    Phrases::new(rows(include_str!("../../data/date_words.tsv")).map(|row| {
        let uses = row[1].split(',').filter_map(|name| {
            Some(match name {
                "mention" => Use::Mention,
                "compared" => Use::Compared,
                "expected" => Use::Expected,
                "told" => Use::Told,
                "meeting" => Use::Meeting,
                "plan" => Use::Plan,
                "dated" => Use::Dated,
                "occasion" => Use::Occasion,
                "place" => Use::Place,
                "share" => Use::Share,
                _ => return None,
            })
        });
        (row[0], uses.collect())
    }))
});

/// The first of the `reach` atoms before `at` that stand in its clause.
fn clause(atoms: &Atoms, at: usize, reach: usize) -> usize {
    let mut start = at;
    while start > 0
        && at - start < reach
        && atoms.gap(start) < Gap::Paragraph
        && !matches!(atoms.lower(start - 1), "." | ";" | ":")
    {
        start -= 1;
    }
    start
}

/// Whether a word of this use begins among the `reach` atoms before `at`, in the same clause, and ends before `at`.
pub(super) fn stands_before(atoms: &Atoms, at: usize, reach: usize, wanted: Use) -> bool {
    let mut start = clause(atoms, at, reach);
    while start < at {
        match WORDS.longest(atoms, start).filter(|(end, _)| *end <= at) {
            Some((_, uses)) if uses.contains(&wanted) => return true,
            Some((end, _)) => start = end,
            None => start += 1,
        }
    }
    false
}

/// Whether a word of this use ends directly before `at`.
pub(super) fn ends_at(atoms: &Atoms, at: usize, wanted: Use) -> bool {
    const LONGEST: usize = 4;
    WORDS.longest_before(atoms, at, LONGEST).is_some_and(|(_, uses)| uses.contains(&wanted))
}

/// Whether a word of this use begins at `at`.
pub(super) fn begins_at(atoms: &Atoms, at: usize, wanted: Use) -> bool {
    WORDS.longest(atoms, at).is_some_and(|(_, uses)| uses.contains(&wanted))
}

/// The rows of the words that stand before `at` in its clause, as far as any use reaches.
pub(super) fn evidence(atoms: &Atoms, at: usize) -> Vec<Evidence> {
    const REACH: usize = 8;
    let table = include_str!("../../data/date_words.tsv");
    let mut found = Vec::new();
    let mut start = clause(atoms, at, REACH);
    while start < at {
        match WORDS.longest(atoms, start).filter(|(end, _)| *end <= at) {
            Some((end, uses)) => {
                let row = tables::evidence("date_words.tsv", lines(table), atoms.slice(start..end));
                // What follows a date says nothing about one before which it stands.
                found.extend(row.filter(|_| uses.iter().any(|&of| of != Use::Share)));
                start = end;
            }
            None => start += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_one_row_and_known_uses() {
        let mut words = std::collections::HashSet::new();
        for row in rows(include_str!("../../data/date_words.tsv")) {
            assert!(words.insert(row[0]), "{row:?}: the word has a row already");
            let known = row[1].split(',').count();
            let read = WORDS.longest(&Atoms::new(row[0]), 0).map_or(0, |(_, uses)| uses.len());
            assert!(row.len() == 2 && (known == read || row[1] == "none"), "{row:?}");
        }
    }

    #[test]
    fn a_longer_word_hides_one_inside_it() {
        let atoms = Atoms::new("các học sinh ngày 5/9");
        assert!(!stands_before(&atoms, 3, 5, Use::Mention));
        let atoms = Atoms::new("anh sinh ngày 5/9");
        assert!(stands_before(&atoms, 2, 5, Use::Mention));
    }
}
