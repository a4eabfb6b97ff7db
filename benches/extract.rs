//! The whole way from an article to its facts, stage by stage, on the articles of `corpus/` repeated to 8 MB.
//!
//! `cargo bench --bench extract`; the figures are in `benches/README.md`. Every article stays an article of its own.
//! Before anything is timed, the facts are held against the gold facts of the corpus, and those of the repeated articles
//! against those of the articles alone. Then texts made of one piece alone, which a careless rule would read again and
//! again, are timed beside plain text of the same size.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;
use thoisu::extract::{Fact, FactKind};
use thoisu::segment::Document;
use thoisu::{Analyzer, Article};

const SIZE: usize = 8 << 20;
/// The size of a text that is made of one piece alone.
const PIECES_SIZE: usize = 1 << 20;

const PIECES: &[(&str, &str)] = &[
    ("digits", "7"),
    ("slashes", "/"),
    ("full stops", "."),
    ("quotation marks", "“"),
    ("brackets", "("),
    ("citations without a number", "Nghị quyết số "),
    ("citations", "Nghị quyết số 12-NQ/TU, "),
    ("dates", "từ ngày 5/7/2020 đến "),
    ("names", "Nguyễn Văn An, "),
    ("names with posts", "ông Nguyễn Văn An, Chủ tịch UBND xã, "),
    ("figures", "tăng 12,5% so với 8.675 tấn, "),
    ("lines of a menu", "Trang chủ\n"),
    ("lines with a date", "Thứ năm - 12/03/2020 08:15\n"),
];

/// The texts of the corpus, and how many facts of each type they state: those that must be found, and all.
fn corpus() -> (Vec<String>, BTreeMap<String, (usize, usize)>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files: Vec<_> =
        std::fs::read_dir(folder.join("gold")).expect("corpus").map(|entry| entry.expect("entry").path()).collect();
    files.sort();
    let (mut texts, mut counts) = (Vec::new(), BTreeMap::new());
    for file in files {
        let gold: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).expect("gold")).expect("JSON");
        for fact in gold["facts"].as_array().expect("facts") {
            let count: &mut (usize, usize) = counts.entry(fact["type"].as_str().expect("type").to_owned()).or_default();
            count.0 += usize::from(fact["optional"] != true);
            count.1 += 1;
        }
        let text = folder.join("texts").join(file.file_name().expect("name")).with_extension("txt");
        texts.push(std::fs::read_to_string(text).expect("text"));
    }
    (texts, counts)
}

fn kind(fact: &Fact) -> &'static str {
    match fact.kind {
        FactKind::Date(_) => "date",
        FactKind::Document(_) => "document",
        FactKind::Official(_) => "official",
        FactKind::Indicator(_) => "indicator",
        _ => "other",
    }
}

fn facts_of(analyzer: &Analyzer, text: &str) -> Vec<Fact> {
    let article = Article::from_text(text);
    analyzer.facts(&analyzer.document(&article))
}

/// Each stage alone, and all of them.
fn stages(c: &mut Criterion) {
    let analyzer = Analyzer::new();
    let (once, gold) = corpus();
    let alone: Vec<Vec<Fact>> = once.iter().map(|text| facts_of(&analyzer, text)).collect();
    for (wanted, (least, most)) in gold {
        let found = alone.iter().flatten().filter(|fact| kind(fact) == wanted).count();
        let in_place = least * 97 / 100..=most * 103 / 100 + 1;
        assert!(in_place.contains(&found), "{wanted}: {found} found, {least} to {most} stated");
    }

    let times = SIZE / once.iter().map(String::len).sum::<usize>() + 1;
    let texts: Vec<String> = (0..times).flat_map(|_| once.iter().cloned()).collect();
    let articles: Vec<Article> = texts.iter().map(Article::from_text).collect();
    let documents: Vec<Document<'_>> = articles.iter().map(|article| analyzer.document(article)).collect();
    for (document, alone) in documents.iter().zip(alone.iter().cycle()) {
        assert_eq!(&analyzer.facts(document), alone);
    }
    let found = times * alone.iter().map(Vec::len).sum::<usize>();

    let mut group = c.benchmark_group("extract");
    group.throughput(Throughput::Bytes(texts.iter().map(String::len).sum::<usize>() as u64)).sample_size(10);
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    group.bench_function("article", |b| {
        // The text is the article's own: that it is copied is no part of reading it.
        let read = |texts: Vec<String>| texts.into_iter().map(Article::from_text).filter(|a| a.title.is_some()).count();
        b.iter_batched(|| texts.clone(), |texts| read(black_box(texts)), BatchSize::LargeInput);
    });
    group.bench_function("document", |b| {
        let read = |article: &Article| analyzer.document(article).words().len();
        b.iter(|| black_box(&articles).iter().map(read).sum::<usize>());
    });
    group.bench_function("facts", |b| {
        let read = |document: &Document<'_>| analyzer.facts(document).len();
        b.iter(|| assert_eq!(black_box(&documents).iter().map(read).sum::<usize>(), found));
    });
    group.bench_function("whole", |b| {
        let all = |texts: &[String]| texts.iter().map(|text| facts_of(&analyzer, text).len()).sum::<usize>();
        b.iter(|| assert_eq!(all(black_box(&texts)), found));
    });
    group.finish();
}

/// The whole way, on texts that could take longer than their size.
fn pieces(c: &mut Criterion) {
    let analyzer = Analyzer::new();
    let (once, _) = corpus();
    let once = once.join("\n\n") + "\n\n";
    let mut group = c.benchmark_group("extract, one text of 1 MB");
    group.throughput(Throughput::Bytes(PIECES_SIZE as u64)).sample_size(10);
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    for &(name, piece) in [("plain text", once.as_str())].iter().chain(PIECES) {
        let times = PIECES_SIZE / piece.len();
        let text = piece.repeat(times);
        let found = facts_of(&analyzer, &text);
        assert!(found.iter().all(|fact| text.get(fact.span.range()).is_some()), "{name}");
        // As many facts in each half, but for those at its ends.
        let half = facts_of(&analyzer, &piece.repeat(times / 2)).len();
        let difference = found.len().abs_diff(2 * half);
        assert!(difference <= 2 + found.len() / 20, "{name}: {half} facts in one half, {} in all", found.len());
        group.bench_function(BenchmarkId::from_parameter(name), |b| {
            b.iter(|| assert_eq!(facts_of(&analyzer, black_box(&text)).len(), found.len()));
        });
    }
    group.finish();
}

criterion_group!(benches, stages, pieces);
criterion_main!(benches);
