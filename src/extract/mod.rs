//! Facts: dates, documents, officials and indicators, each with its place in the original text.
//!
//! | type | what it is | value |
//! |---|---|---|
//! | [`DateFact`] | a date or a period at the precision that is printed | [`DateValue`](crate::DateValue) and its [`DateRole`] |
//! | [`DocumentRef`] | a party, state or legal document with a number, a code, a term of congress, an issue date or, for laws, a name | kind, code, issue date, issuer, term, title |
//! | [`Official`] | a person named with a post, or with the honorific of one in office | name and posts |
//! | [`Indicator`] | a number that measures something | value in its base unit, unit, denominator, range, qualifier, change |
//!
//! No fact is guessed: a partial date without a year to read it from, a bare number, a citizen's name are none.
//!
//! Rules run one after the other, and each sees what those before it found: a number inside a date or a code is no
//! indicator, and a date behind a code says when the document was issued. Words live in the tables of `src/data`, grammar
//! in the rules; both read the [`Atoms`](crate::segment::Atoms) of a document. A rule of your own is the same thing as a
//! built-in one:
//!
//! ```
//! use thoisu::extract::{Fact, FactKind, Indicator, Qualifier, Rule};
//! use thoisu::{Analyzer, Article, Document};
//!
//! /// Counts stars: `OCOP 4 sao`.
//! struct Stars;
//!
//! impl Rule for Stars {
//!     fn name(&self) -> &'static str {
//!         "stars"
//!     }
//!
//!     fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
//!         let atoms = document.atoms();
//!         for i in 1..atoms.len() {
//!             if atoms.lower(i) == "sao" && let Ok(value) = atoms.text(i - 1).parse() {
//!                 let stars = Indicator {
//!                     value, unit: "sao".to_owned(), of: None, upper: None, qualifier: Qualifier::Exact, change: None,
//!                 };
//!                 facts.push(Fact { span: document.span(i - 1..i + 1), kind: FactKind::Indicator(stars) });
//!             }
//!         }
//!     }
//! }
//!
//! let analyzer = Analyzer::builder().rule(Stars).build();
//! let article = Article::from_text("Gạo nếp đạt chuẩn OCOP 4 sao.");
//! let facts = analyzer.facts(&analyzer.document(&article));
//! assert_eq!(&article.text[facts[0].span.range()], "4 sao");
//! ```

mod date;
mod document;
mod fact;
mod indicator;
mod official;
mod phrases;
#[cfg(feature = "serde")]
mod record;

pub use date::{DateRule, Prefer};
pub use document::DocumentRule;
pub use fact::{Change, DateFact, DateRole, DocumentRef, Fact, FactKind, Indicator, Official, PartOfDay, Qualifier};
pub use indicator::IndicatorRule;
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
    vec![Box::new(DateRule::new()), Box::new(DocumentRule), Box::new(OfficialRule), Box::new(IndicatorRule)]
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
