//! Hits and pages of hits.

pub(crate) mod compile;
pub(crate) mod exclude;
pub(crate) mod facets;
pub(crate) mod facts;
pub(crate) mod outside;
pub(crate) mod rank;
pub(crate) mod rows;
pub(crate) mod similar;
pub(crate) mod snippet;
pub(crate) mod suggest;

use std::collections::HashSet;

use tantivy::collector::{Count as CountAll, TopDocs};
use tantivy::query::{BooleanQuery, Occur, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, Order, Searcher, TantivyDocument, Term};

use crate::article::Article;
use crate::date::PartialDate;
use crate::error::{Error, Kind};
use crate::extract::{Fact, FactKind};
use crate::index::query::condition::FactQuery;
use crate::index::query::{FactType, Filter, Node, Query};
use crate::index::search::facets::{Counter, Counts, Facets};
use crate::index::search::rank::{Holds, Plan, Statistics, Step};
use crate::index::search::snippet::{Marker, Snippet};
use crate::index::store::schema::{self, ARTICLE, Stored, column};
use crate::index::store::tokenizer;
use crate::index::{NewsIndex, REBUILD};
use crate::span::Span;

/// Some of the articles that a query finds, the best first.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Page {
    /// The articles of this page.
    pub hits: Vec<Hit>,
    /// How many articles the query finds, each copy counted.
    pub total: usize,
    /// How many of them hold all words; the others hold some of them, see [`Hit::is_partial`].
    pub complete: usize,
    /// How many of those hold the words as typed; the others have some with other marks, see [`Hit::is_exact`]. Where
    /// there are a thousand of them, no others are looked for.
    pub exact: usize,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sort {
    /// The best match first; where nothing was asked that could match better or worse, the latest.
    #[default]
    Relevance,
    /// The latest first. Articles without a date come last.
    Latest,
    /// The earliest first. Articles without a date come last.
    Earliest,
}

/// An article that a query found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    article: Article,
    facts: Vec<Fact>,
    matched: Vec<usize>,
    snippet: Snippet,
    score: f32,
    holds: Holds,
    copies: Vec<String>,
}

impl Hit {
    /// What the article was added as.
    #[must_use]
    pub fn id(&self) -> &str {
        self.article.id.as_deref().or(self.article.url.as_deref()).unwrap_or_default()
    }

    /// The article, with its original text.
    #[must_use]
    pub fn article(&self) -> &Article {
        &self.article
    }

    /// The headline, as printed.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.article.title()
    }

    /// When it was published.
    #[must_use]
    pub fn published(&self) -> Option<PartialDate> {
        self.article.published
    }

    /// All facts of the article, in the order of the text.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The facts in which a match lies, or which a filter of the query asked for.
    pub fn matched_facts(&self) -> impl Iterator<Item = &Fact> {
        self.matched.iter().map(|i| &self.facts[*i])
    }

    /// The best sentence, with the matches marked.
    #[must_use]
    pub fn snippet(&self) -> &Snippet {
        &self.snippet
    }

    /// How well it matches; comparable within one search only.
    #[must_use]
    pub fn score(&self) -> f32 {
        self.score
    }

    /// The ids of other articles that say nearly the same, such as the same release on other portals; the earliest
    /// first, at most twenty. They are no hits of their own.
    #[must_use]
    pub fn copies(&self) -> &[String] {
        &self.copies
    }

    /// Whether it holds the words as typed: with all marks that were typed. A syllable that was typed without marks may
    /// have any.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.holds == Holds::Exact
    }

    /// Whether it holds some of the words only.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.holds == Holds::Some
    }
}

/// More copies of an article than a reader wants to see.
const MOST_COPIES: usize = 21;

