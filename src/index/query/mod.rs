//! What to look for.

pub(crate) mod condition;
pub(crate) mod expand;
pub(crate) mod lex;
pub(crate) mod parse;
pub(crate) mod problem;
pub mod syntax;
pub(crate) mod units;
pub(crate) mod values;

use std::fmt;
use std::str::FromStr;

use crate::date::PartialDate;
use crate::error::{Error, Kind};
use crate::index::query::condition::{FactQuery, clean, is_plain, is_quote, range, value};
use crate::index::query::problem::Problem;
use crate::index::store::tokenizer;
use crate::names::names;

/// What to look for in the articles of an index.
///
/// Typed by a person, it is read by [`Query::parse`]; put together by a program, it is made with [`Query::words`] and
/// the methods that narrow it down.
///
/// | typed | finds articles |
/// | --- | --- |
/// | `quy chế dân chủ` | with all these words; the closer together, the better |
/// | `"dân chủ cơ sở"` | with these words in this order |
/// | `title:chuyển*` | with such a word in the headline |
/// | `02/nq-tu` | that cite document 02-NQ/TU |
/// | `date:5/2019..6/2020 -họp` | published then, without `họp` |
/// | `indicator:(name:"tăng trưởng" value:5..6 unit:%)` | with a figure for which all of this holds |
///
/// The whole language is told in [`syntax`](crate::index::query::syntax).
///
/// A query typed with marks finds exact matches first and then those that differ in marks only. Typed without marks, it
/// finds all alike. Notation, letter case and the way a letter is composed never matter.
///
/// [`Display`](fmt::Display) writes a query such that it can be parsed again.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub(crate) root: Node,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// Every article.
    All,
    /// A word as typed; more than one term where signs are inside, as in `COVID-19`.
    Word(String),
    /// The beginning of a word.
    Prefix(String),
    /// Words in their order.
    Phrase(String),
    /// A document code.
    Code(String),
    /// Words in a part of the article.
    In(Part, Box<Node>),
    /// What is most like the article with this id.
    Similar(String),
    /// A condition that does not rank.
    Filter(Filter),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

