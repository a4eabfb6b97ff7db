//! What holds for any article at all. The property tests and the fuzz targets both ask for it.

use thoisu::normalize::{fold, normalize};
use thoisu::{Analyzer, Article, Span};

/// Panics with the offending place where one of the promises of analysis is broken.
pub(crate) fn assert_all(analyzer: &Analyzer, article: &Article) {
    let text = article.text.as_str();
    assert_parts(article);

    let normal = normalize(text);
    assert_eq!(normalize(&normal), normal, "normalising twice is normalising once: {text:?}");
    let folded = fold(text);
    assert_eq!(fold(&folded), folded, "folding twice is folding once: {text:?}");

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
    assert_eq!(analyzer.facts(&document), facts, "the same text has the same facts: {text:?}");
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
