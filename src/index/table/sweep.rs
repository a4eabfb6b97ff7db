//! Articles and facts as the rows of a table: all that a query finds, not the best few.

use std::collections::HashMap;
use std::collections::HashSet;
use std::collections::hash_map::Entry;
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::vec;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use tantivy::query::{BooleanQuery, EnableScoring};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

use crate::analyzer::Analyzer;
use crate::article::Article;
use crate::date::{DateValue, PartialDate};
use crate::error::Error;
use crate::extract::{Fact, FactKind, Indicator};
use crate::index::NewsIndex;
use crate::index::query::condition::FactQuery;
use crate::index::query::{FactType, Query};
use crate::index::search::compile;
use crate::index::search::facts;
use crate::index::store::schema::{self, ARTICLE, column};
use crate::index::table::cells::Row;
use crate::span::Span;

/// Whether articles that say nearly the same, such as one release on several portals, count once or each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Copies {
    /// Of copies that a query finds, the one published first counts: the others are left out with their facts.
    #[default]
    Once,
    /// Each counts.
    All,
}

/// An article that a query found, and its facts.
#[derive(Clone)]
pub struct ArticleRow {
    article: Article,
    facts: Vec<Fact>,
    group: u64,
    analyzer: Analyzer,
    sentences: OnceLock<Vec<Span>>,
}

impl ArticleRow {
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

    /// All its facts, in the order of the text.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The site that published it, or the source that its text names; as [`Facets::sources`](crate::index::Facets::sources).
    #[must_use]
    pub fn source(&self) -> Option<String> {
        schema::source(&self.article)
    }

    /// The same number for all copies of one release.
    #[must_use]
    pub fn group(&self) -> u64 {
        self.group
    }

    /// The sentence in which `span` begins, as bytes of the article's text. The first call for an article cuts all of
    /// its text into sentences.
    #[must_use]
    pub fn sentence(&self, span: Span) -> Span {
        let sentences = self.sentences.get_or_init(|| {
            let document = self.analyzer.document(&self.article);
            document.sentences().iter().map(|sentence| sentence.span).collect()
        });
        facts::sentence(sentences, span)
    }

    /// The bytes of its text at `span`.
    pub(crate) fn slice(&self, span: Span) -> &str {
        self.article.text.get(span.range()).unwrap_or_default()
    }
}

impl fmt::Debug for ArticleRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArticleRow").field("article", &self.article).field("facts", &self.facts).finish_non_exhaustive()
    }
}

/// A fact that a query found, with the article that states it. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct FactRow {
    article: Arc<ArticleRow>,
    which: usize,
}

impl FactRow {
    /// The article that states it.
    #[must_use]
    pub fn article(&self) -> &ArticleRow {
        &self.article
    }

    /// The fact.
    #[must_use]
    pub fn fact(&self) -> &Fact {
        &self.article.facts[self.which]
    }

    /// Its type.
    #[must_use]
    pub fn kind(&self) -> FactType {
        schema::fact_type(&self.fact().kind)
    }

    /// Its words, as printed.
    #[must_use]
    pub fn text(&self) -> &str {
        self.article.slice(self.fact().span)
    }

    /// The sentence around it, as bytes of the article's text; see [`ArticleRow::sentence`].
    #[must_use]
    pub fn sentence(&self) -> Span {
        self.article.sentence(self.fact().span)
    }

    /// The sentence around it, as printed.
    #[must_use]
    pub fn sentence_text(&self) -> &str {
        self.article.slice(self.sentence())
    }

    /// Whether it stands in the headline. What a headline says, the text says again.
    #[must_use]
    pub fn in_headline(&self) -> bool {
        self.article.article.title.is_some_and(|title| title.contains(self.fact().span))
    }

    /// The time that it tells of itself: a date's value, an indicator's period, the day of a meeting. `None` for one
    /// that tells none: a document's day of issue is not when it is cited, and a lunar date has no place among others.
    #[must_use]
    pub fn date(&self) -> Option<DateValue> {
        match &self.fact().kind {
            FactKind::Date(date) => date.calendar.is_solar().then_some(date.value),
            FactKind::Indicator(indicator) => indicator.period,
            FactKind::Meeting(meeting) => meeting.date,
            _ => None,
        }
    }

