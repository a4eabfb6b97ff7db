//! Text from before Unicode: TCVN3 (ABC), VNI-Windows, VISCII, VPS, windows-1258.
//!
//! Old pages and documents come as bytes in one of these encodings, or as text that somebody read as Latin-1 or
//! windows-1252 ("mojibake"). [`decode`] takes bytes, [`repair`] takes such text:
//!
//! ```
//! use thoisu::normalize::legacy::{self, Encoding};
//!
//! let decoded = legacy::repair("Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp", None);
//! assert_eq!(decoded.text, "Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập");
//! assert_eq!(decoded.encoding, Encoding::Tcvn3);
//! ```
//!
//! # Detection
//!
//! Bytes that are UTF-8, or have a byte order mark, are taken for what they say. Otherwise each encoding reads the text,
//! and its words with letters outside ASCII are looked up in the grammar of the syllable. An encoding is believed when
//! most of these words are syllables and no other encoding comes near. One or two words prove nothing: short and
//! ambiguous text stays as it is, and VPS, which is rare, needs twenty words. [`Decoded::confidence`] says how sure the
//! guess is. Give the encoding yourself where you know it.

mod detect;
mod tables;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization as _;

use crate::error::{Error, Kind};

/// An encoding of Vietnamese text.
///
/// ```
/// use thoisu::normalize::legacy::Encoding;
///
/// assert_eq!("tcvn3".parse::<Encoding>()?, Encoding::Tcvn3);
/// assert_eq!(Encoding::Vni.to_string(), "VNI-Windows");
/// # Ok::<(), thoisu::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// TCVN3, of the ABC fonts (`.VnTime`). It has no capital letters with tone marks.
    Tcvn3,
    /// VNI-Windows, two bytes for most letters with marks.
    Vni,
    /// VISCII, RFC 1456.
    Viscii,
    /// VPS.
    Vps,
    /// windows-1258, tone marks apart.
    Windows1258,
    /// windows-1252, what is left when nothing else fits.
    Windows1252,
}

impl Encoding {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Tcvn3,
        Self::Vni,
        Self::Viscii,
        Self::Vps,
        Self::Windows1258,
        Self::Windows1252,
    ];

    /// The name, as the web and `iconv` know it where they do.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Tcvn3 => "TCVN3",
            Self::Vni => "VNI-Windows",
            Self::Viscii => "VISCII",
            Self::Vps => "VPS",
            Self::Windows1258 => "windows-1258",
            Self::Windows1252 => "windows-1252",
        }
    }
}

impl FromStr for Encoding {
    type Err = Error;

    /// Reads a [`name`](Encoding::name), whatever its letter case; `ABC` and `VNI` too, as people call them.
    fn from_str(text: &str) -> Result<Self, Error> {
        let known = Self::ALL.iter().copied().find(|encoding| encoding.name().eq_ignore_ascii_case(text));
        known
            .or_else(|| ALIASES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, of)| *of))
            .ok_or_else(|| {
                let names: Vec<&str> = Self::ALL.iter().map(|encoding| encoding.name()).collect();
                Error::new(Kind::Input, format!("no encoding of Vietnamese: {text:?}"))
                    .advice(format!("use one of {}", names.join(", ")))
            })
    }
}

/// What encodings are called besides.
const ALIASES: [(&str, Encoding); 2] = [("ABC", Encoding::Tcvn3), ("VNI", Encoding::Vni)];

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Bytes that mean nothing in the encoding; U+FFFD stands for them in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Replaced {
    /// Where they are in the input, as a byte offset.
    pub input: usize,
    /// How many bytes they are.
    pub len: usize,
    /// Where the U+FFFD is in the text, as a byte offset.
    pub text: usize,
}

/// Decoded text, and how it was got.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Decoded<'t> {
    /// The text. Tone marks are where the author put them; see [`normalize`](crate::normalize()).
    pub text: Cow<'t, str>,
    /// The encoding that was found or given.
    pub encoding: Encoding,
    /// Whether the input was text whose bytes had been taken for windows-1252.
    pub mojibake: bool,
    /// How sure the guess is, from 0 to 1. 1 when the encoding was given.
    pub confidence: f64,
    /// What could not be decoded, in order.
    pub replaced: Vec<Replaced>,
}

impl<'t> Decoded<'t> {
    fn new(text: impl Into<Cow<'t, str>>, encoding: Encoding, confidence: f64) -> Self {
        Self { text: text.into(), encoding, mojibake: false, confidence, replaced: Vec::new() }
    }

