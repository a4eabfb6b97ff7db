//! From a query to the one that tantivy runs.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::date::PartialDate;
use crate::index::NewsIndex;
use crate::index::query::expand::Writings;
use crate::index::query::{Filter, Node, Part, Query};
use crate::index::search::exclude::Excluded;
use crate::index::search::outside::Outside;
use crate::index::search::rows::Holders;
use crate::index::search::similar;
use crate::index::store::schema::{ARTICLE, Fields};
use crate::index::store::tokenizer;
use crate::normalize::fold;

pub(crate) type Boxed = Box<dyn tantivy::query::Query>;

/// A match in the headline counts half as much again as one in the text.
const TITLE: f32 = 0.5;
/// A document's own code says more than any word.
const CODE: f32 = 4.0;

/// How many words a prefix stands for at most, and how many words with it are looked at in each segment.
const MOST_EXPANSIONS: usize = 64;
const MOST_LOOKED_AT: usize = 4096;

/// Which of the two readings of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// As typed, marks and all.
    Exact,
    /// Without marks.
    ///
    /// For a query that was typed without them this is all there is. For one typed with marks, words that stand next to
    /// each other must do so in the text: `ho`, `chi` and `minh` alone are in nearly every article.
    Folded { together: bool },
}

/// What `query` finds under `reading`.
pub(crate) fn articles(index: &NewsIndex, query: &Query, reading: Reading) -> Boxed {
    let NewsIndex { fields, writings, .. } = index;
    let compiler = Compiler { index, fields, writings, reading, part: None };
    let root = compiler.node(&query.root).unwrap_or_else(|| Box::new(EmptyQuery));
    Box::new(BooleanQuery::new(vec![(Occur::Must, root), (Occur::Must, all(fields))]))
}

/// The articles that `query` finds under any reading.
pub(crate) fn found(index: &NewsIndex, query: &Query) -> Boxed {
    if !query.is_marked() {
        return constant(articles(index, query, Reading::Folded { together: false }));
    }
    let readings = [Reading::Exact, Reading::Folded { together: true }];
    constant(union(readings.into_iter().map(|reading| articles(index, query, reading)).collect()))
}

/// All articles; ranks nothing.
pub(crate) fn all(fields: &Fields) -> Boxed {
    constant(term(fields.row, ARTICLE))
}

struct Compiler<'a> {
    index: &'a NewsIndex,
    fields: &'a Fields,
    writings: &'a Writings,
    reading: Reading,
    /// Where words are looked for, if not everywhere.
    part: Option<Part>,
}

