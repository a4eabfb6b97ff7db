//! Normalisation: one form for every spelling of a text, and the way back to its bytes.
//!
//! Vietnamese text comes in many spellings that look alike: `hoà` and `hòa`, `uỷ` and `ủy`, letters with their marks
//! apart, `Ð` for `Đ`, no-break spaces, soft hyphens. [`normalize`] gives all of them one form:
//!
//! ```
//! use thoisu::normalize;
//!
//! assert_eq!(normalize("Uỷ ban thuộc To\u{300}a án"), "Ủy ban thuộc Tòa án");
//! ```
//!
//! [`Normalized`] keeps the way back as well, so that what is found in the normal form can be shown in the original:
//!
//! ```
//! use thoisu::Normalized;
//!
//! let original = "Hội nghị về hoa\u{300} giải";
//! let normalized = Normalized::new(original);
//! let at = normalized.text().find("hòa").unwrap();
//! let place = normalized.original(at..at + "hòa".len());
//! assert_eq!(&original[place], "hoa\u{300}");
//! ```
//!
//! Beside these there are [`fold`] for search, [`sort_key`] for lists, [`Syllable`] for the grammar, [`Punctuation`] for
//! quotes and dashes, and [`legacy`] for text from before Unicode, which is decoded before anything here sees it.
//!
//! # What happens, in this order
//!
//! 1. Single characters. `Ð ð Ɖ` become `Đ đ`, full-width digits and Latin letters become ASCII, every space of Unicode
//!    becomes a space, the separators U+2028 and U+2029 become line breaks. Soft hyphens, zero-width characters,
//!    direction marks and byte order marks go; the joiners U+200C and U+200D stay in scripts and emoji that need them.
//!    Tabs and line breaks, `\r\n` too, stay as they are, and so do quotes and dashes.
//! 2. Cyrillic and Greek letters within a Latin word become the Latin letters that they look like.
//! 3. Canonical composition (NFC).
//! 4. Tone marks. Each word that is a syllable of Vietnamese gets its tone on the proper letter, wherever it was typed:
//!    `nghìên` becomes `nghiền`, `baỏ` becomes `bảo`. In the open rhymes `oa oe uy` that is the first letter
//!    ([`Style::Old`], which the press writes) or the second ([`Style::New`]). A mark typed twice counts once. Words
//!    that are no syllables, and words with two different tones, stay as they are.
//!
//! Normalising twice changes nothing. The result of text without any of these specialities is its NFC.
//!
//! # Cost
//!
//! Time is linear in the length of the text. Text in normal form is borrowed: it costs a scan by an automaton, made from
//! the grammar on first use (two milliseconds, 64 KB for each style), and no allocation. Otherwise the new text is built,
//! and [`Normalized`] keeps four `usize` for each edit; an edit is a character, or the few characters of a sequence that
//! changes as one. Words that are no syllables of Vietnamese letters pass through a buffer of about 32 bytes for each
//! character up to the next ASCII sign or space. [`Normalized::original`] is a binary search over the edits.
//!
//! # Sources
//!
//! Onsets and rhymes are listed in `src/data/onsets.tsv` and `rhymes.tsv`, each with a word that has it; the place of the
//! tone follows from how a rhyme splits into glide, nucleus and coda. Composition is that of the Unicode Standard, annex
//! 15, by the crate `unicode-normalization`. The tables of [`legacy`] name their sources themselves.

mod chars;
mod edits;
mod engine;
mod fold;
mod grammar;
pub mod legacy;
mod letters;
mod punctuation;
mod quick;
mod scan;
mod sort;
mod syllable;
mod word;

pub use punctuation::{Punctuation, Side};
pub use sort::{compare, sort_key};
pub use syllable::{Syllable, Tone};

use edits::Edits;
use std::borrow::Cow;
use std::ops::Range;

/// Where the tone mark goes in the open rhymes `oa`, `oe`, `uy`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// On the first letter, as the press writes: `hòa`, `khỏe`, `ủy`.
    #[default]
    Old,
    /// On the second letter, as school books write: `hoà`, `khoẻ`, `uỷ`.
    New,
}

