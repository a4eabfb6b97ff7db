//! Conditions on one fact.

use std::fmt::{self, Display as _};
use std::ops::{Bound, RangeBounds};

use crate::date::PartialDate;
use crate::index::query::{FactType, Query};

/// Which facts to look for. All conditions hold for one and the same fact; each call adds one.
///
/// Names, posts, places and issuers are given in part or in full, as words in their order; marks count where they are
/// typed, and abbreviations and what they stand for find each other. A condition without a word finds nothing.
///
/// It lists facts ([`NewsIndex::facts`](crate::index::NewsIndex::facts)), and it narrows down a query to the articles that hold
/// such a fact ([`Query::fact`]). [`Display`](fmt::Display) writes it as a query has it:
///
/// ```
/// use thoisu::index::{FactQuery, FactType, Query};
///
/// let growth = FactQuery::new().kind(FactType::Indicator).name("tăng trưởng").value(5.0..=6.5).unit("%");
/// assert_eq!(growth.to_string(), "indicator:(name:\"tăng trưởng\" value:5..6,5 unit:%)");
/// assert_eq!(Query::parse(&growth.to_string())?, Query::all().fact(growth));
/// # Ok::<(), thoisu::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FactQuery {
    pub(crate) kind: Option<FactType>,
    pub(crate) texts: Vec<(Attribute, String)>,
    pub(crate) value: Option<Values>,
    pub(crate) unit: Option<String>,
    pub(crate) dates: Vec<(When, Dates)>,
    pub(crate) within: Option<Box<Query>>,
}

/// What a text is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attribute {
    Article,
    Code,
    Official,
    Name,
    Post,
    Issuer,
    Place,
    Chair,
    Words,
}

impl Attribute {
    /// The field by which it is written.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Code => "code",
            Self::Official => "official",
            Self::Name => "name",
            Self::Post => "post",
            Self::Issuer => "issuer",
            Self::Place => "place",
            Self::Chair => "chair",
            Self::Words => "words",
        }
    }
}

/// What a date is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// The fact's own date.
    Date,
    /// The same, where it is that of the reported event.
    Event,
    /// The article's.
    Published,
}

/// From the first day of the one to the last day of the other.
pub(crate) type Dates = (Option<PartialDate>, Option<PartialDate>);

/// A range of values; no end is infinite or no number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Values {
    pub(crate) low: Bound<f64>,
    pub(crate) high: Bound<f64>,
}

impl Values {
    pub(crate) fn new(low: Bound<f64>, high: Bound<f64>) -> Self {
        let end = |bound| match bound {
            Bound::Included(value) | Bound::Excluded(value) if !f64::is_finite(value) => Bound::Unbounded,
            bound => bound,
        };
        Self { low: end(low), high: end(high) }
    }

    /// What lies in both.
    pub(crate) fn and(self, other: Self) -> Self {
        // At one value, the end that leaves it out is the narrower one.
        let rank = |bound: &Bound<f64>, none: f64| match *bound {
            Bound::Unbounded => (none, false),
            Bound::Included(value) => (value, false),
            Bound::Excluded(value) => (value, true),
        };
        let (low, other_low) = (rank(&self.low, f64::NEG_INFINITY), rank(&other.low, f64::NEG_INFINITY));
        let (high, other_high) = (rank(&self.high, f64::INFINITY), rank(&other.high, f64::INFINITY));
        Self {
            low: if other_low > low { other.low } else { self.low },
            high: if (other_high.0, !other_high.1) < (high.0, !high.1) { other.high } else { self.high },
        }
    }

    /// Whether no value lies in it.
    pub(crate) fn is_empty(self) -> bool {
        match (self.low, self.high) {
            (Bound::Unbounded, _) | (_, Bound::Unbounded) => false,
            (Bound::Included(low), Bound::Included(high)) => low > high,
            (Bound::Included(low) | Bound::Excluded(low), Bound::Included(high) | Bound::Excluded(high)) => low >= high,
        }
    }

    /// Moved by what a conversion may have rounded, so that the same amount in another unit counts as the same.
    pub(crate) fn rounded(self) -> Self {
        let end = |bound, outwards: f64| match bound {
            Bound::Included(value) => Bound::Included(value + f64::abs(value) * outwards),
            Bound::Excluded(value) => Bound::Excluded(value - f64::abs(value) * outwards),
            Bound::Unbounded => Bound::Unbounded,
        };
        Self::new(end(self.low, -1e-9), end(self.high, 1e-9))
    }

