//! What to look for.

use std::fmt;
use std::str::FromStr;

use super::condition::{FactQuery, clean, range, value};
use super::parse;
use super::tokenizer;
use crate::date::PartialDate;
use crate::error::{Error, Kind};

/// What to look for in the articles of an index.
///
/// Typed by a person, it is read by [`Query::parse`]; put together by a program, it is made with [`Query::words`] and
/// the methods that narrow it down.
///
/// | typed | finds articles |
/// | --- | --- |
/// | `quy chế dân chủ` | with all these words; the closer together, the better |
/// | `"dân chủ cơ sở"` | with these words in this order |
/// | `HĐND` | with this abbreviation or with what it stands for (`Hội đồng nhân dân`), and the other way round |
/// | `doi thoai` | with these syllables, whatever their marks |
/// | `đối thoại OR tiếp dân` | with one side or the other; `AND` binds tighter |
/// | `đối thoại -doanh nghiệp`, `NOT họp` | without the word that follows |
/// | `(họp OR làm việc) dân vận` | parentheses group |
/// | `02-NQ/TU` | that cite this document, in any notation (`02/nq-tu`, `02 - NQ/TU`) |
/// | `doc:02-NQ/TU` | the same, and only that |
/// | `date:2019..2020`, `date:5/2019`, `date:2019-Q1..` | published then |
/// | `official:"Đinh Thị Vân"` | that name this person with a post |
/// | `type:indicator` | with a fact of this type |
///
/// A query typed with marks finds exact matches first and then those that differ in marks only. Typed without marks, it
/// finds all alike. Notation, letter case and the way a letter is composed never matter.
///
/// [`Display`](fmt::Display) writes a query such that it can be parsed again.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub(super) root: Node,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// Every article.
    All,
    /// A word as typed; more than one term where signs are inside, as in `COVID-19`.
    Word(String),
    /// Words in their order.
    Phrase(String),
    /// A document code.
    Code(String),
    /// A condition that does not rank.
    Filter(Filter),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Filter {
    /// Published from the first day of the one to the last day of the other.
    Published(Option<PartialDate>, Option<PartialDate>),
    Code(String),
    Official(String),
    /// A part of the name of a site or source.
    Source(String),
    Type(FactType),
    Fact(Box<FactQuery>),
}

/// The types of fact that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FactType {
    /// A date or a period.
    Date,
    /// A reference to a document.
    Document,
    /// A person named with a post.
    Official,
    /// A number that measures something.
    Indicator,
    /// A reference to a technical standard or regulation.
    Standard,
    /// A part of a document.
    Provision,
    /// Words that stand for an official or a document named elsewhere in the article.
    Mention,
    /// The reported event.
    Meeting,
    /// Statements held against each other.
    Check,
}

impl FactType {
    pub(super) const ALL: [Self; 9] = [
        Self::Date,
        Self::Document,
        Self::Official,
        Self::Indicator,
        Self::Standard,
        Self::Provision,
        Self::Mention,
        Self::Meeting,
        Self::Check,
    ];

    /// The name that queries and JSON use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Document => "document",
            Self::Official => "official",
            Self::Indicator => "indicator",
            Self::Standard => "standard",
            Self::Provision => "provision",
            Self::Mention => "mention",
            Self::Meeting => "meeting",
            Self::Check => "check",
        }
    }
}

impl fmt::Display for FactType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for FactType {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(text)).ok_or_else(|| {
            Error::new(Kind::Query, format!("no type of fact: {text:?}"))
                .advice("use date, document, official, indicator, standard, provision, mention, meeting or check")
        })
    }
}

impl Query {
    /// Every article.
    #[must_use]
    pub fn all() -> Self {
        Self { root: Node::All }
    }

