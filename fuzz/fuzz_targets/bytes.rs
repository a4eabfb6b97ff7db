//! Bytes in any encoding, or none: an article or an error, and what is an article is analysed.
#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use thoisu::normalize::legacy::Encoding;
use thoisu::{Analyzer, Article};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);

const ENCODINGS: [Option<Encoding>; 8] = [
    None,
    Some(Encoding::Utf8),
    Some(Encoding::Utf16Le),
    Some(Encoding::Tcvn3),
    Some(Encoding::Vni),
    Some(Encoding::Viscii),
    Some(Encoding::Vps),
    Some(Encoding::Windows1258),
];

fuzz_target!(|bytes: &[u8]| {
    for encoding in ENCODINGS {
        invariants::assert_decoded(bytes, encoding);
    }
    if let Ok(article) = Article::from_bytes(bytes) {
        invariants::assert_all(&ANALYZER, &article);
    }
});
