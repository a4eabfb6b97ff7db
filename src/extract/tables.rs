//! The tables of words that the rules read, and the rows that a user adds to them.

use std::fs;
use std::path::Path;

use super::Evidence;
use crate::error::{Error, Kind};
use crate::segment::Atoms;

/// A table of words that the rules read. The files are in `src/data`, and say what their columns mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Table {
    /// `document_types.tsv`: the noun as printed, the kind that it stands for, its abbreviation in codes, if it has one,
    /// and how it is cited, if not by a bare number (`number`, `noun`, `none`): `thư ngỏ`, `thư ngỏ`, `TN`.
    DocumentTypes,
    /// `issuers.tsv`: a body that issues documents, and the code that they carry, if it is always the same:
    /// `Sở Xây dựng`, `SXD`.
    Issuers,
    /// `issuer_codes.tsv`: a body's code, its name, its level (`central`, `province`, `district`, `commune`) and its
    /// system (`party`, `state`, `union`), each where the code tells it: `SXD`, `Sở Xây dựng`, `province`, `state`.
    IssuerCodes,
    /// `posts.tsv`: a rank that a post begins with, how it is held (`one`, `many`, `body`), and the rank written out where
    /// it is an abbreviation: `chủ nhiệm`, `one`; `PCT`, `many`, `Phó Chủ tịch`.
    Posts,
    /// `bodies.tsv`: a word of the bodies that posts name, and its kind (`whole`, `local`, `open`, `named`, `level`,
    /// `field`, `qualifier`): `Tổ hợp tác`, `named`.
    Bodies,
    /// `units.tsv`: a measure as printed, the unit that a fact names, and its class (`money`, `share`, `measure`):
    /// `giạ`, `giạ`, `measure`.
    Units,
    /// `nouns.tsv`: what numbers count, and its class (`noun`, `head`, `place`, `time`, `none`): `giếng khoan`, `noun`.
    Nouns,
    /// `abbreviations.tsv`: an abbreviation, and what it stands for: `NTM`, `nông thôn mới`.
    Abbreviations,
}

/// What a cell of a row may hold.
#[derive(Clone, Copy, Debug)]
enum Cell {
    Text,
    /// May be left out.
    Rest,
    OneOf(&'static [&'static str]),
}

impl Table {
    /// Its file in `src/data`.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::DocumentTypes => "document_types.tsv",
            Self::Issuers => "issuers.tsv",
            Self::IssuerCodes => "issuer_codes.tsv",
            Self::Posts => "posts.tsv",
            Self::Bodies => "bodies.tsv",
            Self::Units => "units.tsv",
            Self::Nouns => "nouns.tsv",
            Self::Abbreviations => "abbreviations.tsv",
        }
    }

    fn built_in(self) -> &'static str {
        match self {
            Self::DocumentTypes => include_str!("../data/document_types.tsv"),
            Self::Issuers => include_str!("../data/issuers.tsv"),
            Self::IssuerCodes => include_str!("../data/issuer_codes.tsv"),
            Self::Posts => include_str!("../data/posts.tsv"),
            Self::Bodies => include_str!("../data/bodies.tsv"),
            Self::Units => include_str!("../data/units.tsv"),
            Self::Nouns => include_str!("../data/nouns.tsv"),
            Self::Abbreviations => include_str!("../data/abbreviations.tsv"),
        }
    }

    fn columns(self) -> &'static [Cell] {
        match self {
            Self::DocumentTypes => &[Cell::Text, Cell::Text, Cell::Rest, Cell::Rest],
            Self::Issuers => &[Cell::Text, Cell::Rest],
            Self::IssuerCodes => &[
                Cell::Text,
                Cell::Text,
                Cell::OneOf(&["central", "province", "district", "commune", ""]),
                Cell::OneOf(&["party", "state", "union", ""]),
            ],
            Self::Posts => &[Cell::Text, Cell::OneOf(&["one", "many", "body"]), Cell::Rest],
            Self::Bodies => {
                &[Cell::Text, Cell::OneOf(&["whole", "local", "open", "named", "level", "field", "qualifier"])]
            }
            Self::Units => &[Cell::Text, Cell::Text, Cell::OneOf(&["money", "share", "measure"])],
            Self::Nouns => &[Cell::Text, Cell::OneOf(&["noun", "head", "place", "time", "none"])],
            Self::Abbreviations => &[Cell::Text, Cell::Text],
        }
    }

    /// What is wrong with a row; nothing for a good one.
    fn fault(self, row: &str) -> Option<String> {
        let columns = self.columns();
        let cells: Vec<&str> = row.split('\t').collect();
        let needed = columns.iter().filter(|column| !matches!(column, Cell::Rest)).count();
        if cells.len() < needed || cells.len() > columns.len() {
            return Some(format!("{} cells where {} has {}", cells.len(), self.file(), columns.len()));
        }
        cells.iter().zip(columns).enumerate().find_map(|(i, (cell, column))| match column {
            Cell::OneOf(known) if !known.contains(cell) => {
                Some(format!("cell {} is {cell:?} and not one of {}", i + 1, known.join(", ")))
            }
            Cell::Text if Atoms::new(cell).is_empty() => Some(format!("cell {} is empty", i + 1)),
            _ => None,
        })
    }
}

