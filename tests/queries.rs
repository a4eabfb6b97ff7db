//! The table in `queries.toml`: what each query finds.
#![cfg(feature = "index")]

use std::collections::BTreeMap;

use serde::Deserialize;
use thoisu::index::{NewsIndex, Query};
use thoisu::{Analyzer, Article};

#[derive(Deserialize)]
struct Table {
    articles: BTreeMap<String, Text>,
    queries: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Text {
    published: Option<String>,
    url: Option<String>,
    text: String,
}

#[test]
fn queries_find_what_they_say() {
    let table: Table = toml::from_str(include_str!("queries.toml")).unwrap();
    let index = NewsIndex::in_ram(Analyzer::new()).unwrap();
    let mut writer = index.writer().unwrap();
    for (id, Text { published, url, text }) in &table.articles {
        let mut article = Article::from_text(text.trim());
        article.id = Some(id.clone());
        article.url = url.clone();
        article.published = published.as_ref().map(|date| date.parse().unwrap());
        writer.add(&article).unwrap();
    }
    writer.commit().unwrap();

    let mut wrong = Vec::new();
    for (text, expected) in &table.queries {
        let (query, problems) = Query::lenient(text);
        let mut found: Vec<_> = index.search(&query, 20).unwrap().hits.iter().map(|hit| hit.id().to_owned()).collect();
        found.sort();
        if found != *expected {
            wrong.push(format!("{text}\n  finds {found:?}\n  not   {expected:?}\n  read as {query} {problems:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
