use std::fmt;
use std::path::Path;
use std::sync::Arc;
#[cfg(feature = "model")]
use std::sync::LazyLock;

use super::features::{self, DENSE_STARTS, EDGE, GROUPS, Keys, Known, View};
use super::letters::mix;
use super::lexicon::Gap;
use super::words::Buffer;
use crate::error::{Error, Kind};

/// The first bytes of a model.
pub(crate) const MAGIC: [u8; 8] = *b"thoisu/s";
/// Raised whenever the same bytes would mean something else.
pub(crate) const VERSION: u32 = 1;
/// How many entries share a bucket.
pub(crate) const WAYS: usize = 4;
/// Magic, version, a blank, checksum, and how many buckets the lexicon and each group have.
const HEADER: usize = 8 + 4 + 4 + 8 + 4 * (1 + GROUPS);
/// Tables begin at multiples of it, so that no bucket lies across two lines of the cache.
const LINE: usize = 64;

/// The weights that decide which syllables belong together.
///
/// A model is a table of bytes, used as it is: there is nothing to unpack. [`Segmenter::new`](super::Segmenter::new)
/// uses the one that the crate was built with; others come from files that `examples/train.rs` writes.
#[derive(Clone)]
pub struct Model {
    bytes: Bytes,
    lexicon: Table,
    groups: [Table; GROUPS],
    /// Where the small tables begin.
    dense: usize,
}

/// The bytes of a model, which begin with a line of the cache.
#[derive(Clone)]
enum Bytes {
    #[cfg(feature = "model")]
    Embedded(&'static [u8]),
    /// From this place on.
    Read(Arc<Vec<u8>>, usize),
}

impl Bytes {
    fn copy(bytes: &[u8]) -> Self {
        let mut aligned = vec![0; bytes.len() + LINE];
        let start = aligned.as_ptr().align_offset(LINE).min(LINE);
        aligned[start..start + bytes.len()].copy_from_slice(bytes);
        aligned.truncate(start + bytes.len());
        Self::Read(Arc::new(aligned), start)
    }

    fn get(&self) -> &[u8] {
        match self {
            #[cfg(feature = "model")]
            Self::Embedded(bytes) => bytes,
            Self::Read(bytes, start) => &bytes[*start..],
        }
    }
}

/// Where a table begins, and how many buckets it has.
#[derive(Clone, Copy, Debug, Default)]
struct Table {
    start: usize,
    buckets: u64,
}

/// The weights of one group: bytes of a bucket.
pub(crate) const fn bucket_size(width: usize) -> usize {
    WAYS * (1 + width)
}

/// The lexicon's: four numbers of two bytes.
pub(crate) const LEXICON_BUCKET: usize = WAYS * 2;

/// The bucket that a key belongs to.
#[inline(always)]
pub(crate) const fn bucket(key: u64, buckets: u64) -> usize {
    (((key >> 32) * buckets) >> 32) as usize
}

/// What is left of a key inside its bucket.
#[inline(always)]
pub(crate) const fn mark(key: u64) -> u8 {
    (key >> 8) as u8
}

/// An entry of the lexicon: 11 bits of the key, whether longer words begin with it, and the class of the word.
#[inline(always)]
pub(crate) const fn lexicon_mark(key: u64) -> u16 {
    ((key >> 8) as u16) & LEXICON_MARK
}

const LEXICON_MARK: u16 = 0xffe0;

/// How many buckets of the lexicon an entry may be in.
pub(crate) const SPILL: usize = 8;

/// Set where longer words begin with these tokens.
pub(crate) const LONGER: u16 = 0x10;

/// The sum of all bytes that a header holds.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    let (chunks, rest) = bytes.as_chunks::<8>();
    let sum = chunks.iter().fold(bytes.len() as u64, |sum, chunk| mix(sum ^ u64::from_le_bytes(*chunk)));
    rest.iter().fold(sum, |sum, &byte| mix(sum ^ u64::from(byte)))
}

