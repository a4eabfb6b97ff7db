//! Facts: dates, documents, officials and indicators, each with its place in the original text.

mod date;
mod document;
mod fact;
mod official;
pub(crate) mod phrases;
#[cfg(feature = "serde")]
mod record;

pub use date::DateRule;
pub use document::DocumentRule;
pub use fact::{Change, DateFact, DateRole, DocumentRef, Fact, FactKind, Indicator, Official, PartOfDay, Qualifier};
pub use official::OfficialRule;
#[cfg(feature = "serde")]
pub use record::Record;

use crate::segment::Document;

/// Finds facts of one kind. Built-in rules and a user's own are the same thing.
pub trait Rule: Send + Sync {
    /// A short name, for explanations.
    fn name(&self) -> &'static str;

    /// Adds what it finds to `facts`, which hold what the rules before it found.
    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>);
}

/// The built-in rules, in the order in which they run.
pub(crate) fn rules() -> Vec<Box<dyn Rule>> {
    vec![Box::new(DateRule), Box::new(DocumentRule), Box::new(OfficialRule)]
}

/// Runs the rules and puts the facts in the order of the text.
pub(crate) fn run(rules: &[Box<dyn Rule>], document: &Document<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for rule in rules {
        rule.find(document, &mut facts);
    }
    facts.sort_by_key(|fact| (fact.span.start, fact.span.end));
    facts
}
