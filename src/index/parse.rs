//! From what a person types to a query.
//!
//! The parser never gives up: each problem is noted with its place, and what was not understood becomes words. That
//! leaves it to the caller whether a problem is an error.

use super::query::{FactType, Filter, Node, all_of, word};
use super::tokenizer;
use crate::date::PartialDate;
use crate::error::{Error, Kind};

/// More than a person types; each word costs a look into the index.
const MAX_WORDS: usize = 1024;
/// Parentheses inside parentheses.
const MAX_DEPTH: usize = 64;

/// Something that could not be understood.
#[derive(Debug)]
pub(super) struct Problem {
    /// The character, counted from 0.
    pub(super) at: usize,
    what: String,
    advice: &'static str,
}

impl Problem {
    pub(super) fn into_error(self) -> Error {
        Error::new(Kind::Query, self.what).at(format_args!("query, character {}", self.at + 1)).advice(self.advice)
    }
}

/// Reads a query; the problems are in no order.
pub(super) fn parse(text: &str) -> (Node, Vec<Problem>) {
    let mut lexer = Lexer { chars: text.chars().collect(), at: 0, problems: Vec::new() };
    let tokens = lexer.tokens();
    let mut parser = Parser { tokens, at: 0, depth: 0, problems: lexer.problems, end: lexer.chars.len() };
    let root = parser.query();
    if parser.tokens.is_empty() && parser.problems.is_empty() {
        parser.problem(0, "the query is empty", "type a word, or * for every article");
    } else if parser.problems.is_empty() && !has_term(&root) {
        parser.problem(0, "the query has no word to search for", "type letters or digits, or * for every article");
    }
    (root, parser.problems)
}

fn has_term(node: &Node) -> bool {
    match node {
        Node::All | Node::Filter(_) | Node::Code(_) => true,
        Node::Word(text) | Node::Phrase(text) => !tokenizer::words(text).is_empty(),
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(has_term),
        Node::Not(node) => has_term(node),
    }
}

#[derive(Debug)]
enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    Leaf(Node),
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    problems: Vec<Problem>,
}