impl Compiler<'_> {
    /// `None` where a node has nothing to search for, such as a lone sign.
    fn node(&self, node: &Node) -> Option<Boxed> {
        match node {
            Node::All => Some(constant(Box::new(AllQuery))),
            Node::Word(text) | Node::Phrase(text) => self.phrase(text),
            Node::Prefix(stem) => self.prefix(stem),
            Node::In(part, node) => Compiler { part: Some(*part), ..*self }.node(node),
            Node::Similar(id) => similar::articles(self.index, id).or_else(|| Some(Box::new(EmptyQuery))),
            Node::Code(code) if self.part.is_some() => self.phrase(code),
            Node::Code(code) => {
                Some(union(std::iter::once(self::code(self.fields, code)).chain(self.phrase(code)).collect()))
            }
            Node::Filter(filter) => Some(constant(self.filter(filter))),
            Node::Or(nodes) => {
                let parts: Vec<_> = nodes.iter().filter_map(|node| self.node(node)).collect();
                (!parts.is_empty()).then(|| union(parts))
            }
            Node::And(nodes) => self.both(nodes),
            Node::Not(_) => self.both(std::slice::from_ref(node)),
        }
    }

    fn both(&self, nodes: &[Node]) -> Option<Boxed> {
        let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
        let mut at = 0;
        while at < nodes.len() {
            let run: Vec<&str> = nodes[at..].iter().map_while(Node::as_word).collect();
            if run.len() > 1 {
                self.run(&run, &mut clauses);
                at += run.len();
                continue;
            }
            match &nodes[at] {
                Node::Not(node) => clauses.extend(self.node(node).map(|node| (Occur::MustNot, excluded(node)))),
                node => clauses.extend(self.node(node).map(|node| (Occur::Must, node))),
            }
            at += 1;
        }
        if clauses.is_empty() {
            return None;
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, all(self.fields)));
        }
        Some(Box::new(BooleanQuery::new(clauses)))
    }

    /// Words typed one after the other.
    fn run(&self, words: &[&str], clauses: &mut Vec<(Occur, Boxed)>) {
        if self.reading == (Reading::Folded { together: true }) {
            clauses.extend(self.phrase(&words.join(" ")).map(|phrase| (Occur::Must, phrase)));
            return;
        }
        let text = words.join(" ");
        let terms = tokenizer::words(&text);
        clauses.extend(self.each(words, &terms).into_iter().map(|word| (Occur::Must, word)));
    }

    /// Every word; words that an abbreviation stands for together, or it.
    fn each(&self, words: &[&str], terms: &[(String, String)]) -> Vec<Boxed> {
        // How many terms the words before each word have.
        let mut begins = vec![0];
        begins.extend(words.iter().scan(0, |sum, word| {
            *sum += tokenizer::words(word).len();
            Some(*sum)
        }));
        let mut clauses = Vec::new();
        let mut at = 0;
        for part in self.writings.parts(terms) {
            let (Ok(first), Ok(last)) = (begins.binary_search(&part.start), begins.binary_search(&part.end)) else {
                continue;
            };
            if last - first < 2 {
                continue;
            }
            clauses.extend(words[at..first].iter().filter_map(|word| self.phrase(word)));
            let all = words[first..last].iter().filter_map(|word| self.phrase(word));
            let all = Box::new(BooleanQuery::new(all.map(|word| (Occur::Must, word)).collect())) as Boxed;
            let others = self.writings.others(&terms[part]).iter();
            let others = others.filter_map(|other| self.terms(&tokenizer::words(other)));
            clauses.push(union(std::iter::once(all).chain(others).collect()));
            at = last;
        }
        clauses.extend(words[at..].iter().filter_map(|word| self.phrase(word)));
        clauses
    }

    /// Terms in their order, or as they are abbreviated or written out.
    fn phrase(&self, text: &str) -> Option<Boxed> {
        let terms = tokenizer::words(text);
        let typed = self.terms(&terms)?;
        let others: Vec<Boxed> = self.writings.variants(&terms).iter().filter_map(|other| self.terms(other)).collect();
        Some(union(std::iter::once(typed).chain(others).collect()))
    }

    /// Terms in their order, in the text; more if the headline has them too.
    fn terms(&self, terms: &[(String, String)]) -> Option<Boxed> {
        let terms: Vec<_> = terms.iter().map(|term| self.form(term)).collect();
        self.looked_up(&terms)
    }

    /// As they stand in the index.
    fn looked_up<T: AsRef<str>>(&self, terms: &[T]) -> Option<Boxed> {
        match self.part {
            Some(Part::Title) => return sequence(self.fields.title, terms),
            Some(Part::Body) => {
                let inner = sequence(self.fields.syllables, terms)?;
                let term = |term: &T| Term::from_field_text(self.fields.syllables, term.as_ref());
                return Some(Box::new(Outside { inner, terms: terms.iter().map(term).collect() }));
            }
            None => {}
        }
        let body = sequence(self.fields.syllables, terms)?;
        let title = sequence(self.fields.title, terms).map(|title| boost(title, TITLE));
        Some(union(std::iter::once(body).chain(title).collect()))
    }

    /// The most frequent words that begin so.
    fn prefix(&self, stem: &str) -> Option<Boxed> {
        let (exact, folded) = tokenizer::words(stem).pop()?;
        let exactly = self.reading == Reading::Exact && tokenizer::has_marks(stem);
        let stem = if exactly { exact } else { folded };
        let mut found: HashMap<String, u32> = HashMap::new();
        for segment in self.index.searcher().segment_readers() {
            let Ok(index) = segment.inverted_index(self.fields.syllables) else { continue };
            let Ok(mut terms) = index.terms().range().ge(&stem).into_stream() else { continue };
            let mut seen = 0;
            while seen < MOST_LOOKED_AT && terms.advance() && terms.key().starts_with(stem.as_bytes()) {
                seen += 1;
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                // A word with marks is found by its form without them, too.
                if exactly || *fold(term) == *term {
                    *found.entry(term.to_owned()).or_default() += terms.value().doc_freq;
                }
            }
        }
        let mut found: Vec<_> = found.into_iter().map(|(term, articles)| (Reverse(articles), term)).collect();
        found.sort();
        found.truncate(MOST_EXPANSIONS);
        let words = found.into_iter().filter_map(|(_, term)| self.looked_up(&[term]));
        let words: Vec<_> = words.collect();
        if words.is_empty() { Some(Box::new(EmptyQuery)) } else { Some(union(words)) }
    }

    fn form<'t>(&self, term: &'t (String, String)) -> &'t str {
        form(term, self.reading == Reading::Exact)
    }

    fn filter(&self, filter: &Filter) -> Boxed {
        match filter {
            Filter::Published(from, to) => published(self.fields, *from, *to),
            Filter::Code(code) => term(self.fields.code, &tokenizer::code_key(code)),
            Filter::Official(name) => self.index.named(self.fields.official, name),
            Filter::Source(name) => self.index.named(self.fields.publisher, name),
            Filter::Type(kind) => term(self.fields.kind, kind.name()),
            Filter::Fact(query) => Box::new(Holders(Box::new(BooleanQuery::new(self.index.conditions(query))))),
        }
    }
}