    pub(crate) fn times(self, factor: f64) -> Self {
        let by = |bound: Bound<f64>| bound.map(|value| value * factor);
        Self::new(by(self.low), by(self.high))
    }
}

impl FactQuery {
    /// All facts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Facts of this type; the last call counts.
    pub fn kind(mut self, kind: FactType) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Facts of the article with this id.
    pub fn article(self, id: impl Into<String>) -> Self {
        self.text(Attribute::Article, id.into())
    }

    /// Facts in the articles that `query` finds; the last call counts.
    pub fn within(mut self, query: Query) -> Self {
        self.within = Some(Box::new(query));
        self
    }

    /// References to the document or standard with this code, in any notation.
    pub fn code(self, code: impl Into<String>) -> Self {
        self.text(Attribute::Code, code.into())
    }

    /// Mentions of this person with a post, and meetings that this person chairs or speaks at.
    pub fn official(self, name: impl Into<String>) -> Self {
        self.text(Attribute::Official, name.into())
    }

    /// What the fact is called: of an official the name; of a document the kind, code or title; of a meeting the name;
    /// of an indicator the words of its clause up to the number and what is counted, so `tăng trưởng` for `tăng trưởng
    /// kinh tế đạt 5,6%`; of any other fact its own words. Dates and checks have none.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.text(Attribute::Name, name.into())
    }

    /// Officials with this post.
    pub fn post(self, post: impl Into<String>) -> Self {
        self.text(Attribute::Post, post.into())
    }

    /// Documents and standards issued by this body, and meetings that it holds.
    pub fn issuer(self, body: impl Into<String>) -> Self {
        self.text(Attribute::Issuer, body.into())
    }

    /// Facts that belong to this place: figures, meetings, officials of its bodies, documents issued there.
    pub fn place(self, place: impl Into<String>) -> Self {
        self.text(Attribute::Place, place.into())
    }

    /// Meetings with this person in the chair.
    pub fn chair(self, name: impl Into<String>) -> Self {
        self.text(Attribute::Chair, name.into())
    }

    /// Facts with all these words, in any order and whatever their marks: in their own text and name, posts, bodies and
    /// places. A text without words leaves nothing out.
    pub fn words(self, words: impl Into<String>) -> Self {
        self.text(Attribute::Words, words.into())
    }

    /// Indicators in this unit, as it is printed: `lượt người`, `%`, `đồng`. Letter case does not matter. One that is a
    /// measure finds the others of its kind, too, each converted: `km` finds `500 m`, if [`value`](Self::value) allows. A
    /// magnitude in front, as in `tỷ đồng`, multiplies the values asked for. The last call counts.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(clean(unit.into()));
        self
    }

    /// Indicators with a value in this range; a range of values that touches it counts. Values are in the unit asked for,
    /// and in the base unit of each fact (`VND` for money) where none is.
    pub fn value(self, range: impl RangeBounds<f64>) -> Self {
        self.valued(Values::new(range.start_bound().cloned(), range.end_bound().cloned()))
    }

    pub(crate) fn valued(mut self, values: Values) -> Self {
        self.value = Some(self.value.map_or(values, |old| old.and(values)));
        self
    }

    /// Facts with a date from the first day of `from` to the last day of `to`: dates, documents issued then, meetings held
    /// then, indicators for a period. A period that touches it counts.
    pub fn date(self, from: impl Into<Option<PartialDate>>, to: impl Into<Option<PartialDate>>) -> Self {
        self.dated(When::Date, (from.into(), to.into()))
    }

    /// The same, where the date is that of the reported event: dates that tell it, and meetings.
    pub fn event(self, from: impl Into<Option<PartialDate>>, to: impl Into<Option<PartialDate>>) -> Self {
        self.dated(When::Event, (from.into(), to.into()))
    }

    /// Facts of articles published from the first day of `from` to the last day of `to`.
    pub fn published(self, from: impl Into<Option<PartialDate>>, to: impl Into<Option<PartialDate>>) -> Self {
        self.dated(When::Published, (from.into(), to.into()))
    }

    pub(crate) fn text(mut self, attribute: Attribute, text: String) -> Self {
        // An id is a key; it is compared as it is.
        self.texts.push((attribute, if attribute == Attribute::Article { text } else { clean(text) }));
        self
    }

    pub(crate) fn dated(mut self, when: When, dates: Dates) -> Self {
        self.dates.push((when, dates));
        self
    }

    /// Whether it asks for nothing but a type.
    pub(crate) fn is_open(&self) -> bool {
        let Self { kind: _, texts, value, unit, dates, within } = self;
        texts.is_empty() && value.is_none() && unit.is_none() && dates.is_empty() && within.is_none()
    }

    /// Whether it is what a field of this name alone stands for.
    fn is_bare(&self) -> bool {
        let kind = match (self.texts.as_slice(), self.dates.as_slice()) {
            ([(Attribute::Post, _)], []) => Some(FactType::Official),
            ([(Attribute::Issuer, _)], []) => Some(FactType::Document),
            ([(Attribute::Place, _)], []) | ([], [(When::Event, _)]) => None,
            _ => return false,
        };
        self.kind == kind && self.value.is_none() && self.unit.is_none() && self.within.is_none()
    }
}

