//! One analyzer and one index, shared by many threads: each gets what a thread alone gets, and a search sees a commit
//! whole or not at all.
#![cfg(feature = "index")]

mod texts;

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use thoisu::index::{Copies, FactQuery, FactType, Key, NewsIndex, Period, Query, Row, Sort, When};
use thoisu::{Analyzer, Article, Fact, FactKind};

const THREADS: usize = 4;

/// The articles of the corpus.
fn corpus() -> Vec<Article> {
    texts::files("corpus").iter().map(|file| Article::from_path(file).unwrap()).collect()
}

fn index(articles: &[Article]) -> NewsIndex {
    let index = NewsIndex::in_ram(Analyzer::new()).unwrap();
    let mut writer = index.writer().unwrap();
    for article in articles {
        writer.add(article).unwrap();
    }
    writer.commit().unwrap();
    index
}

/// What `work` gives in each of many threads that begin at once.
fn in_threads<T: Send>(work: impl Fn() -> T + Sync) -> Vec<T> {
    let start = Barrier::new(THREADS);
    thread::scope(|scope| {
        let run = || {
            start.wait();
            work()
        };
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(run)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn analysed(analyzer: &Analyzer, articles: &[Article]) -> Vec<(Vec<String>, Vec<Fact>)> {
    let read = |article: &Article| {
        let document = analyzer.document(article);
        let words = document.words().iter().map(|word| document.word(word).into_owned()).collect();
        (words, analyzer.facts(&document))
    };
    articles.iter().map(read).collect()
}

#[test]
fn many_threads_read_what_one_reads() {
    let articles = corpus();
    let analyzer = Analyzer::new();
    // The threads come first, so that they are the ones that make what is made on first use.
    let many = in_threads(|| analysed(&analyzer, &articles));
    let one = analysed(&analyzer, &articles);
    assert!(one.iter().map(|(_, facts)| facts.len()).sum::<usize>() > 100);
    for found in many {
        assert_eq!(found, one);
    }
    let clones = in_threads(|| analysed(&analyzer.clone(), &articles));
    assert!(clones.into_iter().all(|found| found == one));
}

const QUERIES: &[&str] = &[
    "đối thoại",
    "doi thoai nhan dan",
    "\"dân vận\" UBND",
    "(họp OR hội) -thể",
    "chủ* tịch",
    "29-NQ/TW",
    "title:dân body:huyện",
    "date:2015..2022 type:indicator",
    "indicator:(value>=10 unit:%)",
    "official:(post:\"Chủ tịch\")",
    "fact:(within:(dân) type:date)",
    "trong quý nào huyện mở nhiều cuộc đối thoại với nhân dân nhất",
    // Not understood: searched as words where that is asked for, else refused.
    "dân \"chủ",
    "dat:2019 họp",
    "((",
];

/// All that an index says, as one text.
fn said(index: &NewsIndex, id: &str) -> String {
    let mut said = String::new();
    let mut say = |what: &dyn std::fmt::Debug| said.push_str(&format!("{what:?}\n"));
    for text in QUERIES {
        let (query, problems) = Query::lenient(text);
        assert_eq!(problems.is_empty(), Query::parse(text).is_ok(), "{text}");
        say(&problems);
        say(&index.search(&query, 5).unwrap());
        say(&index.page_by(&query, Sort::Latest, 2, 5).unwrap());
        say(&index.facets(&query, 3).unwrap());
        say(&index.suggest(&query).unwrap());
        say(&index.timeline(&query, Period::Year, Copies::Once).unwrap());
    }
    let all = FactQuery::new();
    say(&index.facts(&FactQuery::new().kind(FactType::Official), 20).unwrap());
    say(&index.group_facts(&all, [Key::Type, Key::Time(When::Published, Period::Year)], Copies::Once).unwrap());
    say(&index.fact_rows(&all, Copies::All).unwrap().map(|row| cells(&row.unwrap())).collect::<Vec<_>>());
    say(&index.article_rows(&Query::all(), Copies::All).unwrap().map(|row| cells(&row.unwrap())).collect::<Vec<_>>());
    say(&index.search(&Query::similar(id), 5).unwrap());
    say(&index.article(id).unwrap());
    say(&index.document_page("29-NQ/TW", Copies::Once).unwrap());
    say(&index.len());
    said
}

fn cells<R: Row>(row: &R) -> Vec<String> {
    R::COLUMNS.iter().map(|column| column.cell(row).to_string()).collect()
}

#[test]
fn many_threads_find_what_one_finds() {
    let articles = corpus();
    let index = index(&articles);
    let id = articles[0].id.as_deref().unwrap();
    let many = in_threads(|| said(&index, id));
    let one = said(&index, id);
    assert!(one.contains("đối thoại") && one.contains("29-NQ/TW"));
    for said in many {
        assert!(said == one, "{}", difference(&said, &one));
    }
}

fn difference(one: &str, other: &str) -> String {
    let mut lines = one.lines().zip(other.lines()).filter(|(one, other)| one != other);
    lines.next().map_or_else(|| "the one has more lines".to_owned(), |(one, other)| format!("{one}\n\n{other}"))
}

/// Articles that are replaced together, so that any two that are seen at once must be of one version.
const TOGETHER: usize = 6;
const VERSIONS: usize = if cfg!(debug_assertions) { 20 } else { 60 };

/// The articles in one version: a word and a figure of its own stand in each.
fn version(articles: &[Article], version: usize) -> Vec<Article> {
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
    let word: String = [letter(version / 26), letter(version)].iter().collect();
    let write = |article: &Article| {
        let told = format!("Đợt này có {} con trâu tham gia buổi gặp mốc{word}.", version + 1);
        let title = article.title().unwrap_or("Tin trong tuần");
        let mut new = Article::from_text(format!("{title}\n\n{told}\n\n{}\n", article.body()));
        new.id.clone_from(&article.id);
        new
    };
    articles.iter().take(TOGETHER).map(write).collect()
}

/// The version that a text is of.
fn version_of(text: &str) -> usize {
    let at = text.find("Đợt này có ").expect("a version") + "Đợt này có ".len();
    let figure: String = text[at..].chars().take_while(char::is_ascii_digit).collect();
    figure.parse::<usize>().unwrap() - 1
}

/// The version that the figure of a version is of.
fn figure(fact: &Fact) -> usize {
    let FactKind::Indicator(indicator) = &fact.kind else { panic!("{fact:?} is of another article") };
    indicator.value.to_string().parse::<usize>().unwrap() - 1
}

/// The one version of which all that was seen is.
fn only(what: &str, count: usize, mut seen: impl Iterator<Item = usize>) -> usize {
    assert_eq!(count, TOGETHER, "{what}: a part of a commit");
    let first = seen.next().unwrap_or_else(|| panic!("{what}: nothing"));
    let others: Vec<usize> = seen.filter(|other| *other != first).collect();
    assert!(others.is_empty(), "{what}: of version {first} and of {others:?}");
    first
}

/// Looks at the index in every way; the version that is seen must not go back from one look to the next.
fn look(index: &NewsIndex, last: &mut usize) {
    let mut saw = |what: &str, version: usize| {
        assert!(version >= *last, "{what}: version {version} after {last}");
        *last = version;
    };
    for text in
        ["buổi gặp", "buoi gap", "mốc*", "\"tham gia buổi gặp\" (mốc* OR khong)", "indicator:(unit:\"con trâu\")"]
    {
        let strict = Query::parse(text).unwrap();
        let (lenient, problems) = Query::lenient(&format!("{text})"));
        assert_eq!(problems.len(), 1, "{text}");
        for query in [strict, lenient] {
            let page = index.search(&query, 2 * TOGETHER).unwrap();
            let hits = page.hits.iter().filter(|hit| hit.article().text.contains("Đợt này có "));
            saw(text, only(text, page.complete, hits.map(|hit| version_of(&hit.article().text))));
        }
        let query = Query::parse(text).unwrap();
        let rows = index.article_rows(&query, Copies::All).unwrap().map(Result::unwrap);
        let rows: Vec<usize> = rows.map(|row| version_of(&row.article().text)).collect();
        saw(text, only("rows of articles", rows.len(), rows.into_iter()));
        let facets = index.facets(&query, 100).unwrap();
        let indicators = facets.kinds.iter().find(|count| count.value == "indicator");
        assert_eq!(indicators.map(|count| count.articles), Some(TOGETHER), "{text}: facets");
    }
    let figures = FactQuery::new().kind(FactType::Indicator).unit("con trâu");
    let page = index.facts(&figures, 2 * TOGETHER).unwrap();
    let seen: Vec<usize> = page.hits.iter().map(|hit| figure(&hit.fact)).collect();
    assert_eq!(page.hits.len(), page.total, "facts: some of them are gone");
    saw("facts", only("facts", seen.len(), seen.into_iter()));
    let rows = index.fact_rows(&figures, Copies::All).unwrap().map(Result::unwrap);
    let seen: Vec<usize> = rows.map(|row| figure(row.fact())).collect();
    saw("rows of facts", only("rows of facts", seen.len(), seen.into_iter()));
    let groups = index.group_facts(&figures, [Key::Unit], Copies::All).unwrap();
    assert_eq!((groups.len(), groups[0].articles), (1, TOGETHER), "groups");
    let values = groups[0].values.as_ref().unwrap();
    assert_eq!(values.min, values.max, "groups: of two versions");
    let timeline = index.timeline(&Query::parse("buổi gặp").unwrap(), Period::Year, Copies::All).unwrap();
    assert_eq!(timeline.points.iter().map(|point| point.count).sum::<usize>() + timeline.unplaced, TOGETHER);
    assert_eq!(index.len(), TOGETHER);
}

#[test]
fn a_search_sees_a_commit_whole_or_not_at_all() {
    let articles = corpus();
    let index = index(&version(&articles, 0));
    let done = AtomicBool::new(false);
    let searches = |index: &NewsIndex| {
        let (mut last, mut looks) = (0, 0);
        while !done.load(Ordering::Acquire) || looks == 0 {
            look(index, &mut last);
            looks += 1;
        }
        // What was committed before is seen by now.
        look(index, &mut last);
        last
    };
    let last = thread::scope(|scope| {
        let shared = scope.spawn(|| searches(&index));
        let cloned = scope.spawn(|| searches(&index.clone()));
        let mut writer = index.writer().unwrap();
        for at in 1..VERSIONS {
            for article in version(&articles, at) {
                writer.add(&article).unwrap();
            }
            writer.commit().unwrap();
        }
        done.store(true, Ordering::Release);
        [shared, cloned].map(|thread| thread.join().unwrap())
    });
    assert_eq!(last, [VERSIONS - 1; 2]);
}
