//! Training the word model.
//!
//! A model is learnt from lines of words: blanks between words, `_` between the syllables of one. Some of the lines are
//! *gold*, reviewed by people; many more are *silver*, written by a program. The lines are read once and kept in memory
//! (8 bytes a token). Words that are joined often enough become the lexicon; then the weights of a conditional random
//! field are learnt by stochastic gradient descent with a rate of its own for each weight, silver and gold lines mixed,
//! and a part of them without the case of letters. What is left is to cut the table down to what matters and to a byte a
//! weight.
//!
//! Nothing is random: the same files, options and seed make the same bytes.

mod corpus;
mod lexicon;
mod pack;
mod weights;

use std::io::BufRead;

use super::features;
use super::{Buffer, Model, Segmenter};
use crate::error::{Error, Kind};
use corpus::{Answer, Corpus, Syllables, Token, Trust};
use lexicon::Words;
use weights::{Scratch, Weights};

/// How a model is learnt. The defaults made the model that is shipped.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// How often the silver lines are gone through; without any, the gold lines.
    pub epochs: usize,
    /// How often each gold line is learnt while the silver lines are gone through once.
    pub gold_share: usize,
    /// How often the gold lines are gone through at the end, alone.
    pub gold_epochs: usize,
    /// How far a weight moves at first.
    pub rate: f32,
    /// How far a weight moves at the end, on the gold lines.
    pub gold_rate: f32,
    /// How strongly weights are drawn to zero.
    pub penalty: f32,
    /// A word enters the lexicon when it is met so often.
    pub least_words: u32,
    /// A pattern enters the model when it is met so often.
    pub least_patterns: u32,
    /// Where gold lines always join two syllables, or never, and have them so often, silver lines that never do, or
    /// always, are corrected; 0 for not at all.
    pub follow: u32,
    /// From the second epoch on, a silver answer that the model gives less than `1 - doubt` is taken for a slip of the
    /// program that wrote it; with 1 all are learnt.
    pub doubt: f32,
    /// The share of the rate that is left at the end of the silver lines.
    pub last_rate: f32,
    /// One line in so many is learnt without the case of its letters.
    pub caseless: u64,
    /// Where the order of lines comes from.
    pub seed: u64,
    /// How many steps of a byte a weight of 1 is.
    pub scale: f32,
    /// The most entries of each group of patterns, in the order of the report.
    pub entries: [usize; features::GROUPS],
    /// Templates to leave out, for ablation: bit `i` is template `i` of the report.
    pub without: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            epochs: 1,
            gold_share: 3,
            gold_epochs: 0,
            rate: 0.8,
            gold_rate: 0.1,
            penalty: 0.,
            least_words: 2,
            least_patterns: 2,
            follow: 2,
            doubt: 1.,
            last_rate: 0.1,
            caseless: 2,
            seed: 2024,
            scale: 20.,
            entries: [20_000, 140_000, 40_000, 120_000, 25_000, 25_000],
            without: 0,
        }
    }
}

/// How far training has come.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Progress {
    /// So many more bytes were read.
    Read(usize),
    /// Learning begins: so many lines are to be learnt in all.
    Lines(usize),
    /// So many more lines were learnt.
    Learnt(usize),
    /// An epoch ended. The score, when there is a held-out text, is that of the weights before they are cut down.
    Epoch(usize, Option<Score>),
    /// A table of the model: its name, how many entries and how many bytes it has.
    Table(&'static str, usize, usize),
}

/// How well words were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Score {
    /// How many words there are.
    pub gold: usize,
    /// How many words were found.
    pub found: usize,
    /// How many of them are right.
    pub right: usize,
}

impl Score {
    /// The share of words found that are right, from 0 to 1.
    #[must_use]
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    /// The share of right words that were found, from 0 to 1.
    #[must_use]
    pub fn recall(&self) -> f64 {
        self.right as f64 / self.gold.max(1) as f64
    }

    /// The harmonic mean of precision and recall, from 0 to 1.
    #[must_use]
    pub fn f1(&self) -> f64 {
        2. * self.right as f64 / (self.gold + self.found).max(1) as f64
    }

    fn add(&mut self, count: usize, gold: impl Fn(usize) -> bool, found: impl Fn(usize) -> bool) {
        let (mut gold_start, mut found_start) = (0, 0);
        for i in 1..=count {
            let (in_gold, in_found) = (i == count || !gold(i), i == count || !found(i));
            self.right += usize::from(in_gold && in_found && gold_start == found_start);
            if in_gold {
                self.gold += 1;
                gold_start = i;
            }
            if in_found {
                self.found += 1;
                found_start = i;
            }
        }
    }
}

