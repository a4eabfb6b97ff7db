//! From the characters of a query to its words, operators and fields.

use crate::index::query::FactType;
use crate::index::query::condition::is_quote;
use crate::index::query::parse::Problems;
use crate::index::query::units::magnitude;
use crate::index::query::values::Sign;
use crate::index::store::tokenizer;
use crate::normalize::normalize;

/// More than a person types; each word costs a look into the index.
pub(crate) const MAX_WORDS: usize = 1024;
/// What stands between quotation marks is one word, and so is a code; so many characters of it count as so many words.
const LONG: usize = 64;
const WORDS_OF_LONG: usize = 4;
/// A word with a star behind it stands for many, and counts as so many.
const WORDS_OF_PREFIX: usize = 4;

/// How many words one piece of a query counts as.
pub(crate) fn words_of(text: &str) -> usize {
    let long = text.chars().count() / LONG * WORDS_OF_LONG;
    long + if text.ends_with('*') { WORDS_OF_PREFIX } else { 1 }
}

/// Parentheses inside parentheses.
const MAX_DEPTH: usize = 64;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    /// A word, a code, `*`.
    Text(String),
    /// A word that looks like a field with its value and is none.
    Unknown(String),
    /// What stands between quotation marks.
    Quoted(String),
    Field(Field, Sign, Value),
}

/// What follows a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Its place, and as it is typed.
    Text(usize, String),
    /// Its place, and what stands between quotation marks.
    Quoted(usize, String),
    /// A parenthesis, which is the next token.
    Group,
}

/// The fields of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Article,
    Body,
    Chair,
    Date,
    Doc,
    Event,
    /// Conditions on one fact, whatever its type.
    Fact,
    Issuer,
    Name,
    Official,
    Place,
    Post,
    Published,
    Similar,
    Source,
    Title,
    Type,
    Unit,
    Value,
    Within,
    Words,
    /// Conditions on one fact of a type that is no field besides.
    Kind(FactType),
}

/// In alphabetical order.
const NAMES: &[(&str, Field)] = &[
    ("article", Field::Article),
    ("body", Field::Body),
    ("chair", Field::Chair),
    ("check", Field::Kind(FactType::Check)),
    ("code", Field::Doc),
    ("date", Field::Date),
    ("doc", Field::Doc),
    ("document", Field::Doc),
    ("event", Field::Event),
    ("fact", Field::Fact),
    ("host", Field::Issuer),
    ("indicator", Field::Kind(FactType::Indicator)),
    ("issued", Field::Date),
    ("issuer", Field::Issuer),
    ("meeting", Field::Kind(FactType::Meeting)),
    ("mention", Field::Kind(FactType::Mention)),
    ("name", Field::Name),
    ("official", Field::Official),
    ("period", Field::Date),
    ("person", Field::Official),
    ("place", Field::Place),
    ("post", Field::Post),
    ("provision", Field::Kind(FactType::Provision)),
    ("published", Field::Published),
    ("similar", Field::Similar),
    ("source", Field::Source),
    ("standard", Field::Kind(FactType::Standard)),
    ("title", Field::Title),
    ("type", Field::Type),
    ("unit", Field::Unit),
    ("value", Field::Value),
    ("within", Field::Within),
    ("words", Field::Words),
];

impl Field {
    fn new(typed: &str) -> Option<Self> {
        NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(typed)).map(|(_, name)| *name)
    }

    /// Its first name.
    pub(crate) fn typed(self) -> &'static str {
        match self {
            Self::Doc => "doc",
            Self::Issuer => "issuer",
            _ => NAMES.iter().find(|(_, name)| *name == self).map_or("", |(name, _)| name),
        }
    }

    /// Whether conditions on one fact stand in the parentheses behind it.
    fn is_of_fact(self) -> bool {
        matches!(self, Self::Date | Self::Doc | Self::Fact | Self::Kind(_) | Self::Official)
    }

    /// Whether `<` and `>` have a meaning behind it.
    fn is_compared(self) -> bool {
        matches!(self, Self::Value | Self::Date | Self::Event | Self::Published)
    }
}

/// The tokens of a query, each with its place.
pub(crate) fn tokens(text: &str, problems: &mut Problems) -> Vec<(usize, Token)> {
    let mut lexer = Lexer { chars: text.chars().collect(), at: 0, problems };
    let tokens = lexer.tokens();
    limit_depth(tokens, problems)
}

