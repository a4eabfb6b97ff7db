//! From a text to the terms that the index keeps, and the adapter that hands them to tantivy.
//!
//! tantivy would run a tokenizer for each field. An article is analysed once instead, and each field gets the finished
//! terms, one a line. An empty line is a place where a phrase must not match across.

use std::collections::BTreeMap;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::normalize::{append_folded, fold, normalize};
use crate::segment::{AtomKind, Atoms, Document, Gap};
use crate::span::Span;

/// The longest term in bytes; longer ones are cut, in the index and in queries alike. tantivy drops terms of more than
/// 65,530 bytes without a word.
const MAX_TERM: usize = 255;

/// A syllable or number of a text: what it is compared by, and where it stands in the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term<'t> {
    /// Normalised and in lower case, with its marks.
    pub(crate) exact: &'t str,
    /// Without marks.
    pub(crate) folded: &'t str,
    /// Its bytes in the original text.
    pub(crate) span: Span,
    /// Whether it begins a sentence, a line or a paragraph.
    pub(crate) begins: bool,
}

/// The folded forms of the terms of a text, in one piece: an article has a thousand of them.
#[derive(Debug)]
pub(crate) struct Folded {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Folded {
    pub(crate) fn new(atoms: &Atoms) -> Self {
        let mut folded = Self { text: String::new(), ends: Vec::with_capacity(atoms.len()) };
        for i in atoms_of_terms(atoms) {
            let start = folded.text.len();
            append_folded(cut(atoms.lower(i)), &mut folded.text);
            let len = cut(&folded.text[start..]).len();
            folded.text.truncate(start + len);
            folded.ends.push(start + len);
        }
        folded
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.text[start..*end])
    }
}

/// The terms of a document in their order, with their folded forms. Signs are none.
pub(crate) fn terms<'t>(document: &'t Document<'_>, folded: &'t Folded) -> Vec<Term<'t>> {
    let atoms = document.atoms();
    let mut sentences = document.sentences().iter().peekable();
    let mut terms = Vec::with_capacity(atoms.len());
    let mut begins = true;
    for (i, folded) in atoms_of_terms(atoms).zip(folded.iter()) {
        let span = document.span(i..i + 1);
        while sentences.next_if(|sentence| sentence.span.start <= span.start).is_some() {
            begins = true;
        }
        terms.push(Term { exact: cut(atoms.lower(i)), folded, span, begins });
        begins = false;
    }
    terms
}

/// The terms of a text that stands alone, such as a name or a part of a query: exact and folded.
pub(crate) fn words(text: &str) -> Vec<(String, String)> {
    let atoms = Atoms::new(&normalize(text));
    let folded = Folded::new(&atoms);
    let exact = atoms_of_terms(&atoms).map(|i| cut(atoms.lower(i)).to_owned());
    exact.zip(folded.iter().map(str::to_owned)).collect()
}

fn atoms_of_terms(atoms: &Atoms) -> impl Iterator<Item = usize> {
    (0..atoms.len()).filter(|i| atoms.kind(*i) != Some(AtomKind::Sign))
}

/// Fewer words say nothing of what an article is about.
const FEW_TOPICS: usize = 8;

/// What an article is about: its words of more than one syllable that stand in the headline or more than once, in lower
/// case, each with how often; all of them where these are few.
pub(crate) fn topics(document: &Document<'_>) -> BTreeMap<String, usize> {
    let title = document.article().title;
    let mut words: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    for word in document.words().iter().filter(|word| word.tokens().len() > 1 && !document.is_furniture(word.span)) {
        let known = words.entry(cut(&document.word(word).to_lowercase()).to_owned()).or_default();
        known.0 += 1;
        known.1 |= title.is_some_and(|title| title.contains(word.span));
    }
    let telling = |(times, in_title): (usize, bool)| in_title || times > 1;
    let all = words.values().filter(|word| telling(**word)).count() < FEW_TOPICS;
    let topics = words.into_iter().filter(|(_, known)| all || telling(*known));
    topics.map(|(word, (times, _))| (word, times)).collect()
}

/// Whether a text was typed with marks. What folding changes besides, such as `ky` to `ki`, does not count.
pub(crate) fn has_marks(text: &str) -> bool {
    words(text).iter().any(|(exact, _)| !exact.is_ascii())
}

fn cut(term: &str) -> &str {
    if term.len() <= MAX_TERM {
        return term;
    }
    let end = (0..=MAX_TERM).rev().find(|at| term.is_char_boundary(*at)).unwrap_or(0);
    &term[..end]
}

/// What a document code is compared by: `02-NQ/TU`, `02/nq-tu` and `2 - NQ / TU` are the same.
pub(crate) fn code_key(code: &str) -> String {
    let code = normalize(code);
    let mut key = String::with_capacity(code.len());
    for c in fold(&code).chars() {
        match c {
            c if c.is_whitespace() => {}
            '/' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => key.push('-'),
            c => key.extend(c.to_lowercase()),
        }
    }
    let key = key.trim_matches('-');
    let number = key.len() - key.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let zeros = key[..number].len() - key[..number].trim_start_matches('0').len();
    cut(if zeros < number { &key[zeros..] } else { key }).to_owned()
}

