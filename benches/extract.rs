//! The whole way from an article to its facts, stage by stage, on the articles of `corpus/` repeated to 8 MB.
//!
//! `cargo bench --bench extract`; the figures are in `benches/README.md`. Every article stays an article of its own.
//! Before anything is timed, the facts are held against the gold facts of the corpus, and those of the repeated articles
//! against those of the articles alone. Texts that were made to cost much are in `benches/worst.rs`.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;
use thoisu::extract::Fact;
use thoisu::segment::Document;
use thoisu::{Analyzer, Article};

const SIZE: usize = 8 << 20;
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
        let found = alone.iter().flatten().filter(|fact| fact.kind.name() == wanted).count();
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

criterion_group!(benches, stages);
criterion_main!(benches);
