//! Abbreviations in queries: `UBND` finds `Ủy ban nhân dân`, and the other way round.

use std::collections::HashMap;
use std::ops::Range;

use crate::extract::{Table, Tables};
use crate::index::store::tokenizer;

/// The most terms that an abbreviation or what it stands for has.
const LONGEST: usize = 12;
/// So many parts of a phrase are written otherwise, each alone: a longer phrase is found as it was typed.
const MOST: usize = 16;

/// The other writings of words and phrases: those of the tables of an analyzer.
#[derive(Debug)]
pub(crate) struct Writings {
    /// By folded terms.
    others: HashMap<Vec<String>, Vec<String>>,
}

impl Writings {
    pub(crate) fn new(tables: &Tables) -> Self {
        let mut others: HashMap<Vec<String>, Vec<String>> = HashMap::new();
        let key = |text: &str| tokenizer::words(text).into_iter().map(|(_, folded)| folded).collect::<Vec<_>>();
        for row in tables.rows(Table::Abbreviations) {
            let (short, long) = (row[0], row[1]);
            others.entry(key(short)).or_default().push(long.to_owned());
            others.entry(key(long)).or_default().push(short.to_owned());
        }
        Self { others }
    }

    /// How a word or phrase can be written besides, given by its terms, exact and folded.
    pub(crate) fn others(&self, terms: &[(String, String)]) -> &[String] {
        let key: Vec<String> = terms.iter().map(|(_, folded)| folded.clone()).collect();
        self.others.get(&key).map_or(&[], Vec::as_slice)
    }

    /// The parts of a run of terms that can be written otherwise, longest first from the left, without overlap.
    pub(crate) fn parts(&self, terms: &[(String, String)]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < terms.len() {
            let most = terms.len().min(at + LONGEST);
            match (at + 1..=most).rev().find(|&end| !self.others(&terms[at..end]).is_empty()) {
                Some(end) => {
                    found.push(at..end);
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The terms with one part of them written otherwise, for each part and each of its other writings.
    pub(crate) fn variants(&self, terms: &[(String, String)]) -> Vec<Vec<(String, String)>> {
        let mut variants = Vec::new();
        for part in self.parts(terms).into_iter().take(MOST) {
            for other in self.others(&terms[part.clone()]) {
                let mut variant = terms[..part.start].to_vec();
                variant.extend(tokenizer::words(other));
                variant.extend_from_slice(&terms[part.end..]);
                variants.push(variant);
            }
        }
        variants
    }
}