impl NewsIndex {
    /// The best `limit` articles for a query.
    ///
    /// Ranked by BM25 over the text and, with more weight, the headline; words that stand next to each other in the
    /// query gain where they do so in the text. A query without words is ordered by date, the latest first.
    ///
    /// Articles with all words as typed come first, then those with all words but other marks, then those with some of
    /// them: if the query is words without operators, quotation marks or fields around them, one may be missing. Of more
    /// than eight syllables, such as a question, hardly an article has every one; all articles are then ranked together
    /// by what they have. What a query asks for otherwise, a phrase or a date, is never left out.
    ///
    /// # Errors
    ///
    /// [`Error::is_io`] or [`Error::is_index`] if the index cannot be read.
    pub fn search(&self, query: &Query, limit: usize) -> Result<Page, Error> {
        self.page(query, 0, limit)
    }

    /// As [`NewsIndex::search`], without the first `offset` articles. These are ranked but not
    /// read from the disk; to go through all that a query finds there is [`NewsIndex::article_rows`].
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::search`].
    pub fn page(&self, query: &Query, offset: usize, limit: usize) -> Result<Page, Error> {
        self.page_by(query, Sort::Relevance, offset, limit)
    }

    /// As [`NewsIndex::page`], in another order.
    ///
    /// In order of time, articles with some of the words are left out where others have all.
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::search`].
    pub fn page_by(&self, query: &Query, sort: Sort, offset: usize, limit: usize) -> Result<Page, Error> {
        Ok(self.at_one_commit().answer(query, sort, offset, limit, Counter::ARTICLES)?.0)
    }

    /// As [`NewsIndex::page_by`], with what [`NewsIndex::facets`] counts, at most `values` of each property. Both together
    /// take less time than one after the other.
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::search`].
    pub fn page_with_facets(
        &self,
        query: &Query,
        sort: Sort,
        offset: usize,
        limit: usize,
        values: usize,
    ) -> Result<(Page, Facets), Error> {
        let (page, counts) = self.at_one_commit().answer(query, sort, offset, limit, Counter::VALUES)?;
        Ok((page, Facets::new(counts, values)))
    }

    fn answer(
        &self,
        query: &Query,
        sort: Sort,
        offset: usize,
        limit: usize,
        counter: Counter,
    ) -> Result<(Page, Counts), Error> {
        let searcher = self.searcher();
        let failed = |error| self.failed(error);
        let plan = Plan::new(self, &searcher, query).map_err(failed)?;
        let count = |query: &compile::Boxed| searcher.search(query.as_ref(), &CountAll).map_err(failed);
        let tally = |query: &compile::Boxed| counter.count(&searcher, query.as_ref()).map_err(failed);
        let by_date = match sort {
            Sort::Relevance if query.has_text() => None,
            Sort::Relevance | Sort::Latest => Some(Order::Desc),
            Sort::Earliest => Some(Order::Asc),
        };
        let end = offset.saturating_add(limit);
        let mut shown = Shown::default();
        let mut page = Page::default();
        // Of articles with all words, and of the others.
        let (mut counts, mut others) = (Counts::default(), Counts::default());
        let single;
        let steps = if by_date.is_some() {
            let whole = plan.whole();
            let any = plan.any.as_ref().map(|any| any.box_clone());
            let query = if any.is_none() || count(&whole)? > 0 { whole } else { any.unwrap_or_else(|| plan.whole()) };
            single = [Step { query, more: Vec::new(), holds: None }];
            single.as_slice()
        } else {
            &plan.steps
        };
        for step in steps {
            if page.complete >= rank::ENOUGH {
                break;
            }
            let counter =
                if page.complete == 0 || step.holds != Some(Holds::Some) { counter } else { Counter::ARTICLES };
            let (found, values) = self.top(&searcher, step, by_date, end, counter, &mut shown).map_err(failed)?;
            page.total += found;
            match step.holds {
                Some(Holds::Exact) => (page.exact, page.complete, counts) = (found, found, values),
                Some(Holds::All) => {
                    page.complete += found;
                    facets::add(&mut counts, values);
                }
                Some(Holds::Some) => others = values,
                None => {
                    others = values;
                    (page.exact, counts) = tally(&plan.exact)?;
                    page.complete = page.exact;
                    if let Some(folded) = &plan.folded {
                        let (found, values) = tally(folded)?;
                        page.complete += found;
                        facets::add(&mut counts, values);
                    }
                }
            }
        }
        let counts = if page.complete == 0 { others } else { counts };
        shown.hits.drain(..offset.min(shown.hits.len()));
        shown.hits.truncate(limit);
        let addresses: Vec<DocAddress> = shown.hits.iter().map(|found| found.address).collect();
        let told = shown.hits.iter().all(|found| found.holds.is_some());
        let among = |query: &compile::Boxed| match told {
            true => Ok(Vec::new()),
            false => rank::among(&searcher, query, &addresses).map_err(failed),
        };
        let (as_typed, folded) = (among(&plan.exact)?, plan.folded.as_ref().map_or_else(|| Ok(Vec::new()), among)?);
        let marker = Marker::new(query, &self.writings, plan.folded.is_some());
        let loose = Marker::new(query, &self.writings, false);
        for (i, found) in shown.hits.into_iter().enumerate() {
            let is = |list: &[bool]| list.get(i).copied().unwrap_or_default();
            let holds = found.holds.unwrap_or(match () {
                () if is(&as_typed) => Holds::Exact,
                () if is(&folded) => Holds::All,
                () => Holds::Some,
            });
            let markers = if holds == Holds::All { [&loose, &loose] } else { [&marker, &loose] };
            let mut hit = self.hit(&searcher, query, markers, &found, holds)?;
            hit.copies = self.copies_of(&searcher, found.group, hit.id())?;
            page.hits.push(hit);
        }
        Ok((page, counts))
    }

    /// The ids of the other articles of a group.
    fn copies_of(&self, searcher: &Searcher, group: u64, id: &str) -> Result<Vec<String>, Error> {
        let query = TermQuery::new(Term::from_field_u64(self.fields.group, group), IndexRecordOption::Basic);
        let failed = |error| self.failed(error);
        if searcher.search(&query, &CountAll).map_err(failed)? < 2 {
            return Ok(Vec::new());
        }
        let top = TopDocs::with_limit(MOST_COPIES).order_by_fast_field::<i64>(column::PUBLISHED, Order::Asc);
        let mut copies = Vec::new();
        for (_, address) in searcher.search(&query, &top).map_err(failed)? {
            copies.push(self.id(searcher, address)?);
        }
        copies.retain(|copy| copy != id);
        Ok(copies)
    }

    /// The article with this id, and its facts: a look-up. `None` for an id that is not there.
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::search`].
    pub fn article(&self, id: &str) -> Result<Option<(Article, Vec<Fact>)>, Error> {
        let searcher = self.searcher();
        let row = self.article_row(&searcher, Term::from_field_text(self.fields.id, id))?;
        row.map(|address| self.stored(&searcher, address)).transpose()
    }

    /// Whether there is an article with this id: a look-up that reads no article.
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::search`].
    pub fn contains(&self, id: &str) -> Result<bool, Error> {
        let id = Term::from_field_text(self.fields.id, id);
        // Counts rows that were deleted as well, so only a yes needs a second look.
        let searcher = self.searcher();
        let seen = searcher.doc_freq(&id).map_err(|error| self.failed(error))?;
        Ok(seen > 0 && self.article_row(&searcher, id)?.is_some())
    }

    /// Whether the article with this digest is there.
    pub(crate) fn has_digest(&self, digest: u64) -> Result<bool, Error> {
        let digest = Term::from_field_u64(self.fields.digest, digest);
        let searcher = self.searcher();
        let seen = searcher.doc_freq(&digest).map_err(|error| self.failed(error))?;
        if seen == 0 {
            return Ok(false);
        }
        let query = TermQuery::new(digest, IndexRecordOption::Basic);
        Ok(searcher.search(&query, &CountAll).map_err(|error| self.failed(error))? > 0)
    }

    pub(crate) fn article_row(&self, searcher: &Searcher, id: Term) -> Result<Option<DocAddress>, Error> {
        let query = BooleanQuery::new(vec![
            (Occur::Must, Box::new(TermQuery::new(id, IndexRecordOption::Basic))),
            (Occur::Must, compile::term(self.fields.row, ARTICLE)),
        ]);
        let top = TopDocs::with_limit(1).order_by_score();
        let found = searcher.search(&query, &top).map_err(|error| self.failed(error))?;
        Ok(found.first().map(|(_, address)| *address))
    }

    /// How many articles there are; 0 if the index cannot be read, which [`NewsIndex::search`] tells as an error.
    #[must_use]
    pub fn len(&self) -> usize {
        let searcher = self.searcher();
        let all = compile::term(self.fields.row, ARTICLE);
        searcher.search(all.as_ref(), &CountAll).unwrap_or_default()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fills `shown` up to `wanted` articles, the best first; of copies of one release the best one. Tells how many there
    /// are, each copy counted.
    fn top(
        &self,
        searcher: &Searcher,
        step: &Step,
        by_date: Option<Order>,
        wanted: usize,
        counter: Counter,
        shown: &mut Shown,
    ) -> tantivy::Result<(usize, Counts)> {
        let query = step.query.as_ref();
        if wanted <= shown.hits.len() {
            return counter.count(searcher, query);
        }
        // The collector reserves memory for what is asked, not for what there is.
        let all = searcher.num_docs() as usize + 1;
        let before = shown.hits.len();
        // Where many copies stand among the first, more must be looked at.
        let mut limit = (wanted - before).saturating_mul(2).max(rank::least(step)).min(all);
        loop {
            let top = TopDocs::with_limit(limit);
            let (count, found) = if let Some(order) = by_date {
                let by_date = top.order_by_fast_field::<i64>(column::PUBLISHED, order);
                let (count, found) = searcher.search(query, &(counter, by_date))?;
                (count, found.into_iter().map(|(_, address)| (0.0, address)).collect())
            } else {
                let statistics = Statistics { searcher, fields: &self.fields };
                let best = (counter, top.order_by_score());
                let (count, mut found) = searcher.search_with_statistics_provider(query, &best, &statistics)?;
                rank::refine(searcher, &statistics, &step.more, &mut found)?;
                (count, found)
            };
            shown.hits.truncate(before);
            shown.groups = shown.hits.iter().map(|found| found.group).collect();
            for &(score, address) in &found {
                let groups = searcher.segment_reader(address.segment_ord).fast_fields().u64(column::GROUP)?;
                let group = groups.first(address.doc_id).unwrap_or_default();
                if shown.hits.len() < wanted && shown.groups.insert(group) {
                    shown.hits.push(Found { score, address, group, holds: step.holds });
                }
            }
            if shown.hits.len() >= wanted || found.len() < limit || limit >= all {
                return Ok(count);
            }
            limit = limit.saturating_mul(4).min(all);
        }
    }

    /// What is shown of an article, marked by the first of the markers that finds something.
    fn hit(
        &self,
        searcher: &Searcher,
        query: &Query,
        markers: [&Marker; 2],
        found: &Found,
        holds: Holds,
    ) -> Result<Hit, Error> {
        let (article, facts) = self.stored(searcher, found.address)?;
        let wanted = Wanted::new(query);
        let mut held = HashSet::new();
        for fact in &wanted.facts {
            held.extend(self.ordinals(
                searcher,
                fact,
                article.id.as_deref().or(article.url.as_deref()).unwrap_or_default(),
            )?);
        }
        let asked = facts.iter().enumerate().filter(|(i, fact)| held.contains(i) || wanted.names(fact));
        let asked: Vec<Span> = asked.map(|(_, fact)| fact.span).collect();

        let document = self.analyzer.document(&article);
        let (mut marks, mut snippet) = markers[0].mark(&document, &asked);
        if marks.is_empty() {
            (marks, snippet) = markers[1].mark(&document, &asked);
        }
        let holds_mark = |span: Span| {
            marks[marks.partition_point(|mark| mark.end <= span.start)..]
                .first()
                .is_some_and(|mark| mark.overlaps(span))
        };
        let matched = facts.iter().enumerate();
        let matched = matched.filter(|(i, fact)| wanted.wants(fact) || held.contains(i) || holds_mark(fact.span));
        let matched = matched.map(|(i, _)| i).collect();
        Ok(Hit { article, facts, matched, snippet, score: found.score, holds, copies: Vec::new() })
    }

    pub(crate) fn stored(&self, searcher: &Searcher, address: DocAddress) -> Result<(Article, Vec<Fact>), Error> {
        let row: TantivyDocument = searcher.doc(address).map_err(|error| self.failed(error))?;
        let field = |field: Field| row.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
        let stored: Stored = serde_json::from_str(field(self.fields.record)).map_err(|error| {
            Error::new(Kind::Index, "the index is damaged").at(&self.place).advice(REBUILD).source(error)
        })?;
        Ok(stored.into_article(field(self.fields.text).to_owned()))
    }
}

/// The articles to be shown.
#[derive(Default)]
struct Shown {
    hits: Vec<Found>,
    groups: HashSet<u64>,
}

struct Found {
    score: f32,
    address: DocAddress,
    group: u64,
    holds: Option<Holds>,
}

/// What the filters and codes of a query ask facts for.
#[derive(Default)]
struct Wanted {
    codes: Vec<String>,
    /// The terms of a name, and whether its marks count.
    names: Vec<(Vec<(String, String)>, bool)>,
    kinds: Vec<FactType>,
    facts: Vec<FactQuery>,
}

impl Wanted {
    fn new(query: &Query) -> Self {
        let mut wanted = Self::default();
        wanted.collect(&query.root);
        wanted
    }

    fn collect(&mut self, node: &Node) {
        match node {
            Node::Code(code) | Node::Filter(Filter::Code(code)) => self.codes.push(tokenizer::code_key(code)),
            Node::Filter(Filter::Official(name)) => {
                self.names.push((tokenizer::words(name), tokenizer::has_marks(name)));
            }
            Node::Filter(Filter::Type(kind)) => self.kinds.push(*kind),
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| self.collect(node)),
            Node::Filter(Filter::Fact(fact)) => self.facts.push((**fact).clone()),
            Node::Filter(Filter::Published(..) | Filter::Source(_))
            | Node::All
            | Node::Word(_)
            | Node::Phrase(_)
            | Node::Prefix(_)
            | Node::In(..)
            | Node::Similar(_)
            | Node::Not(_) => {}
        }
    }

    /// Whether a fact is the document or the person asked for; its place is marked then.
    fn names(&self, fact: &Fact) -> bool {
        match &fact.kind {
            FactKind::Document(document) => {
                document.code.as_ref().is_some_and(|code| self.codes.contains(&tokenizer::code_key(code)))
            }
            FactKind::Official(official) if !self.names.is_empty() => {
                let name = tokenizer::words(&official.name);
                self.names.iter().any(|(part, marked)| {
                    let same =
                        |a: &(String, String), b: &(String, String)| if *marked { a.0 == b.0 } else { a.1 == b.1 };
                    name.windows(part.len().max(1)).any(|own| own.iter().zip(part).all(|(a, b)| same(a, b)))
                })
            }
            _ => false,
        }
    }

    fn wants(&self, fact: &Fact) -> bool {
        self.names(fact) || self.kinds.contains(&schema::fact_type(&fact.kind))
    }
}
