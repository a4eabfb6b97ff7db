//! Cutting text into tokens, words and terms of an index, against other crates, on the articles of `corpus/` repeated to
//! 8 MB.
//!
//! `cargo bench --bench segment`; the figures are in `benches/README.md`. Each way counts its tokens before it is timed:
//! the same text gives the same count every time, and one that lost text would show.

#[path = "../tests/texts/mod.rs"]
mod texts;

use charabia::Segment as _;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use std::hint::black_box;
use std::time::Duration;
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use thoisu::index::WordTokenizer;
use thoisu::segment::{Buffer, Document, Segmenter, scan};
use thoisu::{Article, normalize};
use unicode_segmentation::UnicodeSegmentation as _;
use vn_nlp::tokenize::DictionaryTokenizer;
use vn_nlp::traits::Tokenizer as _;

const SIZE: usize = 8 << 20;

/// The corpus in normal form.
fn corpus() -> String {
    let texts: Vec<String> =
        texts::files("corpus").iter().map(|file| std::fs::read_to_string(file).expect("text")).collect();
    normalize(&texts.join("\n\n")).into_owned() + "\n\n"
}

fn compare(c: &mut Criterion) {
    let once = corpus();
    let times = SIZE / once.len() + 1;
    let text = once.repeat(times);
    let segmenter = Segmenter::new();
    let plain = Segmenter::builder().without_model().build();
    let mut buffer = Buffer::default();

    let mut group = c.benchmark_group("segment");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));

    /// Times a way to count the tokens of a text, after it has shown that a text repeated has as many times more.
    macro_rules! way {
        ($name:expr, $least:expr, $count:expr) => {{
            let count: &mut dyn FnMut(&str) -> usize = &mut $count;
            let one: usize = count(&once);
            let (least, most) = (once.split_whitespace().count() * $least / 100, once.len());
            assert!((least..most).contains(&one), "{}: {one} tokens, at least {least} expected", $name);
            assert_eq!(count(&text), one * times, "{}", $name);
            group.bench_function($name, |b| b.iter(|| count(black_box(&text))));
        }};
    }
    way!("scan", 100, |text: &str| scan(text).count());
    way!("scan + words", 60, |text: &str| segmenter.words_with(text, &mut buffer).count());
    let mut buffer = Buffer::default();
    way!("scan + words of the table", 60, |text: &str| plain.words_with(text, &mut buffer).count());
    // Reading the article is not a part of it.
    let articles = [Article::from_text(once.as_str()), Article::from_text(text.as_str())];
    way!("full document", 60, |text: &str| {
        let article = &articles[usize::from(text.len() > once.len())];
        Document::new(article, &segmenter).words().len()
    });
    way!("unicode-segmentation words", 90, |text: &str| text.unicode_words().count());
    let icu = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    way!("icu_segmenter words", 100, |text: &str| {
        let mut count = 0;
        let mut breaks = icu.segment_str(text);
        while breaks.next().is_some() {
            count += usize::from(breaks.is_word_like());
        }
        count
    });
    way!("charabia", 100, |text: &str| text.segment_str().count());
    way!("vn-nlp", 100, |text: &str| vn_nlp::tokenize(text).expect("tokens").len());
    // The same words as those of our table; its tokens end at blanks alone, and each has its signs with it.
    let table = include_str!("../src/data/lexicon.tsv").lines().filter(|line| !line.starts_with('#'));
    let table = table.filter_map(|line| line.split('\t').next()).map(str::to_owned).collect();
    let dictionary = DictionaryTokenizer::new(table);
    way!("vn-nlp, words of the table", 60, |text: &str| dictionary.tokenize(text).expect("tokens").len());

    // Terms for an index: text of their own, in normal form.
    let ours = TextAnalyzer::from(WordTokenizer::new(segmenter.clone()));
    let default = TokenizerManager::default().get("default").expect("the default");
    for (name, mut tokenizer) in [("terms of WordTokenizer", ours), ("terms of tantivy", default)] {
        way!(name, 90, |text: &str| {
            let mut count = 0;
            tokenizer.token_stream(text).process(&mut |_| count += 1);
            count
        });
    }
    group.finish();
}

criterion_group!(benches, compare);
criterion_main!(benches);
