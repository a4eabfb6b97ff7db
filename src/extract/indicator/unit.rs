//! What a number counts or measures: the words after it.

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use crate::extract::phrases::{Phrases, one_line};
use crate::extract::{Table, Tables};
use crate::segment::{AtomKind, Atoms, Gap};

/// What words after a number are to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// An amount of money.
    Money,
    /// A share: `%`.
    Share,
    /// A measure: `ha`, `tấn`.
    Measure,
    /// A counted noun.
    Noun,
    /// A counted noun that takes another one after it into the unit: `lượt` + `người`.
    Head,
    /// A counted noun on which things stand or happen: `trên 12 tuyến đường`.
    Place,
    /// A stretch of time, an age or a grade: never counted.
    Time,
    /// No unit: a function word, a verb, or page furniture.
    None,
}

#[derive(Clone, Debug)]
struct Entry {
    class: Class,
    /// The unit that a fact names; none for what is named as printed.
    canonical: Option<Box<str>>,
}

/// The units that the grammar of indicators knows.
#[derive(Debug)]
pub(super) struct Units(Phrases<Entry>);

impl Units {
    pub(super) fn new(tables: &Tables) -> Arc<Self> {
        static BUILT_IN: LazyLock<Arc<Units>> = LazyLock::new(|| Arc::new(Units::load(&Tables::new())));
        if tables.is_built_in() { Arc::clone(&BUILT_IN) } else { Arc::new(Self::load(tables)) }
    }

    fn load(tables: &Tables) -> Self {
        let measures = tables.rows(Table::Units).map(|row| {
            let class = match row[2] {
                "money" => Class::Money,
                "share" => Class::Share,
                _ => Class::Measure,
            };
            (row[0], Entry { class, canonical: Some(row[1].into()) })
        });
        let nouns = tables.rows(Table::Nouns).map(|row| {
            let class = match row[1] {
                "noun" => Class::Noun,
                "head" => Class::Head,
                "place" => Class::Place,
                "time" => Class::Time,
                _ => Class::None,
            };
            (row[0], Entry { class, canonical: None })
        });
        Self(Phrases::new(nouns.chain(measures)))
    }
}

/// The atoms of a text, with the units to read them by.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) atoms: &'a Atoms,
    pub(super) units: &'a Units,
    /// Whether numbers in words are read too.
    pub(super) spelled: bool,
}

impl Deref for Text<'_> {
    type Target = Atoms;

    fn deref(&self) -> &Atoms {
        self.atoms
    }
}

/// The words after a number that say what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit<'a> {
    pub(super) class: Class,
    canonical: Option<&'a str>,
    pub(super) start: usize,
    /// The atom after it.
    pub(super) end: usize,
}

impl Unit<'_> {
    /// The unit as a fact names it.
    pub(super) fn name(&self, atoms: &Atoms) -> String {
        match self.canonical {
            Some(name) => name.to_owned(),
            None => one_line(atoms.slice(self.start..self.end)),
        }
    }

    /// The unit as it is printed from atom `start`, with its magnitude, where that is not how a fact names it.
    pub(super) fn printed(&self, atoms: &Atoms, start: usize, sign: Option<usize>) -> Option<String> {
        let canonical = self.canonical?;
        let words = if start < self.end { start..self.end } else { sign.map(|sign| sign..sign + 1)? };
        Some(one_line(atoms.slice(words))).filter(|printed| printed != canonical)
    }

    /// Whether both name the same measure.
    pub(super) fn same_measure(&self, other: &Self) -> bool {
        self.canonical.is_some() && self.canonical == other.canonical
    }

    /// Whether it is a counted noun.
    pub(super) fn is_count(&self) -> bool {
        matches!(self.class, Class::Noun | Class::Head | Class::Place)
    }

    /// Money of which only the magnitude is printed: `200 tỷ`.
    pub(super) fn dong(at: usize) -> Self {
        Self { class: Class::Money, canonical: Some("VND"), start: at, end: at }
    }
}

