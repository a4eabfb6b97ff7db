//! Any bytes as a page: an article or an error, and the parts of an article are slices of its text.
#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use thoisu::{Analyzer, Article};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);

fuzz_target!(|bytes: &[u8]| {
    if let Ok(article) = Article::from_html(bytes, Some("https://example.vn/tin/bai-1.html")) {
        invariants::assert_all(&ANALYZER, &article);
    }
});
