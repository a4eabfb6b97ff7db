//! From what a person types to a query.
//!
//! The parser never gives up: each problem is noted with its place, and what was not understood becomes words. That
//! leaves it to the caller whether a problem is an error.

mod fact;

use std::borrow::Cow;

use crate::index::query::condition::{FactQuery, When, clean, is_plain};
use crate::index::query::lex::{self, Field, Token, Value};
use crate::index::query::problem::Problem;
use crate::index::query::values::{self, Sign};
use crate::index::query::{FactType, Filter, Node, Part, all_of, nothing, phrase, word};
use crate::index::store::tokenizer;

/// What could not be understood, as it was met.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
    /// Whether the end of the query is missing.
    cut: bool,
}

impl Problems {
    pub(crate) fn add(&mut self, at: usize, what: impl Into<Cow<'static, str>>, advice: impl Into<Cow<'static, str>>) {
        self.list.push(Problem { at, what: what.into(), advice: advice.into() });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The query is read up to here only.
    pub(crate) fn cut(&mut self, at: usize, what: &'static str, advice: &'static str) {
        self.add(at, what, advice);
        self.cut = true;
    }
}

/// Reads a query; the problems are in the order of the text.
pub(crate) fn parse(text: &str) -> (Node, Vec<Problem>) {
    let mut problems = Problems::default();
    let tokens = lex::tokens(text, &mut problems);
    let mut parser = Parser { tokens, at: 0, part: None, problems };
    let root = parser.query();
    let empty = parser.tokens.is_empty();
    let mut problems = parser.problems.list;
    let add =
        |what: &'static str, advice: &'static str| vec![Problem { at: 0, what: what.into(), advice: advice.into() }];
    if problems.is_empty() && empty {
        problems = add("the query is empty", "type a word, or * for every article");
    } else if problems.is_empty() && root.is_none() {
        problems = add("the query has no word to search for", "type letters or digits, or * for every article");
    }
    problems.sort_by_key(|problem| problem.at);
    (root.unwrap_or_else(nothing), problems)
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    at: usize,
    /// The part of an article that the words are looked for in.
    part: Option<Part>,
    problems: Problems,
}

impl Parser {
    fn query(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        loop {
            nodes.extend(self.any());
            let Some(at) = self.place() else { break };
            self.problems.add(at, "a parenthesis without its partner", "open it or leave it out");
            self.at += 1;
        }
        (!nodes.is_empty()).then(|| all_of(nodes))
    }

