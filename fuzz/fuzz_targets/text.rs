//! Any text: the whole analysis, with all its promises.
#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use thoisu::{Analyzer, Article};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);

fuzz_target!(|text: &str| {
    let article = Article::from_text(text);
    assert_eq!(article.text, text, "the text is kept as it was given");
    invariants::assert_all(&ANALYZER, &article);
});
