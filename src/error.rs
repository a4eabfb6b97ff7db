use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

/// What can go wrong at the edges of the library: reading, decoding, loading, indexing, querying.
///
/// Analysis itself never fails. An error reads as `what (where): what to do` and is meant to be shown as it is; exactly one
/// of the `is_*` predicates tells its kind. What another library or the system said is kept as its
/// [`source`](std::error::Error::source).
///
/// ```
/// use thoisu::PartialDate;
///
/// let error = "2019-13".parse::<PartialDate>().unwrap_err().at("row 7");
/// assert!(error.is_input());
/// assert_eq!(
///     error.to_string(),
///     "no date: \"2019-13\" (row 7): write 2019, 2019-Q1, 2019-05, 2019-05-14 or 2019-05-14T08:30"
/// );
/// ```
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    what: Cow<'static, str>,
    place: Option<String>,
    advice: Option<Cow<'static, str>>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Reading or writing a file failed.
    Io,
    /// The input is not what it should be: encoding, JSON, a table, a model.
    Input,
    /// The index directory is missing, foreign, damaged or of another version.
    Index,
    /// A query that cannot be read.
    Query,
}

impl Error {
    pub(crate) fn new(kind: Kind, what: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, what: what.into(), place: None, advice: None, source: None }
    }

    /// Adds where it happened: a path, a line, a position. What was known before stands behind it.
    #[must_use]
    pub fn at(mut self, place: impl fmt::Display) -> Self {
        self.place = Some(match self.place {
            Some(inner) => format!("{place}, {inner}"),
            None => place.to_string(),
        });
        self
    }

    /// What the caller can do about it.
    pub(crate) fn advice(mut self, advice: impl Into<Cow<'static, str>>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    pub(crate) fn source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Reading or writing a file failed; to try again may help.
    #[must_use]
    pub fn is_io(&self) -> bool {
        self.kind == Kind::Io
    }

    /// The input has another form than it should: not UTF-8, not JSON, a damaged table or model.
    #[must_use]
    pub fn is_input(&self) -> bool {
        self.kind == Kind::Input
    }

    /// The index is missing, foreign, damaged, locked, or written with other settings.
    #[must_use]
    pub fn is_index(&self) -> bool {
        self.kind == Kind::Index
    }

    /// The query cannot be read, or a word for a type, a key or a period is none; who asked must ask otherwise.
    #[must_use]
    pub fn is_query(&self) -> bool {
        self.kind == Kind::Query
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if let Some(place) = &self.place {
            write!(f, " ({place})")?;
        }
        if let Some(advice) = &self.advice {
            write!(f, ": {advice}")?;
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