impl Lexer {
    fn tokens(&mut self) -> Vec<(usize, Token)> {
        let mut tokens = Vec::new();
        let mut words = 0;
        while let Some(c) = self.peek() {
            let start = self.at;
            let token = match c {
                c if c.is_whitespace() => {
                    self.at += 1;
                    continue;
                }
                '(' | ')' => {
                    self.at += 1;
                    if c == '(' { Token::Open } else { Token::Close }
                }
                c if is_quote(c) => Token::Leaf(Node::Phrase(self.quoted())),
                '-' if self.chars.get(start + 1).is_some_and(|next| !next.is_whitespace() && *next != ')') => {
                    self.at += 1;
                    Token::Not
                }
                _ => self.chunk(),
            };
            if matches!(token, Token::Leaf(_)) {
                words += 1;
                // What follows is still read: an operator or parenthesis before it has its partner there.
                if words == MAX_WORDS + 1 {
                    self.problem(start, "the query has more than 1,024 words", "ask for fewer at a time");
                }
            }
            tokens.push((start, token));
        }
        tokens
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// What stands between quotation marks; the rest of the query where the second one is missing.
    fn quoted(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        let inner = self.at;
        while self.peek().is_some_and(|c| !is_quote(c)) {
            self.at += 1;
        }
        let text: String = self.chars[inner..self.at].iter().collect();
        if self.peek().is_none() {
            self.problem(start, "a quotation mark without its partner", "close it or leave it out");
        } else if tokenizer::words(&text).is_empty() {
            self.problem(start, "nothing between the quotation marks", "put words there or leave them out");
        }
        self.at += 1;
        text
    }

    /// A word, an operator, a code or a field with its value.
    fn chunk(&mut self) -> Token {
        let start = self.at;
        self.skip_chunk();
        self.join_code(start);
        let text: String = self.chars[start..self.at].iter().collect();
        match text.as_str() {
            "AND" | "&&" => Token::And,
            "OR" | "||" => Token::Or,
            "NOT" => Token::Not,
            "*" => Token::Leaf(Node::All),
            _ => match text.split_once(':') {
                Some((field, value)) if is_field(field) => self.field(start, &field.to_ascii_lowercase(), value),
                _ => Token::Leaf(word(&text)),
            },
        }
    }

    fn skip_chunk(&mut self) {
        while self.peek().is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | ')') && !is_quote(c)) {
            self.at += 1;
        }
    }

    /// `02 - NQ/TU`: a number, a sign with blanks around it, letters.
    fn join_code(&mut self, start: usize) {
        let number = &self.chars[start..self.at];
        let digits = number.strip_suffix(&['-']).or_else(|| number.strip_suffix(&['/'])).unwrap_or(number);
        if digits.is_empty() || !digits.iter().all(char::is_ascii_digit) {
            return;
        }
        let blanks = |from: usize| self.chars[from..].iter().take_while(|c| c.is_whitespace()).count();
        let mut at = self.at + blanks(self.at);
        if digits.len() == number.len() {
            if !matches!(self.chars.get(at), Some('-' | '/' | '–')) {
                return;
            }
            at += 1;
            // ` -NQ` leaves out articles with NQ.
            if blanks(at) == 0 {
                return;
            }
            at += blanks(at);
        }
        let mut end = at;
        while self.chars.get(end).is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '/')) {
            end += 1;
        }
        let joined: String = self.chars[start..end].iter().collect();
        if self.chars.get(at).is_some_and(|c| c.is_alphabetic()) && tokenizer::is_code(&joined) {
            self.at = end;
        }
    }

    fn field(&mut self, start: usize, field: &str, value: &str) -> Token {
        let value =
            if value.is_empty() && self.peek().is_some_and(is_quote) { self.quoted() } else { value.to_owned() };
        let at = start + field.chars().count() + 1;
        let filter = match field {
            "date" => date_range(&value),
            "doc" => (!tokenizer::words(&value).is_empty()).then(|| Filter::Code(value.clone())),
            "official" => (!tokenizer::words(&value).is_empty()).then(|| Filter::Official(value.clone())),
            "type" => value.parse::<FactType>().ok().map(Filter::Type),
            _ => {
                self.problem(
                    start,
                    format!("unknown field {field:?}"),
                    "use date:, doc:, official: or type:, or put the words in quotation marks",
                );
                return Token::Leaf(word(&value));
            }
        };
        match filter {
            Some(filter) => Token::Leaf(Node::Filter(filter)),
            None => {
                let advice = match field {
                    "date" => "write date:2019, date:5/2019, date:14/5/2019 or a range such as date:2019-Q1..2020",
                    "type" => "use date, document, official, indicator, provision, mention, meeting or check",
                    "doc" => "write a code such as doc:02-NQ/TU",
                    _ => "write a name such as official:\"Đinh Thị Vân\"",
                };
                self.problem(at, format!("{field}: does not take {value:?}"), advice);
                Token::Leaf(word(&value))
            }
        }
    }

    fn problem(&mut self, at: usize, what: impl Into<String>, advice: &'static str) {
        self.problems.push(Problem { at, what: what.into(), advice });
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”')
}

/// Fields are ASCII words; `số:15`, `16:42` and addresses are none. In capitals only the known ones are: `GRDP:7,5%` may
/// stand in a text.
fn is_field(text: &str) -> bool {
    ["date", "doc", "official", "type"].iter().any(|field| field.eq_ignore_ascii_case(text))
        || text.len() > 1 && text.bytes().all(|b| b.is_ascii_lowercase()) && !matches!(text, "http" | "https")
}

/// `2019`, `5/2019..6/2020`, `2019-Q1..`, `..14/5/2019`.
fn date_range(text: &str) -> Option<Filter> {
    let end = |text: &str| if text.is_empty() { Some(None) } else { date(text).map(Some) };
    let (from, to) = match text.split_once("..") {
        Some((from, to)) => (end(from)?, end(to)?),
        None => (Some(date(text)?), Some(date(text)?)),
    };
    if from.is_none() && to.is_none() {
        return None;
    }
    if let (Some(from), Some(to)) = (from, to)
        && from.epoch_day() > to.last_day().epoch_day()
    {
        return None;
    }
    Some(Filter::Published(from, to))
}