/// The model that the crate was built with.
#[cfg(feature = "model")]
pub(crate) static BUILT_IN: LazyLock<Arc<Model>> = LazyLock::new(|| {
    #[repr(C, align(64))]
    struct Aligned<T: ?Sized>(T);
    static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!("../data/model.bin"));
    // A test reads the checksum of these bytes; they cannot change afterwards.
    let model = Model::lay_out(Bytes::Embedded(&BYTES.0));
    Arc::new(model.unwrap_or_else(|error| panic!("the embedded model is damaged: {error}")))
});

impl Model {
    /// Reads a model from a file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or is no model, is damaged, or was written for another version of this crate.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|error| {
            Error::new(Kind::Io, format!("cannot read the model: {error}"))
                .at(path.display())
                .advice("name a file that `examples/train.rs` wrote")
                .source(error)
        })?;
        Self::from_bytes(&bytes).map_err(|error| error.at(path.display()))
    }

    /// Takes a model from bytes.
    ///
    /// # Errors
    ///
    /// When the bytes are no model, are damaged, or were written for another version of this crate.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let model = Self::lay_out(Bytes::copy(bytes))?;
        // A fuzzer cannot guess the sum, and what lies behind it must be safe without it.
        if !cfg!(fuzzing) && number(bytes, 16) != checksum(&bytes[24..]) {
            return Err(Error::new(Kind::Input, "the model is damaged: its checksum does not fit")
                .advice("copy the file again, or train it anew"));
        }
        Ok(model)
    }

    /// The bytes, to write them to a file.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get()
    }

    /// Finds the tables.
    fn lay_out(all: Bytes) -> Result<Self, Error> {
        let bytes = all.get();
        let wrong = |what: &'static str, advice: &'static str| Error::new(Kind::Input, what).advice(advice);
        if !bytes.starts_with(&MAGIC) {
            return Err(wrong("this is no word model", "name a file that `examples/train.rs` wrote"));
        }
        if bytes.len() < HEADER {
            return Err(wrong("the model is cut short", "copy the file again, or train it anew"));
        }
        let version = short(bytes, 8);
        if version != VERSION {
            return Err(Error::new(Kind::Input, format!("the model has version {version}, not {VERSION}"))
                .advice("train it anew with this version of the crate"));
        }
        let mut start = HEADER.next_multiple_of(LINE);
        let mut table = |i: usize, size: usize| {
            let table = Table { start, buckets: u64::from(short(bytes, 24 + 4 * i)) };
            start = (table.buckets as usize)
                .checked_mul(size)
                .and_then(|len| start.checked_add(len)?.checked_next_multiple_of(LINE))
                .unwrap_or(usize::MAX);
            table
        };
        let lexicon = table(0, LEXICON_BUCKET);
        let groups = std::array::from_fn(|group| table(1 + group, bucket_size(features::TABLES[group].slots.len())));
        let dense = start;
        let none = lexicon.buckets == 0 || groups.iter().any(|group| group.buckets == 0);
        if none || dense.checked_add(2 * DENSE_STARTS[features::DENSE]) != Some(bytes.len()) {
            return Err(wrong("the model has not the length that it names", "copy the file again, or train it anew"));
        }
        Ok(Self { bytes: all, lexicon, groups, dense })
    }

    /// Puts a model together from its tables.
    #[cfg(feature = "train")]
    pub(crate) fn assemble(lexicon: &[u8], groups: &[Vec<u8>; GROUPS], dense: &[u8]) -> Result<Self, Error> {
        let mut bytes = Vec::new();
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.resize(24, 0);
        bytes.extend_from_slice(&((lexicon.len() / LEXICON_BUCKET) as u32).to_le_bytes());
        for (table, group) in groups.iter().zip(&features::TABLES) {
            bytes.extend_from_slice(&((table.len() / bucket_size(group.slots.len())) as u32).to_le_bytes());
        }
        bytes.resize(bytes.len().next_multiple_of(LINE), 0);
        for table in std::iter::once(lexicon).chain(groups.iter().map(Vec::as_slice)) {
            bytes.extend_from_slice(table);
            bytes.resize(bytes.len().next_multiple_of(LINE), 0);
        }
        bytes.extend_from_slice(dense);
        let sum = checksum(&bytes[24..]).to_le_bytes();
        bytes[16..24].copy_from_slice(&sum);
        Self::from_bytes(&bytes)
    }

    /// What the lexicon says of some tokens: its class, and whether longer words begin with them.
    #[inline(always)]
    fn known(&self, bytes: &[u8], key: u64) -> u16 {
        const EACH: u64 = 0x0001_0001_0001_0001;
        let wanted = lexicon_mark(key);
        let mut at = bucket(key, self.lexicon.buckets);
        // An entry that found its bucket full is in the next one.
        for _ in 0..SPILL {
            let entries = number(bytes, self.lexicon.start + at * LEXICON_BUCKET);
            // The lowest of the four numbers that becomes 0 is the entry.
            let differ = (entries ^ (u64::from(wanted) * EACH)) & (u64::from(LEXICON_MARK) * EACH);
            let zeros = differ.wrapping_sub(EACH) & !differ & (EACH << 15);
            if zeros != 0 {
                return (entries >> (zeros.trailing_zeros() & !15)) as u16 & !LEXICON_MARK;
            }
            if entries >> 48 == 0 {
                return 0;
            }
            at += 1;
            if at as u64 == self.lexicon.buckets {
                at = 0;
            }
        }
        0
    }

    /// Where the bucket of a pattern is, and its marks; the byte of the pattern's own mark becomes 0.
    #[inline(always)]
    fn find<const GROUP: usize>(&self, bytes: &[u8], key: u64) -> (u32, u32) {
        let table = self.groups[GROUP];
        let start = table.start + bucket(key, table.buckets) * bucket_size(features::TABLES[GROUP].slots.len());
        (start as u32, short(bytes, start) ^ (u32::from(mark(key)) * 0x0101_0101))
    }

    /// Decides the open gaps of a sentence.
    pub(crate) fn decide(&self, buffer: &mut Buffer) {
        let Buffer { tokens, gaps, views, known, scores, back, .. } = buffer;
        let mut last = false;
        let view = tokens.iter().zip(gaps.iter()).map(|(token, &gap)| {
            let joins = token.joins();
            let open = joins && last && gap != Gap::Split;
            last = joins;
            View::new(token.key, features::class(token), open)
        });
        features::look(view, views, false);
        self.score(views, known, scores);
        for (i, gap) in gaps.iter_mut().enumerate() {
            if *gap == Gap::Join {
                scores[EDGE + i] = [FORCED; 2];
            }
            *gap = Gap::Split;
        }
        features::decide(views, scores, back, |i, joined| {
            if joined {
                gaps[i - EDGE] = Gap::Join;
            }
        });
    }

    /// The scores of all gaps.
    fn score(&self, views: &[View], known: &mut Vec<Known>, scores: &mut Vec<[i32; 2]>) {
        let bytes = self.bytes.get();
        let count = views.len();
        known.clear();
        known.resize(count, [0; 3]);
        scores.clear();
        scores.resize(count, [0; 2]);
        // The sums of the gaps that the next pattern touches, from the one before its first token on: for any gap, and
        // for a gap behind a joined one.
        let mut sums = [[0; 2]; 5];
        let mut found = [Found::default(); BLOCK];
        let last = count - EDGE;
        for first in (1..last).step_by(BLOCK) {
            let block = first..last.min(first + BLOCK);
            // The buckets of a whole block are read before any is looked into: the reads are slow, but overlap.
            for (i, found) in block.clone().zip(&mut found) {
                let Some(four) = views.get(i..i + 4).and_then(|four| <&[View; 4]>::try_from(four).ok()) else {
                    continue;
                };
                found.active = four[0].open || four[1].open || four[2].open || four[3].open || views[i - 1].open;
                if !found.active {
                    continue;
                }
                let Keys { groups, words } = features::keys(four);
                found.words = words;
                found.groups = [
                    self.find::<0>(bytes, groups[0]),
                    self.find::<1>(bytes, groups[1]),
                    self.find::<2>(bytes, groups[2]),
                    self.find::<3>(bytes, groups[3]),
                    self.find::<4>(bytes, groups[4]),
                    self.find::<5>(bytes, groups[5]),
                ];
                found.word = if four[1].open { self.known(bytes, words[0]) } else { 0 };
            }
            for (i, found) in block.zip(&found) {
                if found.active {
                    add::<0, 7, 32>(&mut sums, bytes, found);
                    add::<1, 7, 32>(&mut sums, bytes, found);
                    add::<2, 3, 16>(&mut sums, bytes, found);
                    add::<3, 3, 16>(&mut sums, bytes, found);
                    add::<4, 3, 16>(&mut sums, bytes, found);
                    add::<5, 3, 16>(&mut sums, bytes, found);
                    known[i] = self.words_at(bytes, &views[i..i + 4], found);
                }
                scores[i - 1] = sums[0];
                sums = [sums[1], sums[2], sums[3], sums[4], [0; 2]];
            }
        }
        scores[last - 1..last + 3].copy_from_slice(&sums[..4]);
        let dense = &bytes[self.dense..];
        for i in EDGE..count - EDGE {
            if !views[i].open {
                continue;
            }
            let around: (&[View; 5], &[Known; 5]) = (
                views[i - 3..i + 2].try_into().expect("a window of five"),
                known[i - 3..i + 2].try_into().expect("a window of five"),
            );
            let [mut any, mut joined] = scores[i];
            for row in features::rows(around.0, around.1) {
                let weights = &dense[2 * row..2 * row + 2];
                any += i32::from(weights[0] as i8);
                joined += i32::from(weights[1] as i8);
            }
            scores[i] = [any, any + joined];
        }
    }

    /// What the lexicon says of the words that begin at a token.
    #[inline(always)]
    fn words_at(&self, bytes: &[u8], views: &[View], found: &Found) -> Known {
        let mut known = [0; 3];
        let mut entry = found.word;
        for i in 0..3 {
            // No class is greater, whatever the bytes of a model hold.
            known[i] = ((entry & 0xf) as u8).min(features::KNOWN as u8 - 1);
            if entry & LONGER == 0 || i == 2 || !views[i + 2].open {
                break;
            }
            entry = self.known(bytes, found.words[i + 1]);
        }
        known
    }
}

