//! The tables of words in `src/data`.

/// The rows of a table in `src/data`: tab-separated cells; lines that begin with `#` and empty lines are left out.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}
