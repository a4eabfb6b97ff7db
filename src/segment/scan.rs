use std::ops::Range;

use unicode_normalization::char::canonical_combining_class;
use unicode_segmentation::UnicodeSegmentation;

use super::letters::{Letter, Shape, Syllable, mix};
use super::run::Run;
use crate::names::names;

/// What a token is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum TokenKind {
    /// Latin letters: a Vietnamese syllable or a foreign word, with inner hyphens (`knock-out`) where it is no pair of
    /// Vietnamese syllables.
    #[default]
    Syllable,
    /// `8.675`, `301,33`, `95%`, `18,7ha`.
    Number,
    /// `10-12`, `2021-2025`, `1.500-2.000`.
    Range,
    /// Numbers with strokes or colons that are neither date nor time: `24/24`, `3:1`.
    Ratio,
    /// `12/5/2017`, `12-5-2017`, `12.5.2017`, `14/5`, `12/2015`.
    Date,
    /// `17:25`, `8h30`, `20:09:19`.
    Time,
    /// `02-NQ/TU`, `45/2019/QH14`, `A5`, `Covid-19`.
    Code,
    /// `https://…`, `www.…`, `tuoitre.vn`.
    Url,
    /// `a@b.vn`.
    Email,
    /// `TP.`, `v.v.`, `đ/c`, `GD&ĐT`.
    Abbreviation,
    /// A capital with a dot: `T.`.
    Initial,
    /// Marks between words; a run of dots is one token.
    Punctuation,
    /// Other signs: `+`, `→`.
    Symbol,
    /// A pictograph with all that belongs to it.
    Emoji,
    /// A word of another script.
    Other,
}

names! {
    TokenKind {
        Syllable => "syllable", Number => "number", Range => "range", Ratio => "ratio", Date => "date", Time => "time",
        Code => "code", Url => "url", Email => "email", Abbreviation => "abbreviation", Initial => "initial",
        Punctuation => "punctuation", Symbol => "symbol", Emoji => "emoji", Other => "other",
    }
}

/// A token of a text: what it is and where it stands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Raw {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The same for all ways to write the same syllable.
    pub(crate) key: u64,
    pub(crate) kind: TokenKind,
    pub(crate) shape: Shape,
}

impl Raw {
    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether it can be a part of a word with several syllables.
    #[inline(always)]
    pub(crate) fn joins(&self) -> bool {
        matches!(self.kind, TokenKind::Syllable | TokenKind::Code | TokenKind::Abbreviation | TokenKind::Initial)
    }
}

/// How far a token with signs inside it is looked through; a longer run is cut.
pub(super) const LONGEST: usize = 128;

/// Cuts a text into tokens, one after another, in one pass.
#[derive(Clone, Debug)]
pub(crate) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    pub(crate) fn text(&self) -> &'t str {
        self.text
    }
}

impl Iterator for Scanner<'_> {
    type Item = Raw;

    #[inline]
    fn next(&mut self) -> Option<Raw> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            let &b = bytes.get(at)?;
            if b == b' ' {
                at += 1;
            } else if let Some((letter, len)) = Letter::at(bytes, at) {
                let mut syllable = Syllable::default();
                let mut end = at + len;
                syllable.push(letter, len);
                while let Some((letter, len)) = Letter::at(bytes, end) {
                    syllable.push(letter, len);
                    end += len;
                }
                let next = bytes.get(end).copied().unwrap_or(b' ');
                if next == b' ' || next == b',' {
                    if end - at == 4 && is_bracket_name(&bytes[at..end]) {
                        return Some(self.whole(at, end, TokenKind::Punctuation));
                    }
                    self.at = end;
                    return Some(Raw {
                        start: at as u32,
                        end: end as u32,
                        key: syllable.key(),
                        kind: TokenKind::Syllable,
                        shape: syllable.shape(),
                    });
                }
                return Some(self.after_letters(at, end, syllable));
            } else if b.is_ascii_digit() {
                return Some(self.after_digit(at));
            } else if b.is_ascii_whitespace() || b == 0x0b {
                at += 1;
            } else if b < 0x80 {
                return Some(self.sign(at));
            } else {
                let c = self.text[at..].chars().next()?;
                if c.is_whitespace() || is_ignorable(c) {
                    at += c.len_utf8();
                } else {
                    return Some(self.beyond_latin(at, c));
                }
            }
        }
    }
}

