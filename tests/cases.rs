//! Facts of one type, case by case: each table in `tests/cases` lists articles and all the facts found in them.
#![cfg(feature = "serde")]

use serde::Deserialize;
use serde_json::Value;
use thoisu::{Analyzer, Article};

#[derive(Deserialize)]
struct Table {
    r#type: String,
    /// The fields that are compared, where not all of them are.
    fields: Option<Vec<String>>,
    /// Whether spans inside of facts are written as the text that they cover.
    #[serde(default)]
    quoted: bool,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    published: Option<String>,
    facts: Vec<Value>,
    /// Why the answer is what it is, where the text alone does not tell.
    #[serde(rename = "reason")]
    _reason: Option<String>,
}

/// The value with the text that they cover in place of spans.
fn quoted(value: Value, text: &str) -> Value {
    match value {
        Value::Array(list) => list.into_iter().map(|value| quoted(value, text)).collect(),
        Value::Object(fields) => {
            let place = |name: &str| fields.get(name)?.as_u64().map(|place| place as usize);
            match (place("start"), place("end")) {
                (Some(start), Some(end)) if fields.len() == 2 => text[start..end].into(),
                _ => fields.into_iter().map(|(name, value)| (name, quoted(value, text))).collect(),
            }
        }
        value => value,
    }
}

fn run(table: &str) {
    let table: Table = toml::from_str(table).expect("a table of cases");
    let analyzer = Analyzer::new();
    let mut names = std::collections::HashSet::new();
    let mut wrong = Vec::new();
    for case in &table.case {
        assert!(names.insert(&case.name), "two cases are named {:?}", case.name);
        let mut article = Article::from_text(case.text.clone());
        if let Some(published) = &case.published {
            article.published = Some(published.parse().expect("a date"));
        }
        let document = analyzer.document(&article);
        let found: Vec<Value> = analyzer
            .facts(&document)
            .iter()
            .map(|fact| {
                let mut value = serde_json::to_value(fact).expect("facts are JSON");
                let object = value.as_object_mut().expect("an object");
                object.insert("text".to_owned(), article.text[fact.span.range()].into());
                match &table.fields {
                    Some(fields) => object.retain(|key, _| key == "type" || fields.contains(key)),
                    None => object.retain(|key, _| !matches!(key.as_str(), "start" | "end")),
                }
                value
            })
            .filter(|value| value["type"] == table.r#type.as_str())
            .map(|value| if table.quoted { quoted(value, &article.text) } else { value })
            .map(|mut value| {
                value.as_object_mut().expect("an object").remove("type");
                value
            })
            .collect();
        if found != case.facts {
            let lines = |facts: &[Value]| facts.iter().map(|fact| format!("    {fact}\n")).collect::<String>();
            wrong.push(format!("{}\n  expected\n{}  found\n{}", case.name, lines(&case.facts), lines(&found)));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn dates() {
    run(include_str!("cases/date.toml"));
}

#[test]
fn documents() {
    run(include_str!("cases/document.toml"));
}

#[test]
fn indicators() {
    run(include_str!("cases/indicator.toml"));
}

#[test]
fn what_figures_belong_to() {
    run(include_str!("cases/figures.toml"));
}

#[test]
fn checks() {
    run(include_str!("cases/check.toml"));
}