    /// Where it is: an indicator's place, the place whose body issued a document, where a meeting is held, the places
    /// that an official's posts belong to.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        let (one, offices) = match &self.fact().kind {
            FactKind::Indicator(indicator) => (indicator.place.as_deref(), &[][..]),
            FactKind::Document(document) => (document.place.as_deref(), &[][..]),
            FactKind::Meeting(meeting) => (meeting.place.as_deref(), &[][..]),
            FactKind::Official(official) => (None, &official.offices[..]),
            _ => (None, &[][..]),
        };
        one.into_iter().chain(offices.iter().filter_map(|office| office.place.as_deref()))
    }

    pub(crate) fn indicator(&self) -> Option<&Indicator> {
        match &self.fact().kind {
            FactKind::Indicator(indicator) => Some(indicator),
            _ => None,
        }
    }

    pub(crate) fn published(&self) -> Option<PartialDate> {
        self.article.article.published
    }
}

/// Articles, read one after the other; see [`NewsIndex::article_rows`].
#[must_use = "rows are read when they are asked for"]
pub struct ArticleRows(Sweep);

impl fmt::Debug for ArticleRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArticleRows").finish_non_exhaustive()
    }
}

impl Iterator for ArticleRows {
    type Item = Result<ArticleRow, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|found| found.map(|(article, _)| article))
    }
}

/// Facts, of one article after the other; see [`NewsIndex::fact_rows`].
#[must_use = "rows are read when they are asked for"]
pub struct FactRows {
    sweep: Sweep,
    article: Option<Arc<ArticleRow>>,
    wanted: vec::IntoIter<usize>,
}

impl fmt::Debug for FactRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FactRows").finish_non_exhaustive()
    }
}

