//! Numbers, dates, times and codes: what begins with a digit, and how far letters, digits and signs go on.

use std::ops::Range;

use super::letters::Letter;
use super::scan::{LONGEST, TokenKind};

/// Letters, digits and the signs between them, from one place on.
pub(super) struct Run<'t> {
    pub(super) bytes: &'t [u8],
    pub(super) start: usize,
    end: usize,
}

impl<'t> Run<'t> {
    /// The run from `start`: at most [`LONGEST`] bytes, and no sign at its end.
    pub(super) fn new(bytes: &'t [u8], start: usize) -> Self {
        let mut at = start;
        let mut end = start;
        while at - start < LONGEST {
            if let Some((_, len)) = Letter::at(bytes, at) {
                at += len;
                end = at;
            } else {
                match bytes.get(at) {
                    Some(b) if b.is_ascii_digit() => {
                        at += 1;
                        end = at;
                    }
                    Some(b'-' | b'/' | b'.' | b',' | b':' | b'&') => at += 1,
                    _ => break,
                }
            }
        }
        Self { bytes, start, end }
    }

    fn digits(&self, from: usize) -> usize {
        from + self.bytes[from..].iter().take(LONGEST).take_while(|b| b.is_ascii_digit()).count()
    }

    /// The end of the letters and digits from `from`.
    pub(super) fn word_end(&self, from: usize) -> usize {
        let mut at = from;
        loop {
            if let Some((_, len)) = Letter::at(self.bytes, at) {
                at += len;
            } else if self.bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            } else {
                return at;
            }
            if at - from > LONGEST {
                return at;
            }
        }
    }

    /// The end of a code whose first letters or digits end at `from`: words tied by hyphens and strokes.
    pub(super) fn code_end(&self, from: usize) -> usize {
        let mut end = self.word_end(from);
        while matches!(self.bytes.get(end), Some(b'-' | b'/' | b'&')) && end < self.end {
            let next = self.word_end(end + 1);
            if next == end + 1 {
                break;
            }
            end = next;
        }
        end
    }

    /// A number with groups and decimals from `from`: its end.
    fn number_end(&self, from: usize) -> usize {
        let mut end = self.digits(from);
        while matches!(self.bytes.get(end), Some(b'.' | b',')) {
            let next = self.digits(end + 1);
            if next == end + 1 {
                break;
            }
            end = next;
        }
        end
    }

    fn value(&self, range: Range<usize>) -> u32 {
        if range.len() > 4 {
            return u32::MAX;
        }
        self.bytes[range].iter().fold(0, |value, b| value * 10 + u32::from(b - b'0'))
    }

    /// What begins with the digits that end at `plain`, and its end.
    pub(super) fn classify(&self, plain: usize) -> (usize, TokenKind) {
        if let Some(end) = self.date() {
            // `5/5/2017-QĐ` and `45/2019/QH14` go on: no date.
            if !self.goes_on(end) {
                return (end, TokenKind::Date);
            }
        }
        if let Some(end) = self.time(plain) {
            return (end, TokenKind::Time);
        }
        if let Some(end) = self.document_code(plain) {
            return (end, TokenKind::Code);
        }
        let first = self.number_end(self.start);
        let sign = self.bytes.get(first).copied().unwrap_or(b' ');
        let second = if matches!(sign, b'-' | b'/' | b':') { self.number_end(first + 1) } else { first };
        if second > first + 1 {
            let mut end = second;
            while matches!(self.bytes.get(end), Some(b'-' | b'/' | b':')) && end < self.end {
                let next = self.number_end(end + 1);
                if next == end + 1 {
                    break;
                }
                end = next;
            }
            let kind = if sign == b'-' { TokenKind::Range } else { TokenKind::Ratio };
            return (self.unit_end(end), kind);
        }
        (self.unit_end(first), TokenKind::Number)
    }

    /// Whether a stroke or hyphen with a letter or digit behind it follows.
    fn goes_on(&self, end: usize) -> bool {
        matches!(self.bytes.get(end), Some(b'-' | b'/'))
            && (Letter::at(self.bytes, end + 1).is_some() || self.bytes.get(end + 1).is_some_and(u8::is_ascii_digit))
    }

    /// The end of a percent sign or unit that is glued to a number.
    fn unit_end(&self, end: usize) -> usize {
        if self.bytes.get(end) == Some(&b'%') {
            return end + 1;
        }
        let unit = self.word_end(end);
        if unit - end <= 12 { unit } else { end }
    }

    /// `12/5/2017`, `12-5-2017`, `12.5.2017`, `14/5`, `12/2015`.
    fn date(&self) -> Option<usize> {
        let one = self.digits(self.start);
        let &sign = self.bytes.get(one).filter(|b| matches!(b, b'/' | b'-' | b'.'))?;
        let two = self.digits(one + 1);
        let (first, second) = (self.value(self.start..one), self.value(one + 1..two));
        let day = (1..=31).contains(&first) && one - self.start <= 2;
        let month = (1..=12).contains(&second) && two - one <= 3 && two > one + 1;
        if day && month && self.bytes.get(two) == Some(&sign) {
            let three = self.digits(two + 1);
            let year = self.value(two + 1..three);
            if three - two == 5 && (1000..=2999).contains(&year) || three - two == 3 && sign != b'.' {
                return Some(three);
            }
        }
        if sign != b'/'
            || two == one + 1
            || self.bytes.get(two).is_some_and(|b| matches!(b, b'/' | b'.' | b',')) && self.digits(two + 1) > two + 1
        {
            return None;
        }
        let month_first = (1..=12).contains(&first) && one - self.start <= 2;
        let year = two - one == 5 && (1900..=2999).contains(&second);
        (day && month || month_first && year).then_some(two)
    }

    /// `17:25`, `20:09:19`, `8h30`, `8h`, `8g30`.
    fn time(&self, plain: usize) -> Option<usize> {
        let hour = self.value(self.start..plain);
        if hour > 24 || plain - self.start > 2 {
            return None;
        }
        let minutes = |from: usize| {
            let end = self.digits(from);
            (end == from + 2 && self.value(from..end) < 60).then_some(end)
        };
        match self.bytes.get(plain)? {
            b':' => {
                let end = minutes(plain + 1)?;
                if self.bytes.get(end) == Some(&b':') { minutes(end + 1).or(Some(end)) } else { Some(end) }
            }
            b'h' | b'H' | b'g' => match minutes(plain + 1) {
                Some(end) if self.word_end(end) == end => Some(end),
                _ => (self.bytes[plain] != b'g' && self.word_end(plain) == plain + 1).then_some(plain + 1),
            },
            _ => None,
        }
    }

    /// `02-NQ/TU`, `30/2020/NĐ-CP`, `1855/QĐ-TTg`: digits, signs, and capitals somewhere behind them.
    fn document_code(&self, plain: usize) -> Option<usize> {
        if !matches!(self.bytes.get(plain), Some(b'-' | b'/')) && Letter::at(self.bytes, plain).is_none() {
            return None;
        }
        let end = self.code_end(plain);
        let tail = std::str::from_utf8(&self.bytes[plain..end]).ok()?;
        let sign = tail.find(['-', '/'])?;
        let capital = tail[sign + 1..].chars().any(char::is_uppercase);
        let lower_part =
            tail.split(['-', '/', '&']).any(|part| part.chars().count() > 1 && part.chars().all(char::is_lowercase));
        (capital && !lower_part).then_some(end)
    }
}