/// A date as ISO 8601 writes it, or day, month and year as Vietnamese writes them.
fn date(text: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let number = |i: usize| parts.get(i).and_then(|part| part.parse::<i16>().ok());
    let small = |i: usize| number(i).and_then(|n| u8::try_from(n).ok());
    match parts.as_slice() {
        [_, year] if year.len() == 4 => PartialDate::month(number(1)?, small(0)?),
        [_, _, year] if year.len() == 4 => PartialDate::day(number(2)?, small(1)?, small(0)?),
        _ => text.parse().ok(),
    }
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    at: usize,
    depth: usize,
    problems: Vec<Problem>,
    end: usize,
}

impl Parser {
    fn query(&mut self) -> Node {
        let mut nodes = Vec::new();
        loop {
            if let Some(node) = self.any() {
                nodes.push(node);
            }
            match self.place() {
                None => break,
                Some(at) => {
                    self.problem(at, "a parenthesis without its partner", "open it or leave it out");
                    self.at += 1;
                }
            }
        }
        all_of(nodes)
    }

    /// `… OR …`
    fn any(&mut self) -> Option<Node> {
        let mut nodes: Vec<Node> = self.all().into_iter().collect();
        while matches!(self.token(), Some(Token::Or)) {
            let at = self.place().unwrap_or(self.end);
            self.at += 1;
            let right = self.all();
            if nodes.is_empty() || right.is_none() {
                self.problem(at, "OR without words on both sides", "put words there, or OR in quotation marks");
            }
            nodes.extend(right);
        }
        match nodes.len() {
            0 | 1 => nodes.pop(),
            _ => Some(Node::Or(nodes)),
        }
    }

    /// `… …` and `… AND …`
    fn all(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        loop {
            match self.token() {
                Some(Token::And) => {
                    let at = self.place().unwrap_or(self.end);
                    self.at += 1;
                    if nodes.is_empty() || !self.starts_operand() {
                        self.problem(
                            at,
                            "AND without words on both sides",
                            "put words there, or AND in quotation marks",
                        );
                    }
                }
                Some(Token::Open | Token::Not | Token::Leaf(_)) => nodes.extend(self.one()),
                Some(Token::Or | Token::Close) | None => break,
            }
        }
        (!nodes.is_empty()).then(|| all_of(nodes))
    }

    /// A word, a group, or what is not to be there.
    fn one(&mut self) -> Option<Node> {
        let at = self.place().unwrap_or(self.end);
        let mut not = false;
        while matches!(self.token(), Some(Token::Not)) {
            not = !not;
            self.at += 1;
        }
        let node = match self.token() {
            Some(Token::Open) => self.group(),
            Some(Token::Leaf(node)) => {
                let node = node.clone();
                self.at += 1;
                Some(node)
            }
            _ => {
                self.problem(at, "NOT without a word after it", "put a word there, or NOT in quotation marks");
                None
            }
        }?;
        Some(if not { Node::Not(Box::new(node)) } else { node })
    }

    fn group(&mut self) -> Option<Node> {
        let at = self.place().unwrap_or(self.end);
        self.at += 1;
        if self.depth == MAX_DEPTH {
            self.problem(at, "more than 64 parentheses inside each other", "use fewer");
            return None;
        }
        self.depth += 1;
        let problems = self.problems.len();
        let node = self.any();
        self.depth -= 1;
        if matches!(self.token(), Some(Token::Close)) {
            self.at += 1;
            if node.is_none() && self.problems.len() == problems {
                self.problem(at, "nothing between the parentheses", "put words there or leave them out");
            }
        } else {
            self.problem(at, "a parenthesis without its partner", "close it or leave it out");
        }
        node
    }

    fn starts_operand(&self) -> bool {
        matches!(self.token(), Some(Token::Open | Token::Not | Token::Leaf(_)))
    }

    fn token(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    fn place(&self) -> Option<usize> {
        self.tokens.get(self.at).map(|(at, _)| *at)
    }

    fn problem(&mut self, at: usize, what: &str, advice: &'static str) {
        self.problems.push(Problem { at, what: what.to_owned(), advice });
    }
}

#[cfg(test)]
mod tests {
    use crate::index::Query;

    fn read(text: &str) -> String {
        Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).to_string()
    }