/// Characters that show nothing: soft hyphen, zero-width space and joiners, byte order mark.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The names that treebanks give to brackets.
fn is_bracket_name(word: &[u8]) -> bool {
    word.eq_ignore_ascii_case(b"LBKT") || word.eq_ignore_ascii_case(b"RBKT")
}

/// Numbers that stand for tokens that are no syllables.
const fn kind_key(kind: TokenKind) -> u64 {
    mix(0xf000_0000_0000_0000 | kind as u64)
}

impl Scanner<'_> {
    fn token(&mut self, start: usize, end: usize, kind: TokenKind) -> Raw {
        self.at = end;
        Raw { start: start as u32, end: end as u32, key: kind_key(kind), kind, shape: Shape::Lower }
    }

    fn syllable(&mut self, start: usize, end: usize, kind: TokenKind, syllable: &Syllable) -> Raw {
        self.at = end;
        Raw { start: start as u32, end: end as u32, key: syllable.key(), kind, shape: syllable.shape() }
    }

    /// With the marks of other scripts that follow: they may come from between those of its last letter, as canonical
    /// order parts marks that were written together.
    fn with_marks(&mut self, token: Raw) -> Raw {
        let marks = self.text[self.at..].chars().take_while(|&c| canonical_combining_class(c) != 0);
        self.at += marks.map(char::len_utf8).sum::<usize>();
        Raw { end: self.at as u32, ..token }
    }

    /// A token that begins with the letters from `start` to `end`, which neither a space nor a comma follows.
    fn after_letters(&mut self, start: usize, end: usize, syllable: Syllable) -> Raw {
        let bytes = self.text.as_bytes();
        let next = bytes.get(end).copied().unwrap_or(b' ');
        // Letters go on behind a character that shows nothing.
        if next >= 0x80 && self.text[end..].chars().next().is_some_and(is_ignorable) {
            let token = self.past_ignorable(start, end, syllable);
            return self.with_marks(token);
        }
        if !matches!(next, b'.' | b'-' | b'/' | b'&' | b'@' | b':' | b'_' | b'\'' | b'+' | b'0'..=b'9')
            && !self.text[end..].starts_with('’')
        {
            let token = self.syllable(start, end, TokenKind::Syllable, &syllable);
            return if next >= 0x80 { self.with_marks(token) } else { token };
        }
        let token = self.tied(start, end, syllable);
        self.with_marks(token)
    }

    /// A token that begins with the letters from `start` to `end`, and goes on where the sign or digit behind ties more to
    /// them.
    fn tied(&mut self, start: usize, end: usize, syllable: Syllable) -> Raw {
        let bytes = self.text.as_bytes();
        let next = bytes.get(end).copied().unwrap_or(b' ');
        let second = bytes.get(end + 1).copied().unwrap_or(b' ');
        let addressed = !syllable.beyond_ascii() && (second.is_ascii_alphanumeric() || next == b':');
        if let Some(end) = if addressed { self.address_end(start) } else { None } {
            let kind = if self.text[start..end].contains('@') && !self.text[start..end].contains('/') {
                TokenKind::Email
            } else {
                TokenKind::Url
            };
            return self.token(start, end, kind);
        }
        let run = Run::new(bytes, start);
        match next {
            b'0'..=b'9' => {
                let end = run.code_end(end);
                self.whole(start, end, TokenKind::Code)
            }
            b'.' => self.after_dot(start, end, &syllable),
            b'-' if second.is_ascii_digit() && syllable.shape() != Shape::Lower && !syllable.beyond_ascii() => {
                let end = run.code_end(end);
                self.whole(start, end, TokenKind::Code)
            }
            b'-' => {
                let (end, joined) = self.hyphens(start, end, &syllable);
                if joined {
                    self.whole(start, end, TokenKind::Syllable)
                } else {
                    self.syllable(start, end, TokenKind::Syllable, &syllable)
                }
            }
            b'/' | b'&' if is_abbreviation(&run, end, &syllable, self.text) => {
                let end = run.word_end(end + 1);
                self.whole(start, end, TokenKind::Abbreviation)
            }
            b'\'' if Letter::at(bytes, end + 1).is_some() => {
                let end = run.word_end(end + 1);
                self.whole(start, end, TokenKind::Syllable)
            }
            0xe2 if Letter::at(bytes, end + 3).is_some() => {
                let end = run.word_end(end + 3);
                self.whole(start, end, TokenKind::Syllable)
            }
            _ => self.syllable(start, end, TokenKind::Syllable, &syllable),
        }
    }

    /// A token whose key covers all its letters and signs.
    fn whole(&mut self, start: usize, end: usize, kind: TokenKind) -> Raw {
        let mut syllable = Syllable::default();
        let bytes = self.text.as_bytes();
        let mut at = start;
        let mut key = 0u64;
        while at < end {
            if let Some((letter, len)) = Letter::at(bytes, at) {
                syllable.push(letter, len);
                at += len;
            } else {
                key = mix(key ^ u64::from(bytes[at]));
                at += 1;
            }
        }
        let mut token = self.syllable(start, end, kind, &syllable);
        token.key = mix(token.key ^ key);
        token
    }

    /// Reads on behind characters that show nothing.
    #[cold]
    fn past_ignorable(&mut self, start: usize, mut end: usize, mut syllable: Syllable) -> Raw {
        let bytes = self.text.as_bytes();
        let mut last = end;
        loop {
            if let Some((letter, len)) = Letter::at(bytes, end) {
                syllable.push(letter, len);
                end += len;
                last = end;
            } else if let Some(c) = self.text[end..].chars().next().filter(|&c| is_ignorable(c)) {
                end += c.len_utf8();
            } else {
                return self.syllable(start, last, TokenKind::Syllable, &syllable);
            }
        }
    }

    /// Letters and a dot: an initial, an abbreviation, or a word at the end of a sentence.
    fn after_dot(&mut self, start: usize, end: usize, syllable: &Syllable) -> Raw {
        let bytes = self.text.as_bytes();
        let dots = bytes[end..].iter().take(2).take_while(|&&b| b == b'.').count();
        if dots == 1 {
            let follows = Letter::at(bytes, end + 1).is_some();
            let blank = bytes.get(end + 1) == Some(&b' ');
            if self.text.as_bytes()[start..].get(..4).is_some_and(|b| b.eq_ignore_ascii_case(b"v.v.")) {
                return self.whole(start, start + 4, TokenKind::Abbreviation);
            }
            if syllable.letters() == 1 && syllable.shape() == Shape::Title && (follows || blank) {
                return self.syllable(start, end + 1, TokenKind::Initial, syllable);
            }
            let digit = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            if (follows || blank || digit) && is_shortened(&self.text[start..end]) {
                return self.syllable(start, end + 1, TokenKind::Abbreviation, syllable);
            }
        }
        self.syllable(start, end, TokenKind::Syllable, syllable)
    }

    /// The end of words that hyphens tie together, unless they are two Vietnamese syllables with marks.
    fn hyphens(&self, start: usize, end: usize, first: &Syllable) -> (usize, bool) {
        let bytes = self.text.as_bytes();
        let mut end = end;
        let mut before = *first;
        let mut joined = false;
        while bytes.get(end) == Some(&b'-') && end - start < LONGEST {
            let mut syllable = Syllable::default();
            let mut at = end + 1;
            while let Some((letter, len)) = Letter::at(bytes, at) {
                syllable.push(letter, len);
                at += len;
            }
            if syllable.letters() == 0 || before.beyond_ascii() && syllable.beyond_ascii() {
                break;
            }
            end = at;
            before = syllable;
            joined = true;
        }
        (end, joined)
    }

    /// A token that begins with a digit.
    fn after_digit(&mut self, start: usize) -> Raw {
        let bytes = self.text.as_bytes();
        let plain = start + bytes[start..].iter().take(LONGEST).take_while(|b| b.is_ascii_digit()).count();
        if matches!(bytes.get(plain), None | Some(b' ' | b'0'..=b'9')) {
            return self.token(start, plain, TokenKind::Number);
        }
        let run = Run::new(bytes, start);
        let (end, kind) = run.classify(plain);
        let token = if kind == TokenKind::Code { self.whole(start, end, kind) } else { self.token(start, end, kind) };
        self.with_marks(token)
    }

    /// An ASCII sign.
    fn sign(&mut self, start: usize) -> Raw {
        let bytes = self.text.as_bytes();
        let b = bytes[start];
        // Counted only where the whole run is one token: each byte of the text is looked at once.
        let run = || bytes[start..].iter().take_while(|&&other| other == b).count();
        let doubled = bytes.get(start + 1) == Some(&b);
        let (end, kind) = match b {
            b'.' => (start + run(), TokenKind::Punctuation),
            b',' | b';' | b':' | b'!' | b'?' | b'"' | b'\'' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'/' => {
                (start + 1, TokenKind::Punctuation)
            }
            b'-' | b'_' | b'*' | b'=' | b'~' | b'#' => {
                (start + run(), if b == b'-' { TokenKind::Punctuation } else { TokenKind::Symbol })
            }
            _ => (start + 1, TokenKind::Symbol),
        };
        let key = mix(0xe000_0000_0000_0000 | u64::from(b) << 8 | u64::from(doubled));
        Raw { key, ..self.token(start, end, kind) }
    }

    /// A character that is neither ASCII nor Latin.
    fn beyond_latin(&mut self, start: usize, c: char) -> Raw {
        let rest = &self.text[start..];
        if c.is_alphabetic() {
            let word = rest.split_word_bounds().next().unwrap_or(rest);
            return self.token(start, start + word.len(), TokenKind::Other);
        }
        let (len, kind) = match c {
            '“' | '”' | '‘' | '’' | '«' | '»' | '–' | '—' | '…' | '‐' | '‑' | '‒' | '―' | '、' | '。' | '，' | '•'
            | '·' => (c.len_utf8(), TokenKind::Punctuation),
            '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' => {
                (rest.graphemes(true).next().map_or(c.len_utf8(), str::len), TokenKind::Emoji)
            }
            _ if c.is_numeric() => (c.len_utf8(), TokenKind::Other),
            _ => (rest.graphemes(true).next().map_or(c.len_utf8(), str::len), TokenKind::Symbol),
        };
        let key = mix(0xe000_0000_0000_0000 | u64::from(u32::from(c)) << 8);
        Raw { key, ..self.token(start, start + len, kind) }
    }

    /// The end of a web or e-mail address that begins at `start`.
    fn address_end(&self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let rest = &bytes[start..];
        let scheme = ["http://", "https://", "ftp://", "www."]
            .iter()
            .any(|prefix| rest.get(..prefix.len()).is_some_and(|b| b.eq_ignore_ascii_case(prefix.as_bytes())));
        if scheme {
            let len = self.text[start..].find(char::is_whitespace).unwrap_or(rest.len());
            return Some(start + trim_address(&rest[..len]));
        }
        let run = rest.iter().take(LONGEST);
        let len =
            run.take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+' | b'@')).count();
        let len = trim_address(&rest[..len]);
        let address = &rest[..len];
        // Letters with marks begin where the run ends: `www.tỉnh` is no address, `b.vn/…` goes on.
        if rest.get(len).is_some_and(|&b| b >= 0x80) {
            return None;
        }
        let dot = address.iter().rposition(|&b| b == b'.')?;
        let top = &address[dot + 1..];
        let domain = address.iter().position(|&b| b == b'@').map_or(0, |at| at + 1);
        if domain > 0 && dot > domain && top.len() >= 2 && top.iter().all(u8::is_ascii_alphabetic) {
            return Some(start + len);
        }
        const TOPS: [&[u8]; 13] =
            [b"asia", b"com", b"edu", b"gov", b"info", b"io", b"int", b"net", b"org", b"tv", b"uk", b"us", b"vn"];
        if domain > 0 || dot < 2 || !TOPS.contains(&top) {
            return None;
        }
        if rest.get(len) == Some(&b'/') {
            let len = self.text[start..].find(char::is_whitespace).unwrap_or(rest.len());
            return Some(start + trim_address(&rest[..len]));
        }
        Some(start + len)
    }
}