    /// Articles with all words of `text`, in which no sign has a meaning. A text without words finds every article.
    #[must_use]
    pub fn words(text: &str) -> Self {
        let words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '“' | '”'));
        let words = words.filter(|word| !tokenizer::words(word).is_empty());
        Self { root: all_of(words.map(word).collect()) }
    }

    /// Reads a query as a person types it.
    ///
    /// # Errors
    ///
    /// [`Error::is_query`], with the position (in characters, from 1) and the reason: a quotation mark or parenthesis
    /// without its partner, an operator without its operand, an unknown field or a value that a field does not take,
    /// or nothing to search for.
    ///
    /// ```
    /// use thoisu::index::Query;
    ///
    /// let query = Query::parse(r#""dân chủ cơ sở" -họp date:2019..2020"#)?;
    /// assert_eq!(query.to_string(), r#""dân chủ cơ sở" -họp date:2019..2020"#);
    ///
    /// let error = Query::parse("quy chế \"dân chủ").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "a quotation mark without its partner (query, character 9): close it or leave it out"
    /// );
    /// # Ok::<(), thoisu::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        let (root, problems) = parse::parse(text);
        match problems.into_iter().min_by_key(|problem| problem.at) {
            Some(problem) => Err(problem.into_error()),
            None => Ok(Self { root }),
        }
    }

    /// Only articles published from the first day of `from` to the last day of `to`; `None` leaves an end open.
    ///
    /// Articles without a date are left out.
    #[must_use]
    pub fn published(self, from: impl Into<Option<PartialDate>>, to: impl Into<Option<PartialDate>>) -> Self {
        self.and(Node::Filter(Filter::Published(from.into(), to.into())))
    }

    /// Only articles that cite the document with this code, in any notation.
    #[must_use]
    pub fn code(self, code: impl Into<String>) -> Self {
        self.and(Node::Filter(Filter::Code(clean(code.into()))))
    }

    /// Only articles that name this person with a post; a part of the name will do.
    #[must_use]
    pub fn official(self, name: impl Into<String>) -> Self {
        self.and(Node::Filter(Filter::Official(clean(name.into()))))
    }

    /// Only articles with a fact of this type.
    #[must_use]
    pub fn fact_type(self, kind: FactType) -> Self {
        self.and(Node::Filter(Filter::Type(kind)))
    }

    /// Only articles of this site or source: `baohatinh.vn`, `Báo Hà Tĩnh`; a part of the name will do.
    #[must_use]
    pub fn source(self, name: impl Into<String>) -> Self {
        self.and(Node::Filter(Filter::Source(clean(name.into()))))
    }

    /// Only articles with a fact for which all these conditions hold.
    #[must_use]
    pub fn fact(self, fact: FactQuery) -> Self {
        self.and(Node::Filter(Filter::Fact(Box::new(fact))))
    }

    fn and(self, node: Node) -> Self {
        let mut nodes = match self.root {
            Node::All => Vec::new(),
            Node::And(nodes) => nodes,
            other => vec![other],
        };
        nodes.push(node);
        Self { root: all_of(nodes) }
    }

    /// Whether any word was typed with marks.
    pub(super) fn is_marked(&self) -> bool {
        fn marked(node: &Node) -> bool {
            match node {
                Node::Word(text) | Node::Phrase(text) => tokenizer::has_marks(text),
                Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(marked),
                Node::Not(_) | Node::All | Node::Code(_) | Node::Filter(_) => false,
            }
        }
        marked(&self.root)
    }

    /// Whether anything in it ranks articles.
    pub(super) fn has_text(&self) -> bool {
        fn text(node: &Node) -> bool {
            match node {
                Node::Word(_) | Node::Phrase(_) | Node::Code(_) => true,
                Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(text),
                Node::Not(_) | Node::All | Node::Filter(_) => false,
            }
        }
        text(&self.root)
    }
}

/// A word, or a code where it looks like one.
pub(super) fn word(text: &str) -> Node {
    if tokenizer::is_code(text) { Node::Code(text.to_owned()) } else { Node::Word(text.to_owned()) }
}

/// One node that holds where all of `nodes` do.
pub(super) fn all_of(mut nodes: Vec<Node>) -> Node {
    match nodes.len() {
        0 => Node::All,
        1 => nodes.remove(0),
        _ => Node::And(nodes),
    }
}

impl FromStr for Query {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Parentheses where `node` would otherwise be read with its neighbours.
        fn nested(node: &Node, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            match node {
                Node::And(_) | Node::Or(_) => write!(f, "({node})"),
                _ => node.fmt(f),
            }
        }
        fn list(nodes: &[Node], between: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            for (i, node) in nodes.iter().enumerate() {
                if i > 0 {
                    f.write_str(between)?;
                }
                nested(node, f)?;
            }
            Ok(())
        }
        match self {
            Self::All => f.write_str("*"),
            // A word that would be read as something else, such as OR, can only have come from a program.
            Self::Word(text) => match parse::parse(text) {
                (Self::Word(read), _) if read == *text => f.write_str(text),
                _ => write!(f, "\"{text}\""),
            },
            Self::Phrase(text) => write!(f, "\"{text}\""),
            Self::Code(code) => f.write_str(code),
            Self::Filter(filter) => filter.fmt(f),
            Self::And(nodes) => list(nodes, " ", f),
            Self::Or(nodes) => list(nodes, " OR ", f),
            Self::Not(node) => {
                f.write_str("-")?;
                nested(node, f)
            }
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Published(from, to) => range("date", (*from, *to), f),
            Self::Code(code) => value("doc", code, f),
            Self::Official(name) => value("official", name, f),
            Self::Source(name) => value("source", name, f),
            Self::Type(kind) => write!(f, "type:{kind}"),
            Self::Fact(fact) => fact.fmt(f),
        }
    }
}
