//! Hits, pages of hits, and counts.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use tantivy::collector::{Collector, Count as CountAll, SegmentCollector, TopDocs};
use tantivy::columnar::StrColumn;
use tantivy::query::{Bm25StatisticsProvider, BooleanQuery, Occur, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, DocId, Order, Score, Searcher, SegmentOrdinal, SegmentReader, TantivyDocument, Term};

use super::NewsIndex;
use super::compile::{self, Reading};
use super::condition::FactQuery;
use super::query::{Filter, Node, Query};
use super::schema::{self, ARTICLE, Fields, KEY_END, Stored, column};
use super::snippet::{Marker, Snippet};
use super::tokenizer;
use crate::article::Article;
use crate::date::PartialDate;
use crate::error::{Error, Kind};
use crate::extract::{Fact, FactKind};
use crate::span::Span;

/// Some of the articles that a query finds, the best first.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Page {
    /// The articles of this page.
    pub hits: Vec<Hit>,
    /// How many articles the query finds, each copy counted.
    pub total: usize,
    /// How many of them hold the words as typed. The others, which come after them, differ in marks.
    pub exact: usize,
}

/// An article that a query found.
#[derive(Clone, Debug)]
pub struct Hit {
    article: Article,
    facts: Vec<Fact>,
    matched: Vec<usize>,
    snippet: Snippet,
    score: f32,
    exact: bool,
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

    /// Whether it holds the words as typed, marks and all.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.exact
    }
}

/// How often the values of a property occur among the articles that a query finds, the most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Facets {
    /// Months of publication, `2019-05`; the year alone where the article tells no more. In order of time.
    pub months: Vec<Count>,
    /// Sites, or sources named in the text.
    pub sources: Vec<Count>,
    /// Codes of cited documents.
    pub documents: Vec<Count>,
    /// Names of officials.
    pub officials: Vec<Count>,
    /// Types of fact.
    pub kinds: Vec<Count>,
}

/// A value, and the number of articles with it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Count {
    /// As most articles write it.
    pub value: String,
    /// How many articles have it.
    pub articles: usize,
}

/// More copies of an article than a reader wants to see.
const MOST_COPIES: usize = 21;

impl NewsIndex {
    /// The best `limit` articles for a query.
    ///
    /// Ranked by BM25 over the text and, with more weight, the headline; words that stand next to each other in the
    /// query gain where they do so in the text. A query without words is ordered by date, the latest first.
    ///
    /// # Errors
    ///
    /// [`Error::is_io`] or [`Error::is_index`] if the index cannot be read.
    pub fn search(&self, query: &Query, limit: usize) -> Result<Page, Error> {
        self.page(query, 0, limit)
    }

