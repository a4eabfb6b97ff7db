//! Rows as columns and cells, for tables and files.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Serialize, Serializer};

use crate::date::{DateValue, PartialDate};

/// A thing that can be written as a row of a table: [`FactRow`](crate::index::FactRow), [`ArticleRow`](crate::index::ArticleRow).
///
/// Every row has the same columns in the same order, whatever it holds; a cell that does not apply is empty. Programs that
/// guess what a column holds from its first rows are not led astray: dates are whole days, from the first to the last
/// that is meant (a year is its first and its last day), and no column of text holds numbers now and then. This is all that
/// a writer of CSV, JSON Lines, Parquet or any other table needs. The trait is sealed: later versions add columns, always
/// behind those that are there.
///
/// ```
/// use thoisu::index::{Copies, FactQuery, FactRow, NewsIndex, Row};
/// use thoisu::{Analyzer, Article};
///
/// let index = NewsIndex::in_ram(Analyzer::new())?;
/// let mut writer = index.writer()?;
/// let mut article = Article::from_text("Xã có 340 hộ nghèo.");
/// article.id = Some("a1".to_owned());
/// writer.add(&article)?;
/// writer.commit()?;
///
/// let wanted = ["article", "value", "unit", "issuer"];
/// for row in index.fact_rows(&FactQuery::new(), Copies::Once)? {
///     let row = row?;
///     let columns = FactRow::COLUMNS.iter().filter(|column| wanted.contains(&column.name()));
///     let line: Vec<String> = columns.map(|column| column.cell(&row).to_string()).collect();
///     assert_eq!(line, ["a1", "340", "hộ nghèo", ""]);
/// }
/// # Ok::<(), thoisu::Error>(())
/// ```
pub trait Row: sealed::Sealed + Sized + 'static {
    /// The columns, in the order in which they are written.
    const COLUMNS: &'static [Column<Self>];
}

/// What rows are is fixed here: a column can be added without breaking anybody's row.
pub(crate) mod sealed {
    pub trait Sealed {}
    impl Sealed for crate::index::ArticleRow {}
    impl Sealed for crate::index::FactRow {}
}

/// A column of a table of `R`.
pub struct Column<R> {
    name: &'static str,
    holds: Holds,
    cell: for<'r> fn(&'r R) -> Cell<'r>,
}

impl<R> Column<R> {
    pub(crate) const fn new(name: &'static str, holds: Holds, cell: for<'r> fn(&'r R) -> Cell<'r>) -> Self {
        Self { name, holds, cell }
    }

    /// Its name, unique in the table: small letters and `_`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What its cells hold, where they are not empty.
    #[must_use]
    pub fn holds(&self) -> Holds {
        self.holds
    }

    /// The cell of `row` in this column.
    #[must_use]
    pub fn cell<'r>(&self, row: &'r R) -> Cell<'r> {
        (self.cell)(row)
    }
}

impl<R> Clone for Column<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Column<R> {}

impl<R> fmt::Debug for Column<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Column").field("name", &self.name).field("holds", &self.holds).finish_non_exhaustive()
    }
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Holds {
    /// Text; several values are joined by `; `.
    Text,
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
    /// A day of the calendar.
    Day,
    /// Yes or no.
    Flag,
}

/// A cell of a table.
///
/// [`Display`](fmt::Display) writes it as a CSV file has it: nothing where it is empty, numbers in full with a decimal
/// point and without grouping, days as `2019-05-14`. Serialised, an empty cell is null and a decimal number the nearest
/// `f64`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Cell<'r> {
    /// Nothing is known, or nothing applies.
    Empty,
    /// Text.
    Text(Cow<'r, str>),
    /// A whole number.
    Integer(i64),
    /// A number, exact.
    Number(Decimal),
    /// A day.
    Day(PartialDate),
    /// Yes or no.
    Flag(bool),
}

impl<'r> Cell<'r> {
    pub(crate) fn text(text: Option<&'r str>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(Cow::Borrowed(text)))
    }

    pub(crate) fn owned(text: Option<String>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(Cow::Owned(text)))
    }

    /// Several values in one cell.
    pub(crate) fn list<S: AsRef<str> + 'r>(values: &'r [S]) -> Self {
        match values {
            [] => Self::Empty,
            [one] => Self::Text(Cow::Borrowed(one.as_ref())),
            many => {
                let many: Vec<&str> = many.iter().map(AsRef::as_ref).collect();
                Self::Text(Cow::Owned(many.join("; ")))
            }
        }
    }

    pub(crate) fn number(number: Option<Decimal>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    /// The same cell, which borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Self::Integer(number) => Cell::Integer(number),
            Self::Number(number) => Cell::Number(number),
            Self::Day(day) => Cell::Day(day),
            Self::Flag(flag) => Cell::Flag(flag),
        }
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    pub(crate) fn first_day(date: Option<DateValue>) -> Self {
        date.map_or(Self::Empty, |date| Self::Day(date.start().first_day()))
    }

    pub(crate) fn last_day(date: Option<DateValue>) -> Self {
        date.map_or(Self::Empty, |date| Self::Day(date.end().last_day()))
    }
}

impl From<String> for Cell<'static> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'r> From<&'r str> for Cell<'r> {
    fn from(text: &'r str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<usize> for Cell<'static> {
    fn from(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Decimal> for Cell<'static> {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl<'r, T: Into<Cell<'r>>> From<Option<T>> for Cell<'r> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
            Self::Number(number) => number.normalize().fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
        }
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Number(number) => serializer.serialize_f64(number.to_f64().unwrap_or_default()),
            Self::Day(day) => serializer.collect_str(day),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
        }
    }
}
