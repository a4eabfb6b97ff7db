//! The facts of all articles are those that somebody looked at last. What a change does to them is listed by
//! `extract --against FOLDER/facts.jsonl FOLDER/texts/*.txt`, and written down by `extract FOLDER/texts/*.txt`.
#![cfg(all(feature = "model", feature = "serde"))]

mod texts;

use std::fs;
use std::path::Path;

use serde_json::Value;
use thoisu::{Analyzer, Article};

fn assert_as_looked_at(folder: &str) {
    let analyzer = Analyzer::new();
    let looked_at = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join("facts.jsonl")).unwrap();
    let mut looked_at = looked_at.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    for path in texts::files(folder) {
        let article = Article::from_path(&path).unwrap();
        let facts = analyzer.facts(&analyzer.document(&article));
        let found = facts.iter().map(|fact| {
            let mut value = serde_json::to_value(fact).unwrap();
            value["text"] = article.text[fact.span.range()].into();
            value
        });
        let expected = looked_at.next().unwrap();
        let id = path.file_stem().unwrap().to_str();
        assert_eq!(expected["id"].as_str(), id);
        let (found, expected): (Vec<Value>, _) = (found.collect(), expected["facts"].as_array().unwrap());
        for (found, expected) in found.iter().zip(expected) {
            assert_eq!(found, expected, "in {id:?}");
        }
        assert_eq!(found.len(), expected.len(), "in {id:?}");
    }
    assert!(looked_at.next().is_none());
}

#[test]
fn facts_of_the_corpus_are_those_that_were_looked_at() {
    assert_as_looked_at("corpus");
}

#[test]
fn facts_of_the_articles_are_those_that_were_looked_at() {
    assert_as_looked_at("tests/articles");
}
