//! Words outside of the headline.

use tantivy::columnar::Column;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

use crate::index::store::schema::column;

/// What `inner` finds where its terms stand one after the other outside of the headline, too.
///
/// The text of an article is indexed once, headline and all. Which places are the headline's is known, so the rest needs
/// no field of its own.
#[derive(Debug)]
pub(crate) struct Outside {
    pub(crate) inner: Box<dyn Query>,
    pub(crate) terms: Vec<Term>,
}

impl Clone for Outside {
    fn clone(&self) -> Self {
        Self { inner: self.inner.box_clone(), terms: self.terms.clone() }
    }
}

impl Query for Outside {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(OutsideWeight { inner: self.inner.weight(scoring)?, terms: self.terms.clone() }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.inner.query_terms(visitor);
    }
}

struct OutsideWeight {
    inner: Box<dyn Weight>,
    terms: Vec<Term>,
}

impl Weight for OutsideWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut postings = Vec::with_capacity(self.terms.len());
        for term in &self.terms {
            let index = reader.inverted_index(term.field())?;
            let Some(list) = index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)? else {
                return Ok(Box::new(EmptyScorer));
            };
            postings.push(list);
        }
        let inner = self.inner.scorer(reader, boost)?;
        let headline = reader.fast_fields().u64(column::HEADLINE)?;
        let mut scorer = OutsideScorer { inner, postings, headline, places: Vec::new(), next: Vec::new() };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument("no explanation of words outside of the headline".to_owned()))
    }
}

struct OutsideScorer {
    inner: Box<dyn Scorer>,
    postings: Vec<SegmentPostings>,
    headline: Column<u64>,
    /// Where the terms looked at so far stand in their order, by the first of them; where the next one stands.
    places: Vec<u32>,
    next: Vec<u32>,
}

impl OutsideScorer {
    /// Goes on to the first article that counts.
    fn settle(&mut self) -> DocId {
        let mut doc = self.inner.doc();
        while doc != TERMINATED && !self.counts(doc) {
            doc = self.inner.advance();
        }
        doc
    }

    fn counts(&mut self, doc: DocId) -> bool {
        let Some(headline) = self.headline.first(doc) else { return true };
        let (first, end) = ((headline >> 32) as u32, headline as u32);
        for (i, postings) in self.postings.iter_mut().enumerate() {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() != doc {
                return false;
            }
            if i == 0 {
                postings.positions(&mut self.places);
            } else {
                postings.positions(&mut self.next);
                let next = &self.next;
                self.places.retain(|place| next.binary_search(&(place + i as u32)).is_ok());
            }
        }
        let length = self.postings.len() as u32;
        self.places.iter().any(|place| *place >= end || place + length <= first)
    }
}

impl DocSet for OutsideScorer {
    fn advance(&mut self) -> DocId {
        self.inner.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.inner.seek(target);
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.inner.doc()
    }

    fn size_hint(&self) -> u32 {
        self.inner.size_hint()
    }

    fn cost(&self) -> u64 {
        self.inner.cost()
    }
}

impl Scorer for OutsideScorer {
    fn score(&mut self) -> Score {
        self.inner.score()
    }
}