    fn error(text: &str) -> String {
        Query::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn a_query_is_written_as_it_is_read() {
        for text in [
            "quy chế dân chủ",
            "\"dân chủ cơ sở\" họp",
            "họp OR \"làm việc\"",
            "(họp OR hội) dân",
            "dân -họp",
            "dân -(họp OR hội)",
            "02-NQ/TU",
            "doc:02-NQ/TU",
            "date:2019..2020",
            "date:2019-05",
            "date:2019-Q1..",
            "date:..2020-06-30",
            "official:\"Đinh Thị Vân\" type:indicator",
            "*",
            "-họp",
            "số: 15",
            "16:42",
            "5,66%",
        ] {
            assert_eq!(read(text), text);
            assert_eq!(Query::parse(&read(text)).unwrap(), Query::parse(text).unwrap());
        }
    }

    #[test]
    fn operators_and_groups() {
        assert_eq!(read("a AND b OR c AND d"), "(a b) OR (c d)");
        assert_eq!(read("NOT a b"), "-a b");
        assert_eq!(read("- a"), "- a");
        assert_eq!(read("--a"), "a");
        assert_eq!(read("((a))"), "a");
        assert_eq!(read("“dân chủ”"), "\"dân chủ\"");
    }

    #[test]
    fn letter_case_does_not_matter_in_fields() {
        assert_eq!(read("Date:2019 TYPE:Indicator"), "date:2019 type:indicator");
        assert_eq!(read("GRDP:7,5%"), "GRDP:7,5%");
    }

    #[test]
    fn too_many_words_are_told_as_such_in_any_construction() {
        for text in ["a ".repeat(1025), "a OR ".repeat(1025) + "a", format!("({}a)", "a ".repeat(1025))] {
            assert!(error(&text).starts_with("the query has more than 1,024 words"), "{}", error(&text));
        }
        assert!(Query::parse(&"a ".repeat(1024)).is_ok());
    }

    #[test]
    fn a_code_with_blanks_is_one_code() {
        assert_eq!(Query::parse("02 - NQ/TU").unwrap(), Query { root: super::Node::Code("02 - NQ/TU".to_owned()) });
        assert_eq!(read("nghị quyết 02 / NQ-TU"), "nghị quyết 02 / NQ-TU");
        assert_eq!(read("2020 -covid"), "2020 -covid");
        assert_ne!(Query::parse("2020 -covid").unwrap(), Query::parse("2020 - covid").unwrap());
    }

    #[test]
    fn dates_as_people_write_them() {
        assert_eq!(read("date:5/2019"), "date:2019-05");
        assert_eq!(read("date:14/5/2019"), "date:2019-05-14");
        assert_eq!(read("date:5/2019..6/2020"), "date:2019-05..2020-06");
    }

    #[test]
    fn a_problem_is_told_with_its_place() {
        for (text, what) in [
            ("", "the query is empty (query, character 1)"),
            ("   ", "the query is empty (query, character 1)"),
            ("…", "the query has no word to search for (query, character 1)"),
            ("dân \"chủ", "a quotation mark without its partner (query, character 5)"),
            ("\"\"", "nothing between the quotation marks (query, character 1)"),
            ("(dân", "a parenthesis without its partner (query, character 1)"),
            ("dân)", "a parenthesis without its partner (query, character 4)"),
            ("dân ()", "nothing between the parentheses (query, character 5)"),
            ("AND dân", "AND without words on both sides (query, character 1)"),
            ("dân OR", "OR without words on both sides (query, character 5)"),
            ("dân NOT", "NOT without a word after it (query, character 5)"),
            ("dat:2019", "unknown field \"dat\" (query, character 1)"),
            ("date:2019-13", "date: does not take \"2019-13\" (query, character 6)"),
            ("date:2020..2019", "date: does not take \"2020..2019\" (query, character 6)"),
            ("type:person", "type: does not take \"person\" (query, character 6)"),
            ("doc:", "doc: does not take \"\" (query, character 5)"),
        ] {
            let error = error(text);
            assert!(error.starts_with(what), "{text}: {error}");
        }
    }

    #[test]
    fn any_text_is_read_or_refused() {
        for text in ["a:(^", "((((", "))))", "-", "- -", "\"", "a AND AND b", "NOT NOT", "(-)", "::", "doc:\"", "()-()"]
        {
            if let Ok(query) = Query::parse(text) {
                assert_eq!(Query::parse(&query.to_string()).unwrap(), query, "{text}");
            }
        }
        assert!(Query::parse(&"(".repeat(100_000)).is_err());
        assert!(Query::parse(&"a ".repeat(100_000)).is_err());
    }
}
