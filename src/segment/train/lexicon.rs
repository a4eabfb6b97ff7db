//! The words that a model knows: those that its texts join often enough, and those of the table in `src/data`.

use rustc_hash::FxHashMap;

use super::super::features::{self, Known, View};
use super::super::letters::mix;
use super::super::model::LONGER;
use super::super::scan::Scanner;
use super::corpus::{Answer, Corpus, Syllables, is_open};

/// The longest word that is looked up, in syllables.
const LONGEST: usize = 4;

/// The words, by key: class and [`LONGER`].
#[derive(Debug, Default)]
pub(super) struct Words {
    entries: FxHashMap<u64, u16>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    joined: u32,
    met: u32,
    titles: u32,
}

impl Words {
    /// Counts the words of `corpora` and keeps those that stand there at least `least` times.
    pub(super) fn learn(corpora: &[&Corpus], syllables: &Syllables, least: u32) -> Self {
        let mut counts: FxHashMap<u64, Count> = FxHashMap::default();
        let sentences = || corpora.iter().flat_map(|corpus| corpus.sentences());
        for sentence in sentences() {
            let mut first = 0;
            while first < sentence.len() {
                let more = sentence[first + 1..].iter().take_while(|token| token.gap == Answer::Join).count();
                let word = &sentence[first..=first + more];
                if (1..LONGEST).contains(&more) {
                    let count = counts.entry(features::word_key(word.iter().map(|t| syllables.key(t)))).or_default();
                    count.joined += 1;
                    count.titles += u32::from(word[0].is_title() && word[more].is_title());
                }
                first += more + 1;
            }
        }
        counts.retain(|_, count| count.joined >= least);
        let mut prefixes = FxHashMap::default();
        for sentence in sentences() {
            for first in 0..sentence.len() {
                let mut before: Option<u64> = None;
                for last in first + 1..(first + LONGEST).min(sentence.len()) {
                    if !is_open(sentence, first, last) {
                        break;
                    }
                    let key = features::word_key(sentence[first..=last].iter().map(|t| syllables.key(t)));
                    if let Some(count) = counts.get_mut(&key) {
                        count.met += 1;
                        if let Some(before) = before {
                            prefixes.insert(before, ());
                            if last - first == 3 {
                                let two = sentence[first..first + 2].iter().map(|t| syllables.key(t));
                                prefixes.insert(features::word_key(two), ());
                            }
                        }
                    }
                    before = Some(key);
                }
            }
        }
        let mut words = Self::default();
        for (key, count) in counts {
            words.entries.insert(key, u16::from(features::word_class(count.joined, count.met, count.titles)));
        }
        words.add_table(include_str!("../../data/lexicon.tsv"), &mut prefixes);
        for key in prefixes.into_keys() {
            *words.entries.entry(key).or_default() |= LONGER;
        }
        words
    }

    /// Adds the words of the table that the texts lack.
    fn add_table(&mut self, table: &str, prefixes: &mut FxHashMap<u64, ()>) {
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let (word, field) = row.split_once('\t').unwrap_or((row, ""));
            let keys: Vec<u64> = Scanner::new(word).map(|token| mix(token.key)).collect();
            if !(2..=LONGEST).contains(&keys.len()) {
                continue;
            }
            let titles = u32::from(field == "place");
            self.entries
                .entry(features::word_key(keys.iter().copied()))
                .or_insert_with(|| u16::from(features::word_class(1, 1, titles)));
            for len in 2..keys.len() {
                prefixes.insert(features::word_key(keys[..len].iter().copied()), ());
            }
        }
    }

    /// What it says of the words that begin at the first of four tokens.
    pub(super) fn known(&self, views: &[View; 4], keys: &[u64; 3]) -> Known {
        let mut known = [0; 3];
        for i in 0..3 {
            if !views[i + 1].open {
                break;
            }
            let entry = self.entries.get(&keys[i]).copied().unwrap_or_default();
            known[i] = (entry & 0xf) as u8;
            if entry & LONGER == 0 {
                break;
            }
        }
        known
    }

    /// All entries, in the order of their keys.
    pub(super) fn sorted(&self) -> Vec<(u64, u16)> {
        let mut entries: Vec<(u64, u16)> = self.entries.iter().map(|(&key, &entry)| (key, entry)).collect();
        entries.sort_unstable();
        entries
    }
}
