//! Anything typed is a query, and a query is written as it is read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thoisu::index::Query;

fuzz_target!(|typed: &str| {
    let (query, problems) = Query::lenient(typed);
    assert_eq!(Query::parse(typed).is_ok(), problems.is_empty(), "{typed:?}: {problems:?}");
    let written = query.to_string();
    assert_eq!(Query::parse(&written).as_ref().ok(), Some(&query), "{typed:?} as {written:?}");
});
