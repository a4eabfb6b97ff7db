//! The words that the grammar of references knows.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use crate::extract::phrases::Phrases;
use crate::extract::{Evidence, Level, StandardKind, System, Table, Tables, tables};
use crate::segment::Atoms;
use crate::table::{lines, rows};

const LAW_TITLES: &str = include_str!("../../data/law_titles.tsv");
const WORDS: &str = include_str!("../../data/document_words.tsv");

/// A type of document, as its noun tells it.
#[derive(Debug)]
pub(super) struct Type {
    pub(super) kind: Box<str>,
    /// A bare number names it only after `số`.
    pub(super) needs_number_word: bool,
    /// It is a document of policy; minutes and letters of introduction are none.
    pub(super) is_policy: bool,
}

/// What an abbreviation in a code says of the kind.
#[derive(Debug)]
pub(super) struct Abbreviation {
    /// As it is officially written.
    pub(super) spelling: Box<str>,
    pub(super) kind: Box<str>,
    /// It names this kind without the noun, too.
    pub(super) alone: bool,
    /// The kind is one of documents of policy.
    pub(super) is_policy: bool,
}

/// A body that codes name.
#[derive(Debug)]
pub(super) struct Body {
    /// Its code as it is officially written.
    pub(super) code: Box<str>,
    pub(super) name: Box<str>,
    pub(super) level: Option<Level>,
    pub(super) system: Option<System>,
}

/// What words do in references: a set of the uses that `document_words.tsv` names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Use(u32);

impl Use {
    pub(super) const AFTER: Self = Self(1);
    pub(super) const ENDS_TITLE: Self = Self(1 << 1);
    pub(super) const CLAUSE: Self = Self(1 << 2);
    pub(super) const ENDS_LAW: Self = Self(1 << 3);
    pub(super) const ENDS_NAME: Self = Self(1 << 4);
    pub(super) const OPENS_TITLE: Self = Self(1 << 5);
    pub(super) const THIS: Self = Self(1 << 6);
    pub(super) const SEVERAL: Self = Self(1 << 7);
    pub(super) const HOLDER: Self = Self(1 << 8);
    pub(super) const LINK: Self = Self(1 << 9);
    pub(super) const CITY: Self = Self(1 << 10);
    pub(super) const ANY: Self = Self(1 << 11);
    pub(super) const STANDARD_WITH: Self = Self(1 << 12);

    /// The uses by the names that the table has for them.
    const NAMES: [(&'static str, Self); 13] = [
        ("after", Self::AFTER),
        ("ends-title", Self::ENDS_TITLE),
        ("clause", Self::CLAUSE),
        ("ends-law", Self::ENDS_LAW),
        ("ends-name", Self::ENDS_NAME),
        ("opens-title", Self::OPENS_TITLE),
        ("this", Self::THIS),
        ("several", Self::SEVERAL),
        ("holder", Self::HOLDER),
        ("link", Self::LINK),
        ("city", Self::CITY),
        ("any", Self::ANY),
        ("standard-with", Self::STANDARD_WITH),
    ];

    fn named(name: &str) -> Self {
        Self::NAMES.iter().find(|(known, _)| *known == name).map_or(Self(0), |(_, found)| *found)
    }

    pub(super) fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The parts of documents from the innermost, by the names that the table has for them.
pub(super) const PARTS: [&str; 6] =
    ["part-point", "part-clause", "part-article", "part-section", "part-chapter", "part-appendix"];

#[derive(Debug)]
pub(super) struct Words {
    /// The nouns of document types.
    pub(super) types: Phrases<Type>,
    /// The kinds that an abbreviation in a code may stand for, under its [`key`].
    pub(super) abbreviations: FxHashMap<String, Vec<Abbreviation>>,
    /// Bodies by the words that name them, with the code that their documents carry.
    pub(super) issuers: Phrases<Option<Box<str>>>,
    /// Bodies under the [`key`] of their code.
    pub(super) bodies: FxHashMap<String, Body>,
    pub(super) law_titles: Phrases<()>,
    /// The words of parts of documents, as indices of [`PARTS`].
    pub(super) parts: Phrases<usize>,
    /// The words that begin codes of standards.
    pub(super) standards: Phrases<StandardKind>,
    /// What other words do.
    pub(super) uses: Phrases<Use>,
}

impl Words {
    pub(super) fn new(tables: &Tables) -> Arc<Self> {
        static BUILT_IN: LazyLock<Arc<Words>> = LazyLock::new(|| Arc::new(Words::load(&Tables::new())));
        if tables.is_built_in() { Arc::clone(&BUILT_IN) } else { Arc::new(Self::load(tables)) }
    }

    fn load(tables: &Tables) -> Self {
        let mut abbreviations: FxHashMap<String, Vec<Abbreviation>> = FxHashMap::default();
        for row in tables.rows(Table::DocumentTypes).filter(|row| !cell(row, 2).is_empty()) {
            abbreviations.entry(key(row[2])).or_default().push(Abbreviation {
                spelling: row[2].into(),
                kind: row[1].into(),
                alone: !flag(&row, "noun"),
                is_policy: !flag(&row, "none"),
            });
        }
        let body = |row: Vec<&str>| {
            let body = Body {
                code: row[0].into(),
                name: row[1].into(),
                level: level(cell(&row, 2)),
                system: system(cell(&row, 3)),
            };
            (key(row[0]), body)
        };
        let part = |row: Vec<&'static str>| Some((row[0], PARTS.iter().position(|part| *part == row[1])?));
        Self {
            types: Phrases::new(tables.rows(Table::DocumentTypes).map(|row| {
                let of = Type {
                    kind: row[1].into(),
                    needs_number_word: flag(&row, "number"),
                    is_policy: !flag(&row, "none"),
                };
                (row[0], of)
            })),
            abbreviations,
            issuers: Phrases::new(tables.rows(Table::Issuers).map(|row| (row[0], row.get(1).map(|&code| code.into())))),
            bodies: tables.rows(Table::IssuerCodes).map(body).collect(),
            law_titles: Phrases::new(rows(LAW_TITLES).map(|row| (row[0], ()))),
            parts: Phrases::new(rows(WORDS).filter_map(part)),
            standards: Phrases::new(rows(WORDS).filter_map(|row| Some((row[0], standard_kind(row[1])?)))),
            uses: Phrases::new(uses()),
        }
    }

    /// The body that a part of a code names; the term of congress in `QH15` is left out.
    pub(super) fn body(&self, part: &str) -> Option<&Body> {
        let part = part.trim_end_matches(|c: char| c.is_ascii_digit());
        self.bodies.get(&key(part))
    }
}

/// Words with their uses. A phrase has those of the shorter ones that it begins with: `được quy định tại` ends a title
/// as `được` does.
fn uses() -> BTreeMap<&'static str, Use> {
    let mut uses: BTreeMap<&str, Use> = BTreeMap::new();
    for row in rows(WORDS) {
        uses.entry(row[0]).or_default().0 |= Use::named(row[1]).0;
    }
    let words = uses.clone();
    for (phrase, uses) in &mut uses {
        for (end, _) in phrase.match_indices(' ') {
            uses.0 |= words.get(&phrase[..end]).copied().unwrap_or_default().0;
        }
    }
    uses
}

fn standard_kind(name: &str) -> Option<StandardKind> {
    match name {
        "standard" => Some(StandardKind::Standard),
        "regulation" => Some(StandardKind::Regulation),
        _ => None,
    }
}

fn cell<'a>(row: &[&'a str], i: usize) -> &'a str {
    row.get(i).copied().unwrap_or_default()
}