/// Punctuation at the end of an address belongs to the sentence.
fn trim_address(address: &[u8]) -> usize {
    let mut len = address.len();
    loop {
        match &address[..len] {
            [
                ..,
                b'.' | b',' | b';' | b':' | b'!' | b'?' | b'"' | b'\'' | b')' | b']' | b'>' | b'@' | b'-' | b'_' | b'+',
            ] => len -= 1,
            [.., 0xe2, 0x80, 0x98..=0x9f] => len -= 3,
            [.., 0xe2, 0x80, 0xa6] => len -= 3,
            _ => return len,
        }
    }
}

/// Words that are shortened with a dot.
fn is_shortened(word: &str) -> bool {
    const WORDS: [&str; 33] = [
        "bs", "cn", "cty", "dr", "gs", "ks", "kts", "ls", "mr", "mrs", "ms", "ncs", "nsnd", "nsưt", "nxb", "p", "pgs",
        "ph", "q", "st", "th", "ths", "tk", "tnhh", "tp", "tr", "ts", "tt", "tx", "ttr", "h", "x", "vs",
    ];
    if word.len() > 5 {
        return false;
    }
    let lower = word.to_lowercase();
    WORDS.contains(&lower.as_str())
}

/// Whether letters, a stroke or an ampersand, and letters are an abbreviation: `đ/c`, `km/h`, `GD&ĐT`, `UBND/HĐND`.
fn is_abbreviation(run: &Run<'_>, sign: usize, first: &Syllable, text: &str) -> bool {
    let end = run.word_end(sign + 1);
    if end == sign + 1 {
        return false;
    }
    let whole = &text[run.start..end];
    let capitals = |s: &str| s.chars().all(|c| !c.is_lowercase());
    let upper = first.shape() == Shape::Upper || first.shape() == Shape::Title && first.letters() == 1;
    if run.bytes[sign] == b'&' {
        return upper && whole.chars().count() <= 12;
    }
    upper && capitals(whole) && whole.chars().count() <= 9 && whole.is_ascii()
        || whole.chars().count() <= 4 && first.letters() <= 2
        || whole.to_lowercase() == "đ/c"
}