/// A text such that it can stand between quotation marks.
pub(crate) fn clean(text: String) -> String {
    if text.contains(is_quote) { text.replace(is_quote, " ") } else { text }
}

pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”')
}

impl fmt::Display for FactQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bare = self.is_bare();
        if !bare {
            write!(f, "{}:(", self.kind.map_or("fact", FactType::name))?;
        }
        let mut first = true;
        let mut next = |f: &mut fmt::Formatter<'_>| {
            if std::mem::take(&mut first) { Ok(()) } else { f.write_str(" ") }
        };
        for (attribute, text) in &self.texts {
            next(f)?;
            value(attribute.field(), text, f)?;
        }
        if let Some(values) = &self.value {
            next(f)?;
            values.fmt(f)?;
        }
        if let Some(unit) = &self.unit {
            next(f)?;
            value("unit", unit, f)?;
        }
        for (when, dates) in &self.dates {
            next(f)?;
            let field = match when {
                When::Date => "date",
                When::Event => "event",
                When::Published => "published",
            };
            range(field, *dates, f)?;
        }
        if let Some(query) = &self.within {
            next(f)?;
            write!(f, "within:({query})")?;
        }
        if self.is_open() {
            f.write_str("*")?;
        }
        f.write_str(if bare { "" } else { ")" })
    }
}

impl fmt::Display for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A comma is always a decimal one; `5.125` would be five thousand.
        let number = |value: f64| value.to_string().replace('.', ",");
        match (self.low, self.high) {
            (Bound::Included(low), Bound::Included(high)) if low.to_bits() == high.to_bits() => {
                write!(f, "value:{}", number(low))
            }
            (Bound::Included(low), Bound::Included(high)) => write!(f, "value:{}..{}", number(low), number(high)),
            (Bound::Unbounded, Bound::Unbounded) => f.write_str("value:*"),
            (Bound::Included(low), Bound::Unbounded) => write!(f, "value>={}", number(low)),
            (Bound::Excluded(low), Bound::Unbounded) => write!(f, "value>{}", number(low)),
            (Bound::Unbounded, Bound::Included(high)) => write!(f, "value<={}", number(high)),
            (Bound::Unbounded, Bound::Excluded(high)) => write!(f, "value<{}", number(high)),
            (Bound::Included(low) | Bound::Excluded(low), Bound::Included(high) | Bound::Excluded(high)) => {
                let open = if matches!(self.low, Bound::Included(_)) { '[' } else { '{' };
                let close = if matches!(self.high, Bound::Included(_)) { ']' } else { '}' };
                write!(f, "value:{open}{} TO {}{close}", number(low), number(high))
            }
        }
    }
}

/// A field with a range of dates.
pub(crate) fn range(field: &str, (from, to): Dates, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{field}:")?;
    match (from, to) {
        (None, None) => f.write_str("*"),
        (Some(from), Some(to)) if from == to => from.fmt(f),
        _ => {
            from.map_or(Ok(()), |date| date.fmt(f))?;
            f.write_str("..")?;
            to.map_or(Ok(()), |date| date.fmt(f))
        }
    }
}

/// A field with a text.
pub(crate) fn value(field: &str, text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if is_plain(text) || matches!(text, "%" | "‰") {
        write!(f, "{field}:{text}")
    } else {
        write!(f, "{field}:\"{}\"", text.replace(is_quote, " "))
    }
}

/// Letters and digits, signs only between them: nothing that could be read as more, or with what follows.
pub(crate) fn is_plain(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
        && text.ends_with(|c: char| c.is_alphanumeric() || c == '%')
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | ',' | '_' | '&' | '%'))
}
