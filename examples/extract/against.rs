//! The facts of this build beside those that another one wrote.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde_json::Value;
use thoisu::extract::Record;

/// What another build found, and how much of it differs.
pub(crate) struct Before {
    /// The facts of each article by its id, each as JSON and how often.
    articles: HashMap<String, BTreeMap<String, usize>>,
    gained: usize,
    lost: usize,
    same: usize,
}

/// Reads what `extract` wrote.
pub(crate) fn read(path: &Path) -> Result<Before, String> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("cannot read the facts: {error} ({}): name what extract wrote", path.display()))?;
    let mut articles = HashMap::new();
    for (number, line) in (1..).zip(text.lines()) {
        let record: Value = serde_json::from_str(line).map_err(|error| {
            format!("no record: {error} ({}, line {number}): name what extract wrote", path.display())
        })?;
        articles.insert(id(&record), facts(&record));
    }
    Ok(Before { articles, gained: 0, lost: 0, same: 0 })
}

fn id(record: &Value) -> String {
    record["id"].as_str().unwrap_or("-").to_owned()
}

fn facts(record: &Value) -> BTreeMap<String, usize> {
    let mut facts = BTreeMap::new();
    // The dateline and the headline are read by the library, too.
    for (name, value) in [("title", &record["title"]), ("published", &record["published"])] {
        if !value.is_null() {
            *facts.entry(format!("{{\"{name}\":{value}}}")).or_default() += 1;
        }
    }
    for fact in record["facts"].as_array().into_iter().flatten() {
        *facts.entry(fact.to_string()).or_default() += 1;
    }
    facts
}

impl Before {
    /// Writes what `record` gained (`+`) and lost (`-`); the record of an article that is new gained everything.
    pub(crate) fn compare(&mut self, record: &Record<'_>, out: &mut impl Write) -> io::Result<()> {
        let record = serde_json::to_value(record).map_err(io::Error::from)?;
        let id = id(&record);
        let before = self.articles.remove(&id).unwrap_or_default();
        let after = facts(&record);
        let count = |facts: &BTreeMap<String, usize>, fact: &str| facts.get(fact).copied().unwrap_or_default();
        let mut lines = Vec::new();
        for (fact, &times) in &before {
            let lost = times.saturating_sub(count(&after, fact));
            self.lost += lost;
            self.same += times - lost;
            lines.extend((0..lost).map(|_| ('-', fact)));
        }
        for (fact, &times) in &after {
            let gained = times.saturating_sub(count(&before, fact));
            self.gained += gained;
            lines.extend((0..gained).map(|_| ('+', fact)));
        }
        if !lines.is_empty() {
            writeln!(out, "{id}")?;
            lines.sort_by_key(|(_, fact)| place(fact));
        }
        for (sign, fact) in lines {
            writeln!(out, "  {sign} {fact}")?;
        }
        Ok(())
    }

    /// Writes the sums; whether there was any difference. Articles that were not read again count as lost.
    pub(crate) fn finish(&self, out: &mut impl Write) -> io::Result<bool> {
        let mut missing: Vec<&String> = self.articles.keys().collect();
        missing.sort();
        for id in &missing {
            writeln!(out, "{id}\n  - the whole article")?;
        }
        writeln!(out, "{} gained, {} lost, {} the same", self.gained, self.lost, self.same)?;
        Ok(self.gained + self.lost + missing.len() > 0)
    }
}

/// Where a fact stands, so that the two readings of a place are listed together.
fn place(fact: &str) -> u64 {
    serde_json::from_str::<Value>(fact).ok().and_then(|fact| fact["start"].as_u64()).unwrap_or_default()
}
