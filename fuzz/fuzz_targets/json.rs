//! Any line as JSON: an article or an error; and what is written of a fact is read as the same fact.
#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use thoisu::{Analyzer, Article, DateValue, Decimal, Fact, FactKind};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);

/// Numbers with more digits than an `f64` tells apart are written as the nearest one: those may differ.
fn assert_read_again(fact: &Fact) {
    let written = serde_json::to_string(fact).expect("a fact is written");
    let again = serde_json::from_str::<Fact>(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
    assert_eq!(again.span, fact.span, "{written}");
    let short = |number: &Decimal| number.mantissa().unsigned_abs() < 10u128.pow(15);
    let exact = match &fact.kind {
        FactKind::Indicator(found) => [Some(found.value), found.of, found.upper].iter().flatten().all(short),
        FactKind::Check(found) => found.computed.iter().all(short),
        _ => true,
    };
    assert!(!exact || again == *fact, "{again:?} is not {written}");
}

fuzz_target!(|line: &str| {
    if let Ok(article) = Article::from_json(line) {
        invariants::assert_all(&ANALYZER, &article);
        ANALYZER.facts(&ANALYZER.document(&article)).iter().for_each(assert_read_again);
    }
    if let Ok(fact) = serde_json::from_str::<Fact>(line) {
        assert_read_again(&fact);
    }
    if let Ok(date) = line.parse::<DateValue>() {
        assert_eq!(date.to_string().parse::<DateValue>().ok(), Some(date), "{line:?}");
        assert!(date.epoch_days().0 <= date.epoch_days().1, "{line:?}");
    }
});
