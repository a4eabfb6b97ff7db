//! Any line as JSON: an article or an error, and an article is read again from what is written of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thoisu::{Analyzer, Article};

fuzz_target!(|line: &str| {
    if let Ok(article) = Article::from_json(line) {
        let analyzer = Analyzer::new();
        let facts = analyzer.facts(&analyzer.document(&article));
        for fact in &facts {
            assert!(article.text.get(fact.span.range()).is_some(), "{fact:?} of {line:?}");
        }
    }
});