/// Whether what was typed looks like the code of a document: a number, then letters, held together by `/` or `-`.
pub(crate) fn is_code(text: &str) -> bool {
    let text = normalize(text);
    let mut groups = text.split(['-', '/', '\u{2013}']).map(str::trim);
    let number = groups.next().is_some_and(|group| {
        group.starts_with(|c: char| c.is_ascii_digit())
            && group.chars().all(char::is_alphanumeric)
            && group.chars().filter(|c| c.is_alphabetic()).count() <= 1
    });
    let mut letters = false;
    for group in groups {
        let first = group.chars().next();
        if !group.chars().all(char::is_alphanumeric) || first.is_none() {
            return false;
        }
        if first.is_some_and(char::is_alphabetic) {
            letters |= group.chars().filter(|c| c.is_alphabetic()).count() >= 2;
        } else if !group.chars().all(|c| c.is_ascii_digit()) {
            return false;
        }
    }
    number && letters
}

/// The document codes printed in a text, each with its bytes in the original: `02-NQ/TU`, `30/2020/NĐ-CP`, `02 - NQ/TU`.
///
/// Extraction finds documents by their grammar; this finds a code wherever it stands, so that no code that is printed
/// is missed by a filter.
pub(crate) fn codes(document: &Document<'_>) -> Vec<(String, Span)> {
    let atoms = document.atoms();
    let mut codes = Vec::new();
    let mut i = 0;
    while i < atoms.len() {
        if atoms.kind(i) != Some(AtomKind::Digits) {
            i += 1;
            continue;
        }
        i = match code_end(atoms, i) {
            Ok(end) => {
                let code: String = atoms.slice(i..end).split_whitespace().collect();
                codes.push((code, document.span(i..end)));
                end
            }
            Err(next) => next,
        };
    }
    codes
}

/// The atom after a code that starts at `start`; where none does, the next atom at which one may.
fn code_end(atoms: &Atoms, start: usize) -> Result<usize, usize> {
    let mut end = None;
    let (mut slash, mut letters) = (false, false);
    let mut i = start + 1;
    while matches!(atoms.text(i), "-" | "/" | "–") && atoms.gap(i) <= Gap::Blank && atoms.gap(i + 1) <= Gap::Blank {
        let group = atoms.text(i + 1);
        match atoms.kind(i + 1) {
            Some(AtomKind::Letters) if group.starts_with(char::is_uppercase) && group.chars().nth(1).is_some() => {
                letters = true;
            }
            Some(AtomKind::Digits) if !letters && atoms.gap(i) == Gap::None && atoms.gap(i + 1) == Gap::None => {}
            _ => break,
        }
        slash |= atoms.text(i) == "/";
        i += 2;
        // `QH14`, `UBND2`: digits that belong to the letters before them.
        if letters && atoms.kind(i) == Some(AtomKind::Digits) && atoms.gap(i) == Gap::None {
            i += 1;
        }
        if slash && letters {
            end = Some(i);
        }
    }
    // What is no code from its beginning is none from a later group either, but its last group may begin another:
    // looking at the groups again one by one would take quadratic time in `1/1/1/…`.
    end.ok_or((i - 1).max(start + 1))
}

/// A sign, and so at the beginning of no term.
const AGAIN: char = '=';

/// Terms on the way into a field of the index: one a line, an empty line for a break. A line that begins with [`AGAIN`]
/// stands where the one before it does.
#[derive(Debug, Default)]
pub(crate) struct TermList {
    text: String,
    places: usize,
}

impl TermList {
    pub(crate) fn push(&mut self, term: &str) {
        self.text.push_str(term);
        self.text.push('\n');
        self.places += 1;
    }

    /// A syllable without its marks and as printed, at one place.
    pub(crate) fn push_both(&mut self, exact: &str, folded: &str) {
        self.push(folded);
        if exact != folded {
            self.text.push(AGAIN);
            self.push(exact);
            self.places -= 1;
        }
    }

    /// No phrase matches across this place.
    pub(crate) fn skip(&mut self) {
        self.push("");
    }

    /// How many places there are so far.
    pub(crate) fn places(&self) -> usize {
        self.places
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

impl<'a> FromIterator<&'a str> for TermList {
    fn from_iter<I: IntoIterator<Item = &'a str>>(terms: I) -> Self {
        let mut list = Self::default();
        for term in terms {
            list.push(term);
        }
        list
    }
}

/// Hands the terms of a [`TermList`] to tantivy.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineTokenizer {
    token: Token,
}

impl LineTokenizer {
    pub(crate) const NAME: &'static str = "thoisu_lines";
}

impl Tokenizer for LineTokenizer {
    type TokenStream<'a> = LineStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineStream<'a> {
        self.token.reset();
        LineStream { text, at: 0, next: 0, token: &mut self.token }
    }
}

