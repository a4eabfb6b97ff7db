//! The worst inputs against plain news: what one byte of them costs, in time and in memory, stays within a factor.
//!
//! The inputs stand in `tests/worst/inputs.rs`, each with what it is the worst for; `cargo bench --bench worst` prints
//! what they cost at 2 MB.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

mod worst;

use worst::{Cost, Counting, Way, cost};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How many times as much as a byte of plain news a byte of anything else may cost.
///
/// News has a fact about every fifty bytes, so that most else costs less than it. What costs more does so by a number that
/// the grammars fix: the atoms that are looked at behind one, the elements around a text. Quadratic time shows at once: it
/// makes hundreds at these sizes.
const FACTOR: f64 = 10.0;

/// The libraries that read pages walk through all that is in an element for each element around it, and tests build them
/// without optimisation, which makes of ten times thirty.
const UNOPTIMISED: f64 = if cfg!(debug_assertions) { 4.0 } else { 1.0 };

/// Of the time and memory that an input of any size costs, such as those of its first page.
const FIXED: (f64, usize) = (0.01, 1 << 20);

/// The allocator counts for all threads, so that one test runs at a time.
static ALONE: Mutex<()> = Mutex::new(());

fn least(one: Cost, other: Cost) -> Cost {
    Cost { time: one.time.min(other.time), memory: one.memory.min(other.memory) }
}

fn hold(way: Way, size: usize) {
    let factor = if way.is_page() { FACTOR * UNOPTIMISED } else { FACTOR };
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let plain = way.plain(size);
    // What is made on first use is made now.
    way.go(&plain);
    let bytes = plain.iter().map(Vec::len).sum::<usize>() as f64;
    let mut time = cost(|| way.go(&plain)).time;
    // Of the index all articles, else of the dearest of them.
    let memory = |articles: &[Vec<u8>]| {
        cost(|| way.go(articles)).memory as f64 / articles.iter().map(Vec::len).sum::<usize>() as f64
    };
    let memory = if way.keeps_all() { memory(&plain) } else { plain.chunks(1).map(memory).fold(0.0, f64::max) };
    let mut too_much = Vec::new();
    for (_, name, make) in worst::all().filter(|(of, ..)| *of == way) {
        let input = [make(size)];
        let length = input[0].len() as f64;
        let factors = |cost: Cost, plain: Duration| {
            let times = (cost.time.as_secs_f64() - FIXED.0) / length * bytes / plain.as_secs_f64();
            (times, cost.memory.saturating_sub(FIXED.1) as f64 / length / memory)
        };
        let mut found = cost(|| way.go(&input));
        // Other work runs beside the tests: where it seems too much, the least of many runs of both counts.
        for _ in 0..10 {
            if factors(found, time).0 <= factor {
                break;
            }
            time = time.min(cost(|| way.go(&plain)).time);
            found = least(found, cost(|| way.go(&input)));
        }
        let (times, memories) = factors(found, time);
        if times > factor || memories > FACTOR {
            too_much.push(format!("{name}: {times:.1} times the time, {memories:.1} times the memory"));
        }
    }
    assert!(too_much.is_empty(), "{way:?}, a byte against a byte of plain news:\n{}", too_much.join("\n"));
}

#[test]
fn texts_cost_time_and_memory_in_proportion() {
    hold(Way::Text, 200_000);
}

#[test]
fn bytes_cost_time_and_memory_in_proportion() {
    hold(Way::Bytes, 300_000);
}

#[cfg(feature = "html")]
#[test]
fn pages_cost_time_and_memory_in_proportion_or_are_refused() {
    hold(Way::Page, 50_000);
}

#[cfg(feature = "serde")]
#[test]
fn objects_cost_time_and_memory_in_proportion_or_are_refused() {
    hold(Way::Json, 300_000);
}

#[cfg(feature = "index")]
#[test]
fn what_is_indexed_and_found_costs_time_and_memory_in_proportion() {
    hold(Way::Index, 60_000);
}

