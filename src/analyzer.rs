use std::fmt;
use std::sync::Arc;

use crate::article::Article;
use crate::extract::{self, Explained, Fact, Rule, Tables};
use crate::segment::{Document, Segmenter};

/// The front door: from an article to its words and facts.
///
/// It is built once and shared: cloning is cheap, and all methods take `&self`.
#[derive(Clone)]
pub struct Analyzer {
    segmenter: Segmenter,
    rules: Arc<[Box<dyn Rule>]>,
    #[cfg(feature = "index")]
    tables: Arc<Tables>,
}

impl Analyzer {
    /// With the built-in tables and rules. The tables are read on first use and shared by all analyzers.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// With tables, rules or words of your own.
    ///
    /// ```
    /// use thoisu::extract::{Table, Tables};
    /// use thoisu::segment::Lexicon;
    /// use thoisu::{Analyzer, Segmenter};
    ///
    /// let mut tables = Tables::new();
    /// tables.add(Table::Posts, "trưởng giồng\tone")?;
    /// let words: Lexicon = ["khu đô thị Sao Mai"].into_iter().collect();
    /// let segmenter = Segmenter::builder().lexicon(words).build();
    /// let analyzer = Analyzer::builder().segmenter(segmenter).tables(tables).build();
    /// # let _ = analyzer;
    /// # Ok::<(), thoisu::Error>(())
    /// ```
    pub fn builder() -> AnalyzerBuilder {
        AnalyzerBuilder { segmenter: Segmenter::new(), tables: Tables::new(), rules: Vec::new() }
    }

    /// Normalises and segments an article, in time linear in the length of its text.
    #[must_use]
    pub fn document<'t>(&self, article: &'t Article) -> Document<'t> {
        Document::new(article, &self.segmenter)
    }

    /// The facts of a document, in the order of the text.
    ///
    /// With the built-in rules the time is linear in the length of the text.
    #[must_use]
    pub fn facts(&self, document: &Document<'_>) -> Vec<Fact> {
        extract::run(&self.rules, document)
    }

    /// The facts of a document as [`facts`](Self::facts) gives them, each with the rule that found it and the rows of
    /// tables that it rests on. It is slower and meant for people who ask why.
    ///
    /// ```
    /// use thoisu::{Analyzer, Article};
    ///
    /// let article = Article::from_text("Huyện giải ngân hơn 301,33 tỷ đồng.");
    /// let analyzer = Analyzer::new();
    /// let explained = analyzer.explain(&analyzer.document(&article));
    /// assert_eq!(explained[0].rule, "indicator");
    /// assert!(explained[0].evidence.iter().any(|row| row.table == "units.tsv" && row.row.starts_with("đồng\t")));
    /// ```
    #[must_use]
    pub fn explain(&self, document: &Document<'_>) -> Vec<Explained> {
        extract::explain(&self.rules, document)
    }

    /// The tables that the rules read.
    #[cfg(feature = "index")]
    pub(crate) fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The names of the rules, in the order in which they run.
    #[cfg(feature = "index")]
    pub(crate) fn rule_names(&self) -> impl Iterator<Item = &'static str> {
        self.rules.iter().map(|rule| rule.name())
    }
}

impl fmt::Debug for Analyzer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rules = Names(&self.rules);
        f.debug_struct("Analyzer").field("segmenter", &self.segmenter).field("rules", &rules).finish_non_exhaustive()
    }
}

/// Rules by their names.
struct Names<'r>(&'r [Box<dyn Rule>]);

impl fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|rule| rule.name())).finish()
    }
}

impl Default for Analyzer {
    fn default() -> Self {
        Self::new()
    }
}

/// Builds an [`Analyzer`]; made by [`Analyzer::builder`].
#[must_use = "an analyzer is made by `build`"]
pub struct AnalyzerBuilder {
    segmenter: Segmenter,
    tables: Tables,
    rules: Vec<Box<dyn Rule>>,
}

impl fmt::Debug for AnalyzerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { segmenter, tables, rules } = self;
        let mut builder = f.debug_struct("AnalyzerBuilder");
        builder.field("segmenter", segmenter).field("tables", tables).field("rules", &Names(rules)).finish()
    }
}

impl AnalyzerBuilder {
    /// Segments with this one. It decides the words; facts are read from finer pieces and do not hang on them.
    pub fn segmenter(mut self, segmenter: Segmenter) -> Self {
        self.segmenter = segmenter;
        self
    }

    /// Reads facts by these tables: the built-in rows, and those that were added.
    pub fn tables(mut self, tables: Tables) -> Self {
        self.tables = tables;
        self
    }

    /// Adds a rule, which runs after those that are there; one that has the name of another takes its place.
    pub fn rule(mut self, rule: impl Rule + 'static) -> Self {
        self.rules.push(Box::new(rule));
        self
    }

    /// The analyzer.
    #[must_use]
    pub fn build(self) -> Analyzer {
        let mut rules = extract::rules(&self.tables);
        for rule in self.rules {
            match rules.iter_mut().find(|other| other.name() == rule.name()) {
                Some(other) => *other = rule,
                None => rules.push(rule),
            }
        }
        Analyzer {
            segmenter: self.segmenter,
            rules: rules.into(),
            #[cfg(feature = "index")]
            tables: self.tables.into(),
        }
    }
}
