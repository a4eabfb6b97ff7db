//! Facts as rows of a table.

use std::ops::Bound;

use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, RangeQuery};
use tantivy::schema::Field;
use tantivy::{DocAddress, Order, Searcher, Term};

use crate::article::Article;
use crate::date::PartialDate;
use crate::error::Error;
use crate::extract::Fact;
use crate::index::NewsIndex;
use crate::index::query::FactType;
use crate::index::query::condition::{Attribute, FactQuery, Values, When};
use crate::index::search::compile::{self, Boxed};
use crate::index::search::rows::Held;
use crate::index::store::schema::{EVENT, FACT, column};
use crate::index::store::tokenizer;
use crate::span::Span;

/// Some of the facts that a query finds.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct FactPage {
    /// The latest articles first; facts of one article in the order of its text.
    pub hits: Vec<FactHit>,
    /// How many facts the query finds.
    pub total: usize,
}

/// A fact, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
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
        let index = self.at_one_commit();
        let searcher = index.searcher();
        let compiled = BooleanQuery::new(index.conditions(query));
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
            let Some((article, facts)) = index.article(id)? else { continue };
            let document = self.analyzer.document(&article);
            let sentences: Vec<Span> = document.sentences().iter().map(|sentence| sentence.span).collect();
            let named = rows.iter().filter_map(|(_, _, ordinal)| facts.get(*ordinal as usize));
            page.hits.extend(named.map(|fact| FactHit::new(id.clone(), &article, &sentences, fact)));
        }
        Ok(page)
    }

    /// What the rows of the facts must be.
    pub(crate) fn conditions(&self, query: &FactQuery) -> Conditions {
        let fields = &self.fields;
        let mut all: Conditions = Vec::new();
        let mut must = |condition| all.push((Occur::Must, condition));
        must(compile::term(fields.row, FACT));
        if let Some(kind) = query.kind {
            must(compile::term(fields.kind, kind.name()));
        }
        for (attribute, text) in &query.texts {
            match attribute {
                Attribute::Article => must(compile::term(fields.id, text)),
                Attribute::Code => must(compile::term(fields.code, &tokenizer::code_key(text))),
                Attribute::Name if query.kind == Some(FactType::Official) => must(self.named(fields.official, text)),
                Attribute::Name => must(self.writings_of(text, |terms| together(fields.fact, terms))),
                Attribute::Official => must(self.named(fields.official, text)),
                Attribute::Post => must(self.named(fields.post, text)),
                Attribute::Issuer => must(self.named(fields.issuer, text)),
                Attribute::Place => must(self.named(fields.place, text)),
                Attribute::Chair => must(self.named(fields.chair, text)),
                Attribute::Words => {
                    let all = [fields.fact, fields.official, fields.post, fields.issuer, fields.place];
                    for (_, folded) in tokenizer::words(text) {
                        let any = all.iter().map(|field| compile::term(*field, &folded));
                        must(compile::union(any.collect()));
                    }
                }
            }
        }
        match &query.unit {
            Some(unit) => must(self.measured(unit, query.value)),
            None => query.value.into_iter().flat_map(|values| self.valued(values)).for_each(&mut must),
        }
        for (when, (from, to)) in &query.dates {
            if *when == When::Published {
                must(compile::published(fields, *from, *to));
                continue;
            }
            if *when == When::Event {
                must(compile::term(fields.role, EVENT));
            }
            must(compile::days(fields.from, None, to.map(|date| date.last_day().epoch_day())));
            must(compile::days(fields.to, from.map(PartialDate::epoch_day), None));
        }
        if let Some(query) = &query.within {
            must(Box::new(Held(compile::found(self, query))));
        }
        all
    }

    /// Words of a name in their order, or as they are abbreviated or written out; exact where they are typed with marks.
    pub(crate) fn named(&self, field: Field, text: &str) -> Box<dyn tantivy::query::Query> {
        self.writings_of(text, |terms| compile::sequence(field, terms))
    }

    /// What `read` makes of the terms of a text, or of its terms as they are abbreviated or written out.
    fn writings_of(&self, text: &str, read: impl Fn(&[&str]) -> Option<Boxed>) -> Boxed {
        let marked = tokenizer::has_marks(text);
        let terms = tokenizer::words(text);
        let writings = std::iter::once(terms.clone()).chain(self.writings.variants(&terms));
        let parts = writings.filter_map(|terms| {
            let terms: Vec<_> = terms.iter().map(|term| compile::form(term, marked)).collect();
            read(&terms)
        });
        let parts: Vec<_> = parts.collect();
        if parts.is_empty() { Box::new(EmptyQuery) } else { compile::union(parts) }
    }

    /// Values of a unit, and the same amounts of the others that measure the same thing.
    fn measured(&self, unit: &str, values: Option<Values>) -> Box<dyn tantivy::query::Query> {
        let asked = self.units.asked(unit);
        let mut units = self.units.same(&asked.unit);
        if units.is_empty() {
            units.push((&asked.unit, 1.0));
        }
        let one = |(unit, factor): (&str, f64)| {
            let mut all: Conditions = vec![(Occur::Must, compile::term(self.fields.unit, unit))];
            if let Some(values) = values {
                let factor = asked.factor * factor;
                let values = if factor == 1.0 { values } else { values.times(factor).rounded() };
                all.extend(self.valued(values).into_iter().map(|condition| (Occur::Must, condition)));
            }
            Box::new(BooleanQuery::new(all)) as Box<dyn tantivy::query::Query>
        };
        compile::union(units.into_iter().map(one).collect())
    }

    /// Ranges of values that touch a range.
    fn valued(&self, values: Values) -> [Box<dyn tantivy::query::Query>; 2] {
        // An end that is open still asks for a value.
        let low = match values.low {
            Bound::Unbounded => Bound::Included(f64::MIN),
            bound => bound,
        };
        let high = match values.high {
            Bound::Unbounded => Bound::Included(f64::MAX),
            bound => bound,
        };
        let of = |field, bound: Bound<f64>| bound.map(|value| Term::from_field_f64(field, value));
        let (value, upper) = (self.fields.value, self.fields.upper);
        [
            Box::new(RangeQuery::new(of(value, Bound::Included(f64::MIN)), of(value, high))),
            Box::new(RangeQuery::new(of(upper, low), of(upper, Bound::Included(f64::MAX)))),
        ]
    }

    /// Which of the facts of an article a query finds, in the order of its text.
    pub(crate) fn ordinals(&self, searcher: &Searcher, query: &FactQuery, id: &str) -> Result<Vec<usize>, Error> {
        let mut all = self.conditions(query);
        all.push((Occur::Must, compile::term(self.fields.id, id)));
        let rows = searcher.search(&BooleanQuery::new(all), &DocSetCollector).map_err(|error| self.failed(error))?;
        let mut ordinals = Vec::with_capacity(rows.len());
        for address in rows {
            ordinals.push(self.row(searcher, address)?.1 as usize);
        }
        ordinals.sort_unstable();
        Ok(ordinals)
    }

    /// The article's id, and which of its facts a row is.
    fn row(&self, searcher: &Searcher, address: DocAddress) -> Result<(String, u64), Error> {
        let columns = searcher.segment_reader(address.segment_ord).fast_fields();
        let ordinals = columns.u64(column::ORDINAL).map_err(|error| self.failed(error))?;
        let ordinal = ordinals.first(address.doc_id).ok_or_else(|| self.damaged())?;
        Ok((self.id(searcher, address)?, ordinal))
    }

    /// The id of the article that a row belongs to.
    pub(crate) fn id(&self, searcher: &Searcher, address: DocAddress) -> Result<String, Error> {
        let columns = searcher.segment_reader(address.segment_ord).fast_fields();
        let ids = columns.str(column::ID).map_err(|error| self.failed(error))?.ok_or_else(|| self.damaged())?;
        let mut id = String::new();
        let ord = ids.term_ords(address.doc_id).next().ok_or_else(|| self.damaged())?;
        ids.ord_to_str(ord, &mut id).map_err(|error| self.failed(error.into()))?;
        Ok(id)
    }
}

/// All terms, in any order: a clause is short.
fn together(field: Field, terms: &[&str]) -> Option<Boxed> {
    let terms = terms.iter().map(|text| (Occur::Must, compile::term(field, text)));
    (terms.len() > 0).then(|| Box::new(BooleanQuery::new(terms.collect())) as Boxed)
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
            sentence_text: article.text.get(sentence.range()).unwrap_or_default().to_owned(),
        }
    }
}

/// The sentence in which a span begins.
pub(crate) fn sentence(sentences: &[Span], span: Span) -> Span {
    let next = sentences.partition_point(|sentence| sentence.start <= span.start);
    sentences[..next].last().copied().unwrap_or_default()
}