/// Whether a text is one token without a meaning of its own.
pub(crate) fn is_text(text: &str) -> bool {
    let mut problems = Problems::default();
    let tokens = tokens(text, &mut problems);
    problems.is_empty() && matches!(tokens.as_slice(), [(_, Token::Text(token))] if token == text)
}

/// Leaves out parentheses that lie too deep, with their partners and the fields that they belong to.
///
/// Those of a fact count only inside of another's: a query that is written out has them where none was typed.
fn limit_depth(tokens: Vec<(usize, Token)>, problems: &mut Problems) -> Vec<(usize, Token)> {
    enum Pair {
        Counted,
        Fact,
        LeftOut,
    }
    let mut kept: Vec<(usize, Token)> = Vec::with_capacity(tokens.len());
    let mut open: Vec<Pair> = Vec::new();
    let (mut depth, mut told) = (0, false);
    for (at, token) in tokens {
        match token {
            Token::Open => {
                let of_fact =
                    matches!(kept.last(), Some((_, Token::Field(field, _, Value::Group))) if field.is_of_fact());
                if of_fact && !matches!(open.last(), Some(Pair::Fact | Pair::LeftOut)) {
                    open.push(Pair::Fact);
                } else if depth < MAX_DEPTH {
                    depth += 1;
                    open.push(Pair::Counted);
                } else {
                    open.push(Pair::LeftOut);
                    kept.pop_if(|(_, token)| matches!(token, Token::Field(_, _, Value::Group)));
                    if !std::mem::replace(&mut told, true) {
                        problems.add(at, "more than 64 parentheses inside each other", "use fewer");
                    }
                    continue;
                }
            }
            Token::Close => match open.pop() {
                Some(Pair::LeftOut) => continue,
                Some(Pair::Counted) => depth -= 1,
                Some(Pair::Fact) | None => {}
            },
            _ => {}
        }
        kept.push((at, token));
    }
    kept
}

struct Lexer<'p> {
    chars: Vec<char>,
    at: usize,
    problems: &'p mut Problems,
}