#[cfg(test)]
mod tests {
    use super::TokenKind::{
        Abbreviation, Code, Date, Email, Emoji, Initial, Number, Other, Punctuation, Range, Ratio, Syllable, Symbol,
        Time, Url,
    };
    use super::*;

    fn scan(text: &str) -> Vec<(&str, TokenKind)> {
        let mut end = 0;
        Scanner::new(text)
            .map(|token| {
                let gap = &text[end..token.start as usize];
                assert!(gap.chars().all(|c| c.is_whitespace() || is_ignorable(c)), "{gap:?} is left out of {text:?}");
                end = token.end as usize;
                (&text[token.range()], token.kind)
            })
            .collect()
    }

    #[track_caller]
    fn one(text: &str, kind: TokenKind) {
        for context in [format!("{text} là"), format!("({text})"), format!("{text}, {text}"), text.to_owned()] {
            let tokens = scan(&context);
            assert!(tokens.contains(&(text, kind)), "{context:?} gives {tokens:?}");
        }
    }

    #[test]
    fn numbers_dates_and_times_are_told_apart() {
        for text in ["8.675", "301,33", "95%", "18,7ha", "2021", "1.250.000,5"] {
            one(text, Number);
        }
        for text in ["12/5/2017", "12-5-2017", "12.5.2017", "14/5", "12/2015", "01/01/21"] {
            one(text, Date);
        }
        for text in ["17:25", "8h30", "20:09:19", "8h", "7g15"] {
            one(text, Time);
        }
        for text in ["24/24", "3:1", "32/13/2017", "99/100"] {
            one(text, Ratio);
        }
        for text in ["2021-2025", "10-12", "1.500-2.000"] {
            one(text, Range);
        }
    }

