//! Lines of a text, and a line in the form in which they are compared.

use std::cell::OnceCell;
use std::sync::LazyLock;

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

use super::shape::{Reader, Shape};
use crate::chars::{Chars, Class};
use crate::span::Span;

/// A line as [`crate::fold`] compares it, with the way back to every byte of the original.
///
/// It is a form of its own since furniture is cut out of lines by place, and all spellings of `y` stay as they are:
/// lower case, no marks, `đ` and its look-alikes as `d`, all blanks as a space, all dashes as `-`.
pub(super) struct Folded<'t> {
    pub(super) text: String,
    original: &'t str,
    offset: usize,
    /// Where the character of each byte begins and ends in the original; most lines are never asked.
    at: OnceCell<Vec<(u32, u32)>>,
}

impl<'t> Folded<'t> {
    pub(super) fn new(original: &'t str, offset: usize) -> Self {
        look(original, offset, usize::MAX).0
    }

    /// The bytes of the original that became `start..end` of the folded line.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let at = self.at.get_or_init(|| self.places());
        match (at.get(start), end.checked_sub(1).and_then(|last| at.get(last))) {
            (Some(first), Some(last)) if start < end => Span::new(first.0, last.1),
            _ => Span::default(),
        }
    }

    fn places(&self) -> Vec<(u32, u32)> {
        let mut at: Vec<(u32, u32)> = Vec::with_capacity(self.text.len());
        let looks = &*LOOKS;
        for (start, c) in self.original.char_indices() {
            let start = self.offset + start;
            let end = (start + c.len_utf8()) as u32;
            if looks.get(c).letter != 0 {
                at.push((start as u32, end));
                continue;
            }
            fold(c, |part| match part {
                Some(letter) => at.resize(at.len() + letter.len_utf8(), (start as u32, end)),
                None => at.last_mut().into_iter().for_each(|last| last.1 = end),
            });
        }
        at
    }
}

/// Folds the first `limit` bytes of a line, and tells the look of all of it: both read its characters, and reading is what
/// takes the time.
pub(super) fn look(line: &str, offset: usize, limit: usize) -> (Folded<'_>, Shape) {
    let mut head = line.len().min(limit);
    while !line.is_char_boundary(head) {
        head -= 1;
    }
    let mut text = Vec::with_capacity(head);
    let mut shape = Reader::new();
    let looks = &*LOOKS;
    for c in line[..head].chars() {
        let Look { class, letter } = looks.get(c);
        shape.push(c, class);
        match letter {
            0 => fold(c, |part| {
                if let Some(part) = part {
                    text.extend_from_slice(part.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }),
            letter => text.push(letter),
        }
    }
    for c in line[head..].chars() {
        shape.push(c, looks.get(c).class);
    }
    let text = String::from_utf8(text).expect("whole characters");
    (Folded { text, original: &line[..head], offset, at: OnceCell::new() }, shape.finish(line))
}

/// Gives the letters that `c` becomes, and `None` for each mark that belongs to the letter before it.
fn fold(c: char, mut push: impl FnMut(Option<char>)) {
    match c {
        _ if c.is_ascii() => push(Some(if c.is_ascii_whitespace() { ' ' } else { c.to_ascii_lowercase() })),
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => {}
        '\u{2010}'..='\u{2015}' | '\u{2212}' => push(Some('-')),
        'đ' | 'Đ' | 'ð' | 'Ð' | 'Ɖ' | 'ɖ' => push(Some('d')),
        _ if c.is_whitespace() => push(Some(' ')),
        _ => decompose_canonical(c, |part| {
            if canonical_combining_class(part) == 0 {
                part.to_lowercase().for_each(|lower| push(Some(lower)));
            } else {
                push(None);
            }
        }),
    }
}

#[derive(Clone, Copy, Debug)]
struct Look {
    class: Class,
    /// What the character becomes, where that is one ASCII character, else 0.
    letter: u8,
}

static LOOKS: LazyLock<Chars<Look>> = LazyLock::new(|| {
    Chars::new(|c| {
        let (mut letter, mut count) = (0, 0);
        fold(c, |part| {
            if let Some(part) = part {
                letter = u8::try_from(part).ok().filter(u8::is_ascii).unwrap_or(0);
                count += 1;
            }
        });
        Look { class: Class::of(c), letter: if count == 1 { letter } else { 0 } }
    })
});

/// The folded form of a phrase.
pub(super) fn folded(phrase: &str) -> String {
    Folded::new(phrase, 0).text
}

/// A line that is not blank, without the blanks around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) span: Span,
    /// Whether a blank line or the start of the text stands before it.
    pub(super) after_gap: bool,
}

/// The lines of `text` that are not blank.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_gap = true;
    let mut at = 0;
    let mut push = |raw: &str| {
        let line = raw.trim_start_matches(blank);
        let start = at + raw.len() - line.len();
        let line = line.trim_end_matches(blank);
        at += raw.len();
        if !line.is_empty() {
            lines.push(Line { span: Span::from_range(start..start + line.len()), after_gap });
        }
        after_gap = line.is_empty();
    };
    // A line break alone is found fast, and most texts hold no other separator.
    let separators = ['\u{2028}', '\u{2029}'];
    if separators.iter().any(|&separator| text.contains(separator)) {
        text.split_inclusive('\n').flat_map(|raw| raw.split_inclusive(separators)).for_each(&mut push);
    } else {
        text.split_inclusive('\n').for_each(&mut push);
    }
    lines
}

/// What does not count at the edges of a line: blanks, and characters that cannot be seen.
pub(super) fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folded_line_knows_its_original() {
        for line in ["Ðăng\u{200B} lúc\u{A0}8:05", "Đa\u{306}ng lu\u{301}c 8:05"] {
            let folded = Folded::new(line, 0);
            assert_eq!(folded.text, "dang luc 8:05");
            let span = folded.span(5, 8);
            assert!(["lúc", "lu\u{301}c"].contains(&&line[span.range()]), "{span}");
        }
    }

    #[test]
    fn lines_are_trimmed_and_know_of_gaps() {
        let text = "\u{FEFF}  Một\r\n\u{A0}\r\nHai \nBa";
        let lines = lines(text);
        let seen: Vec<_> = lines.iter().map(|line| (&text[line.span.range()], line.after_gap)).collect();
        assert_eq!(seen, [("Một", true), ("Hai", true), ("Ba", false)]);
    }
}
