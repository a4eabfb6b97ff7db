//! Anything typed is a query, or is told to be none; and a query is written as it is read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thoisu::index::Query;

fuzz_target!(|typed: &str| {
    if let Ok(query) = Query::parse(typed) {
        let written = query.to_string();
        assert_eq!(Query::parse(&written).as_ref().ok(), Some(&query), "{typed:?} as {written:?}");
    }
});
