//! The words and sentences of all articles are those that somebody looked at last: what a change does to them shows here,
//! better or worse. `THOISU_WRITE=1 cargo test --test words` writes them down.
#![cfg(feature = "model")]

mod texts;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use thoisu::{Analyzer, Article, Document};

/// One sentence a line: words apart, the syllables of a word joined by `_`.
fn written(document: &Document<'_>) -> String {
    let text = document.original();
    let mut out = String::new();
    for sentence in document.sentences() {
        let words = document.words()[sentence.words()].iter().map(|word| {
            let tokens = document.tokens()[word.tokens()].iter().map(|token| &text[token.span.range()]);
            tokens.collect::<Vec<_>>().join("_")
        });
        writeln!(out, "{}", words.collect::<Vec<_>>().join(" ")).unwrap();
    }
    out
}

fn assert_as_looked_at(folder: &str) {
    let analyzer = Analyzer::new();
    let mut found = String::new();
    for path in texts::files(folder) {
        let article = Article::from_path(&path).unwrap();
        writeln!(found, "# {}\n{}", path.file_stem().unwrap().display(), written(&analyzer.document(&article)))
            .unwrap();
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join("words.txt");
    if std::env::var_os("THOISU_WRITE").is_some() {
        fs::write(&file, &found).unwrap();
    }
    let looked_at = fs::read_to_string(&file).unwrap();
    for (found, looked_at) in found.lines().zip(looked_at.lines()) {
        assert_eq!(found, looked_at, "if it is better, write it down: THOISU_WRITE=1 cargo test --test words");
    }
    assert_eq!(found.lines().count(), looked_at.lines().count());
}

#[test]
fn words_of_the_corpus_are_those_that_were_looked_at() {
    assert_as_looked_at("corpus");
}

#[test]
fn words_of_the_articles_are_those_that_were_looked_at() {
    assert_as_looked_at("tests/articles");
}

#[test]
fn a_word_over_two_lines_has_a_blank_between() {
    let article = Article::from_text("Huyện\nủy họp.");
    let document = Analyzer::new().document(&article);
    assert_eq!(document.word(&document.words()[0]), "Huyện ủy");
}
