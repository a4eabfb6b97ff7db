//! Facts as rows of a table.

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, RangeQuery};
use tantivy::schema::Field;
use tantivy::{DocAddress, Order, Searcher, Term};

use std::ops::{Bound, RangeInclusive};

use super::query::FactType;
use super::schema::{self, FACT, column};
use super::{NewsIndex, compile, tokenizer};
use crate::article::Article;
use crate::date::PartialDate;
use crate::error::Error;
use crate::extract::Fact;
use crate::span::Span;

/// Which facts to list. All conditions hold for one and the same fact.
///
/// ```
/// use thoisu::index::{FactQuery, FactType};
///
/// let query = FactQuery::new().kind(FactType::Indicator).unit("lượt người").value(1_000.0..=f64::MAX);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FactQuery {
    kind: Option<FactType>,
    article: Option<String>,
    code: Option<String>,
    official: Option<String>,
    unit: Option<String>,
    words: Option<String>,
    value: Option<(f64, f64)>,
    date: Option<(Option<PartialDate>, Option<PartialDate>)>,
    published: Option<(Option<PartialDate>, Option<PartialDate>)>,
}

impl FactQuery {
    /// All facts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Facts of this type.
    pub fn kind(mut self, kind: FactType) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Facts of the article with this id.
    pub fn article(mut self, id: impl Into<String>) -> Self {
        self.article = Some(id.into());
        self
    }

    /// References to the document with this code, in any notation.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Mentions of this person; a part of the name will do.
    pub fn official(mut self, name: impl Into<String>) -> Self {
        self.official = Some(name.into());
        self
    }

    /// Indicators in this unit: `lượt người`, `%`, `VND`. Letter case does not matter.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// Facts with these words, whatever their marks: in their own text, a person's posts, a document's title or issuer.
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.words = Some(words.into());
        self
    }

    /// Indicators with a value in this range, in the base unit; a range of values that touches it counts.
    pub fn value(mut self, value: RangeInclusive<f64>) -> Self {
        self.value = Some((*value.start(), *value.end()));
        self
    }

    /// Dates, and documents issued, from the first day of `from` to the last day of `to`; a period that touches it
    /// counts.
    pub fn date(mut self, from: impl Into<Option<PartialDate>>, to: impl Into<Option<PartialDate>>) -> Self {
        self.date = Some((from.into(), to.into()));
        self
    }

    /// Facts of articles published from the first day of `from` to the last day of `to`.
    pub fn published(mut self, from: impl Into<Option<PartialDate>>, to: impl Into<Option<PartialDate>>) -> Self {
        self.published = Some((from.into(), to.into()));
        self
    }
}

/// Some of the facts that a query finds.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct FactPage {
    /// The latest articles first; facts of one article in the order of its text.
    pub hits: Vec<FactHit>,
    /// How many facts the query finds.
    pub total: usize,
}

/// A fact, and where it stands.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FactHit {
    /// The fact.
    pub fact: Fact,
    /// Its bytes of the article's text.
    pub text: String,
    /// The id of the article.
    pub article: String,
    /// The article's headline.
    pub title: Option<String>,
    /// When the article was published.
    pub published: Option<PartialDate>,
    /// The sentence around it, as bytes of the article's text.
    pub sentence: Span,
    /// The sentence around it.
    pub sentence_text: String,
}

type Conditions = Vec<(Occur, Box<dyn tantivy::query::Query>)>;

impl NewsIndex {
    /// The first `limit` facts that `query` asks for.
    ///
    /// # Errors
    ///
    /// [`Error::is_io`] or [`Error::is_index`] if the index cannot be read.
    pub fn facts(&self, query: &FactQuery, limit: usize) -> Result<FactPage, Error> {
        let searcher = self.reader.searcher();
        let compiled = BooleanQuery::new(self.conditions(query));
        let failed = |error| self.failed(error);
        let total = searcher.search(&compiled, &Count).map_err(failed)?;
        let mut page = FactPage { hits: Vec::new(), total };
        if limit == 0 || total == 0 {
            return Ok(page);
        }
        let top = TopDocs::with_limit(limit.min(total));
        let top = top.order_by_fast_field::<i64>(column::PUBLISHED, Order::Desc);
        let mut rows = Vec::new();
        for (published, address) in searcher.search(&compiled, &top).map_err(failed)? {
            let (id, ordinal) = self.row(&searcher, address)?;
            rows.push((std::cmp::Reverse(published), id, ordinal));
        }
        rows.sort();
        // Rows of one article stand together, so each article is read once.
        for rows in rows.chunk_by(|(_, id, _), (_, next, _)| id == next) {
            let id = &rows[0].1;
            let Some((article, facts)) = self.article(id)? else { continue };
            let document = self.analyzer.document(&article);
            let sentences: Vec<Span> = document.sentences().iter().map(|sentence| sentence.span).collect();
            let named = rows.iter().filter_map(|(_, _, ordinal)| facts.get(*ordinal as usize));
            page.hits.extend(named.map(|fact| FactHit::new(id.clone(), &article, &sentences, fact)));
        }
        Ok(page)
    }

