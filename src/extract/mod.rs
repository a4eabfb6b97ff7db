//! Facts: dates, documents, officials and indicators, each with its place in the original text.
//!
//! | type | what it is | value |
//! |---|---|---|
//! | [`DateFact`] | a date or a period at the precision that is printed | [`DateValue`](crate::DateValue) and its [`DateRole`] |
//! | [`DocumentRef`] | a party, state or legal document with a number, a code, a term of congress, an issue date or, for laws, a name | kind, code, issue date, issuer, term, title |
//! | [`Standard`] | a technical standard or regulation | kind, code, number, year |
//! | [`Provision`] | an article, a clause, a point of a document | their numbers, and the document |
//! | [`Official`] | a person named with a post, or with the honorific of one in office | name, posts and their parts, act |
//! | [`Indicator`] | a number that measures something | value in its base unit, unit, denominator, range, qualifier, change, what it is measured by, where and when it holds |
//! | [`Mention`] | a post alone or `Nghị quyết này` that means what was named before | the official or the document that is meant, act |
//! | [`Meeting`] | the event that the article reports on, if it reports on one | kind, name, host, date, place, chairs, speakers |
//! | [`Check`] | statements that bear each other out, or do not | what is compared, whether it holds, what was computed |
//!
//! No fact is guessed: a partial date without a year to read it from, a bare number, a citizen's name are none.
//!
//! Rules run one after the other, and each sees what those before it found: a number inside a date or a code is no
//! indicator, and a date behind a code says when the document was issued. Words live in the tables of `src/data`, grammar
//! in the rules; both read the [`Atoms`](crate::segment::Atoms) of a document. A rule of your own is the same thing as a
//! built-in one:
//!
//! ```
//! use thoisu::extract::{Fact, Indicator, Rule};
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
//!             if atoms.lower(i) == "sao" && let Ok(stars) = atoms.text(i - 1).parse::<u32>() {
//!                 facts.push(Fact::new(document.span(i - 1..i + 1), Indicator::new(stars, "sao")));
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

mod abbreviations;
mod check;
mod date;
#[cfg(feature = "serde")]
pub(crate) mod decimal;
mod document;
mod fact;
mod indicator;
mod make;
mod meeting;
mod official;
mod phrases;
#[cfg(feature = "serde")]
mod record;
mod tables;

pub use abbreviations::{Abbreviation, abbreviations};
pub use check::CheckRule;
pub use date::{DateRule, Prefer};
pub use document::{DocumentRule, ProvisionRule, StandardRule};
pub use fact::{
    Act, Change, Check, CheckKind, DateFact, DateRole, DocumentRef, Fact, FactKind, Indicator, Level, Meeting, Mention,
    Office, Official, PartOfDay, Provision, Qualifier, Standard, StandardKind, System,
};
pub use indicator::{IndicatorRule, number};
pub use meeting::MeetingRule;
pub use official::OfficialRule;
#[cfg(feature = "serde")]
pub use record::Record;
pub use tables::{Table, Tables};

use crate::segment::Document;

/// Finds facts of one kind. Built-in rules and a user's own are the same thing.
///
/// One analyzer runs its rules in many threads at once, so a rule keeps nothing between two articles. That analysis never
/// panics and takes time in proportion to the text holds as far as it holds for each rule.
pub trait Rule: Send + Sync {
    /// A short name, by which explanations call it. A rule that is added under the name of another takes its place
    /// ([`AnalyzerBuilder::rule`](crate::AnalyzerBuilder::rule)), and an index belongs to an analyzer with rules of these
    /// names.
    fn name(&self) -> &'static str;

    /// Adds what it finds to `facts`, which hold what the rules before it found, in any order. It may take others back.
    ///
    /// Spans are bytes of the original text: [`Document::span`] gives them for atoms.
    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>);

    /// The rows of tables behind one of its facts, in the order of the text; none where grammar alone decides.
    ///
    /// It is asked for explanations alone, and may look everything up again.
    fn explain(&self, document: &Document<'_>, fact: &Fact) -> Vec<Evidence> {
        let _ = (document, fact);
        Vec::new()
    }
}

/// A row of a table that a fact rests on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Evidence {
    /// The file in `src/data`; a rule of your own may name a table of its own.
    pub table: &'static str,
    /// The row, with tabs between its cells.
    pub row: String,
}

impl Evidence {
    /// This row of this table.
    #[must_use]
    pub fn new(table: &'static str, row: impl Into<String>) -> Self {
        Self { table, row: row.into() }
    }
}

/// A fact with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Explained {
    /// The fact.
    pub fact: Fact,
    /// The name of the rule that found it.
    pub rule: &'static str,
    /// The rows of tables that it rests on, in the order of the text.
    pub evidence: Vec<Evidence>,
}

/// The built-in rules, in the order in which they run.
pub(crate) fn rules(tables: &Tables) -> Vec<Box<dyn Rule>> {
    vec![
        Box::new(DateRule::new()),
        Box::new(DocumentRule::new(tables)),
        Box::new(StandardRule::new(tables)),
        Box::new(ProvisionRule::new(tables)),
        Box::new(OfficialRule::new(tables)),
        Box::new(IndicatorRule::new(tables)),
        Box::new(CheckRule::new()),
        Box::new(MeetingRule::new(tables)),
    ]
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

/// Runs the rules as [`run`] does, and asks each about the facts that it added.
pub(crate) fn explain(rules: &[Box<dyn Rule>], document: &Document<'_>) -> Vec<Explained> {
    let mut facts = Vec::new();
    let mut found_by: Vec<&dyn Rule> = Vec::new();
    for rule in rules {
        rule.find(document, &mut facts);
        found_by.resize(facts.len(), rule.as_ref());
    }
    let explained = |(fact, rule): (Fact, &dyn Rule)| {
        let evidence = rule.explain(document, &fact);
        Explained { fact, rule: rule.name(), evidence }
    };
    let mut explained: Vec<Explained> = facts.into_iter().zip(found_by).map(explained).collect();
    explained.sort_by_key(|explained| (explained.fact.span.start, explained.fact.span.end));
    explained
}
