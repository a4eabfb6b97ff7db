//! The words that the grammar of references knows.

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use crate::extract::phrases::Phrases;
use crate::extract::{Table, Tables};
use crate::segment::Atoms;
use crate::table::rows;

#[derive(Debug)]
pub(super) struct Words {
    /// The nouns of document types, with the kind that they stand for.
    pub(super) types: Phrases<Box<str>>,
    /// What an abbreviation in a code, in lower case, says of the kind: `nq` is a nghị quyết.
    pub(super) abbreviations: FxHashMap<String, Box<str>>,
    pub(super) issuers: Phrases<()>,
    pub(super) law_titles: Phrases<()>,
}

impl Words {
    pub(super) fn new(tables: &Tables) -> Arc<Self> {
        static BUILT_IN: LazyLock<Arc<Words>> = LazyLock::new(|| Arc::new(Words::load(&Tables::new())));
        if tables.is_built_in() { Arc::clone(&BUILT_IN) } else { Arc::new(Self::load(tables)) }
    }

    fn load(tables: &Tables) -> Self {
        let types = || tables.rows(Table::DocumentTypes);
        Self {
            types: Phrases::new(types().map(|row| (row[0], row[1].into()))),
            abbreviations: types()
                .filter(|row| row.len() > 2 && !row[2].is_empty())
                .map(|row| (row[2].to_lowercase(), row[1].into()))
                .collect(),
            issuers: Phrases::new(tables.rows(Table::Issuers).map(|row| (row[0], ()))),
            law_titles: Phrases::new(rows(include_str!("../../data/law_titles.tsv")).map(|row| (row[0], ()))),
        }
    }
}

/// The atoms of a text, with the words to read them by.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) atoms: &'a Atoms,
    pub(super) words: &'a Words,
}

impl Deref for Text<'_> {
    type Target = Atoms;

    fn deref(&self) -> &Atoms {
        self.atoms
    }
}
