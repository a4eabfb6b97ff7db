use std::path::Path;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::letters::mix;
use super::scan::{Raw, Scanner};
use crate::error::{Error, Kind};
use crate::table::lines;

/// Words that a user knows better than the model: each is joined wherever it stands, or never.
///
/// Letter case, spacing and the way the letters are composed make no difference. Where entries overlap the leftmost
/// wins, and of those that begin at one place the longest.
///
/// ```
/// use thoisu::segment::{Lexicon, Segmenter};
///
/// let mut words = Lexicon::new();
/// words.join("khu đô thị Sao Mai");
/// words.split("học sinh học");
/// let segmenter = Segmenter::builder().lexicon(words).build();
/// let text = "Khu đô thị sao mai";
/// let found: Vec<&str> = segmenter.words(text).map(|word| &text[word.span.range()]).collect();
/// assert_eq!(found, ["Khu đô thị sao mai"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    entries: FxHashMap<u64, Entry>,
    /// How long entries get that begin with a syllable.
    longest: FxHashMap<u64, u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Join,
    Split,
}

/// The most syllables that an entry can have.
const MOST: usize = 16;

pub(crate) static BUILT_IN: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::new();
    for row in lines(include_str!("../data/lexicon.tsv")) {
        lexicon.join(row.split('\t').next().unwrap_or(row));
    }
    lexicon
});

impl Lexicon {
    /// No words.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a table: one word a row, with a tab and `join` or `split` behind it (`join` where nothing stands there).
    /// Empty lines and lines that begin with `#` are left out.
    ///
    /// # Errors
    ///
    /// When a row has another second cell, or a word of more than 16 syllables or none.
    pub fn from_tsv(table: &str) -> Result<Self, Error> {
        let mut lexicon = Self::new();
        for (number, line) in table.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut cells = line.split('\t');
            let word = cells.next().unwrap_or_default().trim();
            let entry = match cells.next().map(str::trim) {
                None | Some("" | "join") => Entry::Join,
                Some("split") => Entry::Split,
                Some(other) => {
                    return Err(Error::new(Kind::Input, format!("a word can be joined or split, not `{other}`"))
                        .at(format!("line {}", number + 1))
                        .advice("write `join` or `split` behind the tab"));
                }
            };
            if !lexicon.insert(word, entry) {
                return Err(Error::new(Kind::Input, format!("`{word}` is no word"))
                    .at(format!("line {}", number + 1))
                    .advice("a word has from 1 to 16 syllables and no punctuation"));
            }
        }
        Ok(lexicon)
    }

    /// Reads a table from a file; see [`Lexicon::from_tsv`].
    ///
    /// # Errors
    ///
    /// When the file cannot be read, is not UTF-8, or holds a row that cannot be understood.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let table = std::fs::read_to_string(path).map_err(|error| {
            Error::new(Kind::Io, "cannot read the word list")
                .at(path.display())
                .advice(format!("{error}; name a UTF-8 file with one word a row"))
                .source(error)
        })?;
        Self::from_tsv(&table).map_err(|error| error.at(path.display()))
    }

    /// Joins the syllables of `word` wherever they stand side by side. What is no word (see [`from_tsv`](Self::from_tsv)) is
    /// left out.
    pub fn join(&mut self, word: &str) -> &mut Self {
        self.insert(word, Entry::Join);
        self
    }

    /// Never joins two syllables of `word` where it stands. What is no word is left out.
    pub fn split(&mut self, word: &str) -> &mut Self {
        self.insert(word, Entry::Split);
        self
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    fn insert(&mut self, word: &str, entry: Entry) -> bool {
        let tokens: Vec<Raw> = Scanner::new(word).collect();
        if tokens.is_empty() || tokens.len() > MOST || !tokens.iter().all(Raw::joins) {
            return false;
        }
        let longest = self.longest.entry(tokens[0].key).or_default();
        *longest = (*longest).max(tokens.len() as u8);
        self.entries.insert(tokens.iter().fold(0, |hash, token| mix(hash ^ token.key)), entry);
        true
    }

    /// The longest entry that begins with the first of `tokens`, and how many tokens it takes.
    pub(crate) fn longest(&self, tokens: &[Raw]) -> Option<(usize, Entry)> {
        let &longest = self.longest.get(&tokens.first()?.key)?;
        let mut hash = 0;
        let mut found = None;
        for (i, token) in tokens.iter().take(longest as usize).enumerate() {
            if !token.joins() {
                break;
            }
            hash = mix(hash ^ token.key);
            if let Some(&entry) = self.entries.get(&hash) {
                found = Some((i + 1, entry));
            }
        }
        found
    }

    /// Writes what the entries say about each gap; gap `i` stands before token `i`.
    pub(crate) fn mark(&self, tokens: &[Raw], gaps: &mut [Gap]) {
        let mut at = 0;
        while at < tokens.len() {
            let Some((len, entry)) = self.longest(&tokens[at..]) else {
                at += 1;
                continue;
            };
            let inner = if entry == Entry::Join { Gap::Join } else { Gap::Split };
            gaps[at + 1..at + len].fill(inner);
            if entry == Entry::Join {
                gaps[at] = Gap::Split;
                if let Some(after) = gaps.get_mut(at + len) {
                    *after = Gap::Split;
                }
            }
            at += len;
        }
    }
}

/// Words to join.
impl<S: AsRef<str>> Extend<S> for Lexicon {
    fn extend<I: IntoIterator<Item = S>>(&mut self, words: I) {
        for word in words {
            self.join(word.as_ref());
        }
    }
}

/// Words to join.
impl<S: AsRef<str>> FromIterator<S> for Lexicon {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Self {
        let mut lexicon = Self::new();
        lexicon.extend(words);
        lexicon
    }
}

/// What is decided about the gap before a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Gap {
    /// The model decides.
    #[default]
    Open,
    Join,
    Split,
}
