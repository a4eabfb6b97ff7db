//! Which articles come first.
//!
//! A query of a few words is answered in three steps: articles with all words as typed, articles with all words whatever
//! their marks, articles with some of the words. Of a longer one, such as a question, hardly an article has every word,
//! and the one that has them by chance is a long one; it is answered in a single step by one score.

use tantivy::query::{Bm25StatisticsProvider, BooleanQuery, EnableScoring, Occur};
use tantivy::schema::Field;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

use crate::index::NewsIndex;
use crate::index::query::{Node, Query};
use crate::index::search::compile::{self, Boxed, Reading};
use crate::index::store::schema::{ARTICLE, Fields};
use crate::index::store::tokenizer;

/// The most syllables of a query that is answered in steps.
const SHORT: usize = 8;
/// Neighbours in the query that are neighbours in the text.
const NEIGHBOURS: f32 = 0.5;
/// Neighbours where not all words are needed.
const SOME_NEIGHBOURS: f32 = 0.7;
/// The same in other words: an abbreviation, or what it stands for.
const OTHER: f32 = 0.5;
/// A word that more than one of so many articles has makes no hit by itself, where there are [`ENOUGH_RARE`] rarer ones.
const COMMON: u64 = 2;
const ENOUGH_RARE: usize = 3;
/// Nor does a word where the rarer ones are in so many articles: each has to be looked at.
const LOOKED_AT: u64 = 50_000;
/// Where so many articles hold all words as typed, none with other marks or with some of the words is looked for.
pub(crate) const ENOUGH: usize = 1000;
/// So many of the best are ranked again with what is too dear to look up for all.
const REFINED: usize = 200;
/// A query with more syllables than this is a text; its first ones tell enough.
const MOST: usize = 128;

/// How an article holds the words of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holds {
    /// All, as typed.
    Exact,
    /// All, with other marks.
    All,
    /// Some.
    Some,
}

/// What answers a query.
pub(crate) struct Plan {
    /// Articles with all words as typed.
    pub(crate) exact: Boxed,
    /// Others with all words, whatever their marks; `None` where none were typed.
    pub(crate) folded: Option<Boxed>,
    /// All of them, and those with some of the words.
    pub(crate) any: Option<Boxed>,
    /// In the order of their hits. No article is in two.
    pub(crate) steps: Vec<Step>,
}

pub(crate) struct Step {
    pub(crate) query: Boxed,
    /// Each adds to the score of the best.
    pub(crate) more: Vec<Boxed>,
    /// `None` where it is for each article to tell.
    pub(crate) holds: Option<Holds>,
}

impl Plan {
    pub(crate) fn new(index: &NewsIndex, searcher: &Searcher, query: &Query) -> tantivy::Result<Self> {
        let (exact, folded) = if query.is_marked() {
            let exact = compile::articles(index, query, Reading::Exact);
            let folded = compile::articles(index, query, Reading::Folded { together: true });
            let folded = without(folded, &[&exact]);
            (exact, Some(folded))
        } else {
            (compile::articles(index, query, Reading::Folded { together: false }), None)
        };
        let partial = Partial::new(index, searcher, query)?;
        let mut steps = Vec::new();
        let all = || std::iter::once(&exact).chain(&folded);
        let mut any = None;
        if let Some(partial) = partial {
            let mut parts: Vec<Boxed> = vec![compile::constant(exact.box_clone())];
            parts.extend(folded.as_ref().map(|folded| folded.box_clone()));
            parts.push(partial.query.box_clone());
            let union: Boxed = Box::new(BooleanQuery::union(parts));
            any = Some(union.box_clone());
            if partial.long {
                steps.push(Step { query: union, more: partial.more, holds: None });
                return Ok(Self { exact, folded, any, steps });
            }
            let rest = without(partial.query, &all().collect::<Vec<_>>());
            steps.push(Step { query: rest, more: partial.more, holds: Some(Holds::Some) });
        }
        let more = neighbours(index, query, query.is_marked());
        let mut whole = vec![Step { query: exact.box_clone(), more, holds: Some(Holds::Exact) }];
        // In these the words stand together anyway.
        let together = folded.as_ref().map(|folded| folded.box_clone());
        whole.extend(together.map(|query| Step { query, more: Vec::new(), holds: Some(Holds::All) }));
        steps.splice(0..0, whole);
        Ok(Self { exact, folded, any, steps })
    }

    /// Articles with all words.
    pub(crate) fn whole(&self) -> Boxed {
        let parts = std::iter::once(&self.exact).chain(&self.folded);
        Box::new(BooleanQuery::union(parts.map(|part| part.box_clone()).collect()))
    }
}

