//! Facts of one type, case by case: each table in `tests/cases` lists articles and all the facts found in them.
#![cfg(feature = "serde")]

use serde::Deserialize;
use serde_json::Value;
use thoisu::extract::{DateRule, IndicatorRule, Tables};
use thoisu::{Analyzer, Article, Span};

#[derive(Deserialize)]
struct Table {
    r#type: String,
    /// The fields that are compared, where not all of them are.
    fields: Option<Vec<String>>,
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

/// Puts what it covers in the place of a span, at any depth.
fn slice(value: &mut Value, text: &str) {
    match value {
        Value::Object(object) => match serde_json::from_value::<Span>(Value::Object(object.clone())) {
            Ok(span) => *value = text[span.range()].into(),
            Err(_) => object.values_mut().for_each(|value| slice(value, text)),
        },
        Value::Array(list) => list.iter_mut().for_each(|value| slice(value, text)),
        _ => {}
    }
}

fn run(table: &str) {
    run_with(&Analyzer::new(), table);
}

fn run_with(analyzer: &Analyzer, table: &str) {
    let table: Table = toml::from_str(table).expect("a table of cases");
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
                object.values_mut().for_each(|value| slice(value, &article.text));
                object.insert("text".to_owned(), article.text[fact.span.range()].into());
                match &table.fields {
                    Some(fields) => object.retain(|key, _| key == "type" || fields.contains(key)),
                    None => object.retain(|key, _| !matches!(key.as_str(), "start" | "end")),
                }
                value
            })
            .filter(|value| value["type"] == table.r#type.as_str())
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
fn standards() {
    run(include_str!("cases/standard.toml"));
}

#[test]
fn provisions() {
    run(include_str!("cases/provision.toml"));
}

#[test]
fn mentions() {
    run(include_str!("cases/mention.toml"));
}

#[test]
fn checks_of_documents() {
    run(include_str!("cases/document_check.toml"));
}

#[test]
fn indicators() {
    run(include_str!("cases/indicator.toml"));
}

#[test]
fn officials() {
    run(include_str!("cases/official.toml"));
}

#[test]
fn meetings() {
    run(include_str!("cases/meeting.toml"));
}

#[test]
fn what_figures_belong_to() {
    run(include_str!("cases/figures.toml"));
}

#[test]
fn checks() {
    run(include_str!("cases/check.toml"));
}

#[test]
fn dates_told_from_the_article_s_own() {
    let analyzer = Analyzer::builder().rule(DateRule::new().relative(true)).build();
    run_with(&analyzer, include_str!("cases/relative.toml"));
}

#[test]
fn numbers_in_words() {
    let analyzer = Analyzer::builder().rule(IndicatorRule::new(&Tables::new()).spelled(true)).build();
    run_with(&analyzer, include_str!("cases/spelled.toml"));
}
