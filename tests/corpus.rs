//! The facts of the bundled articles against their gold facts, matched as `corpus/README.md` says.
#![cfg(feature = "serde")]

#[path = "../benches/record/mod.rs"]
mod record;

use record::record;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;
use thoisu::{Analyzer, Article, normalize};

#[derive(Deserialize)]
struct Gold {
    id: String,
    published: Option<String>,
    facts: Vec<GoldFact>,
}

#[derive(Deserialize)]
struct GoldFact {
    quote: String,
    /// Which occurrence of the quote is meant, from 1.
    nth: Option<usize>,
    #[serde(default)]
    optional: bool,
    #[serde(flatten)]
    fields: Value,
}

/// Articles that are read with their gold facts: the folder holds `texts/ID.txt` and `gold/ID.json`.
fn articles(folder: &str) -> Vec<(Article, Gold)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder.join("gold")).expect("gold").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let gold: Gold = serde_json::from_slice(&fs::read(path).expect("gold")).expect("a gold file");
        let article = Article::from_path(folder.join("texts").join(format!("{}.txt", gold.id))).expect("an article");
        (article, gold)
    };
    paths.iter().map(read).collect()
}

/// Where the `nth` occurrence of a quote stands.
fn locate(text: &str, quote: &str, nth: usize) -> (usize, usize) {
    let mut at = 0;
    for found in 0..nth {
        at += usize::from(found > 0);
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at += text[at..].find(quote).unwrap_or_else(|| panic!("{quote:?} is not in the text"));
    }
    (at, at + quote.len())
}

fn text_of(fact: &Value, field: &str) -> String {
    normalize(fact[field].as_str().unwrap_or_default()).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The types that are annotated.
const SCORED: [&str; 4] = ["date", "document", "official", "indicator"];

/// What must be equal for two facts to be the same.
fn key(fact: &Value) -> String {
    let number = |field: &str| fact[field].as_f64().map(|value| format!("{value:.6}"));
    match fact["type"].as_str().expect("a type") {
        "date" => fact["value"].to_string(),
        "document" => {
            let code = text_of(fact, "code").replace(' ', "");
            let number = text_of(fact, "number");
            let told = if !code.is_empty() {
                code
            } else if !number.is_empty() {
                number
            } else {
                text_of(fact, "title")
            };
            format!("{} {}", text_of(fact, "kind"), told.trim_start_matches('0'))
        }
        "official" => text_of(fact, "name"),
        _ => format!("{:?} {:?} {:?}", number("value"), number("of"), number("upper")),
    }
}

/// One unit begins with all words of the other.
fn same_unit(gold: &Value, found: &Value) -> bool {
    let words = |fact: &Value| -> Vec<String> {
        let unit = text_of(fact, "unit");
        unit.split(|c: char| !c.is_alphanumeric() && c != '%')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (gold, found) = (words(gold), words(found));
    gold == found || !gold.is_empty() && !found.is_empty() && gold.iter().zip(&found).all(|(gold, found)| gold == found)
}

fn same(gold: &Value, found: &Value) -> bool {
    gold["type"] == found["type"] && key(gold) == key(found) && (gold["type"] != "indicator" || same_unit(gold, found))
}

#[derive(Default)]
struct Score {
    right: usize,
    extra: usize,
    missed: usize,
}

impl Score {
    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (2 * self.right + self.extra + self.missed).max(1) as f64
    }
}

fn score(folder: &str, floor: f64) {
    let analyzer = Analyzer::new();
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut report = Vec::new();
    for (article, gold) in articles(folder) {
        let published = article.published.map(|published| published.to_string());
        if published != gold.published {
            report.push(format!("{}: published {:?}, found {published:?}", gold.id, gold.published));
            scores.entry("published".to_owned()).or_default().missed += 1;
        } else {
            scores.entry("published".to_owned()).or_default().right += 1;
        }
        let document = analyzer.document(&article);
        let mut found: Vec<Value> =
            analyzer.facts(&document).iter().map(|fact| serde_json::to_value(fact).expect("facts are JSON")).collect();
        found.retain(|fact| SCORED.contains(&fact["type"].as_str().expect("a type")));
        let overlaps = |(start, end): (usize, usize), fact: &Value| {
            start < fact["end"].as_u64().expect("an end") as usize
                && (fact["start"].as_u64().expect("a start") as usize) < end
        };
        // Facts that must be found come first, so that optional ones do not take their answers.
        let mut wanted: Vec<&GoldFact> = gold.facts.iter().collect();
        wanted.sort_by_key(|fact| fact.optional);
        for fact in &wanted {
            let place = locate(&article.text, &fact.quote, fact.nth.unwrap_or(1));
            let kind = fact.fields["type"].as_str().expect("a type").to_owned();
            let hit = found.iter().position(|found| overlaps(place, found) && same(&fact.fields, found));
            let score = scores.entry(kind).or_default();
            match hit {
                Some(hit) => {
                    found.swap_remove(hit);
                    score.right += usize::from(!fact.optional);
                }
                None if !fact.optional => {
                    score.missed += 1;
                    report.push(format!("{}: missed {:?} {}", gold.id, fact.quote, fact.fields));
                }
                None => {}
            }
        }
        for fact in found {
            let excused = wanted.iter().any(|gold| {
                let place = locate(&article.text, &gold.quote, gold.nth.unwrap_or(1));
                gold.optional && gold.fields["type"] == fact["type"] && overlaps(place, &fact)
            });
            if !excused {
                scores.entry(fact["type"].as_str().expect("a type").to_owned()).or_default().extra += 1;
                report.push(format!("{}: extra {fact}", gold.id));
            }
        }
    }
    for (kind, score) in &scores {
        println!("{folder}: {kind}: F1 {:.3}", score.f1());
        record(&format!("facts/{folder}/{kind}"), score.f1());
        assert!(score.f1() >= floor, "{kind}: F1 {:.3} is below {floor}\n{}", score.f1(), report.join("\n"));
    }
    assert_eq!(scores.len(), 5, "the four types and the date of publication");
}

#[test]
fn facts_of_the_corpus_are_found() {
    score("corpus", 0.97);
}

#[test]
fn facts_of_articles_that_the_rules_were_not_made_for_are_found() {
    score("tests/articles", 0.9);
}