/// What is in `query` and in none of `others`.
fn without(query: Boxed, others: &[&Boxed]) -> Boxed {
    let others = others.iter().map(|other| (Occur::MustNot, compile::excluded(other.box_clone())));
    Box::new(BooleanQuery::new(std::iter::once((Occur::Must, query)).chain(others).collect()))
}

/// Articles that hold some of the words of a query, and all else that it asks for.
struct Partial {
    query: Boxed,
    more: Vec<Boxed>,
    long: bool,
}

/// A syllable of a query as it is looked up.
struct Word {
    term: String,
    /// How often it was typed.
    times: usize,
    articles: u64,
}

impl Partial {
    /// `None` where every word is needed: where operators say so, or where there are too few to leave one out.
    fn new(index: &NewsIndex, searcher: &Searcher, query: &Query) -> tantivy::Result<Option<Self>> {
        let NewsIndex { fields, writings, .. } = index;
        let Node::And(nodes) = &query.root else { return Ok(None) };
        let marked = query.is_marked();
        let mut runs: Vec<Vec<(String, String)>> = vec![Vec::new()];
        // What is no word is still needed.
        let mut needed: Vec<(Occur, Boxed)> = Vec::new();
        let mut enough: Vec<Boxed> = Vec::new();
        for node in nodes {
            let mut run = |text: &str| runs.last_mut().into_iter().for_each(|run| run.extend(tokenizer::words(text)));
            match node {
                Node::Word(text) => run(text),
                Node::Code(text) => {
                    run(text);
                    enough.push(compile::code(fields, text));
                }
                other => {
                    runs.push(Vec::new());
                    // Without marks, a phrase is dear to look up, and what is left out would be more than was typed.
                    let reading = if marked { Reading::Exact } else { Reading::Folded { together: false } };
                    let other = compile::articles(index, &Query { root: other.clone() }, reading);
                    needed.push((Occur::Must, other));
                }
            }
        }
        let mut room = MOST;
        for run in &mut runs {
            run.truncate(room);
            room -= run.len();
        }
        let count: usize = runs.iter().map(Vec::len).sum();
        if count < 3 {
            return Ok(None);
        }
        let long = count > SHORT;
        let statistics = Statistics { searcher, fields };
        let articles = statistics.total_num_docs()?;
        let mut words: Vec<Word> = Vec::new();
        let mut pairs: Vec<[String; 2]> = Vec::new();
        for run in &runs {
            let mut last: Option<String> = None;
            for syllable in run {
                let (term, found) = look_up(&statistics, syllable, marked)?;
                match words.iter_mut().find(|word| word.term == term) {
                    Some(word) => word.times += 1,
                    None => words.push(Word { term: term.clone(), times: 1, articles: found }),
                }
                let pair = last.replace(term.clone()).map(|last| [last, term]);
                pairs.extend(pair.filter(|pair| !pairs.contains(pair)));
            }
            for part in writings.parts(run) {
                for other in writings.others(&run[part]) {
                    let terms = tokenizer::words(other);
                    let terms: Vec<_> = terms.iter().map(|term| compile::form(term, marked)).collect();
                    let other = compile::sequence(fields.syllables, &terms);
                    enough.extend(other.map(|other| compile::boost(other, OTHER)));
                }
            }
        }
        let neighbours = pairs.iter().filter_map(|pair| compile::sequence(fields.syllables, pair));
        let neighbours: Vec<Boxed> = neighbours.map(|pair| compile::boost(pair, SOME_NEIGHBOURS)).collect();
        let most = most_common(&words, articles);
        let rare = |word: &Word| word.articles <= most;
        let (mut more, mut beside) = (Vec::new(), Vec::new());
        for word in &words {
            let Some(query) = compile::sequence(fields.syllables, &[&word.term]) else { continue };
            let query = if word.times > 1 { compile::boost(query, word.times as f32) } else { query };
            if rare(word) {
                enough.push(query);
            } else {
                beside.push((Occur::Should, query));
            }
        }
        if long {
            more = neighbours;
        } else {
            enough.extend(neighbours);
        }
        let enough: Boxed = Box::new(BooleanQuery::union(enough));
        let mut clauses = vec![(Occur::Must, enough), (Occur::Must, compile::all(fields))];
        clauses.extend(needed);
        clauses.extend(beside);
        Ok(Some(Self { query: Box::new(BooleanQuery::new(clauses)), more, long }))
    }
}

/// In how many articles a word may be that makes a hit by itself.
fn most_common(words: &[Word], articles: u64) -> u64 {
    let mut rarest: Vec<u64> = words.iter().map(|word| word.articles).filter(|articles| *articles > 0).collect();
    rarest.sort_unstable();
    let mut sum = 0;
    let mut most = 0;
    for (i, found) in rarest.into_iter().enumerate() {
        sum += found;
        if i >= ENOUGH_RARE && (found > articles / COMMON || sum > LOOKED_AT) {
            break;
        }
        most = found;
    }
    most
}

