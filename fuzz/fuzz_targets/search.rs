//! Anything typed is searched for in articles: no search fails, and what it shows are slices of the article.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use thoisu::index::{NewsIndex, Query};
use thoisu::{Analyzer, Article};

static INDEX: LazyLock<NewsIndex> = LazyLock::new(|| {
    let index = NewsIndex::in_ram(Analyzer::new()).expect("an index");
    let mut writer = index.writer_with_threads(1).expect("a writer");
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/texts");
    for file in std::fs::read_dir(texts).expect("the corpus") {
        writer.add(&Article::from_path(file.expect("a file").path()).expect("an article")).expect("added");
    }
    writer.finish().expect("committed");
    index
});

fuzz_target!(|typed: &str| {
    let (query, _) = Query::lenient(typed);
    let page = INDEX.search(&query, 3).expect("a search");
    for hit in &page.hits {
        let snippet = hit.snippet();
        let shown: String = snippet.pieces(&hit.article().text).map(|(piece, _)| piece).collect();
        assert_eq!(shown, hit.article().text[snippet.span.range()], "{typed:?}");
        assert!(hit.matched_facts().all(|fact| hit.facts().contains(fact)), "{typed:?}");
    }
    INDEX.facets(&query, 3).expect("facets");
    INDEX.suggest(&query).expect("suggestions");
});