    #[test]
    fn codes_of_documents_are_whole() {
        for text in [
            "02-NQ/TU",
            "45/2019/QH14",
            "218-QĐ/TW",
            "30/2020/NĐ-CP",
            "1855/QĐ-TTg",
            "A5",
            "QH14",
            "Covid-19",
            "12a/2020/TT-BTC",
        ] {
            one(text, Code);
        }
    }

    #[test]
    fn addresses_are_whole_and_leave_punctuation_alone() {
        for text in ["https://a.vn/b?c=d", "www.a-b.vn", "bao.vn", "qd.vn", "tin.com/x-y"] {
            one(text, Url);
        }
        one("van.thu@tinh.gov.vn", Email);
        assert_eq!(scan("Xem www.a.vn."), [("Xem", Syllable), ("www.a.vn", Url), (".", Punctuation)]);
    }

    #[test]
    fn dots_of_abbreviations_belong_to_them() {
        assert_eq!(scan("TP.HCM"), [("TP.", Abbreviation), ("HCM", Syllable)]);
        assert_eq!(scan("ông T. và"), [("ông", Syllable), ("T.", Initial), ("và", Syllable)]);
        assert_eq!(scan("loại A."), [("loại", Syllable), ("A", Syllable), (".", Punctuation)]);
        assert_eq!(scan("huyện.Các"), [("huyện", Syllable), (".", Punctuation), ("Các", Syllable)]);
        for text in ["v.v.", "đ/c", "GD&ĐT", "km/h"] {
            one(text, Abbreviation);
        }
        let key = |text| Scanner::new(text).next().map(|token| token.key);
        assert_ne!(key("A&B"), key("A/B"), "the sign counts");
    }