    /// As [`NewsIndex::search`], without the first `offset` articles.
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::search`].
    pub fn page(&self, query: &Query, offset: usize, limit: usize) -> Result<Page, Error> {
        let searcher = self.reader.searcher();
        let plan = Plan::new(self, query);
        let failed = |error| self.failed(error);
        let exact = searcher.search(plan.first.as_ref(), &CountAll).map_err(failed)?;
        let more = match &plan.then {
            Some(then) => searcher.search(then.as_ref(), &CountAll).map_err(failed)?,
            None => 0,
        };
        let mut page = Page { hits: Vec::new(), total: exact + more, exact };
        let end = offset.saturating_add(limit);
        let mut shown = Shown::default();
        self.top(&searcher, plan.first.as_ref(), query, end, &mut shown).map_err(failed)?;
        let as_typed = shown.hits.len();
        if let Some(then) = plan.then.as_ref().filter(|_| as_typed < end && more > 0) {
            self.top(&searcher, then.as_ref(), query, end, &mut shown).map_err(failed)?;
        }
        let marker = Marker::new(query, &self.writings, plan.then.is_some());
        let loose = Marker::new(query, &self.writings, false);
        for (rank, (score, address, group)) in shown.hits.into_iter().enumerate().skip(offset).take(limit) {
            let exact = rank < as_typed;
            let marker = if exact { &marker } else { &loose };
            let mut hit = self.hit(&searcher, query, marker, score, address, exact)?;
            hit.copies = self.copies_of(&searcher, group, hit.id())?;
            page.hits.push(hit);
        }
        Ok(page)
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

    /// The article with this id, and its facts.
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::search`].
    pub fn article(&self, id: &str) -> Result<Option<(Article, Vec<Fact>)>, Error> {
        let searcher = self.reader.searcher();
        let row = self.article_row(&searcher, Term::from_field_text(self.fields.id, id))?;
        row.map(|address| self.stored(&searcher, address)).transpose()
    }

    /// Whether there is an article with this id.
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::search`].
    pub fn contains(&self, id: &str) -> Result<bool, Error> {
        let id = Term::from_field_text(self.fields.id, id);
        // Counts rows that were deleted as well, so only a yes needs a second look.
        let searcher = self.reader.searcher();
        let seen = searcher.doc_freq(&id).map_err(|error| self.failed(error))?;
        Ok(seen > 0 && self.article_row(&searcher, id)?.is_some())
    }

    /// Whether the article with this digest is there.
    pub(super) fn has_digest(&self, digest: u64) -> Result<bool, Error> {
        let digest = Term::from_field_u64(self.fields.digest, digest);
        let searcher = self.reader.searcher();
        let seen = searcher.doc_freq(&digest).map_err(|error| self.failed(error))?;
        if seen == 0 {
            return Ok(false);
        }
        let query = TermQuery::new(digest, IndexRecordOption::Basic);
        Ok(searcher.search(&query, &CountAll).map_err(|error| self.failed(error))? > 0)
    }

    pub(super) fn article_row(&self, searcher: &Searcher, id: Term) -> Result<Option<DocAddress>, Error> {
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
        let searcher = self.reader.searcher();
        let all = compile::term(self.fields.row, ARTICLE);
        searcher.search(all.as_ref(), &CountAll).unwrap_or_default()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The `limit` most frequent values of each property among the articles that `query` finds; all months.
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::search`].
    pub fn facets(&self, query: &Query, limit: usize) -> Result<Facets, Error> {
        let searcher = self.reader.searcher();
        let plan = Plan::new(self, query);
        let mut counts = searcher.search(plan.first.as_ref(), &Counter).map_err(|error| self.failed(error))?;
        if let Some(then) = &plan.then {
            add(&mut counts, searcher.search(then.as_ref(), &Counter).map_err(|error| self.failed(error))?);
        }
        let mut take = |name: &str, limit: usize| {
            let mut values = merge(counts.remove(name).unwrap_or_default());
            values.sort_by(|a, b| Reverse(a.articles).cmp(&Reverse(b.articles)).then_with(|| a.value.cmp(&b.value)));
            values.truncate(limit);
            values
        };
        let mut months = take(column::MONTH, usize::MAX);
        months.sort_by(|a, b| a.value.cmp(&b.value));
        Ok(Facets {
            months,
            sources: take(column::SOURCE, limit),
            documents: take(column::DOCUMENT, limit),
            officials: take(column::OFFICIAL, limit),
            kinds: take(column::KIND, limit),
        })
    }

    /// Fills `shown` up to `wanted` articles, the best first; of copies of one release the best one.
    fn top(
        &self,
        searcher: &Searcher,
        compiled: &dyn tantivy::query::Query,
        query: &Query,
        wanted: usize,
        shown: &mut Shown,
    ) -> tantivy::Result<()> {
        if wanted == 0 {
            return Ok(());
        }
        // The collector reserves memory for what is asked, not for what there is.
        let all = searcher.num_docs() as usize + 1;
        let before = shown.hits.len();
        // Where many copies stand among the first, more must be looked at.
        let mut limit = (wanted - before).saturating_mul(2).min(all);
        loop {
            let top = TopDocs::with_limit(limit);
            let found = if query.has_text() {
                let statistics = Statistics { searcher, fields: &self.fields };
                searcher.search_with_statistics_provider(compiled, &top.order_by_score(), &statistics)?
            } else {
                let by_date = top.order_by_fast_field::<i64>(column::PUBLISHED, Order::Desc);
                searcher.search(compiled, &by_date)?.into_iter().map(|(_, address)| (0.0, address)).collect()
            };
            shown.hits.truncate(before);
            shown.groups = shown.hits.iter().map(|(_, _, group)| *group).collect();
            for &(score, address) in &found {
                let groups = searcher.segment_reader(address.segment_ord).fast_fields().u64(column::GROUP)?;
                let group = groups.first(address.doc_id).unwrap_or_default();
                if shown.hits.len() < wanted && shown.groups.insert(group) {
                    shown.hits.push((score, address, group));
                }
            }
            if shown.hits.len() >= wanted || found.len() < limit || limit >= all {
                return Ok(());
            }
            limit = limit.saturating_mul(4).min(all);
        }
    }

    fn hit(
        &self,
        searcher: &Searcher,
        query: &Query,
        marker: &Marker,
        score: f32,
        address: DocAddress,
        exact: bool,
    ) -> Result<Hit, Error> {
        let (article, facts) = self.stored(searcher, address)?;
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
        let (marks, snippet) = marker.mark(&self.analyzer.document(&article), &asked);
        let holds_mark = |span: Span| {
            marks[marks.partition_point(|mark| mark.end <= span.start)..]
                .first()
                .is_some_and(|mark| mark.overlaps(span))
        };
        let matched = facts.iter().enumerate();
        let matched = matched.filter(|(i, fact)| wanted.wants(fact) || held.contains(i) || holds_mark(fact.span));
        let matched = matched.map(|(i, _)| i).collect();
        Ok(Hit { article, facts, matched, snippet, score, exact, copies: Vec::new() })
    }

    pub(super) fn stored(&self, searcher: &Searcher, address: DocAddress) -> Result<(Article, Vec<Fact>), Error> {
        let row: TantivyDocument = searcher.doc(address).map_err(|error| self.failed(error))?;
        let field = |field: Field| row.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
        let stored: Stored = serde_json::from_str(field(self.fields.record)).map_err(|error| {
            Error::new(Kind::Index, "the index is damaged").at(&self.place).advice(super::REBUILD).source(error)
        })?;
        Ok(stored.into_article(field(self.fields.text).to_owned()))
    }
}

