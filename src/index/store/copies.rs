//! Copies: articles that say nearly the same, such as one release on several portals.
//!
//! Each article has a signature of [`PLACES`] bytes: its runs of [`SHINGLE`] folded syllables are hashed and dealt out to
//! the places, and each place keeps the least hash (one-permutation min-hashing: Li, Owen and Zhang, 2012). The share of
//! equal places estimates the share of runs that two texts have in common. Candidates are those that agree in a whole
//! band of [`BAND`] places, so that an article is compared with few others.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use crate::index::store::tokenizer::Term;

/// Syllables in a run.
const SHINGLE: usize = 4;
/// Bytes of a signature.
pub(crate) const PLACES: usize = 72;
/// Places of a band: twelve bands find 97 of 100 pairs that share four fifths of their runs.
const BAND: usize = 6;
/// Copies share at least so many places of the 72: about four fifths of their runs.
const ALIKE: usize = 56;
/// A text with fewer runs is too short to tell.
const LEAST: usize = 40;

pub(crate) type Signature = [u8; PLACES];

/// The signature of a text; `None` for one that is too short.
pub(crate) fn signature<'t>(terms: impl Iterator<Item = &'t Term<'t>>) -> Option<Signature> {
    let hashes: Vec<u64> = terms
        .map(|term| {
            let mut hasher = FxHasher::default();
            hasher.write(term.folded.as_bytes());
            hasher.finish()
        })
        .collect();
    if hashes.len() < LEAST + SHINGLE {
        return None;
    }
    let mut least = [u64::MAX; PLACES];
    for run in hashes.windows(SHINGLE) {
        let mixed = run.iter().fold(0, |sum: u64, hash| mix(sum.rotate_left(17) ^ hash));
        let place = &mut least[(mixed >> 32) as usize % PLACES];
        *place = (*place).min(mixed & 0xffff_ffff);
    }
    let mut signature = [0; PLACES];
    for place in 0..PLACES {
        // A place that no run came to takes what the next one has.
        let filled = (0..PLACES).map(|step| least[(place + step) % PLACES]).find(|hash| *hash != u64::MAX);
        signature[place] = mix(filled.unwrap_or_default() + place as u64) as u8;
    }
    Some(signature)
}

fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    value ^ (value >> 29)
}

/// The signatures of an index and the groups of their articles.
#[derive(Debug, Default)]
pub(crate) struct Copies {
    known: Vec<(Signature, u64)>,
    bands: FxHashMap<u64, Vec<u32>>,
}

impl Copies {
    /// The group of the article that is most alike, the earlier of equals; `None` where none is alike.
    pub(crate) fn group(&self, signature: &Signature) -> Option<u64> {
        let mut best: Option<(usize, u32)> = None;
        for band in bands(signature) {
            for &at in self.bands.get(&band).into_iter().flatten() {
                let same = self.known[at as usize].0.iter().zip(signature).filter(|(a, b)| a == b).count();
                if same >= ALIKE && best.is_none_or(|(most, first)| same > most || same == most && at < first) {
                    best = Some((same, at));
                }
            }
        }
        best.map(|(_, at)| self.known[at as usize].1)
    }

    pub(crate) fn add(&mut self, signature: Signature, group: u64) {
        // An exact copy of a known member finds the group by that one.
        let at = self.known.len() as u32;
        let mut new = false;
        for band in bands(&signature) {
            let list = self.bands.entry(band).or_default();
            // What thousands of articles share, such as a form, must not make each cost more than the one before.
            if list.len() < 64 {
                list.push(at);
                new = true;
            }
        }
        if new {
            self.known.push((signature, group));
        }
    }
}

/// The bands of a signature, each told apart by its number.
fn bands(signature: &Signature) -> impl Iterator<Item = u64> {
    signature
        .chunks_exact(BAND)
        .enumerate()
        .map(|(number, band)| band.iter().fold(number as u64, |sum, byte| sum << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::store::tokenizer;
    use crate::{Analyzer, Article};

    fn of(text: &str) -> Option<Signature> {
        let article = Article::from_text(text);
        let document = Analyzer::new().document(&article);
        signature(tokenizer::terms(&document, &tokenizer::Folded::new(document.atoms())).iter())
    }

    fn release() -> String {
        (0..40).map(|i| format!("Thôn {i} có {} hộ tham gia mô hình thứ {} của xã trong năm. ", i * 7, i * 3)).collect()
    }

    #[test]
    fn a_copy_with_another_head_and_tail_is_found_and_another_text_is_not() {
        let mut copies = Copies::default();
        copies.add(of(&release()).unwrap(), 7);
        let copy = format!("Báo Sông Lũng đưa tin.\n{}\nNguồn: Cổng thông tin xã", release());
        assert_eq!(copies.group(&of(&copy).unwrap()), Some(7));
        let half: String = release().chars().take(release().chars().count() / 2).collect();
        assert_eq!(copies.group(&of(&half).unwrap()), None);
        let other = release().replace("mô hình", "lớp học").replace("hộ tham gia", "em nhỏ tới");
        assert_eq!(copies.group(&of(&other).unwrap()), None);
    }

    #[test]
    fn short_texts_have_no_signature() {
        assert_eq!(of("Xã Yên Hòa tổ chức đối thoại."), None);
    }
}
