//! The written syllable, taken apart.

use super::letters::{self, Letter};
use super::{Style, grammar, normalize};
use std::fmt;

/// The six tones, in dictionary order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// No mark: `ma`.
    #[default]
    Ngang,
    /// Grave: `mà`.
    Huyen,
    /// Hook: `mả`.
    Hoi,
    /// Tilde: `mã`.
    Nga,
    /// Acute: `má`.
    Sac,
    /// Dot below: `mạ`.
    Nang,
}

impl Tone {
    /// All tones, in dictionary order.
    pub const ALL: [Self; 6] = [Self::Ngang, Self::Huyen, Self::Hoi, Self::Nga, Self::Sac, Self::Nang];
}

/// A syllable of Vietnamese: onset, glide, nucleus, coda and tone, in lower case and without marks of tone.
///
/// Onset, glide, nucleus and coda, one after the other, spell the syllable. The letters `qu` are an onset; the i of
/// `gì`, `gìn`, `giếng` is written once and belongs to the nucleus, so that the onset is `g` there, and `gi` in `giá`.
///
/// ```
/// use thoisu::normalize::{Style, Syllable, Tone};
///
/// let syllable = Syllable::parse("Nghiêng").unwrap();
/// assert_eq!((syllable.onset(), syllable.glide()), ("ngh", ""));
/// assert_eq!((syllable.nucleus(), syllable.coda()), ("iê", "ng"));
/// assert_eq!(syllable.tone(), Tone::Ngang);
///
/// let syllable = Syllable::parse("thuỷ").unwrap();
/// assert_eq!((syllable.glide(), syllable.nucleus()), ("u", "y"));
/// assert_eq!(syllable.spell(Style::Old), "thủy");
/// assert!(Syllable::parse("London").is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Syllable {
    onset: &'static str,
    glide: &'static str,
    nucleus: &'static str,
    coda: &'static str,
    tone: Tone,
}

impl Syllable {
    /// Takes `text` apart, in any letter case and normal form, its tone mark wherever it was put.
    ///
    /// `None` when `text` is not one syllable, made of an onset and a rhyme of Vietnamese. The result may still be one
    /// that no word has; see [`is_well_formed`](Self::is_well_formed).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut ids = [0; grammar::MAX_LETTERS];
        let (mut len, mut tone) = (0, 0);
        for c in normalize(text).chars() {
            let letter = letters::letter(c)?;
            if letter.tone != 0 && std::mem::replace(&mut tone, letter.tone) != 0 {
                return None;
            }
            *ids.get_mut(len)? = letter.id;
            len += 1;
        }
        let shape = grammar::shape(&ids[..len])?;
        let [glide, nucleus, coda] = shape.rhyme.parts();
        let onset = grammar::onset(&ids[..shape.onset]);
        Some(Self { onset, glide, nucleus, coda, tone: Tone::ALL[usize::from(tone)] })
    }

    /// The consonant that begins the syllable, as it is written; may be empty.
    #[must_use]
    pub fn onset(&self) -> &'static str {
        self.onset
    }

    /// The `o` or `u` between onset and nucleus (`hoa`, `tuần`), or nothing.
    #[must_use]
    pub fn glide(&self) -> &'static str {
        self.glide
    }

    /// The vowel, one letter or two.
    #[must_use]
    pub fn nucleus(&self) -> &'static str {
        self.nucleus
    }

    /// What ends the syllable: a consonant, or `i y o u` after another vowel, or nothing.
    #[must_use]
    pub fn coda(&self) -> &'static str {
        self.coda
    }

    /// The tone.
    #[must_use]
    pub fn tone(&self) -> Tone {
        self.tone
    }

    /// Whether the parts go together in the spelling of Vietnamese: `k gh ngh` before `i e ê y` and `c g ng` before the
    /// other vowels; `yê` where no consonant but `qu` stands before it, and `iê` elsewhere; only the tones sắc and nặng before
    /// `c ch p t`.
    ///
    /// ```
    /// use thoisu::normalize::Syllable;
    ///
    /// let well_formed = |text| Syllable::parse(text).is_some_and(|it| it.is_well_formed());
    /// assert!(well_formed("nghệ") && well_formed("cát"));
    /// assert!(!well_formed("ngệ") && !well_formed("càt") && !well_formed("iêu"));
    /// ```
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        let stopped = matches!(self.coda, "c" | "ch" | "p" | "t");
        if stopped && !matches!(self.tone, Tone::Sac | Tone::Nang) {
            return false;
        }
        let spelled = match self.nucleus {
            "yê" => !self.glide.is_empty() || matches!(self.onset, "" | "qu"),
            "iê" => !matches!(self.onset, "" | "qu"),
            _ => true,
        };
        if !spelled {
            return false;
        }
        let front = self.glide.is_empty() && self.nucleus.starts_with(['i', 'e', 'ê', 'y']);
        match self.onset {
            "k" | "gh" | "ngh" => front,
            "c" | "ng" => !front,
            // Before i it is the onset gi.
            "g" => !front || self.nucleus.starts_with('i'),
            "qu" => self.glide.is_empty() && !self.nucleus.starts_with(['o', 'u', 'ư']),
            _ => true,
        }
    }

    /// The syllable in lower case, with its tone mark in the given style.
    #[must_use]
    pub fn spell(&self, style: Style) -> String {
        let parts = [self.onset, self.glide, self.nucleus, self.coda];
        let ids: Vec<u8> = parts.into_iter().flat_map(letters::ids).collect();
        let at = grammar::shape(&ids).map(|shape| shape.tone_at(style));
        let tone = |i| if Some(i) == at { self.tone as u8 } else { 0 };
        ids.iter().enumerate().map(|(i, &id)| letters::character(Letter { id, tone: tone(i), upper: false })).collect()
    }
}

