//! Articles that are like another.

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

use crate::extract::FactKind;
use crate::index::NewsIndex;
use crate::index::search::compile;
use crate::index::store::schema::{ARTICLE, column};
use crate::index::store::tokenizer;

/// So many words tell what an article is about; more only add noise and time.
const MOST_WORDS: usize = 30;
/// One word in this many must be shared.
const SHARED: usize = 6;

/// The articles that share telling words with the one that has this id; not itself and not its copies.
pub(crate) fn articles(index: &NewsIndex, id: &str) -> Option<Box<dyn Query>> {
    let searcher = index.searcher();
    let key = Term::from_field_text(index.fields.id, id);
    let address = index.article_row(&searcher, key.clone()).ok()??;
    let (article, facts) = index.stored(&searcher, address).ok()?;
    let document = index.analyzer.document(&article);

    let mut counts: HashMap<Term, usize> = HashMap::new();
    for (word, times) in tokenizer::topics(&document) {
        counts.insert(Term::from_field_text(index.fields.topics, &word), times);
    }
    for fact in &facts {
        if let FactKind::Document(document) = &fact.kind
            && let Some(code) = &document.code
        {
            *counts.entry(Term::from_field_text(index.fields.code, &tokenizer::code_key(code))).or_default() += 1;
        }
    }
    if counts.is_empty() {
        for term in tokenizer::words(&article.text) {
            *counts.entry(Term::from_field_text(index.fields.syllables, compile::form(&term, true))).or_default() += 1;
        }
    }

    let words = telling(index, &searcher, counts)?;
    let least = words.len().div_ceil(SHARED);
    let words = words.into_iter().map(|(weight, term)| {
        let term = TermQuery::new(term, IndexRecordOption::Basic);
        (Occur::Should, compile::boost(Box::new(term), weight))
    });
    let alike = BooleanQuery::with_minimum_required_clauses(words.collect(), least);
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(alike))];
    let mut without = |term| {
        let copies = TermQuery::new(term, IndexRecordOption::Basic);
        clauses.push((Occur::MustNot, compile::excluded(Box::new(copies))));
    };
    without(key);
    let groups = searcher.segment_reader(address.segment_ord).fast_fields().u64(column::GROUP).ok()?;
    groups
        .first(address.doc_id)
        .map(|group| Term::from_field_u64(index.fields.group, group))
        .into_iter()
        .for_each(without);
    Some(Box::new(BooleanQuery::new(clauses)))
}

/// The words that are frequent here and rare elsewhere, each with its weight; none where nothing is shared.
fn telling(index: &NewsIndex, searcher: &Searcher, counts: HashMap<Term, usize>) -> Option<Vec<(f32, Term)>> {
    let all = searcher.doc_freq(&Term::from_field_text(index.fields.row, ARTICLE)).ok()? as f32;
    let mut words = Vec::new();
    for (term, count) in counts {
        let articles = searcher.doc_freq(&term).ok()? as f32;
        // What no other article has finds none.
        if articles > 1.0 {
            let weight = 1.0 + (count as f32).ln();
            let rarity = (1.0 + all / articles).ln();
            words.push((Reverse((weight * rarity * 1e6) as u64), term, weight));
        }
    }
    words.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    words.truncate(MOST_WORDS);
    (!words.is_empty()).then(|| words.into_iter().map(|(_, term, weight)| (weight, term)).collect())
}