impl Node {
    pub(crate) fn as_word(&self) -> Option<&str> {
        match self {
            Self::Word(text) => Some(text),
            _ => None,
        }
    }
}

/// Articles that cite a document.
pub(crate) fn code(fields: &Fields, code: &str) -> Boxed {
    boost(term(fields.code, &tokenizer::code_key(code)), CODE)
}

/// Published from the first day of the one to the last day of the other.
pub(crate) fn published(fields: &Fields, from: Option<PartialDate>, to: Option<PartialDate>) -> Boxed {
    let first = from.map(PartialDate::epoch_day);
    let last = to.map(|date| date.last_day().epoch_day());
    days(fields.published, first, last)
}

/// Days of a column, both ends included; an end that is open on both sides still asks for a value.
pub(crate) fn days(field: Field, from: Option<i32>, to: Option<i32>) -> Boxed {
    let bound = |day: Option<i32>, open: i64| Bound::Included(Term::from_field_i64(field, day.map_or(open, i64::from)));
    Box::new(RangeQuery::new(bound(from, i32::MIN.into()), bound(to, i32::MAX.into())))
}

/// The term that a syllable is looked up by: as printed, or without marks.
pub(crate) fn form((exact, folded): &(String, String), printed: bool) -> &str {
    if printed { exact } else { folded }
}

/// Terms one after the other.
pub(crate) fn sequence<T: AsRef<str>>(field: Field, terms: &[T]) -> Option<Boxed> {
    let term = |term: &T| Term::from_field_text(field, term.as_ref());
    match terms {
        [] => None,
        [one] => Some(Box::new(TermQuery::new(term(one), IndexRecordOption::WithFreqs))),
        terms => Some(Box::new(PhraseQuery::new(terms.iter().map(term).collect()))),
    }
}

/// One raw value.
pub(crate) fn term(field: Field, text: &str) -> Boxed {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}

/// Restricts without ranking.
pub(crate) fn constant(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// For what must not match.
pub(crate) fn excluded(query: Boxed) -> Boxed {
    Box::new(Excluded(query))
}

pub(crate) fn boost(query: Boxed, by: f32) -> Boxed {
    Box::new(BoostQuery::new(query, by))
}

pub(crate) fn union(mut parts: Vec<Boxed>) -> Boxed {
    if parts.len() == 1 { parts.remove(0) } else { Box::new(BooleanQuery::union(parts)) }
}