/// A part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Title,
    Body,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Filter {
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
    /// All of them, those that articles are searched for most first.
    pub const ALL: &[Self] = &[
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
}

names! {
    FactType {
        Date => "date", Document => "document", Official => "official", Indicator => "indicator", Standard => "standard",
        Provision => "provision", Mention => "mention", Meeting => "meeting", Check => "check",
    }
}

impl FromStr for FactType {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL.iter().copied().find(|kind| kind.name().eq_ignore_ascii_case(text)).ok_or_else(|| {
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

    /// Articles with all words of `text`, in which no sign has a meaning: those that a query may have, of a longer text the
    /// first. A text without words finds every article.
    #[must_use]
    pub fn words(text: &str) -> Self {
        let mut nodes = plain(text);
        let count = |node: &Node| match node {
            Node::Word(text) | Node::Code(text) => lex::words_of(text),
            _ => 1,
        };
        let mut words = 0;
        nodes.retain(|node| {
            words += count(node);
            words <= lex::MAX_WORDS
        });
        Self { root: all_of(nodes) }
    }

    /// The articles that are most like the one with this id, the likest first; not itself and not its copies. Where there
    /// is no such article, nothing is like it.
    #[must_use]
    pub fn similar(id: impl Into<String>) -> Self {
        Self { root: Node::Similar(id.into()) }
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
        match problems.into_iter().next() {
            Some(problem) => Err(problem.into_error()),
            None => Ok(Self { root }),
        }
    }

    /// Reads whatever a person types. What is not understood is searched for as words, and told; the problems are in the
    /// order of the text, and none means that [`parse`](Self::parse) reads the same. A query without a word finds nothing.
    /// One of more than 1,024 words is cut. Time is linear in the length of the text.
    ///
    /// ```
    /// use thoisu::index::Query;
    ///
    /// let (query, problems) = Query::lenient("quy chế \"dân chủ");
    /// assert_eq!(query.to_string(), "quy chế \"dân chủ\"");
    /// assert_eq!((problems.len(), problems[0].position()), (1, 8));
    /// ```
    #[must_use]
    pub fn lenient(text: &str) -> (Self, Vec<Problem>) {
        let (root, problems) = parse::parse(text);
        (Self { root }, problems)
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
    pub(crate) fn is_marked(&self) -> bool {
        fn marked(node: &Node) -> bool {
            match node {
                Node::Word(text) | Node::Phrase(text) | Node::Prefix(text) => tokenizer::has_marks(text),
                Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(marked),
                Node::In(_, node) => marked(node),
                Node::Not(_) | Node::All | Node::Code(_) | Node::Similar(_) | Node::Filter(_) => false,
            }
        }
        marked(&self.root)
    }

    /// Whether anything in it ranks articles.
    pub(crate) fn has_text(&self) -> bool {
        fn text(node: &Node) -> bool {
            match node {
                Node::Word(_) | Node::Phrase(_) | Node::Prefix(_) | Node::Code(_) | Node::Similar(_) => true,
                Node::In(_, node) => text(node),
                Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(text),
                Node::Not(_) | Node::All | Node::Filter(_) => false,
            }
        }
        text(&self.root)
    }
}

/// A word, or a code where it looks like one; nothing for a sign.
pub(crate) fn word(text: &str) -> Option<Node> {
    if tokenizer::is_code(text) {
        return Some(Node::Code(text.split_whitespace().collect()));
    }
    let mut text = text;
    // `02-` and `NQ/TU` behind it would be read as one.
    let number = text.trim_end_matches(['-', '/']);
    if number.bytes().all(|b| b.is_ascii_digit()) {
        text = number;
    }
    (!tokenizer::words(text).is_empty()).then(|| Node::Word(text.to_owned()))
}

/// Words in their order; nothing where there is none.
pub(crate) fn phrase(text: &str) -> Option<Node> {
    (!tokenizer::words(text).is_empty()).then(|| Node::Phrase(text.to_owned()))
}

/// The words of a text in which no sign has a meaning.
pub(crate) fn plain(text: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    for piece in text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')') || is_quote(c)) {
        // Behind `value` these would be read with it.
        let piece = piece.trim_start_matches(['<', '>', '=', '≤', '≥', '-']);
        match word(piece) {
            // What would be read as something else, such as `OR` or `-họp`, is taken apart.
            Some(node) if !reads_as(piece, &node) => {
                nodes.extend(tokenizer::words(piece).into_iter().map(|(term, _)| Node::Word(term)));
            }
            node => nodes.extend(node),
        }
    }
    nodes
}

/// Whether a text is read as the word, or code, that it is.
fn reads_as(text: &str, node: &Node) -> bool {
    lex::is_text(text) && !text.ends_with('*') && word(text).as_ref() == Some(node)
}

/// What no article is.
pub(crate) fn nothing() -> Node {
    Node::Not(Box::new(Node::All))
}

/// One node that holds where all of `nodes` do.
pub(crate) fn all_of(mut nodes: Vec<Node>) -> Node {
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
        const OR: &str = " OR ";
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
                match node {
                    // What stands next to each other holds together more firmly than OR.
                    Node::And(_) if between == OR => node.fmt(f)?,
                    node => nested(node, f)?,
                }
            }
            Ok(())
        }
        match self {
            Self::All => f.write_str("*"),
            // A word that would be read as something else, such as OR, can only have come from a program.
            Self::Word(text) if reads_as(text, self) => f.write_str(text),
            Self::Word(text) => write!(f, "\"{text}\""),
            Self::Prefix(text) => write!(f, "{text}*"),
            Self::In(part, node) => {
                f.write_str(if *part == Part::Title { "title:" } else { "body:" })?;
                match node.as_ref() {
                    Self::Phrase(_) | Self::Prefix(_) => node.fmt(f),
                    Self::Word(text) | Self::Code(text) if is_plain(text) => f.write_str(text),
                    node => write!(f, "({node})"),
                }
            }
            Self::Similar(id) => value("similar", id, f),
            Self::Phrase(text) => write!(f, "\"{text}\""),
            Self::Code(code) => f.write_str(code),
            Self::Filter(filter) => filter.fmt(f),
            Self::And(nodes) => list(nodes, " ", f),
            Self::Or(nodes) => list(nodes, OR, f),
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
