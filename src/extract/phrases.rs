//! Tables of phrases, and finding the longest one that begins at an atom.

use rustc_hash::FxHashMap;

use crate::segment::{Atoms, Gap};

/// Phrases with what they mean. Letter case, line breaks and blanks do not matter; an empty line ends a phrase.
#[derive(Clone, Debug)]
pub(crate) struct Phrases<V> {
    by_first: FxHashMap<Box<str>, Vec<Entry<V>>>,
}

#[derive(Clone, Debug)]
struct Entry<V> {
    /// The atoms after the first, in lower case.
    rest: Box<[Box<str>]>,
    value: V,
}

impl<V> Phrases<V> {
    pub(crate) fn new<'a>(rows: impl IntoIterator<Item = (&'a str, V)>) -> Self {
        let mut by_first: FxHashMap<Box<str>, Vec<Entry<V>>> = FxHashMap::default();
        for (phrase, value) in rows {
            let atoms = Atoms::new(phrase);
            let rest = (1..atoms.len()).map(|i| atoms.lower(i).into()).collect();
            by_first.entry(atoms.lower(0).into()).or_default().push(Entry { rest, value });
        }
        for entries in by_first.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
        }
        Self { by_first }
    }

    /// The longest phrase that begins with atom `at`: the atom after it, and its value.
    pub(crate) fn longest(&self, atoms: &Atoms, at: usize) -> Option<(usize, &V)> {
        let entries = self.by_first.get(atoms.lower(at))?;
        entries.iter().find_map(|entry| {
            let follows =
                |(i, word): (usize, &str)| atoms.lower(at + 1 + i) == word && atoms.gap(at + 1 + i) < Gap::Paragraph;
            entry
                .rest
                .iter()
                .map(AsRef::as_ref)
                .enumerate()
                .all(follows)
                .then_some((at + 1 + entry.rest.len(), &entry.value))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins_whatever_its_case_and_line() {
        let phrases = Phrases::new([("ban", 1), ("ban thường vụ", 2), ("GD&ĐT", 3)]);
        let atoms = Atoms::new("Ban Thường\nvụ GD&ĐT\n\nBan\n\nthường vụ");
        assert_eq!(phrases.longest(&atoms, 0), Some((3, &2)));
        assert_eq!(phrases.longest(&atoms, 3), Some((6, &3)));
        assert_eq!(phrases.longest(&atoms, 6), Some((7, &1)));
        assert_eq!(phrases.longest(&atoms, 7), None);
    }
}