/// Learns a model from gold and silver lines.
///
/// `progress` is told how far it has come. When `held_out` is given, each epoch is scored on it; it is not learnt from.
///
/// # Errors
///
/// [`Error::is_io`] when a text cannot be read; [`Error::is_input`] when it is not UTF-8 (with its line) or holds no
/// sentence.
pub fn train(
    gold: Vec<Box<dyn BufRead>>,
    silver: Option<Box<dyn BufRead>>,
    held_out: Option<Box<dyn BufRead>>,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Model, Error> {
    let mut syllables = Syllables::default();
    let mut read = |input, trust| Corpus::read(input, trust, &mut syllables, |bytes| progress(Progress::Read(bytes)));
    let gold = gold.into_iter().map(|input| read(input, Trust::Gold)).collect::<Result<Vec<_>, _>>()?;
    let mut silver = silver.map(|input| read(input, Trust::Silver)).transpose()?.unwrap_or_default();
    let held_out = held_out.map(|input| read(input, Trust::Gold)).transpose()?;
    if options.follow > 0 {
        silver.follow(&gold, options.follow);
    }
    let gold_lines: Vec<&[Token]> = gold.iter().flat_map(Corpus::sentences).collect();
    if gold_lines.is_empty() {
        return Err(Error::new(Kind::Input, "there is nothing to learn from").advice("name a gold file with sentences"));
    }
    let corpora: Vec<&Corpus> = std::iter::once(&silver).chain(&gold).collect();
    let words = Words::learn(&corpora, &syllables, options.least_words);
    let mut learner = Learner {
        weights: Weights::new(corpora.iter().map(|corpus| corpus.tokens()).sum(), options.without, options.penalty),
        words,
        syllables: &syllables,
        scratch: Scratch::default(),
        random: options.seed.max(1),
        caseless: options.caseless,
    };

    // Gold lines are mixed in, or take the place of silver ones where there are none.
    let (lines, gold_share) =
        if silver.len() > 0 { (silver.sentences().collect(), options.gold_share) } else { (gold_lines.clone(), 0) };
    let mut order: Vec<u32> = (0..lines.len() as u32).collect();
    let every = (lines.len() / (gold_share * gold_lines.len()).max(1)).max(1);
    let mixed = if gold_share > 0 { lines.len().div_ceil(every) } else { 0 };
    progress(Progress::Lines(options.epochs * (lines.len() + mixed) + options.gold_epochs * gold_lines.len()));
    let mut next_gold = 0;
    for epoch in 0..options.epochs {
        learner.shuffle(&mut order);
        let mut learnt = 0;
        for (i, &line) in order.iter().enumerate() {
            let done = (epoch as f32 + i as f32 / order.len() as f32) / options.epochs as f32;
            let rate = options.rate * (1. - (1. - options.last_rate) * done);
            let doubt = if epoch == 0 || options.doubt >= 1. { f32::INFINITY } else { options.doubt };
            learner.learn(lines[line as usize], rate, doubt);
            learnt += 1;
            if i % every == 0 && gold_share > 0 {
                learner.learn(gold_lines[next_gold], rate, f32::INFINITY);
                next_gold = (next_gold + 1) % gold_lines.len();
                learnt += 1;
            }
            if learnt >= 1024 {
                progress(Progress::Learnt(std::mem::take(&mut learnt)));
            }
        }
        progress(Progress::Learnt(learnt));
        progress(Progress::Epoch(epoch + 1, held_out.as_ref().map(|text| learner.score(text))));
    }
    let mut order: Vec<u32> = (0..gold_lines.len() as u32).collect();
    for epoch in 0..options.gold_epochs {
        learner.shuffle(&mut order);
        for &line in &order {
            learner.learn(gold_lines[line as usize], options.gold_rate, f32::INFINITY);
        }
        progress(Progress::Learnt(gold_lines.len()));
        let epoch = options.epochs + epoch + 1;
        progress(Progress::Epoch(epoch, held_out.as_ref().map(|text| learner.score(text))));
    }

    let room = pack::Room { scale: options.scale, entries: options.entries, least: options.least_patterns };
    let (model, tables) = pack::pack(&learner.weights, &learner.words, &corpora, &syllables, &room)?;
    let names =
        std::iter::once("lexicon").chain(features::TABLES.iter().map(|group| group.name)).chain(["small tables"]);
    for (name, table) in names.zip(tables) {
        progress(Progress::Table(name, table.kept, table.bytes));
    }
    Ok(model)
}

/// Scores a segmenter on gold lines.
///
/// A word is right when both its ends are; all boundaries count. Tokens that the scanner cuts finer than the gold lines
/// count as found words.
///
/// # Errors
///
/// When the text cannot be read or is not UTF-8.
pub fn evaluate(segmenter: &Segmenter, gold: impl BufRead) -> Result<Score, Error> {
    let mut score = Score::default();
    let mut buffer = Buffer::default();
    for (number, line) in gold.lines().enumerate() {
        let line = line.map_err(|error| {
            Error::new(Kind::Io, format!("cannot read the text: {error}")).at(format!("line {}", number + 1))
        })?;
        let raw = line.replace('_', " ");
        // Ends of words, as how many bytes that are no blanks stand before them.
        let solid = |text: &str| text.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'_').count();
        let mut at = 0;
        let gold: Vec<(usize, usize)> = line
            .split_ascii_whitespace()
            .map(|word| {
                let start = at;
                at += solid(word);
                (start, at)
            })
            .collect();
        let (mut at, mut end) = (0, 0);
        let found: Vec<(usize, usize)> = segmenter
            .words_with(&raw, &mut buffer)
            .map(|word| {
                let start = at + solid(&raw[end..word.span.start as usize]);
                at = start + solid(&raw[word.span.range()]);
                end = word.span.end as usize;
                (start, at)
            })
            .collect();
        score.gold += gold.len();
        score.found += found.len();
        let mut rest = gold.iter().peekable();
        for word in &found {
            while rest.next_if(|gold| gold.0 < word.0).is_some() {}
            score.right += usize::from(rest.peek() == Some(&word));
        }
    }
    Ok(score)
}