    /// `… OR …`
    fn any(&mut self) -> Option<Node> {
        let mut nodes: Vec<Node> = self.all().into_iter().collect();
        while let Some((at, Token::Or)) = self.tokens.get(self.at) {
            let at = *at;
            self.at += 1;
            let right = self.all();
            if (nodes.is_empty() || right.is_none()) && !self.is_cut() {
                self.problems.add(at, "OR without words on both sides", "put words there, or OR in quotation marks");
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
            match self.tokens.get(self.at) {
                Some((at, Token::And)) => {
                    let at = *at;
                    self.at += 1;
                    let right = !matches!(self.token(), None | Some(Token::And | Token::Or | Token::Close));
                    if (nodes.is_empty() || !right) && !self.is_cut() {
                        let advice = "put words there, or AND in quotation marks";
                        self.problems.add(at, "AND without words on both sides", advice);
                    }
                }
                None | Some((_, Token::Or | Token::Close)) => break,
                Some(_) => nodes.extend(self.one()),
            }
        }
        (!nodes.is_empty()).then(|| all_of(nodes))
    }

    /// A word, a group, a field, or what is not to be there.
    fn one(&mut self) -> Option<Node> {
        let mut not = false;
        while let Some(Token::Not) = self.token() {
            not = !not;
            self.at += 1;
        }
        let (at, token) = self.tokens.get(self.at).cloned().unzip();
        let node = match (at, token) {
            (Some(at), Some(Token::Open)) => self.group(at),
            (_, Some(Token::Text(text))) => {
                self.at += 1;
                self.text(&text)
            }
            (_, Some(Token::Unknown(text))) => {
                self.at += 1;
                words(&text)
            }
            (Some(at), Some(Token::Quoted(text))) => {
                self.at += 1;
                let node = phrase(&text);
                if node.is_none() {
                    let advice = "put words there or leave them out";
                    self.problems.add(at, "nothing between the quotation marks", advice);
                }
                node
            }
            (Some(at), Some(Token::Field(name, sign, value))) => self.field(at, name, sign, value),
            _ => {
                let at = self.tokens[..self.at].last().map_or(0, |(at, _)| *at);
                if !self.is_cut() {
                    let advice = "put a word there, or NOT in quotation marks";
                    self.problems.add(at, "NOT without a word after it", advice);
                }
                None
            }
        }?;
        Some(match node {
            node if !not => node,
            Node::Not(node) => *node,
            node => Node::Not(Box::new(node)),
        })
    }

    fn group(&mut self, at: usize) -> Option<Node> {
        self.at += 1;
        let problems = self.problems.list.len();
        let node = self.any();
        let closed = self.close(at);
        if closed && node.is_none() && self.problems.list.len() == problems {
            self.problems.add(at, "nothing between the parentheses", "put words there or leave them out");
        }
        node
    }

    fn close(&mut self, open: usize) -> bool {
        let closed = matches!(self.token(), Some(Token::Close));
        if closed {
            self.at += 1;
        } else if !self.is_cut() {
            self.problems.add(open, "a parenthesis without its partner", "close it or leave it out");
        }
        closed
    }

    /// A word, a code or a prefix; nothing for a lone sign.
    fn text(&mut self, text: &str) -> Option<Node> {
        if text == "*" {
            return Some(Node::All);
        }
        // Behind `value` these would be read with it.
        if text.starts_with(['<', '>', '=', '≤', '≥']) {
            return words(text);
        }
        let Some(stem) = text.strip_suffix('*') else { return word(text) };
        prefix(text).or_else(|| {
            let node = words(stem)?;
            let at = self.tokens[self.at - 1].0;
            let what = format!("no prefix to search for: {text:?}");
            self.problems.add(at, what, "write at least two letters before *");
            Some(node)
        })
    }

    fn field(&mut self, at: usize, name: Field, sign: Sign, value: Value) -> Option<Node> {
        if matches!(name, Field::Value | Field::Unit) && value != Value::Group && self.part.is_none() {
            return self.figure();
        }
        self.at += 1;
        let (place, text, quoted) = match value {
            Value::Group => return self.field_group(at, name),
            Value::Text(place, text) => (place, text, false),
            Value::Quoted(place, text) => (place, text, true),
        };
        if self.part.is_some() {
            let what = format!("{}: inside of another field", name.typed());
            self.problems.add(at, what, "put it before the parenthesis");
            return words(&text);
        }
        let has_words = !tokenizer::words(&text).is_empty();
        let filter = match name {
            Field::Title | Field::Body if has_words => {
                let part = if name == Field::Title { Part::Title } else { Part::Body };
                let node = if quoted { phrase(&text) } else { prefix(&text).or_else(|| words(&text)) };
                return node.map(|node| Node::In(part, Box::new(node)));
            }
            Field::Similar if !text.is_empty() => return Some(Node::Similar(text)),
            Field::Date | Field::Published => values::dates(sign, &text).map(|(from, to)| Filter::Published(from, to)),
            Field::Type => text.parse::<FactType>().ok().map(Filter::Type),
            Field::Doc if has_words => Some(Filter::Code(text.clone())),
            Field::Official if has_words => Some(Filter::Official(text.clone())),
            Field::Source if has_words => Some(Filter::Source(text.clone())),
            Field::Post if has_words => Some(fact(FactQuery::new().kind(FactType::Official).post(&text))),
            Field::Issuer if has_words => Some(fact(FactQuery::new().kind(FactType::Document).issuer(&text))),
            Field::Place if has_words => Some(fact(FactQuery::new().place(&text))),
            Field::Event => values::dates(sign, &text).map(|dates| fact(FactQuery::new().dated(When::Event, dates))),
            Field::Chair if has_words => Some(fact(FactQuery::new().kind(FactType::Meeting).chair(&text))),
            _ => None,
        };
        if filter.is_none() {
            self.refuse(place, name, &text);
            return words(&text);
        }
        filter.map(Node::Filter)
    }

    /// A field with a parenthesis behind it.
    fn field_group(&mut self, at: usize, name: Field) -> Option<Node> {
        let open = self.place().unwrap_or(at);
        let kind = match name {
            Field::Title | Field::Body if self.part.is_none() => {
                self.part = Some(if name == Field::Title { Part::Title } else { Part::Body });
                let node = self.group(open);
                return Some(Node::In(self.part.take()?, Box::new(node?)));
            }
            Field::Date => Some(FactType::Date),
            Field::Doc => Some(FactType::Document),
            Field::Official => Some(FactType::Official),
            Field::Kind(kind) => Some(kind),
            Field::Fact => None,
            _ => {
                let what = format!("{}: does not take a parenthesis", name.typed());
                self.problems.add(at, what, "write one value behind it, in quotation marks if it has blanks");
                return self.group(open);
            }
        };
        if self.part.is_some() {
            let what = format!("{}: inside of another field", name.typed());
            self.problems.add(at, what, "put it before the parenthesis");
            return self.group(open);
        }
        self.at += 1;
        self.conditions(open, kind).map(|query| Node::Filter(fact(query)))
    }

    /// A value that a field does not take.
    fn refuse(&mut self, place: usize, name: Field, text: &str) {
        let advice = match name {
            Field::Date | Field::Event | Field::Published => {
                "write date:2019, date:5/2019, date:14/5/2019 or a range such as date:2019-Q1..2020"
            }
            Field::Type => "use date, document, official, indicator, standard, provision, mention, meeting or check",
            Field::Value => "write value:5, value>=1000, value:5..6 or value:[1 tỷ TO 5 tỷ]",
            Field::Unit => "write a unit such as unit:% or unit:\"lượt người\"",
            Field::Doc => "write a code such as doc:02-NQ/TU",
            Field::Similar => "write the id of an article such as similar:a1",
            Field::Official | Field::Chair => "write a name such as official:\"Đinh Thị Vân\"",
            Field::Title | Field::Body | Field::Post | Field::Issuer | Field::Place | Field::Source => {
                "write words behind it, in quotation marks if there are several"
            }
            _ => "use it between the parentheses of a fact, as in indicator:(name:\"tăng trưởng\" unit:%)",
        };
        self.problems.add(place, format!("{}: does not take {text:?}", name.typed()), advice);
    }

    fn token(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    fn place(&self) -> Option<usize> {
        self.tokens.get(self.at).map(|(at, _)| *at)
    }

    /// Whether what is missing stands behind the place where the query was cut.
    fn is_cut(&self) -> bool {
        self.problems.cut && self.at >= self.tokens.len()
    }
}

fn fact(query: FactQuery) -> Filter {
    Filter::Fact(Box::new(query))
}

/// `đối*`
fn prefix(text: &str) -> Option<Node> {
    let stem = text.strip_suffix('*')?.trim_end_matches('*');
    let is_stem = stem.chars().count() >= 2 && stem.chars().all(char::is_alphanumeric);
    is_stem.then(|| Node::Prefix(stem.to_owned()))
}

/// What was not understood, as words: those that hold together without a blank are looked for so.
fn words(text: &str) -> Option<Node> {
    match word(text)? {
        Node::Word(word) if !is_plain(&word) || !lex::is_text(&word) => phrase(&clean(text.to_owned())),
        node => Some(node),
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
            "a: (b OR c)",
            "đối* -title:chuyển*",
            "title:\"đối thoại\" body:(dân OR \"quy chế\")",
            "source:baohatinh.vn post:\"Bí thư\" issuer:HĐND place:\"Can Lộc\"",
            "event:2019-Q1 similar:a1",
            "indicator:(name:\"tăng trưởng\" value:5..6 unit:%)",
            "indicator:(value>=1000 unit:\"lượt người\") OR indicator:(place:Sơn value:{5 TO 6,5])",
            "official:(name:Vân post:\"Chủ tịch\") document:(code:02-NQ/TU issuer:\"Tỉnh ủy\" date:2019)",
            "meeting:(chair:\"Đinh Thị Vân\" place:Vinh event:2019..2020-05)",
            "fact:(words:dân article:a1 published:..2019 within:(đối thoại OR title:dân))",
            "indicator:(*)",
            "date:*",
            "-*",
        ] {
            assert_eq!(read(text), text);
            assert_eq!(Query::parse(&read(text)).unwrap(), Query::parse(text).unwrap());
        }
    }

    #[test]
    fn operators_and_groups() {
        assert_eq!(read("a AND b OR c AND d"), "a b OR c d");
        assert_eq!(read("NOT a b"), "-a b");
        assert_eq!(read("- a"), "a");
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
        assert_eq!(Query::parse("02 - NQ/TU").unwrap(), Query { root: super::Node::Code("02-NQ/TU".to_owned()) });
        assert_eq!(read("nghị quyết 02 / NQ-TU"), "nghị quyết 02/NQ-TU");
        assert_eq!(read("2020 -covid"), "2020 -covid");
        assert_eq!(read("2020 - covid"), "2020-covid");
        assert_eq!(read("(02-) NQ/TU"), "02 NQ/TU");
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
    fn values_and_units_that_stand_together_are_one_figure() {
        for (text, one) in [
            ("value>=5 unit:%", "indicator:(value>=5 unit:%)"),
            ("unit:% AND value>=5 value<6", "indicator:(value:[5 TO 6} unit:%)"),
            ("value>=5,5%", "indicator:(value>=5,5 unit:%)"),
            ("value:[1 tỷ TO 5 tỷ] unit:VND", "indicator:(value:1000000000..5000000000 unit:VND)"),
            ("value>=1 tỷ 756 triệu đồng dân", "indicator:(value>=1756000000 unit:đồng) dân"),
            ("value:1.000..2.500 unit:\"lượt người\"", "indicator:(value:1000..2500 unit:\"lượt người\")"),
            ("value>5 dân unit:%", "indicator:(value>5) dân indicator:(unit:%)"),
            ("value≤5 tỷ", "indicator:(value<=5000000000)"),
        ] {
            assert_eq!(read(text), one, "{text}");
        }
    }

    #[test]
    fn fields_alone_and_in_parentheses() {
        assert_eq!(read("indicator:(tăng trưởng value:5..6%)"), "indicator:(name:\"tăng trưởng\" value:5..6 unit:%)");
        assert_eq!(read("official:(name:Vân post:BT)"), "official:(name:Vân post:BT)");
        assert_eq!(read("person:Vân code:02-NQ/TU published:2019"), "official:Vân doc:02-NQ/TU date:2019");
        assert_eq!(read("date: 2019 date>=2020"), "date:2019 date:2020..");
        assert_eq!(read("official:(post:BT)"), "post:BT");
        assert_eq!(read("title:(chuyển)"), "title:chuyển");
        assert_eq!(read("doc:02 - NQ/TU"), "doc:\"02 - NQ/TU\"");
    }

    #[test]
    fn what_is_not_understood_is_searched_as_words_and_told() {
        for (text, read, told) in [
            ("", "-*", "the query is empty"),
            ("…", "-*", "the query has no word to search for"),
            ("a:(^", "a:", "a parenthesis without its partner"),
            ("dân \"chủ", "dân \"chủ\"", "a quotation mark without its partner"),
            ("dat:2019", "\"dat:2019\"", "unknown field \"dat\""),
            ("date:2019-13 họp", "2019-13 họp", "date: does not take \"2019-13\""),
            ("value:nhiều", "nhiều", "value: does not take \"nhiều\""),
            ("title:date:2019 dân", "title:\"date:2019\" dân", ""),
            ("OR dân", "dân", "OR without words on both sides"),
            (
                "indicator:(unit:% OR dân)",
                "indicator:(name:dân unit:%)",
                "an operator between the conditions on a fact",
            ),
            ("place:(Sơn)", "Sơn", "place: does not take a parenthesis"),
            ("đ*", "đ", "no prefix to search for: \"đ*\""),
            ("value>5 unit:% unit:kg", "indicator:(value>5 unit:%) indicator:(unit:kg)", ""),
            ("indicator:(unit:% unit:kg)", "indicator:(name:kg unit:%)", "two units for one number"),
        ] {
            let (query, problems) = Query::lenient(text);
            assert_eq!(query.to_string(), read, "{text}");
            let first = problems.first().map_or(String::new(), |problem| problem.what().to_owned());
            assert_eq!(first, told, "{text}");
        }
        let (query, problems) = Query::lenient(&"dân ".repeat(3000));
        assert_eq!(query.to_string().split(' ').count(), 1024);
        assert_eq!((problems.len(), problems[0].position()), (1, 4 * 1024));
    }

    #[test]
    fn reading_takes_time_in_proportion_to_the_text() {
        let pieces = [
            "(",
            ")",
            "a ",
            "\"",
            "value:1 ",
            "value:[1 TO ",
            "1 - ",
            "dat:1 ",
            "-",
            "title:(",
            "indicator:(",
            "a*",
            "1 tỷ ",
        ];
        for piece in pieces {
            let started = std::time::Instant::now();
            let (query, _) = Query::lenient(&piece.repeat(200_000));
            let written = query.to_string();
            assert_eq!(Query::parse(&written).unwrap(), query, "{piece}");
            // Tenths of a second, where each character is looked at a few times.
            assert!(started.elapsed().as_secs() < 10, "{piece}");
        }
    }

    #[test]
    fn what_is_deep_is_written_as_deep_as_it_is_read() {
        for inner in ["value>=5%", "a b OR c", "dat:2019", "title:02-NQ/TU", "fact:(within:(a) b)", "((((a"] {
            for depth in [62, 63, 64, 65, 70] {
                let text = format!("{}{inner}{}", "-(x OR ".repeat(depth), ")".repeat(depth));
                let (query, _) = Query::lenient(&text);
                assert_eq!(Query::parse(&query.to_string()).unwrap(), query, "{depth} {inner}");
            }
        }
        let nested = "title:(fact:(".repeat(100_000);
        assert!(!Query::lenient(&nested).1.is_empty());
    }

    #[test]
    fn any_text_is_read_or_refused() {
        for text in ["a:(^", "((((", "))))", "-", "- -", "\"", "a AND AND b", "NOT NOT", "(-)", "::", "doc:\"", "()-()"]
        {
            if let Ok(query) = Query::parse(text) {
                assert_eq!(Query::parse(&query.to_string()).unwrap(), query, "{text}");
            }
        }
        // No number has both values: two facts are meant.
        let (two, _) = Query::lenient("value:5 người value:6");
        assert_eq!(Query::parse(&two.to_string()).unwrap(), two);
        assert!(Query::parse("indicator:(value:5 value:6)").is_err());
        assert!(Query::parse(&"(".repeat(100_000)).is_err());
        assert!(Query::parse(&"a ".repeat(100_000)).is_err());
    }
}