pub(crate) struct LineStream<'a> {
    text: &'a str,
    at: usize,
    next: usize,
    token: &'a mut Token,
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        while self.at < self.text.len() {
            let line = &self.text[self.at..];
            let line = &line[..line.find('\n').unwrap_or(line.len())];
            let from = self.at;
            self.at += line.len() + 1;
            let (line, position) = match line.strip_prefix(AGAIN) {
                Some(line) => (line, self.next.saturating_sub(1)),
                None => {
                    self.next += 1;
                    (line, self.next - 1)
                }
            };
            if !line.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(line);
                self.token.offset_from = from;
                self.token.offset_to = from + line.len();
                self.token.position = position;
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, Article};

    #[test]
    fn a_term_slices_the_original() {
        let text = "Đối thoại, 18,7ha: COVID-19";
        let article = Article::from_text(text);
        let document = Analyzer::new().document(&article);
        let folded = Folded::new(document.atoms());
        let slices: Vec<_> = terms(&document, &folded).iter().map(|term| &text[term.span.range()]).collect();
        assert_eq!(slices, ["Đối", "thoại", "18", "7", "ha", "COVID", "19"]);
    }

    #[test]
    fn notations_of_a_code_are_equal() {
        for code in ["02-NQ/TU", "02/nq-tu", "02 - NQ/TU", "2-NQ/TU", "02–NQ / TU"] {
            assert_eq!(code_key(code), "2-nq-tu", "{code}");
        }
        assert_eq!(code_key("30/2020/NĐ-CP"), code_key("30/2020/nđ-cp"));
        assert_eq!(code_key("218-QĐ/TW"), code_key("218-QÐ/TW"));
        assert_ne!(code_key("02-NQ/TU"), code_key("20-NQ/TU"));
    }

    #[test]
    fn what_looks_like_a_code() {
        for code in ["02-NQ/TU", "02/nq-tu", "15/2024/NĐ-CP", "45/2019/QH14", "18-NQ/TW", "1855/QĐ-TTg", "4a-CV/HU"] {
            assert!(is_code(code), "{code}");
        }
        for other in ["24/7", "2020-2025", "12/5/2017", "covid-19", "5-10km", "02", "-nq/tu", "02-", "02-N", "8,5-tỷ"]
        {
            assert!(!is_code(other), "{other}");
        }
    }

    #[test]
    fn codes_are_found_where_they_are_printed() {
        let text = "Theo 02 - NQ/TU ngày 3/4/2020, số 15/2024/NĐ-CP; trực 24/7, khu 5 - TP. Vinh, luật 45/2019/QH14.";
        let article = Article::from_text(text);
        let found = codes(&Analyzer::new().document(&article));
        let codes: Vec<_> = found.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes, ["02-NQ/TU", "15/2024/NĐ-CP", "45/2019/QH14"]);
        assert_eq!(&text[found[0].1.range()], "02 - NQ/TU");
    }

    #[test]
    fn a_code_may_begin_where_another_reading_ended() {
        let text = "Các số 1-NQ-2/TU, 3/4/5/6-QĐ/TW và 7/8 - 9/KH-UBND.";
        let article = Article::from_text(text);
        let codes: Vec<_> = codes(&Analyzer::new().document(&article)).into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["2/TU", "3/4/5/6-QĐ/TW", "9/KH-UBND"]);
    }

    #[test]
    fn numbers_in_a_long_row_take_linear_time() {
        let article = Article::from_text("1/".repeat(200_000));
        let document = Analyzer::new().document(&article);
        let started = std::time::Instant::now();
        assert!(codes(&document).is_empty());
        // Milliseconds; looking at each number's whole rest took minutes.
        assert!(started.elapsed().as_secs() < 5);
    }

    #[test]
    fn a_syllable_stands_at_one_place_with_and_without_its_marks() {
        let mut list = TermList::default();
        for (exact, folded) in words("Đại hội 12 ban") {
            list.push_both(&exact, &folded);
        }
        let text = list.into_text();
        let mut tokenizer = LineTokenizer::default();
        let mut seen = Vec::new();
        tokenizer.token_stream(&text).process(&mut |token| seen.push((token.position, token.text.clone())));
        let seen: Vec<_> = seen.iter().map(|(position, text)| (*position, text.as_str())).collect();
        let expected = [(0, "dai"), (0, "đại"), (1, "hoi"), (1, "hội"), (2, "12"), (3, "ban")];
        assert_eq!(seen, expected);
    }

    #[test]
    fn an_empty_line_leaves_a_gap() {
        let mut tokenizer = LineTokenizer::default();
        let mut stream = tokenizer.token_stream("dân\nchủ\n\ncơ sở\n");
        let mut seen = Vec::new();
        stream.process(&mut |token| seen.push((token.position, token.text.clone())));
        assert_eq!(seen, [(0, "dân".to_owned()), (1, "chủ".to_owned()), (3, "cơ sở".to_owned())]);
    }
}
