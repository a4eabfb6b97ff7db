//! From facts to the articles that hold them, and back.
//!
//! An article is a row, and the rows of its facts follow it directly: they are written in one run, and segments are
//! merged row after row. What is deleted is deleted as a whole. So a fact's ordinal tells which row is its article.

use tantivy::columnar::Column;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, TantivyError, Term};

use crate::index::store::schema::column;

/// The articles with a fact that the query finds.
#[derive(Debug)]
pub(crate) struct Holders(pub(crate) Box<dyn Query>);

/// The facts in the articles that the query finds.
#[derive(Debug)]
pub(crate) struct Held(pub(crate) Box<dyn Query>);

impl Clone for Holders {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Clone for Held {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

/// Neither ranks.
fn unscored<'a>(scoring: &EnableScoring<'a>) -> EnableScoring<'a> {
    match *scoring {
        EnableScoring::Enabled { searcher, .. } => EnableScoring::disabled_from_searcher(searcher),
        EnableScoring::Disabled { schema, searcher_opt } => EnableScoring::Disabled { schema, searcher_opt },
    }
}

impl Query for Holders {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(RowWeight { inner: self.0.weight(unscored(&scoring))?, to_facts: false }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.0.query_terms(visitor);
    }
}

impl Query for Held {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(RowWeight { inner: self.0.weight(unscored(&scoring))?, to_facts: true }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.0.query_terms(visitor);
    }
}

struct RowWeight {
    inner: Box<dyn Weight>,
    to_facts: bool,
}

impl Weight for RowWeight {
    fn scorer(&self, reader: &SegmentReader, boost: f32) -> tantivy::Result<Box<dyn Scorer>> {
        let ordinals = Ordinals { column: reader.fast_fields().u64(column::ORDINAL)?, rows: reader.max_doc() };
        let inner = self.inner.scorer(reader, 1.0)?;
        if inner.doc() == TERMINATED {
            return Ok(Box::new(EmptyScorer));
        }
        if self.to_facts {
            let mut facts = Facts { articles: inner, ordinals, row: 0 };
            facts.first();
            Ok(Box::new(ConstScorer::new(facts, boost)))
        } else {
            let mut articles = Articles { facts: inner, ordinals, row: 0 };
            articles.from(0);
            Ok(Box::new(ConstScorer::new(articles, boost)))
        }
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument("rows have no score to explain".to_owned()))
    }
}

/// Which of its article's facts a row is.
struct Ordinals {
    column: Column<u64>,
    rows: DocId,
}

impl Ordinals {
    /// The row of the article that a row of a fact belongs to; none for an article.
    fn article(&self, row: DocId) -> Option<DocId> {
        let ordinal = if row < self.rows { self.column.first(row)? } else { return None };
        row.checked_sub(u32::try_from(ordinal).ok()?)?.checked_sub(1)
    }
}

struct Articles {
    facts: Box<dyn Scorer>,
    ordinals: Ordinals,
    row: DocId,
}

impl Articles {
    /// The first article from the row `least` on that holds the fact reached or a later one.
    fn from(&mut self, least: DocId) -> DocId {
        let mut fact = self.facts.doc();
        self.row = loop {
            if fact == TERMINATED {
                break TERMINATED;
            }
            match self.ordinals.article(fact) {
                Some(article) if article >= least => break article,
                _ => fact = self.facts.advance(),
            }
        };
        self.row
    }
}

impl DocSet for Articles {
    fn advance(&mut self) -> DocId {
        if self.row == TERMINATED { TERMINATED } else { self.from(self.row + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.row >= target {
            return self.row;
        }
        if target >= TERMINATED {
            self.row = TERMINATED;
            return TERMINATED;
        }
        // The facts of `target` come after it.
        if self.facts.doc() < target {
            self.facts.seek(target);
        }
        self.from(target)
    }

    fn doc(&self) -> DocId {
        self.row
    }

    fn size_hint(&self) -> u32 {
        self.facts.size_hint()
    }

    fn cost(&self) -> u64 {
        self.facts.cost()
    }
}

struct Facts {
    articles: Box<dyn Scorer>,
    ordinals: Ordinals,
    row: DocId,
}

impl Facts {
    /// The first fact of the article reached, or of the next one that has any.
    fn first(&mut self) -> DocId {
        let mut article = self.articles.doc();
        self.row = loop {
            if article == TERMINATED {
                break TERMINATED;
            }
            if self.ordinals.article(article + 1) == Some(article) {
                break article + 1;
            }
            article = self.articles.advance();
        };
        self.row
    }
}

impl DocSet for Facts {
    fn advance(&mut self) -> DocId {
        if self.row == TERMINATED {
            return TERMINATED;
        }
        if self.ordinals.article(self.row + 1) == Some(self.articles.doc()) {
            self.row += 1;
            return self.row;
        }
        self.articles.advance();
        self.first()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.row >= target {
            return self.row;
        }
        if target >= TERMINATED {
            self.row = TERMINATED;
            return TERMINATED;
        }
        let article = self.ordinals.article(target);
        let wanted = article.unwrap_or(target);
        if self.articles.doc() < wanted {
            self.articles.seek(wanted);
        }
        if article == Some(self.articles.doc()) {
            self.row = target;
            return target;
        }
        self.first()
    }

    fn doc(&self) -> DocId {
        self.row
    }

    fn size_hint(&self) -> u32 {
        self.articles.size_hint()
    }

    fn cost(&self) -> u64 {
        self.articles.cost()
    }
}
