//! How long a search takes, beside tantivy alone with its default tokenizer for the same words.
//!
//! `cargo bench --bench search`; the figures are in `benches/README.md`. `THOISU_ARTICLES` names a file of articles as
//! JSON Lines, repeated under other ids to 100,000; without it the corpus is repeated to 2,000. `THOISU_INDEX` names a
//! directory in which the two indexes are kept, so that a second run does not build them again. One thread; each query is
//! asked twice and timed the second time.

mod record;
#[path = "../tests/texts/mod.rs"]
mod texts;

use record::record;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{STORED, STRING, Schema, TEXT};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, IndexReader, TantivyDocument};
use thoisu::index::{Added, FactType, NewsIndex, Query, Sort, Writer};
use thoisu::{Analyzer, Article, Error, PartialDate};

const LIMIT: usize = 10;
/// Queries of each sort.
const QUERIES: usize = 300;

/// The articles to ask about, and how many there are to be.
fn articles(test: bool) -> (Vec<Article>, usize) {
    if let Some(file) = std::env::var_os("THOISU_ARTICLES") {
        let lines = BufReader::new(File::open(file).expect("THOISU_ARTICLES names a file")).lines();
        let article = |line: std::io::Result<String>| Article::from_json(&line.expect("a line of text"));
        (lines.map(|line| article(line).expect("an article")).collect(), 100_000)
    } else {
        let articles: Vec<_> =
            texts::files("corpus").iter().map(|file| Article::from_path(file).expect("an article")).collect();
        let count = if test { articles.len() } else { 2000 };
        (articles, count)
    }
}

/// The articles over and over, each with an id of its own and a date.
fn repeated(articles: &[Article], count: usize) -> impl Iterator<Item = Article> + '_ {
    articles.iter().cycle().take(count).enumerate().map(|(i, article)| {
        let mut article = article.clone();
        article.id = Some(i.to_string());
        let year = 2015 + (i % 10) as i16;
        article.published =
            article.published.or_else(|| PartialDate::from_day(year, 1 + (i % 12) as u8, 1 + (i % 28) as u8));
        article
    })
}

fn ours(articles: &[Article], count: usize, dir: &Path) -> NewsIndex {
    let index = NewsIndex::open_or_create(dir, Analyzer::new()).expect("an index");
    if index.len() != count {
        let mut writer = index.writer_with_threads(2).expect("a writer");
        let added = |_: &mut Writer, _: &Article, added: Result<Added, Error>| added.map(drop);
        writer.add_all(repeated(articles, count), added).expect("added");
        writer.finish().expect("merged");
    }
    index
}

/// tantivy with its default tokenizer.
struct Plain {
    reader: IndexReader,
    parser: QueryParser,
}

impl Plain {
    fn new(articles: &[Article], count: usize, dir: &Path) -> Self {
        let mut schema = Schema::builder();
        let id = schema.add_text_field("id", STRING | STORED);
        let text = schema.add_text_field("text", TEXT | STORED);
        let index = Index::open_in_dir(dir).or_else(|_| Index::create_in_dir(dir, schema.build())).expect("an index");
        if index.reader().expect("a reader").searcher().num_docs() != count as u64 {
            let mut writer = index.writer_with_num_threads(2, 100_000_000).expect("a writer");
            for article in repeated(articles, count) {
                let mut row = TantivyDocument::default();
                row.add_text(id, article.id.as_deref().unwrap_or_default());
                row.add_text(text, &article.text);
                writer.add_document(row).expect("added");
            }
            writer.commit().expect("committed");
            writer.wait_merging_threads().expect("merged");
        }
        let mut parser = QueryParser::for_index(&index, vec![text]);
        parser.set_conjunction_by_default();
        Self { reader: index.reader().expect("a reader"), parser }
    }

    /// Ten articles with their snippets, and the number of all.
    fn ask(&self, query: &str) -> usize {
        let searcher = self.reader.searcher();
        let query = self.parser.parse_query(query).expect("a query");
        let text = searcher.schema().get_field("text").expect("the field");
        let top = TopDocs::with_limit(LIMIT).order_by_score();
        let (top, count) = searcher.search(&query, &(top, Count)).expect("hits");
        let snippets = SnippetGenerator::create(&searcher, &query, text).expect("snippets");
        for (_, address) in top {
            let row: TantivyDocument = searcher.doc(address).expect("a row");
            snippets.snippet_from_doc(&row);
        }
        count
    }
}

