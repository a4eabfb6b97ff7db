//! Building an index, against tantivy alone with its default tokenizer and the text stored.
//!
//! `cargo bench --bench index`; the figures are in `benches/README.md`. Without more, the articles are those of `corpus/`
//! repeated to 8 MB; `THOISU_ARTICLES` names a file of JSON Lines instead. Both indexes are asked the same phrase before
//! their times are printed.

mod record;
#[path = "../tests/texts/mod.rs"]
mod texts;

use record::record;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::{Duration, Instant};

use tantivy::collector::Count;
use tantivy::query::QueryParser;
use tantivy::schema::{STORED, STRING, Schema, TEXT};
use tantivy::{Index, TantivyDocument};
use thoisu::index::{Added, NewsIndex, Query, Writer};
use thoisu::{Analyzer, Article, Error};

const SIZE: usize = 8 << 20;
const THREADS: usize = 2;

/// The articles, and how many bytes of text they have.
fn articles(test: bool) -> (Vec<Article>, usize) {
    let mut articles = Vec::new();
    if let Some(file) = std::env::var_os("THOISU_ARTICLES") {
        for line in BufReader::new(File::open(file).expect("THOISU_ARTICLES names a file")).lines() {
            articles.push(Article::from_json(&line.expect("a line of text")).expect("an article"));
        }
    } else {
        let corpus: Vec<Article> =
            texts::files("corpus").iter().map(|file| Article::from_path(file).expect("an article")).collect();
        let once: usize = corpus.iter().map(|article| article.text.len()).sum();
        for round in 0..if test { 2 } else { SIZE / once + 1 } {
            articles.extend(corpus.iter().cloned().map(|mut article| {
                article.id = Some(format!("{}-{round}", article.id.unwrap_or_default()));
                article
            }));
        }
    }
    let size = articles.iter().map(|article| article.text.len()).sum();
    (articles, size)
}

/// What an index took: its time, its bytes on disk, and how many articles have the phrase.
struct Taken {
    time: Duration,
    bytes: u64,
    found: usize,
}

fn plain(articles: &[Article], dir: &Path) -> Taken {
    let mut schema = Schema::builder();
    let id = schema.add_text_field("id", STRING | STORED);
    let text = schema.add_text_field("text", TEXT | STORED);
    let index = Index::create_in_dir(dir, schema.build()).expect("an index");
    let started = Instant::now();
    let mut writer = index.writer_with_num_threads(THREADS, 100_000_000).expect("a writer");
    for article in articles {
        let mut row = TantivyDocument::default();
        row.add_text(id, article.id.as_deref().unwrap_or_default());
        row.add_text(text, &article.text);
        writer.add_document(row).expect("added");
    }
    writer.commit().expect("committed");
    writer.wait_merging_threads().expect("merged");
    let time = started.elapsed();
    let searcher = index.reader().expect("a reader").searcher();
    let query = QueryParser::for_index(&index, vec![text]).parse_query("\"dân chủ\"").expect("a query");
    Taken { time, bytes: size_of(dir), found: searcher.search(&query, &Count).expect("a count") }
}

fn ours(articles: &[Article], dir: &Path) -> Taken {
    let index = NewsIndex::open_or_create(dir, Analyzer::new()).expect("an index");
    let started = Instant::now();
    let mut writer = index.writer_with_threads(THREADS).expect("a writer");
    let added = |_: &mut Writer, _: &Article, added: Result<Added, Error>| added.map(drop);
    writer.add_all(articles.iter().cloned(), added).expect("added");
    writer.finish().expect("merged");
    let time = started.elapsed();
    let query = Query::parse("\"dân chủ\"").expect("a query");
    Taken { time, bytes: size_of(dir), found: index.search(&query, 1).expect("a page").exact }
}

fn size_of(dir: &Path) -> u64 {
    let files = std::fs::read_dir(dir).expect("the index").map(|entry| entry.expect("a file"));
    files.map(|file| file.metadata().expect("its size").len()).sum()
}

fn main() {
    let test = std::env::args().any(|argument| argument == "--test");
    let (articles, size) = articles(test);
    let folder = tempfile::tempdir().expect("a folder");
    let [one, other] = ["plain", "thoisu"].map(|name| folder.path().join(name));
    std::fs::create_dir(&one).expect("a folder");
    let plain = plain(&articles, &one);
    let ours = ours(&articles, &other);
    assert!(plain.found > 0 && ours.found > 0, "{} and {}", plain.found, ours.found);
    println!("{} articles, {:.1} MB of text, {THREADS} threads", articles.len(), size as f64 / 1e6);
    for (name, taken) in [("tantivy alone", &plain), ("thoisu", &ours)] {
        let rate = size as f64 / 1e6 / taken.time.as_secs_f64();
        let share = taken.bytes as f64 / size as f64;
        println!("{name:<14} {rate:>6.1} MB/s, index {share:.2} of the text, {} with the phrase", taken.found);
        let columns =
            [("articles", articles.len() as f64), ("MB", size as f64 / 1e6), ("MB/s", rate), ("share", share)];
        for (column, value) in columns {
            record(&format!("index/{name}/{column}"), value);
        }
    }
    let speed = plain.time.as_secs_f64() / ours.time.as_secs_f64();
    println!("thoisu: {speed:.2} of the speed, {:.2} of the size", ours.bytes as f64 / plain.bytes as f64);
}
