//! Articles: what is found in a page, and what is never lost.

use std::fs;
use std::path::Path;

use thoisu::Article;

/// The written articles of the corpus with the dates that their annotators read.
#[test]
fn the_corpus_is_dated_as_its_gold_says() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(corpus.join("gold")).unwrap() {
        let gold = entry.unwrap().path();
        let id = gold.file_stem().unwrap().to_str().unwrap();
        let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(&gold).unwrap()).unwrap();
        let text = fs::read_to_string(corpus.join("texts").join(format!("{id}.txt"))).unwrap();
        let article = Article::from_text(text);
        let found = article.published.map(|date| date.to_string());
        if found.as_deref() != json["published"].as_str() {
            wrong.push(format!("{id}: {found:?} for {}", json["published"]));
        }
        count += 1;
    }
    assert_eq!((count, wrong), (20, Vec::new()));
}
