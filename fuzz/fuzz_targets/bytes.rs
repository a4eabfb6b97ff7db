//! Bytes in any encoding, or none: an article or an error, and what is an article is analysed.
#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use thoisu::{Analyzer, Article};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);

fuzz_target!(|bytes: &[u8]| {
    for encoding in invariants::ENCODINGS {
        invariants::assert_decoded(bytes, encoding);
    }
    if let Ok(article) = Article::from_bytes(bytes) {
        invariants::assert_all(&ANALYZER, &article);
    }
});
