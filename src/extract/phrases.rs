//! Tables of phrases, looked up in the atoms of a text.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::segment::{Atoms, Gap, hash};

/// Phrases with what they mean. Letter case, line breaks and blanks do not matter; an empty line ends a phrase.
///
/// A look-up costs one bit test for the words of a text that begin no phrase, which are nearly all.
#[derive(Clone, Debug)]
pub(crate) struct Phrases<V> {
    /// One bit for each first word, at its hash; as many bits as make a false one rare.
    filter: Box<[u64]>,
    /// The same for each phrase of one word, for the first two words of each other one, and for each last word.
    singles: Box<[u64]>,
    pairs: Box<[u64]>,
    ends: Box<[u64]>,
    by_first: FxHashMap<u32, Vec<Entry<V>>>,
}

#[derive(Clone, Debug)]
struct Entry<V> {
    /// How many atoms it has.
    len: u32,
    /// The hash of the second atom, which settles most questions; 0 where there is none.
    second: u32,
    /// The phrase in lower case, with what stands between its atoms.
    phrase: Box<str>,
    /// The atoms in lower case.
    words: Box<[Box<str>]>,
    /// The hashes of the atoms after the second.
    rest: Box<[u32]>,
    value: V,
}

/// The word of a filter for `hash`, and its bit in that word.
#[inline]
fn bit(filter: &[u64], hash: u32) -> (usize, u64) {
    let bit = hash as usize % (filter.len() * 64);
    (bit / 64, 1 << (bit % 64))
}

/// A filter that has `hashes`, and few others.
fn filter(hashes: impl Iterator<Item = u32>) -> Box<[u64]> {
    let hashes: FxHashSet<u32> = hashes.collect();
    let mut filter = vec![0; (hashes.len() * 16).next_power_of_two().max(64) / 64];
    for hash in hashes {
        let (at, bit) = bit(&filter, hash);
        filter[at] |= bit;
    }
    filter.into()
}

/// A hash of two words that follow each other.
#[inline]
fn pair(first: u32, second: u32) -> u32 {
    first ^ second.rotate_left(16)
}

/// Whether a filter may have `hash`.
#[inline]
fn may_have(filter: &[u64], hash: u32) -> bool {
    let (at, bit) = bit(filter, hash);
    filter[at] & bit != 0
}

/// A text on one line, with single blanks: how facts quote what may go over lines.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

impl<V> Phrases<V> {
    /// Of a phrase that comes twice, the later row counts.
    pub(crate) fn new<'a>(rows: impl IntoIterator<Item = (&'a str, V)>) -> Self {
        let mut by_first: FxHashMap<u32, Vec<Entry<V>>> = FxHashMap::default();
        for (phrase, value) in rows {
            let atoms = Atoms::new(phrase);
            let entry = Entry {
                len: atoms.len() as u32,
                second: if atoms.len() > 1 { atoms.hash(1) } else { 0 },
                phrase: atoms.lower_slice(0..atoms.len()).into(),
                words: (0..atoms.len()).map(|i| atoms.lower(i).into()).collect(),
                rest: (2..atoms.len()).map(|i| atoms.hash(i)).collect(),
                value,
            };
            let entries = by_first.entry(atoms.hash(0)).or_default();
            match entries.iter_mut().find(|known| known.words == entry.words) {
                Some(known) => *known = entry,
                None => entries.push(entry),
            }
        }
        for entries in by_first.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.len));
        }
        let all = || by_first.iter().flat_map(|(&first, entries)| entries.iter().map(move |entry| (first, entry)));
        Self {
            filter: filter(by_first.keys().copied()),
            singles: filter(all().filter(|(_, entry)| entry.len == 1).map(|(first, _)| first)),
            pairs: filter(all().filter(|(_, entry)| entry.len > 1).map(|(first, entry)| pair(first, entry.second))),
            ends: filter(all().map(|(_, entry)| entry.last())),
            by_first,
        }
    }

    /// The longest phrase that begins with atom `at`: the atom after it, and its value.
    #[inline]
    pub(crate) fn longest(&self, atoms: &Atoms, at: usize) -> Option<(usize, &V)> {
        let hash = atoms.hash(at);
        if !may_have(&self.filter, hash) {
            return None;
        }
        let second = if atoms.gap(at + 1) < Gap::Paragraph { Some(atoms.hash(at + 1)) } else { None };
        let longer = second.is_some_and(|second| may_have(&self.pairs, pair(hash, second)));
        if !longer && !may_have(&self.singles, hash) {
            return None;
        }
        let fits = |entry: &&Entry<V>| (entry.len == 1 || second == Some(entry.second)) && entry.stands_at(atoms, at);
        let entries = self.by_first.get(&hash)?;
        // The phrase of one word is the last.
        let first = if longer { 0 } else { entries.len() - 1 };
        let entry = entries[first..].iter().find(fits)?;
        Some((at + entry.len as usize, &entry.value))
    }

    /// The longest phrase that ends right before atom `end` and has at most `most` atoms: its first atom and its value.
    pub(crate) fn longest_before(&self, atoms: &Atoms, end: usize, most: usize) -> Option<(usize, &V)> {
        let last = end.checked_sub(1)?;
        if atoms.gap(end) == Gap::Paragraph || !may_have(&self.ends, atoms.hash(last)) {
            return None;
        }
        (end.saturating_sub(most)..end)
            .find_map(|at| self.longest(atoms, at).filter(|(after, _)| *after == end).map(|(_, value)| (at, value)))
    }
}

impl<V> Entry<V> {
    /// The hash of the last atom.
    fn last(&self) -> u32 {
        let last = self.words.last().map_or("", |word| word.as_ref());
        hash(last)
    }

    /// Whether it stands at `at`, where its first two atoms have the right hashes.
    fn stands_at(&self, atoms: &Atoms, at: usize) -> bool {
        // Nearly always it is printed as it stands in the table.
        if atoms.lower_slice(at..at + self.len as usize) == self.phrase.as_ref() {
            return true;
        }
        let follows = |(i, hash): (usize, &u32)| atoms.hash(at + i) == *hash && atoms.gap(at + i) < Gap::Paragraph;
        (2..).zip(self.rest.iter()).all(follows)
            && (at..).zip(self.words.iter()).all(|(i, word)| atoms.lower(i) == word.as_ref())
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
        assert_eq!(phrases.longest(&atoms, 9), None);
    }

    #[test]
    fn a_phrase_is_found_from_its_end() {
        let phrases = Phrases::new([("hơn", 1), ("nhiều hơn", 2)]);
        let atoms = Atoms::new("đã nhiều hơn 5");
        assert_eq!(phrases.longest_before(&atoms, 3, 6), Some((1, &2)));
        assert_eq!(phrases.longest_before(&atoms, 2, 6), None);
    }

    #[test]
    fn of_a_phrase_that_comes_twice_the_later_row_counts() {
        let phrases = Phrases::new([("bao", 1), ("Bao", 2)]);
        assert_eq!(phrases.longest(&Atoms::new("bao"), 0), Some((1, &2)));
    }
}