/// How many tokens are looked up together.
const BLOCK: usize = 16;

/// What was found for the patterns that begin at a token.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    /// Whether any gap around is open.
    active: bool,
    /// What the lexicon says of two tokens.
    word: u16,
    /// The keys of words.
    words: [u64; 3],
    groups: [(u32, u32); GROUPS],
}

/// A score that no sum of weights comes near.
const FORCED: i32 = 1 << 20;

/// Adds the weights of a pattern to the gaps around it; the pattern begins at the second of the rows.
///
/// Nothing here depends on whether the pattern is there.
#[inline(always)]
fn add<const GROUP: usize, const WIDTH: usize, const SIZE: usize>(
    sums: &mut [[i32; 2]; 5],
    bytes: &[u8],
    found: &Found,
) {
    let (start, marks) = found.groups[GROUP];
    let bucket = bytes.get(start as usize..start as usize + SIZE);
    let Some(bucket) = bucket.and_then(|bucket| <&[u8; SIZE]>::try_from(bucket).ok()) else { return };
    // The lowest byte of the marks that is 0 is the entry.
    let zeros = marks.wrapping_sub(0x0101_0101) & !marks & 0x8080_8080;
    let entry = (zeros.trailing_zeros() / 8) as usize & (WAYS - 1);
    let weights = match WIDTH {
        // The byte before the weights is read with them, so that the read stays in the bucket.
        3 => u64::from(short(bucket, WAYS - 1 + entry * 3) >> 8),
        _ => number(bucket, WAYS - 1 + entry * 7) >> 8,
    };
    let weights = weights & u64::from(zeros != 0).wrapping_neg();
    let slots: &[(isize, bool)] = const { features::TABLES[GROUP].slots };
    for (i, &(gap, joined)) in slots.iter().enumerate().take(WIDTH) {
        sums[(gap + 1) as usize][usize::from(joined)] += i32::from((weights >> (8 * i)) as i8);
    }
}

