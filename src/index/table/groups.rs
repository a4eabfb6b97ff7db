//! Facts counted and added up by what they have in common.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::date::DateValue;
use crate::error::{Error, Kind};
use crate::extract::{FactKind, decimal};
use crate::index::NewsIndex;
use crate::index::query::condition::FactQuery;
use crate::index::search::facets::Count;
use crate::index::store::schema;
use crate::index::store::tokenizer;
use crate::index::table::period::Period;
use crate::index::table::sweep::{Copies, FactRow};

/// Which time of a fact counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum When {
    /// The one that it tells itself ([`FactRow::date`]): the period of a figure, the day of a meeting; that of
    /// publication where it tells none.
    #[default]
    Told,
    /// When its article was published.
    Published,
}

impl When {
    pub(crate) fn of(self, row: &FactRow) -> Option<DateValue> {
        let published = row.article().article().published.map(DateValue::from);
        match self {
            Self::Told => row.date().or(published),
            Self::Published => published,
        }
    }
}

/// What facts are grouped by. Read from and written as the names in the table.
///
/// | name | facts stand together that |
/// | --- | --- |
/// | `day`, `week`, `month`, `quarter`, `year` | tell the same time of themselves, or were published then where they tell none |
/// | `published-day` … `published-year` | were published then; `published` is short for `published-month` |
/// | `document` | refer to the same code, in any notation |
/// | `official` | name the same person; a meeting stands under each of its chairs |
/// | `place` | have the same place; an official stands under each place of the posts |
/// | `unit` | are in the same unit |
/// | `type` | are of the same type |
/// | `source` | are from the same site |
///
/// A time that is coarser than asked for stands by itself: a figure of all of 2019 under `2019`, beside the months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Key {
    /// Its time.
    Time(When, Period),
    /// The document's code.
    Document,
    /// The person's name.
    Official,
    /// The place.
    Place,
    /// The unit.
    Unit,
    /// The type of fact.
    Type,
    /// The site or source of the article.
    Source,
}

impl Key {
    /// What a row is grouped by, and how that is shown; several values for one that stands in several groups.
    fn values(self, row: &FactRow) -> Vec<(String, String)> {
        let same = |text: &str| (schema::unit_key(text), text.to_owned());
        let alone = |text: String| (text.clone(), text);
        match self {
            Self::Time(when, period) => {
                let shown = |value: DateValue| match period.slot(value) {
                    Some(slot) => slot.to_string(),
                    None => value.to_string(),
                };
                when.of(row).map(|value| alone(shown(value))).into_iter().collect()
            }
            Self::Document => match &row.fact().kind {
                FactKind::Document(document) => document.code.iter().map(|code| code_pair(code)).collect(),
                FactKind::Standard(standard) => vec![code_pair(&standard.code)],
                _ => Vec::new(),
            },
            Self::Official => match &row.fact().kind {
                FactKind::Official(official) => vec![name_pair(&official.name)],
                FactKind::Meeting(meeting) => meeting.chairs.iter().map(|name| name_pair(name)).collect(),
                _ => Vec::new(),
            },
            Self::Place => row.places().map(same).collect(),
            Self::Unit => row.indicator().map(|indicator| same(&indicator.unit)).into_iter().collect(),
            Self::Type => vec![alone(row.kind().name().to_owned())],
            Self::Source => row.article().source().map(alone).into_iter().collect(),
        }
    }
}

fn code_pair(code: &str) -> (String, String) {
    (tokenizer::code_key(code), code.to_owned())
}

fn name_pair(name: &str) -> (String, String) {
    (schema::name_key(name), name.to_owned())
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(When::Told, period) => period.fmt(f),
            Self::Time(When::Published, period) => write!(f, "published-{period}"),
            Self::Document => f.write_str("document"),
            Self::Official => f.write_str("official"),
            Self::Place => f.write_str("place"),
            Self::Unit => f.write_str("unit"),
            Self::Type => f.write_str("type"),
            Self::Source => f.write_str("source"),
        }
    }
}

impl FromStr for Key {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let text = text.trim().to_ascii_lowercase();
        Ok(match text.as_str() {
            "published" => Self::Time(When::Published, Period::Month),
            "document" => Self::Document,
            "official" => Self::Official,
            "place" => Self::Place,
            "unit" => Self::Unit,
            "type" => Self::Type,
            "source" => Self::Source,
            time => {
                let (when, period) = match time.strip_prefix("published-") {
                    Some(period) => (When::Published, period),
                    None => (When::Told, time),
                };
                let period = period.parse().map_err(|_| {
                    Error::new(Kind::Query, format!("facts cannot be grouped by {text:?}")).advice(
                        "use day, week, month, quarter, year, published, document, official, place, unit, type or source",
                    )
                })?;
                Self::Time(when, period)
            }
        })
    }
}

/// Facts with the same keys and, where they are figures, the same unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Group {
    /// What they have in common, in the order of the keys asked for, as most of them write it; `None` where they have
    /// no such thing.
    pub keys: Vec<Option<String>>,
    /// The unit of the figures, as most of them write it. Figures in different units are never in one group.
    pub unit: Option<String>,
    /// How many facts.
    pub facts: usize,
    /// How many articles state them.
    pub articles: usize,
    /// What the figures come to.
    pub values: Option<Values>,
}