impl fmt::Display for Syllable {
    /// The syllable in the old style.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spell(Style::Old))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{grammar, normalize_with};

    /// Every onset with every rhyme that the grammar takes together.
    fn all() -> impl Iterator<Item = (String, Syllable)> {
        let onsets: Vec<&str> = std::iter::once("").chain(grammar::all_onsets()).collect();
        onsets.into_iter().flat_map(|onset| {
            grammar::all_rhymes().filter_map(move |rhyme| {
                let spelling = format!("{onset}{rhyme}");
                Syllable::parse(&spelling).map(|syllable| (spelling, syllable))
            })
        })
    }

    #[test]
    fn every_syllable_with_every_tone_and_every_place_of_its_mark() {
        let mut seen = 0;
        for (spelling, level) in all() {
            assert_eq!(level.spell(Style::Old), spelling, "the parts spell the syllable");
            let letters: Vec<char> = spelling.chars().collect();
            let vowels: Vec<usize> = (0..letters.len())
                .filter(|&i| letters::letter(letters[i]).is_some_and(|l| letters::is_vowel(l.id)))
                .collect();
            for tone in Tone::ALL {
                let syllable = Syllable { tone, ..level };
                let [old, new] = [Style::Old, Style::New].map(|style| syllable.spell(style));
                let mark = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"][tone as usize];
                for &place in &vowels {
                    let scrambled: String = letters
                        .iter()
                        .enumerate()
                        .map(|(i, c)| format!("{c}{}", if i == place { mark } else { "" }))
                        .collect();
                    for text in [scrambled.clone(), scrambled.to_uppercase()] {
                        let case = |s: &str| if text == scrambled { s.to_string() } else { s.to_uppercase() };
                        assert_eq!(normalize_with(&text, Style::Old), case(&old));
                        assert_eq!(normalize_with(&text, Style::New), case(&new));
                    }
                    assert_eq!(Syllable::parse(&scrambled), Some(syllable));
                    seen += 1;
                }
            }
        }
        assert!(seen > 45_000, "{seen}");
    }

    #[test]
    fn parts() {
        for (text, onset, glide, nucleus, coda) in [
            ("gì", "g", "", "i", ""),
            ("giá", "gi", "", "a", ""),
            ("giếng", "g", "", "iê", "ng"),
            ("giường", "gi", "", "ươ", "ng"),
            ("quyết", "qu", "", "yê", "t"),
            ("khuya", "kh", "u", "ya", ""),
            ("người", "ng", "", "ươ", "i"),
            ("xoong", "x", "", "oo", "ng"),
            ("ý", "", "", "y", ""),
        ] {
            let Some(it) = Syllable::parse(text) else { panic!("{text}") };
            assert_eq!((it.onset(), it.glide(), it.nucleus(), it.coda()), (onset, glide, nucleus, coda), "{text}");
            assert!(it.is_well_formed(), "{text}");
        }
    }

    #[test]
    fn no_syllables() {
        for text in ["", "ng", "xin chào", "Krông", "hóà", "café", "12", "qu"] {
            assert_eq!(Syllable::parse(text), None, "{text}");
        }
    }
}