/// A long query costs no more a word than a short one, however it is made; what is beyond the limits is left out or refused.
#[cfg(feature = "index")]
#[test]
fn queries_cost_time_and_memory_in_proportion_to_their_words() {
    use thoisu::index::{NewsIndex, Query};
    const WORDS: usize = 1024;
    /// Words of the query that all others are held against.
    const PLAIN: &str = "huyện ủy tổ chức đối thoại với nhân dân";
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let index = NewsIndex::in_ram(worst::ANALYZER.clone()).unwrap();
    let mut writer = index.writer().unwrap();
    // Beside the corpus an article of many words, and one of a few words many times.
    let many: String = (0..5_000).map(|number| format!("a{} ", worst::letters(number).to_lowercase())).collect();
    let again = "dân vận ủy ban ".repeat(1_000);
    for (number, text) in worst::corpus().into_iter().chain([many.clone(), again]).enumerate() {
        let mut article = thoisu::Article::from_text(text);
        article.id = Some(format!("a{number}"));
        writer.add(&article).unwrap();
    }
    writer.commit().unwrap();
    let ask = |text: &str| {
        let (query, _) = Query::lenient(text);
        let page = index.search(&query, 10).unwrap();
        std::hint::black_box((page, index.facets(&query, 5).unwrap(), index.suggest(&query).unwrap()));
    };
    ask(PLAIN);
    let words: Vec<&str> = many.split(' ').take(WORDS).collect();
    let queries: Vec<(&str, String)> = vec![
        ("one word again and again", "dân ".repeat(WORDS)),
        ("words that all differ", words.join(" ")),
        ("one of many words", words.join(" OR ")),
        ("none of many words", format!("dân -{}", words.join(" -"))),
        ("a phrase of many words", format!("\"{}\"", words.join(" "))),
        ("a phrase of one word", format!("\"{}\"", "dân ".repeat(WORDS))),
        ("a phrase of a million words", format!("\"{}\"", "dân ".repeat(1_000_000))),
        ("phrases", "\"dân vận\" ".repeat(WORDS / 2)),
        ("abbreviations in a phrase", format!("\"{}\"", "UBND ".repeat(WORDS))),
        ("abbreviations", "UBND ".repeat(WORDS)),
        ("prefixes of all words", "aa* ".repeat(WORDS)),
        ("one of many prefixes", "a* OR aa* OR ".repeat(WORDS / 2) + "a"),
        ("parentheses in each other", "(".repeat(100_000) + "dân" + &")".repeat(100_000)),
        ("parentheses without partners", "(".repeat(1_000_000)),
        ("quotation marks", "\"".repeat(1_000_000)),
        ("a word of a million letters", "a".repeat(1_000_000)),
        ("a number of a million digits", format!("value:{}", "9".repeat(1_000_000))),
        ("a date of a million digits", format!("date:{}", "9".repeat(1_000_000))),
        ("ranges", "value:1..99999999999999999999 ".repeat(WORDS / 2)),
        ("years", "date:0001..9999 ".repeat(WORDS / 2)),
        ("units", "value>=1% ".repeat(WORDS / 2)),
        ("facts", "indicator:(tăng value:1..5%) ".repeat(WORDS / 4)),
        ("facts in facts", "fact:(within:(".repeat(WORDS) + "dân"),
        ("articles like one", "similar:a1 ".repeat(WORDS / 8)),
        ("not not", "NOT ".repeat(WORDS) + "dân"),
        ("a field again and again", "title:".repeat(WORDS) + "dân"),
        ("codes", "02-NQ/TU ".repeat(WORDS)),
        ("a code without end", "02-NQ".to_owned() + &"/TU".repeat(100_000)),
        ("marks", "a".to_owned() + &"\u{301}\u{323}".repeat(100_000)),
    ];
    let plain = (0..5).map(|_| cost(|| ask(PLAIN))).reduce(least).unwrap();
    let short = PLAIN.split(' ').count() as f64;
    let mut too_much = Vec::new();
    for (name, text) in queries {
        // What is longer than a query may be still has to be read: a word for every ten bytes.
        let words = (text.len() as f64 / 10.0).max(WORDS as f64);
        let times = |cost: Cost| {
            let times = cost.time.as_secs_f64() / plain.time.as_secs_f64();
            (times * short / words, cost.memory.saturating_sub(4 << 20) as f64 / plain.memory as f64 * short / words)
        };
        let mut found = cost(|| ask(&text));
        for _ in 0..5 {
            if times(found).0 <= FACTOR {
                break;
            }
            found = least(found, cost(|| ask(&text)));
        }
        let (time, memory) = times(found);
        if std::env::var_os("THOISU_SHOW").is_some() {
            println!("{name}: {:?}, {time:.2} times the time, {memory:.2} times the memory", found.time);
        }
        if time > FACTOR || memory > FACTOR {
            too_much.push(format!("{name}: {time:.1} times the time, {memory:.1} times the memory"));
        }
    }
    assert!(too_much.is_empty(), "a word against a word of a short query:\n{}", too_much.join("\n"));
}
