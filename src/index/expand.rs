//! Abbreviations in queries: `UBND` finds `Ủy ban nhân dân`, and the other way round.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::tokenizer;
use crate::extract::{Table, Tables};

/// The most terms that an abbreviation or what it stands for has.
const LONGEST: usize = 12;

/// The other writings of a word or phrase, by its folded terms.
static OTHERS: LazyLock<HashMap<Vec<String>, Vec<String>>> = LazyLock::new(|| {
    let tables = Tables::new();
    let mut others: HashMap<Vec<String>, Vec<String>> = HashMap::new();
    let key = |text: &str| tokenizer::words(text).into_iter().map(|(_, folded)| folded).collect::<Vec<_>>();
    for row in tables.rows(Table::Abbreviations) {
        let (short, long) = (row[0], row[1]);
        others.entry(key(short)).or_default().push(long.to_owned());
        others.entry(key(long)).or_default().push(short.to_owned());
    }
    others
});

/// How a word or phrase can be written besides, given by its terms, exact and folded.
pub(super) fn others(terms: &[(String, String)]) -> &'static [String] {
    let key: Vec<String> = terms.iter().map(|(_, folded)| folded.clone()).collect();
    OTHERS.get(&key).map_or(&[], Vec::as_slice)
}

/// The parts of a run of terms that can be written otherwise, longest first from the left, without overlap.
pub(super) fn parts(terms: &[(String, String)]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < terms.len() {
        let most = terms.len().min(at + LONGEST);
        match (at + 1..=most).rev().find(|&end| !others(&terms[at..end]).is_empty()) {
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
pub(super) fn variants(terms: &[(String, String)]) -> Vec<Vec<(String, String)>> {
    let mut variants = Vec::new();
    for part in parts(terms) {
        for other in others(&terms[part.clone()]) {
            let mut variant = terms[..part.start].to_vec();
            variant.extend(tokenizer::words(other));
            variant.extend_from_slice(&terms[part.end..]);
            variants.push(variant);
        }
    }
    variants
}