/// The tables of words that the rules read: the built-in ones, with rows of your own.
///
/// ```
/// use thoisu::extract::{Table, Tables};
/// use thoisu::{Analyzer, Article, FactKind};
///
/// let mut tables = Tables::new();
/// tables.add(Table::Units, "giạ\tgiạ\tmeasure")?;
/// let analyzer = Analyzer::builder().tables(tables).build();
/// let article = Article::from_text("Xã thu hoạch 1.250 giạ lúa.");
/// let facts = analyzer.facts(&analyzer.document(&article));
/// let FactKind::Indicator(rice) = &facts[0].kind else { panic!("no indicator") };
/// assert_eq!((rice.value, rice.unit.as_str()), (1250.into(), "giạ"));
/// # Ok::<(), thoisu::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tables {
    added: Vec<(Table, String)>,
}

impl Tables {
    /// The built-in rows alone.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds rows: one a line, cells parted by tabs; empty lines and lines that begin with `#` are left out. Where a row
    /// begins with the same words as a built-in one, the added row counts.
    ///
    /// # Errors
    ///
    /// [`Error::is_input`] for a row that does not have the columns of the table, with its line (from 1) and what is wrong
    /// with it; no row is added then.
    pub fn add(&mut self, table: Table, rows: &str) -> Result<(), Error> {
        for (number, line) in (1..).zip(rows.lines()) {
            let line = line.trim_end_matches('\r');
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(fault) = table.fault(line) {
                return Err(Error::new(Kind::Input, format!("a row cannot be read: {fault}"))
                    .at(format!("line {number}"))
                    .advice(format!("write it as in src/data/{}, with tabs between the cells", table.file())));
            }
        }
        self.added.push((table, rows.replace('\r', "")));
        Ok(())
    }

    /// Adds the rows of a file, as [`add`](Self::add) does.
    ///
    /// # Errors
    ///
    /// [`Error::is_io`] for a file that cannot be read or is not UTF-8; [`Error::is_input`] for a row that does not have the
    /// columns of the table.
    pub fn add_from_path(&mut self, table: Table, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let rows = fs::read_to_string(path).map_err(|error| {
            Error::new(Kind::Io, format!("cannot read a table: {error}"))
                .at(path.display())
                .advice("name a UTF-8 file of rows with tabs between the cells")
                .source(error)
        })?;
        self.add(table, &rows).map_err(|error| error.at(path.display()))
    }

    /// What was added: the file that it belongs to, and the rows as they were given.
    #[cfg(feature = "index")]
    pub(crate) fn added(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.added.iter().map(|(table, rows)| (table.file(), rows.as_str()))
    }

    /// Whether nothing was added.
    pub(crate) fn is_built_in(&self) -> bool {
        self.added.is_empty()
    }

    /// The rows of a table as cells, those added after the built-in ones.
    pub(crate) fn rows(&self, table: Table) -> impl Iterator<Item = Vec<&str>> {
        self.lines(table).map(|line| line.split('\t').collect())
    }

    /// The row of a table that begins with `phrase`, whatever its letter case and blanks: the one that counts.
    pub(crate) fn evidence(&self, table: Table, phrase: &str) -> Option<Evidence> {
        evidence(table.file(), self.lines(table), phrase)
    }

    fn lines(&self, table: Table) -> impl Iterator<Item = &str> {
        let added = self.added.iter().filter(move |(of, _)| *of == table).map(|(_, rows)| rows.as_str());
        std::iter::once(table.built_in()).chain(added).flat_map(crate::table::lines)
    }
}

/// The last of `lines` that begins with `phrase`, whatever its letter case and blanks.
pub(crate) fn evidence<'a>(
    table: &'static str,
    lines: impl Iterator<Item = &'a str>,
    phrase: &str,
) -> Option<Evidence> {
    let key = |text: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let phrase = key(phrase);
    let row = lines.filter(|line| line.split('\t').next().is_some_and(|cell| key(cell) == phrase)).last()?;
    Some(Evidence { table, row: row.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_rows_have_the_columns_that_added_ones_must_have() {
        for table in [
            Table::DocumentTypes,
            Table::Issuers,
            Table::IssuerCodes,
            Table::Posts,
            Table::Bodies,
            Table::Units,
            Table::Nouns,
            Table::Abbreviations,
        ] {
            for row in crate::table::lines(table.built_in()) {
                assert_eq!(table.fault(row), None, "{}: {row:?}", table.file());
            }
        }
    }

    #[test]
    fn a_bad_row_is_named_with_its_line_and_adds_nothing() {
        let mut tables = Tables::new();
        let error = tables.add(Table::Units, "# own\ngiạ\tgiạ\tmeasure\nthúng\tthúng\tbasket\n").unwrap_err();
        assert!(error.is_input());
        assert_eq!(
            error.to_string(),
            "a row cannot be read: cell 3 is \"basket\" and not one of money, share, measure (line 3): \
             write it as in src/data/units.tsv, with tabs between the cells"
        );
        assert!(tables.is_built_in());
    }
}
