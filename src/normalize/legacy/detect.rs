//! Which encoding is it?

use super::{Encoding, Unit, bytes_of, decode_units, tables};
use crate::normalize::{Syllable, letters};
use unicode_normalization::char::is_combining_mark;

/// An encoding, and how sure it is, from 0 to 1.
pub(super) struct Guess {
    pub(super) encoding: Encoding,
    pub(super) confidence: f64,
}

/// So much of the input is looked at.
const SAMPLE: usize = 64 << 10;

/// The single-byte encodings that are tried. Where two read the same text, the first is named.
const CANDIDATES: [Encoding; 5] =
    [Encoding::Windows1258, Encoding::Tcvn3, Encoding::Vni, Encoding::Viscii, Encoding::Vps];

/// Of the words that tell anything, this share must be syllables.
const SHARE: f64 = 0.75;
/// Fewer words than this prove nothing.
const WORDS: usize = 3;
/// For VPS, which is rare.
const WORDS_VPS: usize = 20;

/// The encoding that a byte order mark names, and the length of the mark.
pub(super) fn byte_order_mark(bytes: &[u8]) -> Option<(Encoding, usize)> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Some((Encoding::Utf8, 3)),
        [0xFF, 0xFE, ..] => Some((Encoding::Utf16Le, 2)),
        [0xFE, 0xFF, ..] => Some((Encoding::Utf16Be, 2)),
        _ => None,
    }
}

/// The encoding of bytes that are not UTF-8, or not all of them.
pub(super) fn bytes(bytes: &[u8]) -> Guess {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if let Some(guess) = utf16(bytes).or_else(|| damaged_utf8(sample)) {
        return guess;
    }
    single_byte(|| sample.iter().enumerate().map(|(at, &byte)| (at, Unit::Byte(byte))), None)
        .unwrap_or(Guess { encoding: Encoding::Windows1252, confidence: 0.0 })
}

/// The encoding of text that was taken for windows-1252, if it was.
pub(super) fn mojibake(text: &str) -> Option<Guess> {
    let sample = first(text, SAMPLE);
    // Combining marks and letters outside Latin-1 come from Unicode, except those that a byte is mistaken for.
    let latin1 = |c: char| tables::byte(c).is_some() || !(letters::letter(c).is_some() || is_combining_mark(c));
    if sample.is_ascii() || !sample.chars().all(latin1) {
        return None;
    }
    if let Some(bytes) = bytes_of(sample) {
        // The sample may cut a character in two.
        let valid = match std::str::from_utf8(&bytes) {
            Ok(text) => text,
            Err(error) if error.error_len().is_none() => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?,
            Err(_) => "",
        };
        let letters = valid.chars().filter(|c| !c.is_ascii()).count();
        if letters > 1 && bytes_of(text).is_some_and(|bytes| std::str::from_utf8(&bytes).is_ok()) {
            return Some(Guess { encoding: Encoding::Utf8, confidence: evidence(letters) });
        }
    }
    single_byte(
        || sample.char_indices().map(|(at, c)| (at, tables::byte(c).map_or(Unit::Char(c), Unit::Byte))),
        Some(sample),
    )
}

/// At most `len` bytes of `text`, whole characters.
fn first(text: &str, len: usize) -> &str {
    let mut end = text.len().min(len);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// From 0 for nothing towards 1: how much `count` observations say.
fn evidence(count: usize) -> f64 {
    count as f64 / (count as f64 + 2.0)
}

/// UTF-16 without a mark: every other byte is zero in much of the text.
pub(super) fn utf16(bytes: &[u8]) -> Option<Guess> {
    let bytes = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), bytes.len() / 2);
    let (encoding, many, few) =
        if odd > even { (Encoding::Utf16Le, odd, even) } else { (Encoding::Utf16Be, even, odd) };
    (pairs > 1 && many * 3 > pairs && few * 20 < pairs)
        .then(|| Guess { encoding, confidence: (many - few) as f64 / pairs as f64 })
}

/// UTF-8 with some bytes that are not.
fn damaged_utf8(bytes: &[u8]) -> Option<Guess> {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // In the other encodings a byte above 0xC0 seldom stands before one below.
    (good > bad).then(|| Guess { encoding: Encoding::Utf8, confidence: good as f64 / (good + bad) as f64 })
}

/// The encoding in which most words are syllables. `as_is` is the text without decoding, when it may be right already.
fn single_byte<U>(units: impl Fn() -> U, as_is: Option<&str>) -> Option<Guess>
where
    U: Iterator<Item = (usize, Unit)>,
{
    let mut best: Option<(Encoding, Score, String)> = None;
    let mut second = as_is.map_or(0.0, |text| Score::of(text).share());
    for encoding in CANDIDATES {
        let (text, _) = decode_units(units(), encoding);
        let score = Score::of(&text);
        match &best {
            Some((_, _, known)) if *known == text => {}
            Some((_, known, _)) if known.share() >= score.share() => second = second.max(score.share()),
            _ => {
                if let Some((_, known, _)) = &best {
                    second = second.max(known.share());
                }
                best = Some((encoding, score, text));
            }
        }
    }
    let (encoding, score, text) = best?;
    let words = if encoding == Encoding::Vps { WORDS_VPS } else { WORDS };
    let margin = score.share() - second;
    let believed = score.good >= words && score.share() >= SHARE && margin >= 0.2 && as_is != Some(&*text);
    believed.then(|| Guess { encoding, confidence: evidence(score.good) * score.share() * (2.0 * margin).min(1.0) })
}

/// Words with letters outside ASCII: those that are syllables, and those that are not.
#[derive(Clone, Copy, Default)]
struct Score {
    good: usize,
    bad: usize,
}

impl Score {
    fn of(text: &str) -> Self {
        let mut score = Self::default();
        let words = text.split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic());
        for word in words.filter(|word| !word.is_ascii()) {
            // Quotes and dashes stand at words, other signs do not stand within them.
            let core = word.trim_matches(|c: char| !c.is_alphabetic());
            if core.is_ascii() && core.len() < word.len() && word.chars().all(|c| c.is_ascii() || is_punctuation(c)) {
                continue;
            }
            if core.split(is_punctuation).all(is_good) {
                score.good += 1;
            } else {
                score.bad += 1;
            }
        }
        score
    }

    fn share(self) -> f64 {
        if self.good == 0 { 0.0 } else { self.good as f64 / (self.good + self.bad) as f64 }
    }
}

fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{A0}' | '«' | '»' | '°')
}

/// A syllable whose letters are all small, or the first or all large.
fn is_good(word: &str) -> bool {
    let mut cases = word.chars().skip(1).map(char::is_uppercase);
    let rest = cases.next();
    let even = cases.all(|case| Some(case) == rest);
    // A large letter after a small one only looks like a word.
    let capital = rest != Some(true) || word.starts_with(char::is_uppercase);
    even && capital && (word.is_ascii() || Syllable::parse(word).is_some_and(|syllable| syllable.is_well_formed()))
}
