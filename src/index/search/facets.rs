//! How often values occur among articles.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, Count as CountAll, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use crate::error::Error;
use crate::index::NewsIndex;
use crate::index::query::Query;
use crate::index::search::compile::Boxed;
use crate::index::search::rank::{self, Plan};
use crate::index::store::schema::{KEY_END, column};

/// How often the values of a property occur among the articles that a query finds, the most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Facets {
    /// Months of publication, `2019-05`; the year alone where the article tells no more. In order of time.
    pub months: Vec<Count>,
    /// Places that facts of the article belong to, such as `huyện Can Lộc`: those of indicators and of the bodies that
    /// issued its documents, and where its meetings were held.
    pub places: Vec<Count>,
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
#[non_exhaustive]
pub struct Count {
    /// As most articles write it.
    pub value: String,
    /// How many articles have it.
    pub articles: usize,
}

impl NewsIndex {
    /// The `limit` most frequent values of each property among the articles that hold all words of `query`, or some of
    /// them where none holds all; all months. An article and its copies count each.
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::search`].
    pub fn facets(&self, query: &Query, limit: usize) -> Result<Facets, Error> {
        let index = self.at_one_commit();
        let searcher = index.searcher();
        let failed = |error| self.failed(error);
        let plan = Plan::new(&index, &searcher, query).map_err(failed)?;
        let count = |query: &Boxed| Counter::VALUES.count(&searcher, query.as_ref()).map_err(failed);
        let (mut articles, mut counts) = count(&plan.exact)?;
        if let Some(folded) = plan.folded.filter(|_| articles < rank::ENOUGH) {
            let more = count(&folded)?;
            articles += more.0;
            add(&mut counts, more.1);
        }
        if let Some(any) = plan.any.filter(|_| articles == 0) {
            (_, counts) = count(&any)?;
        }
        Ok(Facets::new(counts, limit))
    }
}

impl Facets {
    /// The `limit` most frequent values of each property; all months.
    pub(crate) fn new(mut counts: Counts, limit: usize) -> Self {
        let mut take = |name: &str, limit: usize| {
            let mut values = merge(counts.remove(name).unwrap_or_default());
            values.sort_by(|a, b| Reverse(a.articles).cmp(&Reverse(b.articles)).then_with(|| a.value.cmp(&b.value)));
            values.truncate(limit);
            values
        };
        let mut months = take(column::MONTH, usize::MAX);
        months.sort_by(|a, b| a.value.cmp(&b.value));
        Self {
            months,
            places: take(column::PLACE, limit),
            sources: take(column::SOURCE, limit),
            documents: take(column::DOCUMENT, limit),
            officials: take(column::OFFICIAL, limit),
            kinds: take(column::KIND, limit),
        }
    }
}

/// Counts articles, and the values of some facet columns.
#[derive(Clone, Copy)]
pub(crate) struct Counter(&'static [&'static str]);

impl Counter {
    pub(crate) const VALUES: Self = Self(&FACETS);
    /// Articles alone.
    pub(crate) const ARTICLES: Self = Self(&[]);

    pub(crate) fn count(
        self,
        searcher: &Searcher,
        query: &dyn tantivy::query::Query,
    ) -> tantivy::Result<(usize, Counts)> {
        // tantivy counts articles alone without looking at each.
        if self.0.is_empty() {
            Ok((searcher.search(query, &CountAll)?, Counts::default()))
        } else {
            searcher.search(query, &self)
        }
    }
}

const FACETS: [&str; 6] =
    [column::MONTH, column::PLACE, column::SOURCE, column::DOCUMENT, column::OFFICIAL, column::KIND];

pub(crate) type Counts = FxHashMap<&'static str, FxHashMap<String, usize>>;

pub(crate) fn add(to: &mut Counts, from: Counts) {
    for (name, values) in from {
        let to = to.entry(name).or_default();
        for (value, articles) in values {
            *to.entry(value).or_default() += articles;
        }
    }
}

/// Values with the same key are one; the form that most articles use stands for it.
fn merge(values: FxHashMap<String, usize>) -> Vec<Count> {
    let mut keyed: FxHashMap<String, (usize, Count)> = FxHashMap::default();
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

pub(crate) struct SegmentCounter {
    articles: usize,
    columns: Vec<(&'static str, StrColumn, Vec<u32>)>,
}

impl Collector for Counter {
    type Fruit = (usize, Counts);
    type Child = SegmentCounter;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentCounter> {
        let mut columns = Vec::new();
        for &name in self.0 {
            if let Some(values) = segment.fast_fields().str(name)? {
                let counts = vec![0; values.num_terms()];
                columns.push((name, values, counts));
            }
        }
        Ok(SegmentCounter { articles: 0, columns })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<(usize, Counts)>) -> tantivy::Result<(usize, Counts)> {
        let (mut articles, mut counts) = (0, Counts::default());
        for fruit in fruits {
            articles += fruit.0;
            add(&mut counts, fruit.1);
        }
        Ok((articles, counts))
    }
}

impl SegmentCollector for SegmentCounter {
    type Fruit = (usize, Counts);

    fn collect(&mut self, doc: DocId, _: Score) {
        self.articles += 1;
        for (_, values, counts) in &mut self.columns {
            for ord in values.term_ords(doc) {
                if let Some(count) = counts.get_mut(ord as usize) {
                    *count += 1;
                }
            }
        }
    }

    fn harvest(self) -> (usize, Counts) {
        let mut fruit = Counts::default();
        for (name, values, counts) in self.columns {
            let named = fruit.entry(name).or_default();
            let seen = counts.iter().enumerate().filter(|(_, count)| **count > 0);
            let (ords, counts): (Vec<u64>, Vec<usize>) = seen.map(|(ord, count)| (ord as u64, *count as usize)).unzip();
            let mut counts = counts.into_iter();
            // One by one, each would be looked for from the start of its block. A column that cannot be read tells
            // nothing.
            let _ = values.dictionary().sorted_ords_to_term_cb(&ords, |term| {
                let value = String::from_utf8_lossy(term).into_owned();
                *named.entry(value).or_default() += counts.next().unwrap_or_default();
            });
        }
        (self.articles, fruit)
    }
}
