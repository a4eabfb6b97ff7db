//! The weights while they are learnt: one conditional random field over the gaps of a sentence.

use super::super::features::{self, DENSE, DENSE_STARTS, EDGE, GROUPS, Group, Known, TABLES, View};
use super::lexicon::Words;

/// How many bits fewer than the largest table the tables of the groups have.
const FEWER_BITS: [u32; GROUPS] = [5, 0, 1, 0, 1, 1];

/// A weight, and the sum of its squared gradients.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weight {
    pub(super) value: f32,
    squares: f32,
}

/// The tables of weights.
pub(super) struct Weights {
    pub(super) groups: [Vec<Weight>; GROUPS],
    pub(super) dense: Vec<Weight>,
    /// Templates that are left out, for ablation: bit `i` for group `i`, bit `GROUPS + i` for small table `i`.
    without: u32,
    penalty: f32,
    /// How many bits number the entries of each group.
    bits: [u32; GROUPS],
}

/// Memory that a sentence needs.
#[derive(Default)]
pub(super) struct Scratch {
    pub(super) views: Vec<View>,
    known: Vec<Known>,
    /// Where the entries of the patterns that begin at a token are.
    entries: Vec<[u32; GROUPS]>,
    rows: Vec<[u32; DENSE]>,
    pub(super) scores: Vec<[f32; 2]>,
    forward: Vec<[f32; 2]>,
    odds: Vec<[f32; 2]>,
    gradients: Vec<[f32; 2]>,
    pub(super) back: Vec<[bool; 2]>,
}

/// A gap is not learnt from when its gradient is smaller: it is right, and sure.
const SURE: f32 = 0.02;

impl Weights {
    /// Weights of 0, in tables for a text of so many tokens: two patterns may share an entry, but few do.
    pub(super) fn new(tokens: usize, without: u32, penalty: f32) -> Self {
        let most = tokens.next_power_of_two().ilog2().saturating_sub(3).clamp(12, 23);
        let bits = FEWER_BITS.map(|fewer| most - fewer);
        Self {
            groups: std::array::from_fn(|group| vec![Weight::default(); TABLES[group].slots.len() << bits[group]]),
            dense: vec![Weight::default(); 2 * DENSE_STARTS[DENSE]],
            without,
            penalty,
            bits,
        }
    }

    /// The entry of a key.
    pub(super) fn entry(&self, group: usize, key: u64) -> usize {
        (key >> (64 - self.bits[group])) as usize
    }

    /// How many entries a group has.
    pub(super) fn entries(&self, group: usize) -> usize {
        1 << self.bits[group]
    }

    fn left_out(&self, template: usize) -> bool {
        self.without >> template & 1 == 1
    }

    /// Scores the open gaps of the sentence in `scratch.views`.
    pub(super) fn score(&self, words: &Words, scratch: &mut Scratch) {
        let Scratch { views, known, entries, rows, scores, .. } = scratch;
        let count = views.len();
        known.clear();
        known.resize(count, [0; KNOWN_LENGTHS]);
        entries.clear();
        entries.resize(count, [0; GROUPS]);
        rows.clear();
        rows.resize(count, [0; DENSE]);
        scores.clear();
        scores.resize(count, [0.; 2]);
        for (i, four) in views.windows(4).enumerate().skip(1) {
            let four: &[View; 4] = four.try_into().expect("a window of four");
            let keys = features::keys(four);
            if four[1].open {
                known[i] = words.known(four, &keys.words);
            }
            for (group, &key) in keys.groups.iter().enumerate() {
                let slots = TABLES[group].slots;
                let at = self.entry(group, key) * slots.len();
                entries[i][group] = at as u32;
                if self.left_out(group) {
                    continue;
                }
                for (weight, &(gap, joined)) in self.groups[group][at..].iter().zip(slots) {
                    scores[i.wrapping_add_signed(gap)][usize::from(joined)] += weight.value;
                }
            }
        }
        for i in EDGE..count - EDGE {
            if !views[i].open {
                continue;
            }
            let around: (&[View; 5], &[Known; 5]) = (
                views[i - 3..i + 2].try_into().expect("a window of five"),
                known[i - 3..i + 2].try_into().expect("a window of five"),
            );
            rows[i] = features::rows(around.0, around.1).map(|row| row as u32);
            let [mut any, mut joined] = scores[i];
            for (table, &row) in rows[i].iter().enumerate() {
                if !self.left_out(GROUPS + table) {
                    any += self.dense[2 * row as usize].value;
                    joined += self.dense[2 * row as usize + 1].value;
                }
            }
            scores[i] = [any, any + joined];
        }
    }

