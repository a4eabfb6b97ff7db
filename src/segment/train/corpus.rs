//! Reading what there is to learn from.

use std::io::BufRead;

use rustc_hash::FxHashMap;

use super::super::features::{self, View};
use super::super::letters::{Shape, mix};
use super::super::scan::{Raw, Scanner, TokenKind};
use super::super::sentence::Ends;
use crate::error::{Error, Kind};

/// A token of a training text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// The number of its syllable in [`Syllables`].
    syllable: u32,
    class: u8,
    pub(super) gap: Answer,
}

/// What is right for the gap before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Split,
    Join,
    /// No word can be there: the gap stands beside punctuation, or begins a sentence.
    Closed,
}

/// The keys of syllables, so that a token takes 8 bytes.
#[derive(Debug, Default)]
pub(super) struct Syllables {
    keys: Vec<u64>,
    numbers: FxHashMap<u64, u32>,
}

/// Sentences with their answers.
#[derive(Debug, Default)]
pub(super) struct Corpus {
    tokens: Vec<Token>,
    starts: Vec<usize>,
}

impl Syllables {
    fn number(&mut self, key: u64) -> u32 {
        *self.numbers.entry(key).or_insert_with(|| {
            self.keys.push(key);
            self.keys.len() as u32 - 1
        })
    }

    fn letters(&self, token: &Token) -> u64 {
        self.keys[token.syllable as usize]
    }

    /// The number of a syllable as patterns have it.
    pub(super) fn key(&self, token: &Token) -> u64 {
        mix(self.letters(token))
    }
}

/// How far the answers of a text are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Reviewed by people.
    Gold,
    /// Written by a program: a title that it joined to a name is parted again.
    Silver,
}

impl Corpus {
    /// Reads lines of words that are separated by blanks, with `_` between the syllables of a word.
    pub(super) fn read(
        mut input: impl BufRead,
        trust: Trust,
        syllables: &mut Syllables,
        mut progress: impl FnMut(usize),
    ) -> Result<Self, Error> {
        let mut corpus = Self::default();
        let (mut line, mut number) = (Vec::new(), 0);
        loop {
            line.clear();
            number += 1;
            let failed = |error: std::io::Error| {
                Error::new(Kind::Io, format!("cannot read the text: {error}")).at(format!("line {number}"))
            };
            let read = input.read_until(b'\n', &mut line).map_err(failed)?;
            if read == 0 {
                break;
            }
            progress(read);
            let text = std::str::from_utf8(&line).map_err(|error| {
                Error::new(Kind::Input, "the text is not UTF-8")
                    .at(format!("line {number}"))
                    .advice("convert it to UTF-8")
                    .source(error)
            })?;
            corpus.add(text, trust, syllables);
        }
        corpus.starts.push(corpus.tokens.len());
        Ok(corpus)
    }

    fn add(&mut self, line: &str, trust: Trust, syllables: &mut Syllables) {
        let raw = line.replace('_', " ");
        let mut ends = Ends::default();
        let mut last: Option<Raw> = None;
        for token in Scanner::new(&raw) {
            let gap = match &last {
                Some(last) if !ends.between(&raw, last, &token) => {
                    let between = &line.as_bytes()[last.end as usize..token.start as usize];
                    answer(last, &token, between, trust)
                }
                _ => {
                    self.starts.push(self.tokens.len());
                    Answer::Closed
                }
            };
            self.tokens.push(Token { syllable: syllables.number(token.key), class: features::class(&token), gap });
            last = Some(token);
        }
    }

    /// Corrects the answers of a program where people write the same two syllables another way: always, at least
    /// `least` times, and the program never or nearly so.
    pub(super) fn follow(&mut self, gold: &[Self], least: u32) -> usize {
        let mut people: FxHashMap<(u32, u32), [u32; 2]> = FxHashMap::default();
        for pair in gold.iter().flat_map(|gold| gold.tokens.windows(2)) {
            if pair[1].gap != Answer::Closed {
                people.entry((pair[0].syllable, pair[1].syllable)).or_default()
                    [usize::from(pair[1].gap == Answer::Join)] += 1;
            }
        }
        people.retain(|_, [split, joined]| {
            (*split).max(*joined) >= least && (*split).min(*joined) * 10 <= *split + *joined
        });
        let mut program: FxHashMap<(u32, u32), [u32; 2]> = FxHashMap::default();
        for pair in self.tokens.windows(2).filter(|pair| pair[1].gap != Answer::Closed) {
            let pair_key = (pair[0].syllable, pair[1].syllable);
            if people.contains_key(&pair_key) {
                program.entry(pair_key).or_default()[usize::from(pair[1].gap == Answer::Join)] += 1;
            }
        }
        people.retain(|pair, people| {
            let [split, joined] = program.get(pair).copied().unwrap_or_default();
            let (right, wrong) = if people[1] > people[0] { (joined, split) } else { (split, joined) };
            right * 10 <= right + wrong
        });
        for i in 1..self.tokens.len() {
            let gap = self.tokens[i].gap;
            if gap != Answer::Closed
                && let Some([split, joined]) = people.get(&(self.tokens[i - 1].syllable, self.tokens[i].syllable))
            {
                self.tokens[i].gap = if joined > split { Answer::Join } else { Answer::Split };
            }
        }
        people.len()
    }

    /// How many sentences there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// How many tokens there are.
    pub(super) fn tokens(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn sentence(&self, i: usize) -> &[Token] {
        &self.tokens[self.starts[i]..self.starts[i + 1]]
    }

    pub(super) fn sentences(&self) -> impl Iterator<Item = &[Token]> {
        (0..self.len()).map(|i| self.sentence(i))
    }
}

fn answer(last: &Raw, token: &Raw, between: &[u8], trust: Trust) -> Answer {
    if !last.joins() || !token.joins() {
        return Answer::Closed;
    }
    let joined = between.is_empty() || between.contains(&b'_');
    let title_and_name = last.kind == TokenKind::Syllable
        && last.shape == Shape::Lower
        && token.kind == TokenKind::Syllable
        && matches!(token.shape, Shape::Title | Shape::Upper);
    if joined && !(trust == Trust::Silver && title_and_name) { Answer::Join } else { Answer::Split }
}

/// A sentence as the model sees it.
pub(super) fn views<'a>(sentence: &'a [Token], syllables: &'a Syllables) -> impl Iterator<Item = View> + 'a {
    sentence.iter().map(|token| View::new(syllables.letters(token), token.class, token.gap != Answer::Closed))
}

/// The syllables between two places of a sentence, if all gaps inside are open.
pub(super) fn is_open(sentence: &[Token], first: usize, last: usize) -> bool {
    sentence[first + 1..=last].iter().all(|token| token.gap != Answer::Closed)
}

impl Token {
    /// Whether it is written with a capital.
    pub(super) fn is_title(&self) -> bool {
        matches!(self.class, 1..=3)
    }
}