/// What several figures of one unit come to, exactly.
///
/// A range of values counts with its lower end, a ratio (`53/49 nhiệm vụ`) with its first number. All figures count,
/// also those that an article says twice and those that are a part of another one
/// ([`part_of`](crate::extract::Indicator::part_of)): a sum is one of statements, not of the things themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Values {
    /// How many figures.
    pub count: usize,
    /// Their sum; `None` where it is beyond what a [`Decimal`] holds.
    #[serde(with = "decimal::option")]
    pub sum: Option<Decimal>,
    /// The least.
    #[serde(with = "decimal")]
    pub min: Decimal,
    /// The greatest.
    #[serde(with = "decimal")]
    pub max: Decimal,
    /// The one in the middle; of an even number of figures, the mean of the two in the middle.
    #[serde(with = "decimal")]
    pub median: Decimal,
}

impl Values {
    /// What `values` come to; `None` where there are none. Takes time n log n.
    pub(crate) fn of(mut values: Vec<Decimal>) -> Option<Self> {
        values.sort_unstable();
        let (min, max) = (*values.first()?, *values.last()?);
        let middle = values.len() / 2;
        let median = if values.len() % 2 == 1 { values[middle] } else { mean(values[middle - 1], values[middle]) };
        let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value));
        let sum = sum.map(|sum| sum.normalize());
        let normal = |value: Decimal| value.normalize();
        Some(Self { count: values.len(), sum, min: normal(min), max: normal(max), median: normal(median) })
    }
}

/// The mean of two numbers of which the first is not the greater one.
fn mean(a: Decimal, b: Decimal) -> Decimal {
    match a.checked_add(b) {
        Some(sum) => sum / Decimal::TWO,
        // Both are on one side of zero, so their difference is within bounds.
        None => a + (b - a) / Decimal::TWO,
    }
}

/// Puts facts into groups, for callers who choose the rows themselves; else there is [`NewsIndex::group_facts`].
///
/// Keeps sixteen bytes for each figure, for the medians.
#[derive(Clone, Debug)]
pub struct Grouping {
    keys: Vec<Key>,
    groups: HashMap<Vec<Option<String>>, Gathered>,
}

#[derive(Clone, Debug, Default)]
struct Gathered {
    /// For each key, and then for the unit, the forms in which it was met.
    shown: Vec<Forms>,
    facts: usize,
    articles: usize,
    last_article: String,
    values: Vec<Decimal>,
}

/// How often something is written in each way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forms(BTreeMap<String, usize>);

impl Forms {
    pub(crate) fn add(&mut self, form: &str) {
        match self.0.get_mut(form) {
            Some(count) => *count += 1,
            None => {
                self.0.insert(form.to_owned(), 1);
            }
        }
    }

    /// The form that is met most often, the first in order of those.
    pub(crate) fn most(&self) -> Option<&str> {
        let best = self.0.iter().rev().max_by_key(|(_, count)| **count);
        best.map(|(form, _)| form.as_str())
    }

    pub(crate) fn forms(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// How often it is met in any form.
    pub(crate) fn total(&self) -> usize {
        self.0.values().sum()
    }

    /// Each form by itself, the most frequent first.
    pub(crate) fn into_counts(self) -> Vec<Count> {
        let mut counts: Vec<Count> = self.0.into_iter().map(|(value, articles)| Count { value, articles }).collect();
        counts.sort_by_key(|count| std::cmp::Reverse(count.articles));
        counts
    }
}

impl Grouping {
    /// Groups by these keys; by none, all facts of a unit are one group.
    #[must_use]
    pub fn new(keys: impl Into<Vec<Key>>) -> Self {
        Self { keys: keys.into(), groups: HashMap::new() }
    }

    /// Adds a fact. Rows of one article come one after the other, as [`NewsIndex::fact_rows`] gives them.
    pub fn add(&mut self, row: &FactRow) {
        let mut all: Vec<Vec<Option<(String, String)>>> = vec![Vec::new()];
        for key in self.keys.iter().chain([&Key::Unit]) {
            let mut values: Vec<_> = key.values(row).into_iter().map(Some).collect();
            values.sort();
            values.dedup_by(|a, b| a.as_ref().map(|a| &a.0) == b.as_ref().map(|b| &b.0));
            if values.is_empty() {
                values.push(None);
            }
            let with = |start: &Vec<_>, value: &Option<_>| start.iter().cloned().chain([value.clone()]).collect();
            all = all.iter().flat_map(|start| values.iter().map(move |value| with(start, value))).collect();
        }
        for keys in all {
            let id = keys.iter().map(|key| key.as_ref().map(|(key, _)| key.clone())).collect();
            let gathered = self.groups.entry(id).or_default();
            gathered.shown.resize_with(keys.len(), Forms::default);
            for (forms, key) in gathered.shown.iter_mut().zip(&keys) {
                if let Some((_, shown)) = key {
                    forms.add(shown);
                }
            }
            gathered.facts += 1;
            if gathered.articles == 0 || gathered.last_article != row.article().id() {
                gathered.articles += 1;
                row.article().id().clone_into(&mut gathered.last_article);
            }
            gathered.values.extend(row.indicator().map(|indicator| indicator.value));
        }
    }

