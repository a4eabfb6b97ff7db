//! The rows of tables behind an indicator.

use std::ops::Range;

use super::IndicatorRule;
use super::counted::OnDemand;
use super::quantity::Quantity;
use super::unit::Text;
use crate::extract::tables::evidence;
use crate::extract::{Evidence, Table};
use crate::segment::AtomKind;
use crate::table::lines;

const CHANGES: (&str, &str) = ("changes.tsv", include_str!("../../data/changes.tsv"));
const QUALIFIERS: (&str, &str) = ("qualifiers.tsv", include_str!("../../data/qualifiers.tsv"));
const MAGNITUDES: (&str, &str) = ("magnitudes.tsv", include_str!("../../data/magnitudes.tsv"));
const NUMERALS: (&str, &str) = ("numerals.tsv", include_str!("../../data/numerals.tsv"));

impl IndicatorRule {
    /// The rows behind an indicator: those of its change, its qualifier, its number, its unit and what is counted.
    pub(super) fn evidence(&self, atoms: Text<'_>, defined: &OnDemand<'_>, quantity: &Quantity<'_>) -> Vec<Evidence> {
        let row =
            |(table, rows): (&'static str, &str), words: Range<usize>| evidence(table, lines(rows), atoms.slice(words));
        let mut found: Vec<Evidence> = Vec::new();
        found.extend(quantity.changed.clone().and_then(|words| row(CHANGES, words)));
        found.extend(quantity.qualified.clone().and_then(|words| row(QUALIFIERS, words)));
        let unit = quantity.unit.start..quantity.unit.end;
        for at in (quantity.start..unit.start).filter(|&at| atoms.kind(at) == Some(AtomKind::Letters)) {
            found.extend(row(MAGNITUDES, at..at + 1).or_else(|| row(NUMERALS, at..at + 1)));
        }
        // A unit of two nouns (`lượt người`) is made by a row of each.
        let mut at = unit.start;
        while at < unit.end {
            let end = (at + 1..=unit.end).rev().find_map(|end| {
                let words = atoms.slice(at..end);
                let tables = [Table::Units, Table::Nouns];
                let row = tables.iter().find_map(|&table| self.tables.evidence(table, words))?;
                found.push(row);
                Some(end)
            });
            at = end.unwrap_or(at + 1);
        }
        let mut indicator = quantity.indicator.clone();
        let after = self.bounds.complete(atoms, &quantity.unit, quantity.end, defined, &mut indicator);
        for at in unit.start..after {
            let words = atoms.text(at);
            let short = self.tables.evidence(Table::Abbreviations, words);
            found.extend(short.filter(|found| found.row.split('\t').next() == Some(words)));
        }
        found
    }
}
