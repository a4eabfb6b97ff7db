use serde::Serialize;

use super::{Fact, FactKind};
use crate::article::Article;
use crate::date::PartialDate;

/// An article's facts in the form in which they are exchanged: one JSON object an article.
///
/// Each fact carries `start` and `end`, bytes of the original text, and `text`, exactly those bytes.
#[derive(Clone, Debug, Serialize)]
pub struct Record<'a> {
    id: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<PartialDate>,
    facts: Vec<Entry<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct Entry<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    #[serde(flatten)]
    kind: &'a FactKind,
}

impl<'a> Record<'a> {
    /// The record of an article and the facts found in it.
    #[must_use]
    pub fn new(article: &'a Article, facts: &'a [Fact]) -> Self {
        let entry = |fact: &'a Fact| Entry {
            start: fact.span.start,
            end: fact.span.end,
            text: article.text.get(fact.span.range()).unwrap_or_default(),
            kind: &fact.kind,
        };
        Self {
            id: article.id.as_deref(),
            title: article.title(),
            published: article.published,
            facts: facts.iter().map(entry).collect(),
        }
    }
}
