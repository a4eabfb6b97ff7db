//! Lines of a text, and a line in the form in which they are compared.

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

use crate::span::Span;

/// A line as [`crate::fold`] compares it, with the way back to every byte of the original.
///
/// It is a form of its own since furniture is cut out of lines by place, and all spellings of `y` stay as they are:
/// lower case, no marks, `đ` and its look-alikes as `d`, all blanks as a space, all dashes as `-`.
pub(super) struct Folded {
    pub(super) text: String,
    /// Where the character of each byte begins and ends in the original.
    at: Vec<(u32, u32)>,
}

impl Folded {
    pub(super) fn new(original: &str, offset: usize) -> Self {
        let mut folded = Self { text: String::with_capacity(original.len()), at: Vec::with_capacity(original.len()) };
        for (start, c) in original.char_indices() {
            let end = (offset + start + c.len_utf8()) as u32;
            if c.is_ascii() {
                folded.push(if c.is_ascii_whitespace() { ' ' } else { c.to_ascii_lowercase() }, offset + start, end);
                continue;
            }
            match c {
                '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => {}
                '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-', offset + start, end),
                'đ' | 'Đ' | 'ð' | 'Ð' | 'Ɖ' | 'ɖ' => folded.push('d', offset + start, end),
                _ if c.is_whitespace() => folded.push(' ', offset + start, end),
                _ => decompose_canonical(c, |part| {
                    if canonical_combining_class(part) == 0 {
                        part.to_lowercase().for_each(|lower| folded.push(lower, offset + start, end));
                    } else if let Some(last) = folded.at.last_mut() {
                        last.1 = end;
                    }
                }),
            }
        }
        folded
    }

    fn push(&mut self, c: char, start: usize, end: u32) {
        self.text.push(c);
        self.at.resize(self.text.len(), (start as u32, end));
    }

    /// The bytes of the original that became `start..end` of the folded line.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        match (self.at.get(start), end.checked_sub(1).and_then(|last| self.at.get(last))) {
            (Some(first), Some(last)) if start < end => Span::new(first.0, last.1),
            _ => Span::default(),
        }
    }
}

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
    for raw in text.split_inclusive(['\n', '\u{2028}', '\u{2029}']) {
        let line = raw.trim_start_matches(blank);
        let start = at + raw.len() - line.len();
        let line = line.trim_end_matches(blank);
        at += raw.len();
        if line.is_empty() {
            after_gap = true;
            continue;
        }
        lines.push(Line { span: Span::from_range(start..start + line.len()), after_gap });
        after_gap = false;
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