#[inline(always)]
fn short(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

#[inline(always)]
fn number(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("bytes", &self.bytes.get().len()).finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "model"))]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::super::{Lexicon, Segmenter};
    use super::*;

    fn cut(segmenter: &Segmenter, text: &str) -> Vec<String> {
        segmenter.words(text).map(|word| text[word.span.range()].to_owned()).collect()
    }

    #[test]
    fn the_embedded_model_is_whole_and_small() {
        let bytes = BUILT_IN.as_bytes();
        assert!(bytes.len() <= 3 << 20, "{} bytes", bytes.len());
        assert!(Model::from_bytes(bytes).is_ok());
    }

    #[test]
    fn a_damaged_model_is_refused_with_a_reason() {
        let whole = BUILT_IN.as_bytes();
        let refuse = |change: &dyn Fn(&mut Vec<u8>), reason: &str| {
            let mut bytes = whole.to_vec();
            change(&mut bytes);
            let error = Model::from_bytes(&bytes).expect_err(reason);
            assert!(error.is_input() && error.to_string().contains(reason), "{error}");
        };
        refuse(&|bytes| bytes[1_000_000] ^= 1, "checksum");
        refuse(&|bytes| bytes.truncate(bytes.len() - 1), "length");
        refuse(&|bytes| bytes.truncate(20), "cut short");
        refuse(&|bytes| bytes[8] = 99, "version");
        refuse(&|bytes| bytes[24..28].fill(0xff), "length");
        refuse(&|bytes| bytes.clear(), "no word model");
        let error = Model::from_path("no/such/file").unwrap_err();
        assert!(error.is_io() && error.to_string().contains("no/such/file"), "{error}");
    }

    #[test]
    fn words_of_policy_news_are_found() {
        let segmenter = Segmenter::new();
        assert_eq!(
            cut(&segmenter, "Ông Trần Văn Sao, Chủ tịch Ủy ban nhân dân xã, phát biểu kết luận hội nghị."),
            [
                "Ông",
                "Trần Văn Sao",
                ",",
                "Chủ tịch",
                "Ủy ban nhân dân",
                "xã",
                ",",
                "phát biểu",
                "kết luận",
                "hội nghị",
                "."
            ]
        );
    }

    #[test]
    fn composition_and_blanks_do_not_change_words() {
        let segmenter = Segmenter::new();
        let text = "Hội đồng nhân dân tỉnh thông qua nghị quyết về đầu tư công và giảm nghèo bền vững.";
        let expected = cut(&segmenter, text);
        let decomposed: String = text.nfd().collect();
        let composed: Vec<String> = cut(&segmenter, &decomposed).iter().map(|word| word.nfc().collect()).collect();
        assert_eq!(composed, expected);
        for blanks in ["  ", "\u{a0}", "\t", "\n"] {
            let lens: Vec<u32> = segmenter.words(&text.replace(' ', blanks)).map(|word| word.tokens).collect();
            assert_eq!(lens, segmenter.words(text).map(|word| word.tokens).collect::<Vec<_>>(), "{blanks:?}");
        }
    }

    #[test]
    fn capitals_do_not_change_words() {
        let segmenter = Segmenter::new();
        let text = "công tác dân vận của hệ thống chính trị ở cơ sở";
        let words: Vec<String> = cut(&segmenter, text);
        let capitals: Vec<String> =
            cut(&segmenter, &text.to_uppercase()).iter().map(|word| word.to_lowercase()).collect();
        assert_eq!(capitals, words);
    }

    #[test]
    fn words_of_the_user_win_over_the_model() {
        let words = Lexicon::from_tsv("sông nước xanh\nphát triển\tsplit\n").unwrap();
        let segmenter = Segmenter::builder().lexicon(words).build();
        assert_eq!(cut(&segmenter, "Sông nước xanh phát triển"), ["Sông nước xanh", "phát", "triển"]);
    }

    #[test]
    fn a_segmenter_is_shared_between_threads() {
        fn shared<T: Send + Sync + Clone>() {}
        shared::<Segmenter>();
        shared::<Model>();
    }
}