/// What neighbours in a query add where they are neighbours in the text.
fn neighbours(index: &NewsIndex, query: &Query, printed: bool) -> Vec<Boxed> {
    let NewsIndex { fields, .. } = index;
    let mut runs = Vec::new();
    collect_runs(&query.root, &mut runs);
    let mut found = Vec::new();
    for run in runs {
        let terms = tokenizer::words(&run.join(" "));
        for pair in terms.windows(2).take(MOST) {
            let pair: Vec<_> = pair.iter().map(|term| compile::form(term, printed)).collect();
            let pair = compile::sequence(fields.syllables, &pair);
            found.extend(pair.map(|pair| compile::boost(pair, NEIGHBOURS)));
        }
    }
    found
}

/// Words typed one after the other.
fn collect_runs<'q>(node: &'q Node, runs: &mut Vec<Vec<&'q str>>) {
    match node {
        Node::And(nodes) => {
            for nodes in nodes.chunk_by(|a, b| matches!((a, b), (Node::Word(_), Node::Word(_)))) {
                let words = nodes.iter().filter_map(Node::as_word).collect::<Vec<_>>();
                if words.len() > 1 {
                    runs.push(words);
                }
                nodes.iter().for_each(|node| collect_runs(node, runs));
            }
        }
        Node::Or(nodes) => nodes.iter().for_each(|node| collect_runs(node, runs)),
        _ => {}
    }
}

/// The term of a syllable, and in how many articles it is. One that no article has as typed is looked up without marks.
fn look_up(statistics: &Statistics<'_>, syllable: &(String, String), marked: bool) -> tantivy::Result<(String, u64)> {
    let count = |term: &str| statistics.doc_freq(&Term::from_field_text(statistics.fields.syllables, term));
    if marked {
        let printed = compile::form(syllable, true);
        let articles = count(printed)?;
        if articles > 0 {
            return Ok((printed.to_owned(), articles));
        }
    }
    Ok((syllable.1.clone(), count(&syllable.1)?))
}

/// Adds what `more` finds to the scores of the first, and sorts them again.
pub(crate) fn refine(
    searcher: &Searcher,
    statistics: &Statistics<'_>,
    more: &[Boxed],
    found: &mut [(f32, DocAddress)],
) -> tantivy::Result<()> {
    let best = found.len().min(REFINED);
    let best = &mut found[..best];
    best.sort_by_key(|(_, address)| *address);
    let scoring = EnableScoring::Enabled { searcher, statistics_provider: statistics };
    for query in more {
        let weight = query.weight(scoring)?;
        for segment in best.chunk_by_mut(|(_, a), (_, b)| a.segment_ord == b.segment_ord) {
            let reader = searcher.segment_reader(segment[0].1.segment_ord);
            let mut scorer = weight.scorer(reader, 1.0)?;
            for (score, address) in segment {
                if scorer.doc() < address.doc_id {
                    scorer.seek(address.doc_id);
                }
                if scorer.doc() == address.doc_id {
                    *score += scorer.score();
                }
                if scorer.doc() == TERMINATED {
                    break;
                }
            }
        }
    }
    best.sort_by(|(a, first), (b, second)| b.total_cmp(a).then(first.cmp(second)));
    Ok(())
}

/// At least so many articles are looked at before the order of the first is known.
pub(crate) fn least(step: &Step) -> usize {
    if step.more.is_empty() { 0 } else { REFINED }
}

/// Which of some articles a query finds.
pub(crate) fn among(searcher: &Searcher, query: &Boxed, articles: &[DocAddress]) -> tantivy::Result<Vec<bool>> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by_key(|i| articles[*i]);
    let mut found = vec![false; articles.len()];
    for segment in order.chunk_by(|a, b| articles[*a].segment_ord == articles[*b].segment_ord) {
        let mut scorer = weight.scorer(searcher.segment_reader(articles[segment[0]].segment_ord), 1.0)?;
        for &i in segment {
            let doc = articles[i].doc_id;
            found[i] = scorer.doc() == doc || scorer.doc() < doc && scorer.seek(doc) == doc;
        }
    }
    Ok(found)
}

/// Facts are rows too, but BM25 must count articles only: otherwise the average article would seem twenty times shorter
/// than it is.
pub(crate) struct Statistics<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) fields: &'a Fields,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        // At least as many as any term occurs in.
        let articles = Term::from_field_text(self.fields.row, ARTICLE);
        Bm25StatisticsProvider::doc_freq(self.searcher, &articles)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let articles = self.total_num_docs()?;
        Ok(Bm25StatisticsProvider::doc_freq(self.searcher, term)?.min(articles))
    }
}
