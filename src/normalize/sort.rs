//! The order of Vietnamese dictionaries.

use super::{letters, normalize};
use std::cmp::Ordering;

/// Ends the letters of a word; below every letter, so that `an bình` stands before `anh`.
const WORD_END: u8 = 1;
/// Ends the text before the letter cases.
const TEXT_END: u8 = 0;
/// The first weight of a digit, of a letter, and of other characters.
const DIGIT: u8 = 0x80;
const LETTER: u8 = 0x90;
const OTHER: u8 = 0xF0;

/// A key whose bytes compare as the texts do in Vietnamese dictionary order.
///
/// Texts are compared syllable by syllable: by letters first (`a ă â b c d đ e ê …`, where `a` stands before `ă` whatever
/// the tones), then by tones (`a à ả ã á ạ`). Signs stand before digits, digits before letters, letters of other
/// alphabets last. Letter case decides when all else is the same, capitals first; so does nothing else: spellings that
/// [`normalize`] unites have the same key.
///
/// ```
/// use thoisu::normalize::sort_key;
///
/// let mut names = ["Nguyễn Văn Ân", "Nguyễn Văn Ba", "Đỗ Văn An", "Dương Thị Ánh", "Nguyễn Văn An", "Nguyễn Vạn"];
/// names.sort_by_cached_key(|name| sort_key(name));
/// let sorted =
///     ["Dương Thị Ánh", "Đỗ Văn An", "Nguyễn Vạn", "Nguyễn Văn An", "Nguyễn Văn Ân", "Nguyễn Văn Ba"];
/// assert_eq!(names, sorted);
/// ```
#[must_use]
pub fn sort_key(text: &str) -> Vec<u8> {
    let text = normalize(text);
    let mut key = Vec::with_capacity(2 * text.len() + 2);
    let mut tones = Vec::new();
    let mut cases = Vec::new();
    for c in text.chars() {
        if let Some(letter) = letters::letter(c) {
            key.push(LETTER + letter.id);
            tones.push(2 + letter.tone);
            cases.push(if letter.upper { 1 } else { 2 });
            continue;
        }
        end_word(&mut key, &mut tones);
        match c {
            '0'..='9' => key.push(DIGIT + (c as u8 - b'0')),
            '\0'..='\x7F' => key.push(2 + (c as u8 & 0x7F).min(0x7D)),
            _ => {
                key.push(OTHER);
                key.extend(&(c as u32).to_be_bytes()[1..]);
            }
        }
    }
    end_word(&mut key, &mut tones);
    key.push(TEXT_END);
    key.append(&mut cases);
    key
}

fn end_word(key: &mut Vec<u8>, tones: &mut Vec<u8>) {
    if !tones.is_empty() {
        key.push(WORD_END);
        key.append(tones);
    }
}

/// Compares two texts in Vietnamese dictionary order. To sort many, [`sort_key`] is faster.
///
/// ```
/// use std::cmp::Ordering;
/// use thoisu::normalize::compare;
///
/// assert_eq!(compare("cả", "cá"), Ordering::Less);
/// assert_eq!(compare("hoà", "hòa"), Ordering::Equal);
/// ```
#[must_use]
pub fn compare(a: &str, b: &str) -> Ordering {
    sort_key(a).cmp(&sort_key(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn in_order(list: &[&str]) {
        for pair in list.windows(2) {
            assert_eq!(compare(pair[0], pair[1]), Ordering::Less, "{pair:?}");
        }
    }

    #[test]
    fn letters_then_tones() {
        in_order(&["a", "à", "ả", "ã", "á", "ạ", "ai", "ăn", "âm", "ba", "cam", "chi", "da", "đa", "e", "ê"]);
        in_order(&["la", "lá", "lam", "lạm", "lan"]);
        in_order(&["o", "ọ", "ô", "ộ", "ơ", "ợ", "p", "u", "ụ", "ư", "v"]);
    }

    #[test]
    fn syllable_by_syllable() {
        in_order(&["an", "an bình", "an toàn", "án lệ", "anh"]);
        in_order(&["ba nữa", "bà ba", "bà bạ"]);
        in_order(&["$", "1", "12", "2", "Anh", "anh", "字"]);
    }
}