impl Lexer<'_> {
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
                c if is_quote(c) => Token::Quoted(self.quoted()),
                '-' if self.chars.get(start + 1).is_some_and(|next| !next.is_whitespace() && *next != ')') => {
                    self.at += 1;
                    Token::Not
                }
                _ => self.chunk(),
            };
            words += match &token {
                Token::Text(text) | Token::Unknown(text) | Token::Quoted(text) => words_of(text),
                // A unit is a part of the value before it, where it could have been typed as well.
                Token::Field(Field::Unit, ..) if matches!(tokens.last(), Some((_, Token::Field(Field::Value, ..)))) => {
                    0
                }
                Token::Field(_, _, Value::Text(_, text) | Value::Quoted(_, text)) => words_of(text),
                _ => 0,
            };
            if words > MAX_WORDS {
                self.problems.cut(start, "the query has more than 1,024 words", "ask for fewer at a time");
                break;
            }
            tokens.push((start, token));
        }
        tokens
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn text(&self, start: usize) -> String {
        self.chars[start..self.at].iter().collect()
    }

    fn skip(&mut self, goes_on: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&goes_on) {
            self.at += 1;
        }
    }

    /// What stands between quotation marks; the rest of the query where the second one is missing.
    fn quoted(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        self.skip(|c| !is_quote(c));
        let text: String = self.chars[start + 1..self.at].iter().collect();
        if self.peek().is_none() {
            self.problems.add(start, "a quotation mark without its partner", "close it or leave it out");
        }
        self.at += 1;
        text
    }

    /// A word, an operator, a code or a field with its value.
    fn chunk(&mut self) -> Token {
        let start = self.at;
        if let Some((name, sign)) = self.field() {
            let value = self.value(name);
            return Token::Field(name, sign, value);
        }
        self.skip(is_inside);
        self.join_code(start);
        let text = self.text(start);
        match text.as_str() {
            "AND" | "&&" => Token::And,
            "OR" | "||" => Token::Or,
            "NOT" => Token::Not,
            _ if self.is_unknown_field(start, &text) => Token::Unknown(text),
            _ => Token::Text(text),
        }
    }

    /// A field's name and the sign behind it.
    fn field(&mut self) -> Option<(Field, Sign)> {
        let end = self.chars[self.at..].iter().take_while(|c| c.is_ascii_alphabetic()).count() + self.at;
        let typed: String = self.chars[self.at..end].iter().collect();
        let name = Field::new(&typed)?;
        let (sign, length) = match (self.chars.get(end)?, self.chars.get(end + 1)) {
            (':', _) => (Sign::Is, 1),
            ('>' | '≥' | '<' | '≤' | '=', _) if !name.is_compared() => return None,
            ('=', _) => (Sign::Is, 1),
            ('>', Some('=')) => (Sign::AtLeast, 2),
            ('<', Some('=')) => (Sign::AtMost, 2),
            ('≥', _) => (Sign::AtLeast, 1),
            ('≤', _) => (Sign::AtMost, 1),
            ('>', _) => (Sign::More, 1),
            ('<', _) => (Sign::Less, 1),
            _ => return None,
        };
        self.at = end + length;
        Some((name, sign))
    }

    fn value(&mut self, name: Field) -> Value {
        let sign = self.at;
        // `date: 2019`
        self.skip(char::is_whitespace);
        let at = self.at;
        let value = match self.peek() {
            Some('(') => return Value::Group,
            Some(c) if is_quote(c) => return Value::Quoted(at, self.quoted()),
            Some('[' | '{') => {
                self.skip(|c| !matches!(c, ']' | '}' | '(' | ')') && !is_quote(c));
                self.at += usize::from(matches!(self.peek(), Some(']' | '}')));
                self.text(at)
            }
            Some(c) if at == sign || c.is_alphanumeric() => {
                self.skip(is_inside);
                match name {
                    Field::Value => self.join_amount(),
                    Field::Doc => self.join_code(at),
                    _ => {}
                }
                self.text(at)
            }
            _ => {
                self.at = sign;
                String::new()
            }
        };
        Value::Text(at, value)
    }

    /// `1 tỷ 756 triệu đồng`, `1 tỷ..5 tỷ`: magnitudes behind the number, and dong behind these.
    fn join_amount(&mut self) {
        let mut any = false;
        loop {
            let end = self.at;
            self.skip(char::is_whitespace);
            let next = self.at;
            self.skip(is_inside);
            let text = normalize(&self.text(next)).to_lowercase();
            let mut parts = text.split("..");
            let is_magnitude = |part: &str| magnitude(part).is_some();
            let joined = if parts.next().is_some_and(is_magnitude) {
                any = true;
                parts.all(|part| !part.is_empty())
            } else {
                any && (matches!(text.as_str(), "đồng" | "dong") || self.is_smaller_amount(next))
            };
            if !joined {
                self.at = end;
                return;
            }
        }
    }

    /// The `756` of `1 tỷ 756 triệu`.
    fn is_smaller_amount(&mut self, number: usize) -> bool {
        let end = self.at;
        let digits = self.chars[number..end].iter().all(char::is_ascii_digit) && end > number;
        self.skip(char::is_whitespace);
        let next = self.at;
        self.skip(is_inside);
        let behind = normalize(&self.text(next)).to_lowercase();
        self.at = end;
        digits && magnitude(&behind).is_some()
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

    /// `dat:2019`. Fields are ASCII words in small letters: `số:15`, `GRDP:7,5%`, `16:42` and addresses are none.
    fn is_unknown_field(&mut self, at: usize, text: &str) -> bool {
        let Some((field, value)) = text.split_once(':') else { return false };
        if field.len() < 2 || !field.bytes().all(|b| b.is_ascii_lowercase()) || value.is_empty() {
            return false;
        }
        if matches!(field, "http" | "https" | "mailto") || Field::new(field).is_some() {
            return false;
        }
        let near = NAMES.iter().map(|(name, _)| *name).find(|name| one_slip(field, name));
        let near = near.unwrap_or("title:, doc:, official:, place:, date:, value");
        self.problems.add(
            at,
            format!("unknown field {field:?}"),
            format!("use {near}:, or put the words in quotation marks"),
        );
        true
    }
}

/// Whether a character belongs to the word before it.
fn is_inside(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '(' | ')') && !is_quote(c)
}

/// Whether two names differ by one letter: another, one more or one less.
fn one_slip(a: &str, b: &str) -> bool {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let rest = |text: &'_ str| text.get(1..).unwrap_or_default().to_owned();
    rest(a) == rest(b) || rest(a) == b || a == rest(b)
}