    /// Learns from the sentence in `scratch.views`; `joined` tells the right answer of a gap. An answer that the model
    /// finds less likely than `1 - doubt` is taken for a slip, and not learnt.
    pub(super) fn learn(
        &mut self,
        words: &Words,
        scratch: &mut Scratch,
        joined: impl Fn(usize) -> bool,
        rate: f32,
        doubt: f32,
    ) {
        self.score(words, scratch);
        let mut at = 0;
        while at < scratch.views.len() {
            if !scratch.views[at].open {
                at += 1;
                continue;
            }
            let run = scratch.views[at..].iter().take_while(|view| view.open).count();
            gradients(scratch, at..at + run, &joined);
            for i in 0..run {
                let [split, joined] = scratch.gradients[i];
                let error = (split + joined).abs();
                if error < doubt && (error >= SURE || joined.abs() >= SURE) {
                    self.step(scratch, at + i, [split + joined, joined], rate);
                }
            }
            at += run;
        }
    }

    /// Moves the weights of a gap against the gradient: that of any gap, and that of a gap behind a joined one.
    fn step(&mut self, scratch: &Scratch, gap: usize, gradient: [f32; 2], rate: f32) {
        let penalty = self.penalty;
        let change = |weight: &mut Weight, gradient: f32, ease: f32| {
            weight.squares += gradient * gradient;
            weight.value -= rate * (gradient + penalty * weight.value) / (weight.squares.sqrt() + ease);
        };
        for (group, Group { slots, .. }) in TABLES.iter().enumerate() {
            if self.left_out(group) {
                continue;
            }
            for (slot, &(distance, joined)) in slots.iter().enumerate() {
                let first = gap.wrapping_add_signed(-distance);
                let gradient = gradient[usize::from(joined)];
                if first == 0 || first + 4 > scratch.views.len() || gradient == 0. {
                    continue;
                }
                let at = scratch.entries[first][group] as usize + slot;
                change(&mut self.groups[group][at], gradient, 0.5);
            }
        }
        for (table, &row) in scratch.rows[gap].iter().enumerate() {
            if self.left_out(GROUPS + table) {
                continue;
            }
            for (slot, gradient) in gradient.into_iter().enumerate() {
                change(&mut self.dense[2 * row as usize + slot], gradient, 1.);
            }
        }
    }
}

const KNOWN_LENGTHS: usize = 3;

/// How much each open gap of a run should change: behind a split gap, and behind a joined one.
///
/// Forward and backward sums are scaled at each step, so that they neither vanish nor grow.
fn gradients(scratch: &mut Scratch, run: std::ops::Range<usize>, joined: &impl Fn(usize) -> bool) {
    let Scratch { scores, forward, odds, gradients, .. } = scratch;
    odds.clear();
    odds.extend(scores[run.clone()].iter().map(|score| score.map(|score| score.clamp(-30., 30.).exp())));
    forward.clear();
    let mut sums = [1., 0.];
    for odds in odds.iter() {
        forward.push(sums);
        let split = sums[0] + sums[1];
        let join = sums[0] * odds[0] + sums[1] * odds[1];
        sums = [split / (split + join), join / (split + join)];
    }
    gradients.clear();
    gradients.resize(run.len(), [0.; 2]);
    let mut behind = [1., 1.];
    for i in (0..run.len()).rev() {
        let (from, odds) = (forward[i], odds[i]);
        let split = [from[0] * behind[0], from[1] * behind[0]];
        let join = [from[0] * odds[0] * behind[1], from[1] * odds[1] * behind[1]];
        let all = split[0] + split[1] + join[0] + join[1];
        let right = joined(run.start + i);
        let after = i > 0 && joined(run.start + i - 1);
        gradients[i] =
            [join[0] / all - f32::from(u8::from(right && !after)), join[1] / all - f32::from(u8::from(right && after))];
        let next = [behind[0] + odds[0] * behind[1], behind[0] + odds[1] * behind[1]];
        behind = [next[0] / (next[0] + next[1]), next[1] / (next[0] + next[1])];
    }
}