impl Iterator for FactRows {
    type Item = Result<FactRow, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let (Some(article), Some(which)) = (&self.article, self.wanted.next()) {
                return Some(Ok(FactRow { article: article.clone(), which }));
            }
            match self.sweep.next()? {
                Ok((article, wanted)) => {
                    self.article = Some(Arc::new(article));
                    self.wanted = wanted.into_iter();
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl NewsIndex {
    /// Every fact that `query` finds, as a row.
    ///
    /// Facts come in the order in which the index keeps their articles, those of one article in the order of its text:
    /// each article is read once, and what is kept in memory at a time is one article and twelve bytes for each fact
    /// found in one part of the index. The iterator sees the index as it was when it was made, whatever is committed
    /// while it runs.
    ///
    /// # Errors
    ///
    /// [`Error::is_io`] or [`Error::is_index`] if the index cannot be read, now or for a row.
    ///
    /// ```
    /// use thoisu::index::{Copies, FactQuery, FactType, NewsIndex};
    /// use thoisu::{Analyzer, Article, Decimal, FactKind};
    ///
    /// let index = NewsIndex::in_ram(Analyzer::new())?;
    /// let mut writer = index.writer()?;
    /// for (id, text) in [("a1", "Xã có 340 hộ nghèo."), ("a2", "Huyện mở 12 lớp học, có 60 hộ nghèo dự.")] {
    ///     let mut article = Article::from_text(text);
    ///     article.id = Some(id.to_owned());
    ///     writer.add(&article)?;
    /// }
    /// writer.commit()?;
    ///
    /// let mut households = Decimal::ZERO;
    /// for row in index.fact_rows(&FactQuery::new().kind(FactType::Indicator).unit("hộ nghèo"), Copies::Once)? {
    ///     let row = row?;
    ///     let FactKind::Indicator(indicator) = &row.fact().kind else { continue };
    ///     households += indicator.value;
    /// }
    /// assert_eq!(households, Decimal::from(400));
    /// # Ok::<(), thoisu::Error>(())
    /// ```
    pub fn fact_rows(&self, query: &FactQuery, copies: Copies) -> Result<FactRows, Error> {
        let index = self.at_one_commit();
        let compiled = BooleanQuery::new(index.conditions(query));
        let sweep = Sweep::new(&index, Box::new(compiled), true, copies)?;
        Ok(FactRows { sweep, article: None, wanted: Vec::new().into_iter() })
    }

    /// Every article that `query` finds, as a row, in the order in which the index keeps them; those that match with
    /// other marks too, as [`NewsIndex::search`] finds them.
    ///
    /// One article is in memory at a time.
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::fact_rows`].
    pub fn article_rows(&self, query: &Query, copies: Copies) -> Result<ArticleRows, Error> {
        let index = self.at_one_commit();
        Ok(ArticleRows(Sweep::new(&index, compile::found(&index, query), false, copies)?))
    }
}

/// What a query finds, article by article in the order in which they are kept.
///
/// Texts are packed in blocks of many articles; read in their order, each block is unpacked once.
pub(crate) struct Sweep {
    index: NewsIndex,
    searcher: Searcher,
    compiled: Box<dyn tantivy::query::Query>,
    /// Whether the query finds facts.
    facts: bool,
    /// Copies of other articles.
    left_out: HashSet<DocAddress>,
    next_segment: u32,
    segment: u32,
    found: vec::IntoIter<Found>,
    ahead: Option<Found>,
}

/// A row of an article in its segment, and which fact of it was found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    article: DocId,
    fact: u64,
}

impl Sweep {
    pub(crate) fn new(
        index: &NewsIndex,
        compiled: Box<dyn tantivy::query::Query>,
        facts: bool,
        copies: Copies,
    ) -> Result<Self, Error> {
        let searcher = index.searcher();
        let mut sweep = Self {
            index: index.clone(),
            searcher,
            compiled,
            facts,
            left_out: HashSet::new(),
            next_segment: 0,
            segment: 0,
            found: Vec::new().into_iter(),
            ahead: None,
        };
        if copies == Copies::Once {
            sweep.leave_copies_out()?;
        }
        Ok(sweep)
    }

    /// The next article, without its text being read: where it is, and which of its facts were found.
    pub(crate) fn next_place(&mut self) -> Result<Option<(DocAddress, Vec<usize>)>, Error> {
        loop {
            let Some(first) = self.ahead.take().or_else(|| self.found.next()) else {
                if self.next_segment as usize >= self.searcher.segment_readers().len() {
                    return Ok(None);
                }
                self.segment = self.next_segment;
                self.next_segment += 1;
                self.found = self.in_segment(self.segment)?.into_iter();
                continue;
            };
            let mut wanted = vec![first.fact as usize];
            for found in self.found.by_ref() {
                if found.article != first.article {
                    self.ahead = Some(found);
                    break;
                }
                wanted.push(found.fact as usize);
            }
            let address = DocAddress::new(self.segment, first.article);
            if !self.left_out.contains(&address) {
                return Ok(Some((address, wanted)));
            }
        }
    }

    /// The next article and those of its facts that were found.
    fn next(&mut self) -> Option<Result<(ArticleRow, Vec<usize>), Error>> {
        let (address, mut wanted) = match self.next_place() {
            Ok(place) => place?,
            Err(error) => {
                // What follows a part that cannot be read may be good.
                return Some(Err(error));
            }
        };
        Some(self.read(address).map(|article| {
            wanted.retain(|which| *which < article.facts.len());
            (article, wanted)
        }))
    }

    fn read(&self, address: DocAddress) -> Result<ArticleRow, Error> {
        let (article, facts) = self.index.stored(&self.searcher, address)?;
        let group = self.segment_reader(address.segment_ord).fast_fields().u64(column::GROUP);
        let group = group.map_err(|error| self.index.failed(error))?.first(address.doc_id).unwrap_or_default();
        let analyzer = self.index.analyzer.clone();
        Ok(ArticleRow { article, facts, group, analyzer, sentences: OnceLock::new() })
    }

    /// When an article was published, at the precision that it gives; read from what is stored of it.
    pub(crate) fn published(&self, address: DocAddress) -> Result<Option<PartialDate>, Error> {
        Ok(self.index.stored(&self.searcher, address)?.0.published)
    }

    pub(crate) fn segment_reader(&self, segment: u32) -> &SegmentReader {
        self.searcher.segment_reader(segment)
    }

    fn in_segment(&self, segment: u32) -> Result<Vec<Found>, Error> {
        let reader = self.segment_reader(segment);
        self.matches(reader).map_err(|error| self.index.failed(error))
    }

    fn matches(&self, reader: &SegmentReader) -> Result<Vec<Found>, TantivyError> {
        let weight = self.compiled.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        let mut rows: Vec<DocId> = Vec::new();
        weight.for_each_no_score(reader, &mut |docs| {
            rows.extend(docs.iter().filter(|doc| !reader.is_deleted(**doc)));
        })?;
        if !self.facts {
            return Ok(rows.into_iter().map(|article| Found { article, fact: 0 }).collect());
        }
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let columns = reader.fast_fields();
        let ordinals = columns.u64(column::ORDINAL)?;
        let damaged = || TantivyError::InternalError("a fact without its article".to_owned());
        let ids = columns.str(column::ID)?.ok_or_else(damaged)?;
        // An article and its facts are written in one go, so they lie in one segment. They share their id.
        let mut article_of = vec![DocId::MAX; ids.num_terms()];
        let article = Term::from_field_text(self.index.fields.row, ARTICLE);
        let postings =
            reader.inverted_index(self.index.fields.row)?.read_postings(&article, IndexRecordOption::Basic)?;
        if let Some(mut postings) = postings {
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                if !reader.is_deleted(doc) {
                    for ord in ids.term_ords(doc) {
                        article_of[ord as usize] = doc;
                    }
                }
                postings.advance();
            }
        }
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let ord = ids.term_ords(row).next().ok_or_else(damaged)?;
            let article = article_of.get(ord as usize).copied().filter(|doc| *doc != DocId::MAX).ok_or_else(damaged)?;
            found.push(Found { article, fact: ordinals.first(row).ok_or_else(damaged)? });
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Finds, of each group of copies, the articles that are not the first.
    fn leave_copies_out(&mut self) -> Result<(), Error> {
        let mut first: HashMap<u64, (i64, DocAddress)> = HashMap::new();
        let index = self.index.clone();
        let failed = |error| index.failed(error);
        for segment in 0..self.searcher.segment_readers().len() as u32 {
            let found = self.in_segment(segment)?;
            let columns = self.segment_reader(segment).fast_fields();
            let groups = columns.u64(column::GROUP).map_err(failed)?;
            let days = columns.i64(column::PUBLISHED).map_err(failed)?;
            for article in found.chunk_by(|a, b| a.article == b.article).map(|rows| rows[0].article) {
                let Some(group) = groups.first(article) else { continue };
                let this = (days.first(article).unwrap_or(i64::MAX), DocAddress::new(segment, article));
                match first.entry(group) {
                    Entry::Vacant(entry) => {
                        entry.insert(this);
                    }
                    Entry::Occupied(mut entry) => {
                        let best = *entry.get();
                        // Whatever the order in which they are kept, the same one counts.
                        let earlier = this.0 < best.0
                            || this.0 == best.0
                                && index.id(&self.searcher, this.1)? < index.id(&self.searcher, best.1)?;
                        self.left_out.insert(if earlier { best.1 } else { this.1 });
                        if earlier {
                            entry.insert(this);
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// Written as an object with all columns in their order.
macro_rules! serialize_row {
    ($($row:ty),*) => {$(
        impl Serialize for $row {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(Some(Self::COLUMNS.len()))?;
                for column in Self::COLUMNS {
                    map.serialize_entry(column.name(), &column.cell(self))?;
                }
                map.end()
            }
        }
    )*};
}

serialize_row!(ArticleRow, FactRow);
