//! From weights to the bytes of a model: pruning, quantisation, buckets.

use rustc_hash::FxHashMap;

use super::super::features::{self, GROUPS, TABLES};
use super::super::model::{LEXICON_BUCKET, Model, SPILL, WAYS, bucket, bucket_size, lexicon_mark, mark};
use super::corpus::{Corpus, Syllables, views};
use super::lexicon::Words;
use super::weights::Weights;
use crate::error::Error;

/// How full the tables are, on average: a bucket that overflows loses its weakest entries.
const FILLED: f64 = 0.8;

/// How full the lexicon is: next to nothing is lost.
const LEXICON_FILLED: f64 = 0.5;

/// How much room a model has.
#[derive(Clone, Debug)]
pub(super) struct Room {
    /// How much a weight of 1 is in a byte.
    pub(super) scale: f32,
    /// The most entries of each group.
    pub(super) entries: [usize; GROUPS],
    /// Patterns that are met less often are left out.
    pub(super) least: u32,
}

/// What became of the patterns of a group.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Packed {
    pub(super) kept: usize,
    pub(super) bytes: usize,
}

pub(super) fn pack(
    weights: &Weights,
    words: &Words,
    corpora: &[&Corpus],
    syllables: &Syllables,
    room: &Room,
) -> Result<(Model, Vec<Packed>), Error> {
    let counts = count(weights, corpora, syllables);
    let byte = |weight: f32| (weight * room.scale).round().clamp(-127., 127.) as i8 as u8;
    let mut packed = Vec::new();
    let strengths: [Vec<f32>; GROUPS] = std::array::from_fn(|group| strengths(weights, group, &counts[group], room));
    let bars: [f32; GROUPS] =
        std::array::from_fn(|group| bar(&strengths[group], room.entries[group], 0.5 / room.scale));
    let mut keys: [FxHashMap<u64, ()>; GROUPS] = std::array::from_fn(|_| FxHashMap::default());
    patterns(corpora, syllables, |group, key| {
        if strengths[group][weights.entry(group, key)] >= bars[group] {
            keys[group].insert(key, ());
        }
    });
    let (lexicon, kept) = lexicon(words);
    packed.push(Packed { kept, bytes: lexicon.len() });
    let groups = std::array::from_fn(|group| {
        let width = TABLES[group].slots.len();
        let strength = |key: &u64| strengths[group][weights.entry(group, *key)];
        let mut rows: Vec<u64> = keys[group].keys().copied().collect();
        rows.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then(a.cmp(b)));
        // Some entries stand for several patterns.
        rows.truncate(room.entries[group]);
        let (table, kept) = fill(rows, bucket_size(width), |bucket, way, key| {
            bucket[way] = mark(key);
            let at = weights.entry(group, key) * width;
            for (slot, weight) in weights.groups[group][at..at + width].iter().enumerate() {
                bucket[WAYS + way * width + slot] = byte(weight.value);
            }
        });
        packed.push(Packed { kept, bytes: table.len() });
        table
    });
    let dense: Vec<u8> = weights.dense.iter().map(|weight| byte(weight.value)).collect();
    packed.push(Packed { kept: dense.iter().filter(|&&weight| weight != 0).count(), bytes: dense.len() });
    Ok((Model::assemble(&lexicon, &groups, &dense)?, packed))
}

/// All patterns of all sentences.
fn patterns(corpora: &[&Corpus], syllables: &Syllables, mut each: impl FnMut(usize, u64)) {
    let mut seen = Vec::new();
    for sentence in corpora.iter().flat_map(|corpus| corpus.sentences()) {
        for caseless in [false, true] {
            features::look(views(sentence, syllables), &mut seen, caseless);
            for (i, four) in seen.windows(4).enumerate().skip(1) {
                let four: &[features::View; 4] = four.try_into().expect("a window of four");
                if !(four.iter().any(|view| view.open) || seen[i - 1].open) {
                    continue;
                }
                for (group, key) in features::keys(four).groups.into_iter().enumerate() {
                    // Case matters only where a shape is part of the pattern.
                    if !caseless || group >= features::FIRST_WITH_SHAPE {
                        each(group, key);
                    }
                }
            }
        }
    }
}

/// How often the patterns of each entry are met.
fn count(weights: &Weights, corpora: &[&Corpus], syllables: &Syllables) -> [Vec<u32>; GROUPS] {
    let mut counts = std::array::from_fn(|group| vec![0u32; weights.entries(group)]);
    patterns(corpora, syllables, |group, key| counts[group][weights.entry(group, key)] += 1);
    counts
}

/// What an entry would lose if it were left out: its greatest weight, more where it is met often.
fn strengths(weights: &Weights, group: usize, counts: &[u32], room: &Room) -> Vec<f32> {
    let width = TABLES[group].slots.len();
    let greatest = |weights: &[super::weights::Weight]| weights.iter().map(|w| w.value.abs()).fold(0., f32::max);
    let strength = |(weights, &count): (_, &u32)| {
        if count < room.least { 0. } else { greatest(weights) * (1. + count as f32).ln() }
    };
    weights.groups[group].chunks_exact(width).zip(counts).map(strength).collect()
}

/// The strength from which on `most` entries remain.
fn bar(strengths: &[f32], most: usize, least: f32) -> f32 {
    let mut strong: Vec<f32> = strengths.iter().copied().filter(|&strength| strength >= least).collect();
    if strong.len() <= most {
        return least;
    }
    let (_, bar, _) = strong.select_nth_unstable_by(most, |a, b| b.total_cmp(a));
    *bar
}

/// The table of the lexicon: a word that finds its bucket full goes to the next.
fn lexicon(words: &Words) -> (Vec<u8>, usize) {
    let rows = words.sorted();
    let buckets = ((rows.len() as f64 / LEXICON_FILLED / WAYS as f64).ceil() as usize).max(SPILL);
    let mut table = vec![0; buckets * LEXICON_BUCKET];
    let mut used = vec![0usize; buckets];
    let mut kept = 0;
    for (key, entry) in rows {
        let first = bucket(key, buckets as u64);
        if let Some(at) = (first..first + SPILL).map(|at| at % buckets).find(|&at| used[at] < WAYS) {
            let place = at * LEXICON_BUCKET + 2 * used[at];
            table[place..place + 2].copy_from_slice(&(lexicon_mark(key) | entry).to_le_bytes());
            used[at] += 1;
            kept += 1;
        }
    }
    (table, kept)
}

/// Puts patterns into buckets, the strongest first; what finds no room is left out.
fn fill(rows: Vec<u64>, size: usize, write: impl Fn(&mut [u8], usize, u64)) -> (Vec<u8>, usize) {
    let buckets = ((rows.len() as f64 / FILLED / WAYS as f64).ceil() as usize).max(1);
    let mut table = vec![0; buckets * size];
    let mut used = vec![0usize; buckets];
    let mut kept = 0;
    for key in rows {
        let at = bucket(key, buckets as u64);
        if used[at] < WAYS {
            write(&mut table[at * size..(at + 1) * size], used[at], key);
            used[at] += 1;
            kept += 1;
        }
    }
    (table, kept)
}
