use std::borrow::Cow;
use std::fmt;

use crate::error::{Error, Kind};

/// Something in a query that could not be understood, and what was done about it.
///
/// ```
/// use thoisu::index::Query;
///
/// let (query, problems) = Query::lenient("(đối thoại date:2019-13");
/// assert_eq!(query.to_string(), "đối thoại 2019-13");
/// let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
/// assert_eq!(told, [
///     "a parenthesis without its partner (query, character 1): close it or leave it out",
///     "date: does not take \"2019-13\" (query, character 17): write date:2019, date:5/2019, date:14/5/2019 or a range \
///      such as date:2019-Q1..2020",
/// ]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub(crate) at: usize,
    pub(crate) what: Cow<'static, str>,
    pub(crate) advice: Cow<'static, str>,
}

impl Problem {
    /// Where it is: characters (`char`) of the query before it.
    #[must_use]
    pub fn position(&self) -> usize {
        self.at
    }

    /// What is wrong.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> &str {
        &self.advice
    }

    pub(crate) fn into_error(self) -> Error {
        Error::new(Kind::Query, self.what).at(format_args!("query, character {}", self.at + 1)).advice(self.advice)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (query, character {}): {}", self.what, self.at + 1, self.advice)
    }
}