    #[test]
    fn hyphens_tie_foreign_words_and_part_vietnamese_ones() {
        for text in ["knock-out", "GD-ĐT", "cà-rem", "Al-Qaeda", "O'Brien", "Tr’hy"] {
            one(text, Syllable);
        }
        assert_eq!(scan("Huế-Đà Nẵng").len(), 4);
    }

    #[test]
    fn other_scripts_and_signs_have_their_place() {
        assert_eq!(scan("中文"), [("中", Other), ("文", Other)]);
        assert_eq!(scan("мир"), [("мир", Other)]);
        assert_eq!(scan("🇻🇳👨‍👩‍👧"), [("🇻🇳", Emoji), ("👨‍👩‍👧", Emoji)]);
        assert_eq!(scan("LBKT a RBKT"), [("LBKT", Punctuation), ("a", Syllable), ("RBKT", Punctuation)]);
        assert_eq!(scan("→ a"), [("→", Symbol), ("a", Syllable)]);
        assert_eq!(scan("... …"), [("...", Punctuation), ("…", Punctuation)]);
        assert_eq!(scan("nhân\u{200b}dân"), [("nhân\u{200b}dân", Syllable)]);
        assert_eq!(scan("h\u{356}\u{1a7b} 5\u{1a7b}"), [("h\u{356}\u{1a7b}", Syllable), ("5\u{1a7b}", Number)]);
    }
}
