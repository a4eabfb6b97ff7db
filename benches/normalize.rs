//! Normalisation against its peers, on the articles of `corpus/` repeated to 8 MB.
//!
//! `cargo bench --bench normalize`; the figures are in `benches/README.md`. Each input is checked before it is timed.

#[path = "../tests/texts/mod.rs"]
mod texts;

use charabia::Normalize as _;
use charabia::normalizer::NormalizerOption;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::borrow::Cow;
use std::hint::black_box;
use std::time::Duration;
use thoisu::normalize::{Normalized, Style, normalize, normalize_with};
use unicode_normalization::UnicodeNormalization as _;

const SIZE: usize = 8 << 20;

/// The corpus in normal form, repeated.
fn clean() -> String {
    let texts: Vec<String> =
        texts::files("corpus").iter().map(|file| std::fs::read_to_string(file).expect("text")).collect();
    let corpus = normalize(&texts.join("\n")).into_owned();
    corpus.repeat(SIZE / corpus.len() + 1)
}

/// Every tone mark on another vowel of its word, where there is one: on the last, or else on the first.
fn scrambled(clean: &str) -> String {
    let mut out = String::with_capacity(clean.len());
    for word in clean.split_inclusive(|c: char| !c.is_alphabetic()) {
        let mut letters: Vec<Vec<char>> = Vec::new();
        let mut tone = None;
        for c in word.nfd() {
            match c {
                '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tone = Some((letters.len() - 1, c)),
                '\u{302}' | '\u{306}' | '\u{31B}' => letters.last_mut().expect("a letter").push(c),
                _ => letters.push(vec![c]),
            }
        }
        let vowel = |letter: &[char]| "aeiouyAEIOUY".contains(letter[0]);
        if let Some((at, mark)) = tone {
            let last = letters.iter().rposition(|l| vowel(l)).unwrap_or(at);
            let first = letters.iter().position(|l| vowel(l)).unwrap_or(at);
            letters[if last == at { first } else { last }].push(mark);
        }
        out.extend(letters.into_iter().flatten().nfc());
    }
    out
}

fn compare(c: &mut Criterion) {
    let clean = clean();
    let nfd: String = clean.nfd().collect();
    let scrambled = scrambled(&clean);
    assert!(matches!(normalize(&clean), Cow::Borrowed(_)), "clean text is borrowed");
    assert_eq!(normalize(&nfd), clean);
    let differ = normalize(&scrambled).split(' ').zip(clean.split(' ')).filter(|(a, b)| a != b).count();
    assert!(differ * 1000 < clean.split(' ').count(), "{differ} words not repaired");

    let options = NormalizerOption::default();
    for (name, text) in [("clean", &clean), ("nfd", &nfd), ("scrambled", &scrambled)] {
        let text = text.as_str();
        let mut group = c.benchmark_group(name);
        group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
        group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
        let mut run = |name: &str, f: &dyn Fn(&str) -> usize| {
            group.bench_with_input(BenchmarkId::from_parameter(name), text, |b, text| b.iter(|| f(black_box(text))));
        };
        run("byte scan", &|text| text.bytes().position(|b| b == 0).unwrap_or(text.len()));
        run("thoisu normalize", &|text| normalize(text).len());
        run("thoisu normalize, new style", &|text| normalize_with(text, Style::New).len());
        run("thoisu Normalized", &|text| Normalized::new(text).text().len());
        run("nfc().collect()", &|text| text.nfc().collect::<String>().len());
        run("vn-nlp normalize", &|text| vn_nlp::normalize::normalize(text).len());
        run("charabia normalize", &|text| text.normalize(&options).len());
        group.finish();
    }
}

criterion_group!(benches, compare);
criterion_main!(benches);