    /// The groups: in order of time where the first key is one, else those with most facts first.
    #[must_use]
    pub fn finish(self) -> Vec<Group> {
        let in_time = matches!(self.keys.first(), Some(Key::Time(..)));
        let mut groups: Vec<Group> = self.groups.into_values().map(Gathered::into_group).collect();
        let first = |group: &Group| group.keys.first().cloned().flatten();
        groups.sort_by(|a, b| {
            let missing = first(a).is_none().cmp(&first(b).is_none());
            let in_time =
                if in_time { missing.then_with(|| first(a).cmp(&first(b))) } else { std::cmp::Ordering::Equal };
            in_time.then(b.facts.cmp(&a.facts)).then_with(|| (&a.keys, &a.unit).cmp(&(&b.keys, &b.unit)))
        });
        groups
    }
}

impl Gathered {
    fn into_group(self) -> Group {
        let mut keys: Vec<Option<String>> = self.shown.iter().map(|forms| forms.most().map(str::to_owned)).collect();
        let unit = keys.pop().flatten();
        Group { keys, unit, facts: self.facts, articles: self.articles, values: Values::of(self.values) }
    }
}

impl NewsIndex {
    /// The facts that `query` finds, counted and added up by `keys`; figures always by their unit too.
    ///
    /// Reads every article that has one of the facts, one at a time.
    ///
    /// # Errors
    ///
    /// [`Error::is_io`] or [`Error::is_index`] if the index cannot be read.
    ///
    /// ```
    /// use thoisu::index::{Copies, FactQuery, FactType, Key, NewsIndex};
    /// use thoisu::{Analyzer, Article};
    ///
    /// let index = NewsIndex::in_ram(Analyzer::new())?;
    /// let mut writer = index.writer()?;
    /// for (id, date, text) in [
    ///     ("a1", "2021-03-02", "Xã có 340 hộ nghèo."),
    ///     ("a2", "2021-03-20", "Thôn có 12 hộ nghèo."),
    ///     ("a3", "2021-04-01", "Xã còn 298 hộ nghèo."),
    /// ] {
    ///     let mut article = Article::from_text(text);
    ///     article.id = Some(id.to_owned());
    ///     article.published = Some(date.parse()?);
    ///     writer.add(&article)?;
    /// }
    /// writer.commit()?;
    ///
    /// let query = FactQuery::new().kind(FactType::Indicator);
    /// let groups = index.group_facts(&query, ["month".parse::<Key>()?], Copies::Once)?;
    /// let march = &groups[0];
    /// assert_eq!(march.keys, [Some("2021-03".to_owned())]);
    /// assert_eq!((march.unit.as_deref(), march.articles), (Some("hộ nghèo"), 2));
    /// let values = march.values.as_ref().unwrap();
    /// assert_eq!(values.sum.unwrap().to_string(), "352");
    /// assert_eq!(values.median.to_string(), "176");
    /// # Ok::<(), thoisu::Error>(())
    /// ```
    pub fn group_facts(
        &self,
        query: &FactQuery,
        keys: impl Into<Vec<Key>>,
        copies: Copies,
    ) -> Result<Vec<Group>, Error> {
        let mut grouping = Grouping::new(keys);
        for row in self.fact_rows(query, copies)? {
            grouping.add(&row?);
        }
        Ok(grouping.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(values: &[&str]) -> Values {
        Values::of(values.iter().map(|value| value.parse().unwrap()).collect()).unwrap()
    }

    #[test]
    fn numbers_are_exact() {
        let odd = values(&["0.3", "0.1", "0.2"]);
        assert_eq!((odd.sum.unwrap().to_string(), odd.median.to_string()), ("0.6".to_owned(), "0.2".to_owned()));
        let even = values(&["301330000000", "5.66", "5.67", "1"]);
        assert_eq!(even.sum.unwrap().to_string(), "301330000012.33");
        assert_eq!((even.min.to_string(), even.max.to_string()), ("1".to_owned(), "301330000000".to_owned()));
        assert_eq!(even.median.to_string(), "5.665");
        assert_eq!(Values::of(Vec::new()), None);
    }

    #[test]
    fn what_is_too_great_to_add_up_has_no_sum() {
        let most = Values::of(vec![Decimal::MAX, Decimal::MAX]).unwrap();
        assert_eq!((most.sum, most.median), (None, Decimal::MAX));
    }

    #[test]
    fn keys_are_written_as_they_are_read() {
        for name in ["month", "published-year", "document", "official", "place", "unit", "type", "source", "week"] {
            assert_eq!(name.parse::<Key>().unwrap().to_string(), name);
        }
        assert_eq!("published".parse::<Key>().unwrap().to_string(), "published-month");
        assert!("colour".parse::<Key>().unwrap_err().is_query());
    }
}