impl<'a> Unit<'a> {
    /// Money whose sign or code stands before the number: `$10`, `USD10`.
    pub(super) fn sign(atoms: Text<'a>, sign: usize, at: usize) -> Option<Self> {
        let (end, entry) = atoms.units.0.longest(atoms.atoms, sign)?;
        let code = atoms.text(sign).chars().all(|c| c.is_ascii_uppercase() || !c.is_alphanumeric());
        let money = entry.class == Class::Money && end == sign + 1 && code;
        money.then_some(Self { class: Class::Money, canonical: entry.canonical.as_deref(), start: at, end: at })
    }
}

/// The unit at `at`, right after a number or its magnitude.
pub(super) fn unit(atoms: Text<'_>, at: usize) -> Option<Unit<'_>> {
    let (end, entry) = phrase(atoms, at)?;
    // A code such as `5G` or `12M` measures nothing.
    if entry.canonical.is_some()
        && atoms.text(at).len() == 1
        && !atoms.text(at).starts_with(|c: char| !c.is_uppercase())
    {
        return None;
    }
    let mut unit = Unit { class: entry.class, canonical: entry.canonical.as_deref(), start: at, end };
    if atoms.gap(at) == Gap::None && atoms.kind(at) == Some(AtomKind::Letters) && !joins(atoms, &unit) {
        return None;
    }
    // `m 2` is an area unless something follows that the 2 counts.
    if end == at + 2 && atoms.text(end - 1).parse() == Ok(2u8) && atoms.gap(end - 1) != Gap::None && counts(atoms, end)
    {
        unit.end -= 1;
        unit.canonical = Some(if atoms.lower(at) == "m" { "m" } else { "km" });
    }
    // Two steps name `nhóm hộ nghèo`; more would run into the next clause.
    let mut head = entry.class == Class::Head;
    for _ in 0..2 {
        match phrase(atoms, unit.end).filter(|_| head && atoms.gap(unit.end) != Gap::None) {
            Some((end, next)) if matches!(next.class, Class::Noun | Class::Head | Class::Place) => {
                unit.end = end;
                head = next.class == Class::Head;
            }
            _ => break,
        }
    }
    Some(unit)
}

/// Whether a number may stand right before the letters of `unit` without a blank: `18,7ha`, `25người`, but not `1A`.
fn joins(atoms: Text<'_>, unit: &Unit<'_>) -> bool {
    let lower = atoms.text(unit.start) == atoms.lower(unit.start);
    unit.canonical.is_some() || lower && atoms.text(unit.start).chars().count() > 1
}

/// What a rate is a rate by, at `at`: any unit, stretches of time too.
pub(super) fn base(atoms: Text<'_>, at: usize) -> Option<Unit<'_>> {
    let (end, entry) = phrase(atoms, at).filter(|(_, entry)| entry.class != Class::None)?;
    Some(Unit { class: entry.class, canonical: entry.canonical.as_deref(), start: at, end })
}

/// Whether a counted noun stands at `at`.
pub(super) fn counts(atoms: Text<'_>, at: usize) -> bool {
    atoms.gap(at) == Gap::Blank
        && phrase(atoms, at).is_some_and(|(_, entry)| matches!(entry.class, Class::Noun | Class::Head | Class::Place))
}

/// The longest row at `at`. A unit may stand on the next line, but there a capital letter begins something else.
fn phrase(atoms: Text<'_>, at: usize) -> Option<(usize, &Entry)> {
    let gap = atoms.gap(at);
    let near = gap < Gap::Line || gap == Gap::Line && atoms.text(at) == atoms.lower(at);
    let (end, entry) = atoms.units.0.longest(atoms.atoms, at).filter(|_| near)?;
    // A sign of its own begins no line: `%` there belongs to nothing.
    (atoms.kind(at) != Some(AtomKind::Sign) || gap < Gap::Line).then_some((end, entry))
}