fn flag(row: &[&str], name: &str) -> bool {
    cell(row, 3).split(',').any(|flag| flag == name)
}

fn level(name: &str) -> Option<Level> {
    Some(match name {
        "central" => Level::Central,
        "province" => Level::Province,
        "district" => Level::District,
        "commune" => Level::Commune,
        _ => return None,
    })
}

fn system(name: &str) -> Option<System> {
    Some(match name {
        "party" => System::Party,
        "state" => System::State,
        "union" => System::Union,
        _ => return None,
    })
}

/// Parts of codes are the same when they differ in letter case and in the stroke of `Đ` alone: `ND-CP`, `CT-TTG`.
pub(super) fn key(part: &str) -> String {
    part.to_lowercase().replace('đ', "d")
}

/// The row of `law_titles.tsv` for a title.
pub(super) fn law_title(title: &str) -> Option<Evidence> {
    tables::evidence("law_titles.tsv", lines(LAW_TITLES), title)
}

/// The first row of `document_words.tsv` for a word with a use that begins with `name`.
pub(super) fn word(word: &str, name: &str) -> Option<Evidence> {
    let of_use = |line: &&str| line.split('\t').nth(1).is_some_and(|of| of.starts_with(name));
    tables::evidence("document_words.tsv", lines(WORDS).filter(of_use), word)
}

/// The atoms of a text, with the words to read them by.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) atoms: &'a Atoms,
    pub(super) words: &'a Words,
}

impl Text<'_> {
    /// What the longest known words at an atom do, and the atom after them.
    pub(super) fn uses(&self, at: usize) -> (usize, Use) {
        self.words.uses.longest(self.atoms, at).map_or((at, Use::default()), |(end, found)| (end, *found))
    }

    /// Whether words with that use begin at an atom.
    pub(super) fn is(&self, at: usize, wanted: Use) -> bool {
        self.uses(at).1.is(wanted)
    }

    pub(super) fn capitalised(&self, at: usize) -> bool {
        self.text(at).starts_with(char::is_uppercase)
    }
}

impl Deref for Text<'_> {
    type Target = Atoms;

    fn deref(&self) -> &Atoms {
        self.atoms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_use_and_code_of_the_tables_is_known() {
        for row in rows(WORDS) {
            let known = Use::named(row[1]) != Use(0) || PARTS.contains(&row[1]) || standard_kind(row[1]).is_some();
            assert!(known, "{row:?}");
        }
        let words = Words::new(&Tables::new());
        for row in rows(include_str!("../../data/issuers.tsv")).filter(|row| row.len() > 1) {
            assert!(words.body(row[1]).is_some_and(|body| *body.code == *row[1]), "{row:?}");
        }
    }
}