/// Words that stand in a row in the articles: `len` of them, from places all over.
fn rows(articles: &[Article], len: impl Fn(usize) -> usize) -> Vec<String> {
    let step = (articles.len() / QUERIES).max(1);
    let mut rows = Vec::new();
    for i in 0..QUERIES {
        let text = thoisu::normalize(articles[i * step % articles.len()].body()).to_lowercase();
        let words: Vec<&str> = text.split(' ').collect();
        let plain = |row: &&[&str]| row.iter().all(|word| !word.is_empty() && word.chars().all(char::is_alphabetic));
        let from = i * 7919 % words.len();
        let mut windows = words[from..].windows(len(i)).chain(words.windows(len(i)));
        rows.extend(windows.find(plain).map(|row| row.join(" ")));
    }
    rows
}

struct Times(Vec<Duration>);

impl Times {
    /// `ask` is to find as much as `least`.
    fn of(queries: &[String], least: usize, mut ask: impl FnMut(&str) -> usize) -> Self {
        let mut times = Vec::with_capacity(queries.len());
        for query in queries {
            assert!(ask(query) >= least, "nothing is found: {query}");
            let started = Instant::now();
            ask(query);
            times.push(started.elapsed());
        }
        times.sort();
        Self(times)
    }

    /// For print, and for the report under `name`.
    fn text(&self, name: &str) -> String {
        let mut text = String::new();
        for (column, share) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)] {
            let at = ((self.0.len() - 1) as f64 * share).round() as usize;
            let milliseconds = self.0[at].as_secs_f64() * 1e3;
            text += &format!("{milliseconds:>8.2}");
            record(&format!("search/{name}/{column}"), milliseconds);
        }
        text
    }
}

fn main() {
    let test = std::env::args().any(|argument| argument == "--test");
    let (articles, count) = articles(test);
    let folder = tempfile::tempdir().expect("a folder");
    let dir = std::env::var_os("THOISU_INDEX").map_or_else(|| folder.path().to_owned(), PathBuf::from);
    let [plain, own] = ["plain", "thoisu"].map(|name| dir.join(name));
    std::fs::create_dir_all(&plain).expect("a folder");
    let index = ours(&articles, count, &own);
    let plain = Plain::new(&articles, count, &plain);

    let search = |query: &Query| index.search(query, LIMIT).expect("a page").total;
    let parsed = |text: &str| Query::parse(text).expect("a query");
    let words = rows(&articles, |i| 1 + i % 4);
    let phrases: Vec<String> = rows(&articles, |i| 2 + i % 4).iter().map(|row| format!("\"{row}\"")).collect();
    let questions = rows(&articles, |i| 10 + i % 8);
    let unmarked: Vec<String> = words.iter().map(|row| thoisu::fold(row).into_owned()).collect();
    let unmarked_questions: Vec<String> = questions.iter().map(|row| thoisu::fold(row).into_owned()).collect();
    let narrowed = |text: &str| {
        let date = |year| PartialDate::from_year(year).expect("a year");
        parsed(text).published(date(2010), date(2025)).fact_type(FactType::Date)
    };
    let facets = |query: &Query| index.page_with_facets(query, Sort::Relevance, 0, LIMIT, 20).expect("a page").0.total;
    let both = rows(&articles, |i| 2 + i % 3);

    println!("{count} articles; milliseconds of one query");
    println!("{:<34}{:>24}   {:>24}", "", "thoisu", "tantivy alone");
    println!("{:<34}{:>8}{:>8}{:>8}   {:>8}{:>8}{:>8}", "", "p50", "p95", "p99", "p50", "p95", "p99");
    let line = |name: &str, ours: Times, plain: Option<Times>| {
        let plain = plain.map(|times| times.text(&format!("{name}/tantivy")));
        println!("{name:<34}{}   {}", ours.text(name), plain.unwrap_or_default());
    };
    let peer = |queries: &[String]| Some(Times::of(queries, 0, |query| plain.ask(query)));
    line("words", Times::of(&words, 1, |query| search(&parsed(query))), peer(&words));
    line("words without marks", Times::of(&unmarked, 1, |query| search(&parsed(query))), None);
    line("phrases", Times::of(&phrases, 0, |query| search(&parsed(query))), peer(&phrases));
    line("questions", Times::of(&questions, 1, |query| search(&parsed(query))), peer(&questions));
    line("questions without marks", Times::of(&unmarked_questions, 1, |query| search(&parsed(query))), None);
    line("words, date and type", Times::of(&both, 0, |query| search(&narrowed(query))), None);
    line("words and facets", Times::of(&both, 1, |query| facets(&parsed(query))), None);
    let all = |query: &str| {
        let middle = query.match_indices(' ').nth(1).map_or(0, |(at, _)| at);
        facets(&narrowed(&format!("{} \"{}\"", &query[..middle], query[middle..].trim())))
    };
    let longer = rows(&articles, |i| 4 + i % 2);
    line("words, phrase, filters, facets", Times::of(&longer, 0, all), None);
}
