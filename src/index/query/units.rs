//! Units in queries: as they are printed, and those that measure the same thing.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::extract::{Table, Tables};
use crate::index::store::schema::unit_key;
use crate::normalize::fold;
use crate::table;

/// A unit as a query names it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    /// The key of the unit that facts name.
    pub(crate) unit: String,
    /// How many of them one is: a thousand million for `tỷ đồng`.
    pub(crate) factor: f64,
}

/// What is known of units: those of the tables of an analyzer.
#[derive(Debug)]
pub(crate) struct Units {
    /// From a unit as printed to the one that facts name.
    named: HashMap<String, String>,
    /// What a unit is counted in, and how many of those it is.
    counted: HashMap<String, (String, f64)>,
}

impl Units {
    pub(crate) fn new(tables: &Tables) -> Self {
        let mut named = HashMap::new();
        for row in tables.rows(Table::Units) {
            let (printed, unit) = (unit_key(row[0]), unit_key(row[1]));
            // Typed without marks; what is printed so counts before.
            named.entry(fold(&printed).into_owned()).or_insert_with(|| unit.clone());
            named.insert(printed, unit);
        }
        let mut counted = HashMap::new();
        for row in table::rows(include_str!("../../data/conversions.tsv")) {
            let [unit, base, factor] = row[..] else { continue };
            let base = unit_key(base);
            counted.insert(unit_key(unit), (base.clone(), factor.parse().unwrap_or(1.0)));
            counted.entry(base.clone()).or_insert((base, 1.0));
        }
        Self { named, counted }
    }

    /// `tỷ đồng`, `nghìn tấn`, `lượt người`, `km²`; a magnitude alone is money.
    pub(crate) fn asked(&self, text: &str) -> Asked {
        let key = unit_key(text);
        let mut rest = key.as_str();
        let mut factor = 1.0;
        while self.named(rest).is_none()
            && let Some((by, behind)) = magnitude(rest)
        {
            factor *= by;
            rest = behind;
        }
        let unit = if rest.is_empty() && factor > 1.0 { "vnd" } else { rest };
        Asked { unit: self.named(unit).unwrap_or(unit).to_owned(), factor }
    }

    /// The unit that facts name for a printed one.
    fn named(&self, printed: &str) -> Option<&str> {
        let plain = || printed.is_ascii().then(|| self.named.get(&*fold(printed))).flatten();
        self.named.get(printed).or_else(plain).map(String::as_str)
    }

    /// The units that measure what `unit` does, itself among them, and how many of each it is.
    pub(crate) fn same(&self, unit: &str) -> Vec<(&str, f64)> {
        let Some((base, own)) = self.counted.get(unit) else { return Vec::new() };
        let others = self.counted.iter().filter(|(_, (other, _))| other == base);
        others.map(|(unit, (_, factor))| (unit.as_str(), own / factor)).collect()
    }
}

/// The magnitude that a text begins with, and what stands behind it: `tỷ đồng` is a thousand million and `đồng`.
pub(crate) fn magnitude(text: &str) -> Option<(f64, &str)> {
    static MAGNITUDES: LazyLock<Vec<(&str, String, f64)>> = LazyLock::new(|| {
        let rows = table::rows(include_str!("../../data/magnitudes.tsv"));
        let rows = rows.map(|row| (row[0], fold(row[0]).into_owned(), row[1].parse().unwrap_or_default()));
        // The other rows are words that only begin like a magnitude.
        rows.filter(|(_, _, factor)| *factor > 0.0).collect()
    });
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let (_, _, factor) =
        MAGNITUDES.iter().find(|(marked, plain, _)| *marked == word || word.is_ascii() && *plain == fold(word))?;
    Some((*factor, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_asked_for_as_it_is_printed() {
        let units = Units::new(&Tables::new());
        let asked = |text: &str| {
            let Asked { unit, factor } = units.asked(text);
            (unit, factor)
        };
        assert_eq!(asked("đồng"), ("vnd".to_owned(), 1.0));
        assert_eq!(asked("tỷ đồng"), ("vnd".to_owned(), 1e9));
        assert_eq!(asked("nghìn tỷ"), ("vnd".to_owned(), 1e12));
        assert_eq!(asked("Km²"), ("km2".to_owned(), 1.0));
        assert_eq!(asked("phần trăm"), ("%".to_owned(), 1.0));
        assert_eq!(asked("triệu  Lượt người"), ("lượt người".to_owned(), 1e6));
    }

    #[test]
    fn units_of_one_kind_are_converted() {
        let units = Units::new(&Tables::new());
        let mut same = units.same("km");
        same.sort_by(|a, b| a.0.cmp(b.0));
        let (names, factors): (Vec<_>, Vec<_>) = same.into_iter().unzip();
        assert_eq!(names, ["cm", "dm", "dặm", "hải lý", "inch", "km", "m", "mm"]);
        assert!((factors[6] - 1000.0).abs() < 1e-9 && (factors[5] - 1.0).abs() < 1e-12);
        assert!(units.same("lượt người").is_empty() && units.same("vnd").is_empty());
    }

    #[test]
    fn every_conversion_names_units_of_facts() {
        let tables = Tables::new();
        let known: Vec<&str> = tables.rows(Table::Units).map(|row| row[1]).collect();
        for row in table::rows(include_str!("../../data/conversions.tsv")) {
            assert!(known.contains(&row[0]) && known.contains(&row[1]), "{row:?}");
            assert!(row[2].parse::<f64>().is_ok_and(|factor| factor > 0.0), "{row:?}");
        }
    }
}