    fn with(mut self, replaced: Vec<Replaced>) -> Self {
        self.replaced = replaced;
        self
    }
}

/// Decodes `bytes`, in the encoding given or in the one that is found. A byte order mark is dropped.
///
/// Valid UTF-8 is looked at again: text that was stored after somebody took it for windows-1252 is [repaired](repair).
/// Bytes that mean nothing become U+FFFD and are listed. Linear in the number of bytes; the guess is made from the
/// first 64 KB.
///
/// ```
/// use thoisu::normalize::legacy::{self, Encoding};
///
/// let bytes = b"Th\xABng t\xAD h\xAD\xEDng d\xC9n th\xF9c hi\xD6n";
/// let decoded = legacy::decode(bytes, None);
/// assert_eq!(decoded.text, "Thông tư hướng dẫn thực hiện");
/// assert_eq!(decoded.encoding, Encoding::Tcvn3);
/// assert_eq!(legacy::decode(bytes, Some(Encoding::Windows1252)).text, "Th«ng t\u{AD} h\u{AD}íng dÉn thùc hiÖn");
/// ```
#[must_use]
pub fn decode(bytes: &[u8], encoding: Option<Encoding>) -> Decoded<'_> {
    if let Some(encoding) = encoding {
        return decode_as(bytes, encoding, 1.0);
    }
    if let Some((encoding, mark)) = detect::byte_order_mark(bytes) {
        return shifted(decode_as(&bytes[mark..], encoding, 1.0), mark);
    }
    let guess = match std::str::from_utf8(bytes) {
        // UTF-16 without letters beyond ASCII is UTF-8 as well, with a zero beside each letter.
        Ok(text) => match bytes.contains(&0).then(|| detect::utf16(bytes)).flatten() {
            Some(guess) => guess,
            None => return repair(text, None),
        },
        Err(_) => detect::bytes(bytes),
    };
    decode_as(bytes, guess.encoding, guess.confidence)
}

/// Repairs `text` whose bytes were taken for Latin-1 or windows-1252: in the encoding given or in the one that is found.
/// Text that needs no repair, or too short to tell, comes back as it is, as [`Encoding::Utf8`].
///
/// ```
/// use thoisu::normalize::legacy::{self, Encoding};
///
/// assert_eq!(legacy::repair("baøn", None).text, "baøn", "one word proves nothing");
/// assert_eq!(legacy::repair("baøn", Some(Encoding::Vni)).text, "bàn");
/// ```
#[must_use]
pub fn repair(text: &str, encoding: Option<Encoding>) -> Decoded<'_> {
    let guess = match encoding {
        Some(encoding) => Some(detect::Guess { encoding, confidence: 1.0 }),
        None => detect::mojibake(text),
    };
    let Some(guess) = guess else { return Decoded::new(text, Encoding::Utf8, 1.0) };
    let mut decoded = match guess.encoding {
        Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => match bytes_of(text) {
            Some(bytes) => into_owned(decode_as(&bytes, guess.encoding, guess.confidence)),
            None => return Decoded::new(text, Encoding::Utf8, 1.0),
        },
        encoding => {
            let units = text.char_indices().map(|(at, c)| (at, tables::byte(c).map_or(Unit::Char(c), Unit::Byte)));
            let (text, replaced) = decode_units(units, encoding);
            Decoded::new(text, encoding, guess.confidence).with(replaced)
        }
    };
    decoded.mojibake = true;
    decoded
}

/// The bytes that `text` was read from, when all of it was.
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    text.chars().map(tables::byte).collect()
}

fn into_owned(decoded: Decoded<'_>) -> Decoded<'static> {
    Decoded { text: Cow::Owned(decoded.text.into_owned()), ..decoded }
}

/// The same, with places in the input counted from `by` bytes before.
fn shifted(mut decoded: Decoded<'_>, by: usize) -> Decoded<'_> {
    for replaced in &mut decoded.replaced {
        replaced.input += by;
    }
    decoded
}

fn decode_as(bytes: &[u8], encoding: Encoding, confidence: f64) -> Decoded<'_> {
    match encoding {
        Encoding::Utf8 => {
            let (text, replaced) = decode_utf8(bytes);
            Decoded::new(text, encoding, confidence).with(replaced)
        }
        Encoding::Utf16Le => decode_utf16(bytes, encoding, u16::from_le_bytes, confidence),
        Encoding::Utf16Be => decode_utf16(bytes, encoding, u16::from_be_bytes, confidence),
        _ => {
            let units = bytes.iter().enumerate().map(|(at, &byte)| (at, Unit::Byte(byte)));
            let (text, replaced) = decode_units(units, encoding);
            Decoded::new(text, encoding, confidence).with(replaced)
        }
    }
}

fn decode_utf8(bytes: &[u8]) -> (Cow<'_, str>, Vec<Replaced>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.into(), Vec::new());
    }
    let (mut text, mut replaced, mut at) = (String::with_capacity(bytes.len()), Vec::new(), 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            replaced.push(Replaced { input: at, len: chunk.invalid().len(), text: text.len() });
            text.push(char::REPLACEMENT_CHARACTER);
            at += chunk.invalid().len();
        }
    }
    (text.into(), replaced)
}

