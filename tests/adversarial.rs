//! The worst inputs against plain news: what one byte of them costs, in time and in memory, stays within a factor.
//!
//! The inputs stand in `tests/worst/inputs.rs`, each with what it is the worst for; `cargo bench --bench worst` prints
//! what they cost at 10 MB.

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

/// Of the time and memory that an input of any size costs, such as those of its first page.
const FIXED: (f64, usize) = (0.01, 1 << 20);

/// The allocator counts for all threads, so that one test runs at a time.
static ALONE: Mutex<()> = Mutex::new(());

fn least(one: Cost, other: Cost) -> Cost {
    Cost { time: one.time.min(other.time), memory: one.memory.min(other.memory) }
}

fn hold(way: Way, size: usize) {
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
            if factors(found, time).0 <= FACTOR {
                break;
            }
            time = time.min(cost(|| way.go(&plain)).time);
            found = least(found, cost(|| way.go(&input)));
        }
        let (times, memories) = factors(found, time);
        if times > FACTOR || memories > FACTOR {
            too_much.push(format!("{name}: {times:.1} times the time, {memories:.1} times the memory"));
        }
    }
    assert!(too_much.is_empty(), "{way:?}, a byte against a byte of plain news:\n{}", too_much.join("\n"));
}

#[test]
fn texts_cost_time_and_memory_in_proportion() {
    hold(Way::Text, 300_000);
}

#[test]
fn bytes_cost_time_and_memory_in_proportion() {
    hold(Way::Bytes, 300_000);
}

#[cfg(feature = "html")]
#[test]
fn pages_cost_time_and_memory_in_proportion_or_are_refused() {
    hold(Way::Page, 100_000);
}

#[cfg(feature = "serde")]
#[test]
fn objects_cost_time_and_memory_in_proportion_or_are_refused() {
    hold(Way::Json, 300_000);
}

#[cfg(feature = "index")]
#[test]
fn what_is_indexed_and_found_costs_time_and_memory_in_proportion() {
    hold(Way::Index, 100_000);
}
