//! What a second thread is worth: `cargo bench --bench threads`.
//!
//! One analyzer and one index are shared by one thread and by two, each with work of its own; what each finds is held
//! against what one thread alone finds before anything is timed. Of several rounds, in which one thread and two take
//! turns, the best of each counts, since other programs run on the machine as well.

use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

mod record;
#[path = "../tests/texts/mod.rs"]
mod texts;

use record::record;
use thoisu::index::{NewsIndex, Query};
use thoisu::{Analyzer, Article, Fact};

const QUERIES: &[&str] = &[
    "đối thoại với nhân dân",
    "doi thoai",
    "\"dân vận\" UBND",
    "(họp OR hội) -nông",
    "29-NQ/TW",
    "date:2015..2022 type:indicator dân",
    "indicator:(value>=10 unit:%)",
];

fn corpus() -> Vec<Article> {
    texts::files("corpus").iter().map(|file| Article::from_path(file).expect("article")).collect()
}

/// How long `threads` threads take, each of which does `work` so many times.
fn time(threads: usize, times: usize, work: &(impl Fn() + Sync)) -> Duration {
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..times).for_each(|_| work()));
        }
    });
    start.elapsed()
}

/// Prints how many things of `work`, which does `count`, one thread and two do in a second.
fn report(what: &str, count: usize, rounds: usize, times: usize, work: impl Fn() + Sync) {
    let mut best = [Duration::MAX; 2];
    for _ in 0..rounds {
        for (threads, best) in (1..).zip(&mut best) {
            *best = (*best).min(time(threads, times, &work));
        }
    }
    let rate = |threads: usize| (threads * times * count) as f64 / best[threads - 1].as_secs_f64();
    for (column, value) in [("one", rate(1)), ("two", rate(2)), ("factor", rate(2) / rate(1))] {
        record(&format!("threads/{what}/{column}"), value);
    }
    println!("| {what} | {:.0} | {:.0} | {:.2} |", rate(1), rate(2), rate(2) / rate(1));
}

fn main() {
    // `cargo test` passes nothing, `cargo bench` says so.
    let args: Vec<String> = std::env::args().collect();
    let short = !args.iter().any(|arg| arg == "--bench") || args.iter().any(|arg| arg == "--test");
    let (rounds, times) = if short { (1, 1) } else { (20, 10) };
    let (analyzer, articles) = (Analyzer::new(), corpus());
    let facts =
        || -> Vec<Vec<Fact>> { articles.iter().map(|article| analyzer.facts(&analyzer.document(article))).collect() };

    let index = NewsIndex::in_ram(analyzer.clone()).expect("index");
    let mut writer = index.writer().expect("writer");
    // Each article often enough that a search has work to do.
    for (copy, article) in (0..if short { 1 } else { 50 }).flat_map(|copy| articles.iter().map(move |one| (copy, one)))
    {
        let mut article = article.clone();
        article.id = Some(format!("{copy}-{}", article.id.unwrap_or_default()));
        writer.add(&article).expect("added");
    }
    writer.commit().expect("committed");
    let queries: Vec<Query> = QUERIES.iter().map(|query| Query::parse(query).expect("query")).collect();
    let hits = || -> Vec<Vec<String>> {
        let found = queries.iter().map(|query| index.search(query, 10).expect("page").hits);
        found.map(|hits| hits.iter().map(|hit| hit.id().to_owned()).collect()).collect()
    };

    let (alone, found) = (facts(), hits());
    assert!(alone.iter().map(Vec::len).sum::<usize>() > 100 && found.iter().all(|ids| !ids.is_empty()));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| assert!(facts() == alone && hits() == found, "two threads find what one finds"));
        }
    });

    println!("| in a second | one thread | two threads | factor |\n|---|---:|---:|---:|");
    report("articles analysed", articles.len(), rounds, times, || drop(black_box(facts())));
    report("searches answered", queries.len(), rounds, times, || drop(black_box(hits())));
}
