//! What holds for any article at all. The property tests and the fuzz targets both ask for it.
#![allow(dead_code, reason = "no test or fuzz target asks for everything")]

use thoisu::extract::DateFact;
use thoisu::normalize::legacy::{self, Decoded, Encoding};
use thoisu::normalize::{Normalized, Style, Syllable, fold, normalize, normalize_with, sort_key, strip_marks};
use thoisu::{Analyzer, Article, DateValue, FactKind, Span};

/// Panics with the offending place where one of the promises of analysis is broken.
pub(crate) fn assert_all(analyzer: &Analyzer, article: &Article) {
    let text = article.text.as_str();
    assert_parts(article);

    let document = analyzer.document(article);
    let mut end = 0;
    for token in document.tokens() {
        assert!(token.span.start >= end && !token.span.is_empty(), "tokens are in order, {:?} of {text:?}", token.span);
        assert!(text.get(token.span.range()).is_some(), "a token is a slice, {:?} of {text:?}", token.span);
        // Tokens and gaps tile the text: a gap holds nothing that can be read.
        let gap = &text[end as usize..token.span.start as usize];
        assert!(!gap.contains(char::is_alphanumeric), "the gap {gap:?} before {:?} of {text:?}", token.span);
        end = token.span.end;
    }
    let gap = &text[end as usize..];
    assert!(!gap.contains(char::is_alphanumeric), "the gap {gap:?} at the end of {text:?}");

    let mut next = 0;
    for word in document.words() {
        assert_eq!(word.tokens().start, next, "words tile the tokens of {text:?}");
        next = word.tokens().end;
    }
    assert_eq!(next, document.tokens().len(), "words tile the tokens of {text:?}");

    let mut end = 0;
    for sentence in document.sentences() {
        assert!(sentence.span.start >= end, "sentences are in order, {:?} of {text:?}", sentence.span);
        assert!(text.get(sentence.span.range()).is_some(), "a sentence is a slice, {:?}", sentence.span);
        end = sentence.span.end;
    }

    let facts = analyzer.facts(&document);
    assert!(facts.is_sorted_by_key(|fact| (fact.span.start, fact.span.end)), "facts are in order of {text:?}");
    for fact in &facts {
        let slice = text.get(fact.span.range());
        assert!(slice.is_some_and(|slice| !slice.trim().is_empty()), "{fact:?} is no slice of {text:?}");
    }
    let figures = facts.iter().filter(|fact| matches!(fact.kind, FactKind::Indicator(_)));
    figures.fold(0, |end, fact| {
        assert!(fact.span.start >= end, "{:?} and the figure before it share a place of {text:?}", fact.span);
        fact.span.end
    });
    for fact in &facts {
        if let FactKind::Date(DateFact { value, .. }) = &fact.kind {
            let again: Option<DateValue> = value.to_string().parse().ok();
            assert_eq!(again, Some(*value), "a date is read as it is written, in {text:?}");
        }
    }
    assert_eq!(analyzer.facts(&document), facts, "the same text has the same facts: {text:?}");
}

/// Panics where a normal form is none, or leads back to another place than it came from.
pub(crate) fn assert_normal_form(text: &str) {
    for (style, other) in [(Style::Old, Style::New), (Style::New, Style::Old)] {
        let normal = normalize_with(text, style);
        assert_eq!(normalize_with(&normal, style), normal, "normalising twice is normalising once: {text:?}");
        let there = normalize_with(text, other);
        assert_eq!(normalize_with(&there, style), normal, "the other style leads to the same form: {text:?}");
        assert_way_back(&Normalized::with_style(text, style), &normal, text);
    }
    let folded = fold(text);
    assert_eq!(fold(&folded), folded, "folding twice is folding once: {text:?}");
    let bare = strip_marks(text);
    assert_eq!(strip_marks(&bare), bare, "marks are dropped once: {text:?}");
    let normal = normalize(text);
    assert_eq!(sort_key(&normal), sort_key(text), "one place in the dictionary for all spellings: {text:?}");
    if let Some(syllable) = Syllable::parse(text) {
        for style in [Style::Old, Style::New] {
            let spelled = syllable.spell(style);
            assert_eq!(Syllable::parse(&spelled), Some(syllable), "{text:?} is spelled {spelled:?}");
        }
    }
}

/// Each character comes from a slice of the original, in order and without gaps.
fn assert_way_back(normalized: &Normalized<'_>, normal: &str, text: &str) {
    assert_eq!(normalized.text(), normal, "with and without the way back: {text:?}");
    if normal.is_empty() {
        return;
    }
    assert_eq!(normalized.original(0..normal.len()), 0..text.len(), "the whole comes from the whole: {text:?}");
    let mut last = 0..0;
    for (at, c) in normal.char_indices() {
        let from = normalized.original(at..at + c.len_utf8());
        assert!(
            text.get(from.clone()).is_some_and(|slice| !slice.is_empty()),
            "{c:?} at {at} from {from:?} of {text:?}"
        );
        assert!(from == last || from.start == last.end, "{c:?} at {at} from {from:?} after {last:?} of {text:?}");
        last = from;
    }
    assert_eq!(last.end, text.len(), "nothing is left over: {text:?}");
}

/// What bytes are decoded as: what is found, or what is said.
pub(crate) const ENCODINGS: [Option<Encoding>; 9] = [
    None,
    Some(Encoding::Utf8),
    Some(Encoding::Utf16Le),
    Some(Encoding::Utf16Be),
    Some(Encoding::Tcvn3),
    Some(Encoding::Vni),
    Some(Encoding::Viscii),
    Some(Encoding::Vps),
    Some(Encoding::Windows1258),
];

/// Panics where what could not be decoded is not at the place that is told.
pub(crate) fn assert_decoded(bytes: &[u8], encoding: Option<Encoding>) {
    let Decoded { text, replaced, confidence, .. } = legacy::decode(bytes, encoding);
    assert!((0.0..=1.0).contains(&confidence), "{confidence} for {bytes:?}");
    let mut input = 0;
    for place in &replaced {
        assert!(place.len > 0 && place.input >= input, "{place:?} of {bytes:?}");
        input = place.input + place.len;
        assert!(text[place.text..].starts_with('\u{FFFD}'), "{place:?} of {bytes:?} as {text:?}");
    }
    assert!(input <= bytes.len(), "{replaced:?} of {bytes:?}");
    assert!(normalize(&text).len() <= 2 * text.len(), "the normal form of {text:?} is long");
}

/// The parts of an article are slices of its text; what is furniture is in order and apart.
fn assert_parts(article: &Article) {
    let text = article.text.as_str();
    let slice = |span: Span| assert!(text.get(span.range()).is_some(), "{span} is no slice of {text:?}");
    article.title.iter().chain(&article.dateline).chain(&article.source).for_each(|span| slice(*span));
    article.furniture.iter().for_each(|span| slice(*span));
    slice(article.body);
    for pair in article.furniture.windows(2) {
        assert!(pair[0].end <= pair[1].start, "{} and {} of {text:?}", pair[0], pair[1]);
    }
}
