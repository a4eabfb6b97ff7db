//! The form that search compares.

use super::chars::is_mark;
use super::letters::{self, Letter, id};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::decompose_canonical;

/// Folds normalised text.
pub(super) fn fold(text: &str) -> Option<String> {
    if is_folded(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    append(text, &mut out);
    Some(out)
}

/// Whether folding changes nothing; a `false` may be wrong.
fn is_folded(text: &str) -> bool {
    !text.bytes().any(|b| b.is_ascii_uppercase() || b == b'y' || !b.is_ascii())
}

/// Writes normalised `text`, folded, at the end of `out`.
pub(super) fn append(text: &str, out: &mut String) {
    let mut word = out.len();
    if is_folded(text) {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        // The look at the letters of Vietnamese is the quick one.
        if let Some(letter) = letters::letter(c) {
            out.push(plain(letter));
        } else if !in_word(c) {
            unify_y(out, word);
            out.push(c);
            word = out.len();
        } else {
            decompose_canonical(c, |c| {
                if !is_mark(c) {
                    out.extend(c.to_lowercase().nfd().filter(|&c| !is_mark(c)));
                }
            });
        }
    }
    unify_y(out, word);
}

/// `text` without tone marks and other marks on letters, `đ` as `d`, letter case kept.
pub(super) fn strip(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match letters::letter(c) {
            Some(letter) if letter.upper => out.push(plain(letter).to_ascii_uppercase()),
            Some(letter) => out.push(plain(letter)),
            None => decompose_canonical(c, |c| {
                if !is_mark(c) {
                    out.push(c);
                }
            }),
        }
    }
    Some(out)
}

fn in_word(c: char) -> bool {
    c.is_alphabetic() || is_mark(c)
}

/// The ASCII letter, in lower case, below all marks.
fn plain(letter: Letter) -> char {
    match letter.id {
        id::A_BREVE | id::A_HAT => 'a',
        id::D_BAR => 'd',
        id::E_HAT => 'e',
        id::O_HAT | id::O_HORN => 'o',
        id::U_HORN => 'u',
        id => letters::character(Letter { id, tone: 0, upper: false }),
    }
}

/// Writes `i` for the y of the folded word `out[word..]`, where both spellings are in use: after `h k l m s t v` and
/// nothing else (`kỹ ~ kĩ`, `lý ~ lí`), and after `qu` (`quý ~ quí`, `quýt ~ quít`) unless `ê` follows.
fn unify_y(out: &mut String, word: usize) {
    let y = match &out.as_bytes()[word..] {
        [b'h' | b'k' | b'l' | b'm' | b's' | b't' | b'v', b'y'] => word + 1,
        [b'q', b'u', b'y', rest @ ..] if rest.first() != Some(&b'e') => word + 2,
        _ => return,
    };
    out.replace_range(y..=y, "i");
}

#[cfg(test)]
mod tests {
    use crate::normalize::{fold, strip_marks};

    #[test]
    fn one_form_for_all_spellings() {
        for (a, b) in [
            ("Kỹ", "kĩ"),
            ("LÝ", "lí"),
            ("mỹ", "mĩ"),
            ("quý", "quí"),
            ("Thuỷ", "thủy"),
            ("hoà", "ho\u{300}a"),
            ("Đắk Lắk", "dak lak"),
            ("quýt", "quít"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_ne!(fold("túy"), fold("túi"), "these are different rhymes");
        assert_ne!(fold("may"), fold("mai"));
    }

    #[test]
    fn folded_text() {
        assert_eq!(fold("Nghị quyết số 19/NQ-CP"), "nghi quyet so 19/nq-cp");
        assert_eq!(fold("đường Đỗ Xuân Hợp"), "duong do xuan hop");
        assert_eq!(fold("Gö\u{308}ring ß"), "goring ß");
    }

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(fold("da co so lieu 12%"), std::borrow::Cow::Borrowed(_)));
    }

    #[test]
    fn marks_go_case_stays() {
        assert_eq!(strip_marks("Đà Nẵng, Quận 1"), "Da Nang, Quan 1");
    }
}