struct Learner<'c> {
    weights: Weights,
    words: Words,
    syllables: &'c Syllables,
    scratch: Scratch,
    random: u64,
    caseless: u64,
}

impl Learner<'_> {
    /// The next number of a xorshift generator.
    fn random(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random
    }

    fn shuffle(&mut self, order: &mut [u32]) {
        for i in (1..order.len()).rev() {
            let other = (self.random() % (i as u64 + 1)) as usize;
            order.swap(i, other);
        }
    }

    fn learn(&mut self, sentence: &[Token], rate: f32, doubt: f32) {
        let caseless = self.caseless > 0 && self.random().is_multiple_of(self.caseless);
        features::look(corpus::views(sentence, self.syllables), &mut self.scratch.views, caseless);
        let joined = |gap: usize| sentence[gap - features::EDGE].gap == Answer::Join;
        self.weights.learn(&self.words, &mut self.scratch, joined, rate, doubt);
    }

    fn score(&mut self, text: &Corpus) -> Score {
        let mut score = Score::default();
        for sentence in text.sentences() {
            features::look(corpus::views(sentence, self.syllables), &mut self.scratch.views, false);
            self.weights.score(&self.words, &mut self.scratch);
            let mut found = vec![false; sentence.len()];
            let Scratch { views, scores, back, .. } = &mut self.scratch;
            features::decide(views, scores, back, |i, joined| found[i - features::EDGE] = joined);
            score.add(sentence.len(), |i| sentence[i].gap == Answer::Join, |i| found[i]);
        }
        score
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = "\
Cán_bộ xã học_tập chính_trị .
Xã ta học_tập cán_bộ tốt .
Chính_trị là học_tập của cán_bộ xã .
Ông Trần_Văn_Sao là cán_bộ xã ta .
";
    const SILVER: &str = "\
Học_tập tốt là việc của cán_bộ , của xã .
Bà Lê_Thị_Mây bàn về chính_trị , về học_tập .
Cán bộ xã bàn về chính_trị .
";

    fn learn(seed: u64) -> Model {
        let options = Options { seed, epochs: 20, least_patterns: 1, ..Options::default() };
        let input = |text: &'static str| Box::new(text.as_bytes()) as Box<dyn BufRead>;
        train(vec![input(GOLD)], Some(input(SILVER)), None, &options, &mut |_| {}).expect("a model")
    }

    #[test]
    fn a_model_knows_what_it_was_taught() {
        let segmenter = Segmenter::builder().model(learn(1)).build();
        let text = "Cán bộ ta học tập tốt.";
        let words: Vec<&str> = segmenter.words(text).map(|word| &text[word.span.range()]).collect();
        assert_eq!(words, ["Cán bộ", "ta", "học tập", "tốt", "."]);
        let score = evaluate(&segmenter, GOLD.as_bytes()).expect("a score");
        assert_eq!((score.gold, score.right), (25, 25), "{score:?}");
    }

    #[test]
    fn the_same_seed_makes_the_same_bytes() {
        assert!(learn(7).as_bytes() == learn(7).as_bytes());
    }

    #[test]
    fn nothing_is_doubted_in_the_first_epoch() {
        let input = |text: &'static str| Box::new(text.as_bytes()) as Box<dyn BufRead>;
        let learn = |epochs, doubt| {
            let options = Options { epochs, doubt, least_patterns: 1, ..Options::default() };
            train(vec![input(GOLD)], Some(input(SILVER)), None, &options, &mut |_| {}).expect("a model")
        };
        assert!(learn(1, 0.0).as_bytes() == learn(1, 1.0).as_bytes());
        assert!(learn(2, 0.0).as_bytes() != learn(2, 1.0).as_bytes());
    }

    #[test]
    fn words_and_patterns_end_at_signs() {
        let mut syllables = Syllables::default();
        let text = Corpus::read("học_tập , tốt".as_bytes(), Trust::Gold, &mut syllables, |_| {}).expect("text");
        let sentence = text.sentence(0);
        assert!(corpus::is_open(sentence, 0, 1));
        assert!(!corpus::is_open(sentence, 1, 3));
    }

    #[test]
    fn gold_lines_correct_silver_ones() {
        let mut syllables = Syllables::default();
        let mut read = |text: &str, trust| Corpus::read(text.as_bytes(), trust, &mut syllables, |_| {}).expect("text");
        let gold = read("người_ta nói\nngười_ta bàn", Trust::Gold);
        let mut silver = read("người ta họp\nthấy người ta nói", Trust::Silver);
        assert_eq!(silver.follow(&[gold], 2), 1);
        assert_eq!(silver.sentence(0)[1].gap, Answer::Join);
        assert_eq!(silver.sentence(1)[2].gap, Answer::Join);
    }

    #[test]
    fn a_title_is_parted_from_a_name_in_silver_lines_alone() {
        let mut syllables = Syllables::default();
        let mut read = |trust| Corpus::read("đối_tượng_Sao".as_bytes(), trust, &mut syllables, |_| {}).expect("text");
        assert_eq!(read(Trust::Gold).sentence(0)[2].gap, Answer::Join);
        assert_eq!(read(Trust::Silver).sentence(0)[2].gap, Answer::Split);
    }

    #[test]
    fn scores_count_words_whose_both_ends_are_right() {
        let segmenter = Segmenter::builder().without_model().build();
        // The table has `học tập` and not `bàn về`.
        let score = evaluate(&segmenter, "học_tập bàn_về xã".as_bytes()).expect("a score");
        assert_eq!(score, Score { gold: 3, found: 4, right: 2 });
        assert_eq!((score.precision(), score.recall()), (2.0 / 4.0, 2.0 / 3.0));
        assert!((score.f1() - 4.0 / 7.0).abs() < 1e-9, "{}", score.f1());
    }

    #[test]
    fn progress_tells_the_score_of_each_epoch_and_the_size_of_each_table() {
        let options = Options { epochs: 20, gold_epochs: 2, least_patterns: 1, ..Options::default() };
        let input = |text: &'static str| Box::new(text.as_bytes()) as Box<dyn BufRead>;
        let (mut read, mut lines, mut learnt, mut scores, mut bytes) = (0, 0, 0, Vec::new(), 0);
        let mut tell = |progress: Progress| match progress {
            Progress::Read(more) => read += more,
            Progress::Lines(all) => lines = all,
            Progress::Learnt(more) => learnt += more,
            Progress::Epoch(epoch, score) => scores.push((epoch, score.expect("a score"))),
            Progress::Table(_, _, more) => bytes += more,
        };
        let model = train(vec![input(GOLD)], None, Some(input(GOLD)), &options, &mut tell).expect("a model");
        assert_eq!(read, 2 * GOLD.len(), "what is learnt from and what is held out");
        assert!(lines > 0 && learnt == lines, "{learnt} of {lines}");
        assert!(scores.iter().map(|(epoch, _)| *epoch).eq(1..=22), "{scores:?}");
        // Gold lines alone are learnt from, too.
        assert_eq!(scores[21].1, Score { gold: 25, found: 25, right: 25 });
        assert!((1..=model.as_bytes().len()).contains(&bytes), "{bytes}");
    }

    #[test]
    fn a_text_that_is_not_utf8_is_refused_with_its_line() {
        let gold: Vec<Box<dyn BufRead>> = vec![Box::new(&b"a b\n\xff\n"[..])];
        let error = train(gold, None, None, &Options::default(), &mut |_| {}).unwrap_err();
        assert!(error.is_input() && error.to_string().contains("line 2"), "{error}");
    }
}