fn decode_utf16(bytes: &[u8], encoding: Encoding, unit: fn([u8; 2]) -> u16, confidence: f64) -> Decoded<'_> {
    let (mut text, mut replaced, mut at) = (String::with_capacity(bytes.len()), Vec::new(), 0);
    let (pairs, rest) = (bytes.chunks_exact(2), bytes.len() % 2);
    for c in char::decode_utf16(pairs.map(|pair| unit([pair[0], pair[1]]))) {
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        let len = 2 * c.len_utf16();
        if c == char::REPLACEMENT_CHARACTER {
            replaced.push(Replaced { input: at, len, text: text.len() });
        }
        text.push(c);
        at += len;
    }
    if rest > 0 {
        replaced.push(Replaced { input: at, len: rest, text: text.len() });
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Decoded::new(text, encoding, confidence).with(replaced)
}

/// A byte to decode, or a character that was never one.
#[derive(Clone, Copy)]
enum Unit {
    Byte(u8),
    Char(char),
}

fn decode_units(units: impl Iterator<Item = (usize, Unit)>, encoding: Encoding) -> (String, Vec<Replaced>) {
    let table = tables::of(encoding);
    let (mut text, mut replaced) = (String::new(), Vec::new());
    // The letter before, which a mark of VNI may follow.
    let mut base: Option<char> = None;
    for (at, unit) in units {
        let c = match unit {
            Unit::Char(c) => c,
            Unit::Byte(byte) if encoding == Encoding::Vni && byte >= 0xC0 => {
                if let Some(c) = base.take().and_then(|base| tables::vni_mark(base, byte)) {
                    text.pop();
                    text.push(c);
                    continue;
                }
                tables::vni_letter(byte).unwrap_or(table[usize::from(byte)])
            }
            Unit::Byte(byte) => match table[usize::from(byte)] {
                '\0' if byte != 0 => {
                    replaced.push(Replaced { input: at, len: 1, text: text.len() });
                    char::REPLACEMENT_CHARACTER
                }
                c => c,
            },
        };
        text.push(c);
        base = Some(c);
    }
    match encoding {
        Encoding::Tcvn3 => text = raise(&text),
        Encoding::Windows1258 if replaced.is_empty() => text = text.nfc().collect(),
        _ => {}
    }
    (text, replaced)
}

/// Gives words in capitals their capitals back, since TCVN3 has none with tone marks: `VIệT NAM`.
///
/// A word is in capitals when only its letters with tone marks are small, and it has two capitals, or stands between
/// two words in capitals.
fn raise(text: &str) -> String {
    let words: Vec<&str> = text.split_inclusive(|c: char| !c.is_alphabetic()).collect();
    let capitals: Vec<Option<usize>> = words.iter().map(|word| capitals(word)).collect();
    let sure = |i: Option<usize>| i.and_then(|i| capitals.get(i)).is_some_and(|count| count.is_some_and(|n| n > 1));
    let mut out = String::with_capacity(text.len());
    for (i, word) in words.iter().enumerate() {
        let between = || sure(i.checked_sub(1)) && sure(Some(i + 1));
        match capitals[i] {
            Some(count) if count > 1 || (count == 1 && between()) => {
                out.extend(word.chars().flat_map(char::to_uppercase));
            }
            _ => out.push_str(word),
        }
    }
    out
}

/// The number of capital letters in a word whose other letters all have tone marks.
fn capitals(word: &str) -> Option<usize> {
    let mut count = 0;
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        if c.is_uppercase() {
            count += 1;
        } else if crate::normalize::letters::letter(c).is_none_or(|letter| letter.tone == 0) {
            return None;
        }
    }
    Some(count)
}

#[cfg(test)]
mod tests;