/// A text in normal form, with the way back to the original.
///
/// Normalised and original text consist of the same number of pieces, in the same order. Most pieces are single
/// characters; a character whose marks were apart is one piece with them. A character that was dropped belongs to the
/// piece before it, or to the piece after it when that is no part of a word but the one before is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalized<'t> {
    text: Cow<'t, str>,
    edits: Edits,
}

impl<'t> Normalized<'t> {
    /// Normalises `text`, tone marks in the old style.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self::with_style(text, Style::default())
    }

    /// Normalises `text`, tone marks in the given style.
    ///
    /// ```
    /// use thoisu::normalize::{Normalized, Style};
    ///
    /// assert_eq!(Normalized::with_style("Hòa Bình", Style::New).text(), "Hoà Bình");
    /// ```
    #[must_use]
    pub fn with_style(text: &'t str, style: Style) -> Self {
        let mut edits = Edits::default();
        let text = engine::run(text, style, Some(&mut edits));
        Self { text, edits }
    }

    /// The normalised text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The normalised text, for keeps.
    #[must_use]
    pub fn into_text(self) -> Cow<'t, str> {
        self.text
    }

    /// Whether nothing had to change.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// From where to where the pieces of the normalised text reach whose originals overlap `range`: what ends at the
    /// first place or before lies in front of it, what begins at the second or behind lies after it.
    pub(crate) fn covered(&self, range: Range<usize>) -> Range<usize> {
        self.edits.normal_end(range.start)..self.edits.normal_start(range.end)
    }

    /// The bytes of the original that became `range` of the normalised text.
    ///
    /// A non-empty range gives a non-empty range on character boundaries of the original. Ranges that meet give ranges
    /// that meet, except where they cut a piece, which both then hold whole. The range of the whole text gives the
    /// whole original. What lies beyond the text is ignored, and a bound within a character is moved out of it.
    ///
    /// The cost is that of a binary search over the edits.
    #[must_use]
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let mut start = range.start.min(self.text.len());
        let mut end = range.end.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        self.edits.original(start..end)
    }
}

/// The normal form of `text`, tone marks in the old style. Text in normal form is borrowed.
#[must_use]
pub fn normalize(text: &str) -> Cow<'_, str> {
    normalize_with(text, Style::default())
}

/// The normal form of `text`, tone marks in the given style. Text in normal form is borrowed.
///
/// ```
/// use thoisu::normalize::{Style, normalize_with};
///
/// assert_eq!(normalize_with("thủy lợi", Style::New), "thuỷ lợi");
/// ```
#[must_use]
pub fn normalize_with(text: &str, style: Style) -> Cow<'_, str> {
    engine::run(text, style, None)
}

/// The form of `text` that search compares: normalised, in lower case, without marks, `đ` as `d`.
///
/// Where `y` and `i` are both in use for one sound, `i` is written: after `h k l m s t v` with nothing else, and after
/// `qu`.
///
/// ```
/// use thoisu::fold;
///
/// assert_eq!(fold("Kỹ sư ở Đắk Lắk"), "ki su o dak lak");
/// assert_eq!(fold("kỹ sư"), fold("kĩ sư"));
/// ```
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    over(normalize(text), fold::fold)
}

/// `text`, normalised, without marks on letters, `đ` as `d`. Letter case stays.
///
/// ```
/// use thoisu::normalize::strip_marks;
///
/// assert_eq!(strip_marks("Tết Độc lập"), "Tet Doc lap");
/// ```
#[must_use]
pub fn strip_marks(text: &str) -> Cow<'_, str> {
    over(normalize(text), fold::strip)
}

/// As [`fold`], for text that is normalised already, at the end of `out`.
#[cfg(feature = "index")]
pub(crate) fn append_folded(text: &str, out: &mut String) {
    fold::append(text, out);
}

fn over(text: Cow<'_, str>, change: impl Fn(&str) -> Option<String>) -> Cow<'_, str> {
    match change(&text) {
        Some(changed) => Cow::Owned(changed),
        None => text,
    }
}

#[cfg(test)]
mod tests;