/// The articles to be shown: score, place and group.
#[derive(Default)]
struct Shown {
    hits: Vec<(f32, DocAddress, u64)>,
    groups: HashSet<u64>,
}

/// A query as typed, and what remains when its marks do not count.
pub(super) struct Plan {
    pub(super) first: Box<dyn tantivy::query::Query>,
    pub(super) then: Option<Box<dyn tantivy::query::Query>>,
}

impl Plan {
    pub(super) fn new(index: &NewsIndex, query: &Query) -> Self {
        if !query.is_marked() {
            return Self { first: compile::articles(index, query, Reading::Folded { together: false }), then: None };
        }
        let first = compile::articles(index, query, Reading::Exact);
        let folded = compile::articles(index, query, Reading::Folded { together: true });
        let then =
            BooleanQuery::new(vec![(Occur::Must, folded), (Occur::MustNot, compile::excluded(first.box_clone()))]);
        Self { first, then: Some(Box::new(then)) }
    }
}

/// Facts are rows too, but BM25 must count articles only: otherwise the average article would seem twenty times shorter
/// than it is.
struct Statistics<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
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

/// What the filters and codes of a query ask facts for.
#[derive(Default)]
struct Wanted {
    codes: Vec<String>,
    /// The terms of a name, and whether its marks count.
    names: Vec<(Vec<(String, String)>, bool)>,
    kinds: Vec<super::FactType>,
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

/// Counts the values of the facet columns.
struct Counter;

const FACETS: [&str; 5] = [column::MONTH, column::SOURCE, column::DOCUMENT, column::OFFICIAL, column::KIND];

type Counts = HashMap<&'static str, HashMap<String, usize>>;

fn add(to: &mut Counts, from: Counts) {
    for (name, values) in from {
        let to = to.entry(name).or_default();
        for (value, articles) in values {
            *to.entry(value).or_default() += articles;
        }
    }
}

/// Values with the same key are one; the form that most articles use stands for it.
fn merge(values: HashMap<String, usize>) -> Vec<Count> {
    let mut keyed: HashMap<String, (usize, Count)> = HashMap::new();
    for (value, articles) in values {
        let (key, shown) = value.split_once(KEY_END).unwrap_or((&value, &value));
        let (most, count) =
            keyed.entry(key.to_owned()).or_insert_with(|| (0, Count { value: String::new(), articles: 0 }));
        count.articles += articles;
        if (articles, Reverse(shown)) > (*most, Reverse(count.value.as_str())) {
            (*most, count.value) = (articles, shown.to_owned());
        }
    }
    keyed.into_values().map(|(_, count)| count).collect()
}

struct SegmentCounter {
    columns: Vec<(&'static str, StrColumn, Vec<u32>)>,
}

impl Collector for Counter {
    type Fruit = Counts;
    type Child = SegmentCounter;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentCounter> {
        let mut columns = Vec::new();
        for name in FACETS {
            if let Some(values) = segment.fast_fields().str(name)? {
                let counts = vec![0; values.num_terms()];
                columns.push((name, values, counts));
            }
        }
        Ok(SegmentCounter { columns })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Counts>) -> tantivy::Result<Counts> {
        let mut counts = Counts::new();
        fruits.into_iter().for_each(|fruit| add(&mut counts, fruit));
        Ok(counts)
    }
}

impl SegmentCollector for SegmentCounter {
    type Fruit = Counts;

    fn collect(&mut self, doc: DocId, _: Score) {
        for (_, values, counts) in &mut self.columns {
            for ord in values.term_ords(doc) {
                if let Some(count) = counts.get_mut(ord as usize) {
                    *count += 1;
                }
            }
        }
    }

    fn harvest(self) -> Counts {
        let mut fruit = Counts::new();
        for (name, values, counts) in self.columns {
            let named = fruit.entry(name).or_default();
            for (ord, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                let mut value = String::new();
                if values.ord_to_str(ord as u64, &mut value).unwrap_or_default() {
                    *named.entry(value).or_default() += count as usize;
                }
            }
        }
        fruit
    }
}
