//! The conditions on one fact: those between the parentheses behind a type of fact, and values with their units.

use super::{Parser, fact, words};
use crate::index::query::condition::{Attribute, FactQuery, Values, When};
use crate::index::query::lex::{Field, Token, Value};
use crate::index::query::values::{self, Sign};
use crate::index::query::{FactType, Node};
use crate::index::store::tokenizer;

impl Parser {
    /// A value with its unit: the conditions on numbers that stand next to each other are about one number.
    pub(super) fn figure(&mut self) -> Option<Node> {
        let mut query = FactQuery::new().kind(FactType::Indicator);
        loop {
            let next = self.at + usize::from(!query.is_open() && self.token() == Some(&Token::And));
            let Some((_, Token::Field(name @ (Field::Value | Field::Unit), sign, value))) = self.tokens.get(next)
            else {
                break;
            };
            let (Value::Text(place, text) | Value::Quoted(place, text)) = value.clone() else { break };
            let (name, sign, first) = (*name, *sign, query.is_open());
            let problems = self.problems.list.len();
            match self.measure(query, name, sign, place, &text) {
                Ok(more) => (query, self.at) = (more, next + 1),
                Err(_) if first => {
                    self.at = next + 1;
                    return words(&text);
                }
                // What does not belong to this number is read after it.
                Err(whole) => {
                    self.problems.list.truncate(problems);
                    query = whole;
                    break;
                }
            }
        }
        Some(Node::Filter(fact(query)))
    }

    /// A value or a unit; the query as it was where it is none.
    fn measure(
        &mut self,
        query: FactQuery,
        name: Field,
        sign: Sign,
        place: usize,
        text: &str,
    ) -> Result<FactQuery, FactQuery> {
        let (values, unit): (Option<Values>, Option<String>) = match name {
            Field::Unit if values::is_unit(text) => (None, Some(text.to_owned())),
            Field::Value => match values::values(sign, text) {
                Some((values, unit)) => (Some(values), unit),
                None => (None, None),
            },
            _ => (None, None),
        };
        if values.is_none() && unit.is_none() {
            self.refuse(place, name, text);
            return Err(query);
        }
        if unit.is_some() && query.unit.is_some() && query.unit != unit {
            self.problems.add(place, "two units for one number", "name one of them, or put the other in parentheses");
            return Err(query);
        }
        if values.is_some_and(|values| query.value.is_some_and(|old| old.and(values).is_empty())) {
            self.problems.add(
                place,
                "no number has both values",
                "leave one of them out, or put the other in parentheses",
            );
            return Err(query);
        }
        let query = match unit {
            Some(unit) => query.unit(unit),
            None => query,
        };
        Ok(match values {
            Some(values) => query.valued(values),
            None => query,
        })
    }

    /// The conditions on one fact, up to the end of the parenthesis.
    pub(super) fn conditions(&mut self, open: usize, kind: Option<FactType>) -> Option<FactQuery> {
        let mut query = FactQuery { kind, ..FactQuery::new() };
        let mut name: Vec<String> = Vec::new();
        let mut any = false;
        loop {
            let token = self.tokens.get(self.at).cloned();
            // Words that stand next to each other are one name.
            if !matches!(token, Some((_, Token::Text(_) | Token::Unknown(_)))) && !name.is_empty() {
                query = query.name(std::mem::take(&mut name).join(" "));
            }
            let Some((at, token)) = token else { break };
            self.at += 1;
            match token {
                Token::Text(text) if text == "*" => any = true,
                Token::Text(text) | Token::Unknown(text) => {
                    name.extend((!tokenizer::words(&text).is_empty()).then_some(text));
                }
                Token::Quoted(text) if !tokenizer::words(&text).is_empty() => query = query.name(text),
                Token::Quoted(_) => {
                    let advice = "put words there or leave them out";
                    self.problems.add(at, "nothing between the quotation marks", advice);
                }
                Token::Field(name, sign, value) => query = self.condition(at, query, name, sign, value),
                Token::And => {}
                Token::Or | Token::Not | Token::Open => {
                    let advice = "all of them hold; use OR, NOT and parentheses between facts";
                    self.problems.add(at, "an operator between the conditions on a fact", advice);
                    // The inner parenthesis ends where its partner would end this one.
                    if token == Token::Open {
                        self.skip_group();
                    }
                }
                Token::Close => {
                    self.at -= 1;
                    break;
                }
            }
        }
        let closed = self.close(open);
        if query.is_open() && !any {
            if closed {
                let advice = "write name:, value, unit:, … there, or * for any";
                self.problems.add(open, "nothing between the parentheses", advice);
            }
            return None;
        }
        Some(query)
    }

    /// Goes behind the parenthesis that closes the one read last.
    fn skip_group(&mut self) {
        let mut depth = 1;
        while let Some(token) = self.token() {
            depth = match token {
                Token::Open => depth + 1,
                Token::Close => depth - 1,
                _ => depth,
            };
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
    }

    fn condition(&mut self, at: usize, query: FactQuery, name: Field, sign: Sign, value: Value) -> FactQuery {
        let (place, text) = match value {
            Value::Text(place, text) | Value::Quoted(place, text) => (place, text),
            Value::Group => {
                let open = self.place().unwrap_or(at);
                if name == Field::Within {
                    return match self.group(open) {
                        Some(root) => query.within(crate::index::Query { root }),
                        None => query,
                    };
                }
                let what = format!("{}: does not take a parenthesis", name.typed());
                self.problems.add(at, what, "write one value behind it, in quotation marks if it has blanks");
                self.at += 1;
                self.skip_group();
                return query;
            }
        };
        let attribute = match name {
            Field::Value | Field::Unit => {
                return self.measure(query, name, sign, place, &text).unwrap_or_else(|query| named(query, &text));
            }
            Field::Date | Field::Event | Field::Published => {
                let when = match name {
                    Field::Event => When::Event,
                    Field::Published => When::Published,
                    _ => When::Date,
                };
                if let Some(dates) = values::dates(sign, &text) {
                    return query.dated(when, dates);
                }
                None
            }
            Field::Type => match text.parse() {
                Ok(kind) => return query.kind(kind),
                Err(_) => None,
            },
            Field::Article => Some(Attribute::Article),
            Field::Chair => Some(Attribute::Chair),
            Field::Doc => Some(Attribute::Code),
            Field::Issuer => Some(Attribute::Issuer),
            Field::Name | Field::Title => Some(Attribute::Name),
            Field::Official => Some(Attribute::Official),
            Field::Place => Some(Attribute::Place),
            Field::Post => Some(Attribute::Post),
            Field::Words => Some(Attribute::Words),
            Field::Body | Field::Fact | Field::Similar | Field::Source | Field::Within | Field::Kind(_) => {
                let what = format!("{}: is no condition on a fact", name.typed());
                self.problems.add(at, what, "put it outside of the parenthesis");
                return named(query, &text);
            }
        };
        let taken = |attribute: &Attribute| *attribute == Attribute::Article && !text.is_empty();
        match attribute.filter(|attribute| taken(attribute) || !tokenizer::words(&text).is_empty()) {
            Some(attribute) => query.text(attribute, text),
            None => {
                self.refuse(place, name, &text);
                named(query, &text)
            }
        }
    }
}

/// What was not understood, as a name.
fn named(query: FactQuery, text: &str) -> FactQuery {
    if tokenizer::words(text).is_empty() { query } else { query.name(text) }
}