    pub(super) fn conditions(&self, query: &FactQuery) -> Conditions {
        let fields = &self.fields;
        let mut all: Conditions = Vec::new();
        let mut must = |condition| all.push((Occur::Must, condition));
        must(compile::term(fields.row, FACT));
        if let Some(kind) = query.kind {
            must(compile::term(fields.kind, kind.name()));
        }
        if let Some(id) = &query.article {
            must(compile::term(fields.id, id));
        }
        if let Some(code) = &query.code {
            must(compile::term(fields.code, &tokenizer::code_key(code)));
        }
        if let Some(name) = &query.official {
            must(compile::official(fields, name));
        }
        if let Some(unit) = &query.unit {
            must(compile::term(fields.unit, &schema::unit_key(unit)));
        }
        for (_, folded) in query.words.iter().flat_map(|words| tokenizer::words(words)) {
            must(compile::term(fields.fact, &folded));
        }
        if let Some((low, high)) = query.value {
            must(at_most(fields.value, high));
            must(at_least(fields.upper, low));
        }
        if let Some((from, to)) = query.date {
            must(compile::days(fields.from, None, to.map(|date| date.last_day().epoch_day())));
            must(compile::days(fields.to, from.map(PartialDate::epoch_day), None));
        }
        if let Some((from, to)) = query.published {
            must(compile::published(fields, from, to));
        }
        all
    }

    /// The article's id, and which of its facts a row is.
    fn row(&self, searcher: &Searcher, address: DocAddress) -> Result<(String, u64), Error> {
        let columns = searcher.segment_reader(address.segment_ord).fast_fields();
        let ordinals = columns.u64(column::ORDINAL).map_err(|error| self.failed(error))?;
        let ordinal = ordinals.first(address.doc_id).ok_or_else(|| self.damaged())?;
        Ok((self.id(searcher, address)?, ordinal))
    }

    /// The id of the article that a row belongs to.
    pub(super) fn id(&self, searcher: &Searcher, address: DocAddress) -> Result<String, Error> {
        let columns = searcher.segment_reader(address.segment_ord).fast_fields();
        let ids = columns.str(column::ID).map_err(|error| self.failed(error))?.ok_or_else(|| self.damaged())?;
        let mut id = String::new();
        let ord = ids.term_ords(address.doc_id).next().ok_or_else(|| self.damaged())?;
        ids.ord_to_str(ord, &mut id).map_err(|error| self.failed(error.into()))?;
        Ok(id)
    }
}

impl FactHit {
    fn new(id: String, article: &Article, sentences: &[Span], fact: &Fact) -> Self {
        let sentence = sentence(sentences, fact.span);
        Self {
            fact: fact.clone(),
            text: article.text.get(fact.span.range()).unwrap_or_default().to_owned(),
            article: id,
            title: article.title().map(str::to_owned),
            published: article.published,
            sentence,
            sentence_text: article.text[sentence.range()].to_owned(),
        }
    }
}

/// The sentence in which a span begins.
pub(super) fn sentence(sentences: &[Span], span: Span) -> Span {
    let next = sentences.partition_point(|sentence| sentence.start <= span.start);
    sentences[..next].last().copied().unwrap_or_default()
}

fn at_most(field: Field, value: f64) -> Box<dyn tantivy::query::Query> {
    Box::new(RangeQuery::new(
        Bound::Included(Term::from_field_f64(field, f64::MIN)),
        Bound::Included(Term::from_field_f64(field, value)),
    ))
}

fn at_least(field: Field, value: f64) -> Box<dyn tantivy::query::Query> {
    Box::new(RangeQuery::new(
        Bound::Included(Term::from_field_f64(field, value)),
        Bound::Included(Term::from_field_f64(field, f64::MAX)),
    ))
}
