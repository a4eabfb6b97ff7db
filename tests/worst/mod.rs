//! The worst inputs that anybody has thought of: `tests/adversarial.rs` holds them against plain text, and
//! `benches/worst.rs` prints what they cost.
#![allow(dead_code, reason = "each of the two uses a part of it")]

mod inputs;
#[path = "../texts/mod.rs"]
mod texts;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use thoisu::{Analyzer, Article};

/// Counts the bytes that are allocated.
pub(crate) struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

fn grow(by: usize) {
    let now = NOW.fetch_add(by, Ordering::Relaxed) + by;
    MOST.fetch_max(now, Ordering::Relaxed);
}

// SAFETY: everything is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        grow(size);
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// What an input cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    pub(crate) time: Duration,
    /// The most bytes that were allocated at once, beside the input.
    pub(crate) memory: usize,
}

pub(crate) fn cost(work: impl FnOnce()) -> Cost {
    let before = NOW.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    let start = Instant::now();
    work();
    let time = start.elapsed();
    Cost { time, memory: MOST.load(Ordering::Relaxed).saturating_sub(before) }
}

pub(crate) static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);

/// How an input comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// A text, up to its facts.
    Text,
    /// Bytes in an encoding that has to be found out, up to the facts.
    Bytes,
    /// A page, up to the facts; it may be refused.
    #[cfg(feature = "html")]
    Page,
    /// A JSON object, up to the facts; it may be refused.
    #[cfg(feature = "serde")]
    Json,
    /// A text, added to an index and found in it.
    #[cfg(feature = "index")]
    Index,
}

impl Way {
    pub(crate) const ALL: &[Self] = &[
        Self::Text,
        Self::Bytes,
        #[cfg(feature = "html")]
        Self::Page,
        #[cfg(feature = "serde")]
        Self::Json,
        #[cfg(feature = "index")]
        Self::Index,
    ];

    pub(crate) fn is_page(self) -> bool {
        #[cfg(feature = "html")]
        let page = self == Self::Page;
        #[cfg(not(feature = "html"))]
        let page = false;
        page
    }

    /// Whether what comes this way is kept until the end.
    pub(crate) fn keeps_all(self) -> bool {
        #[cfg(feature = "index")]
        let keeps = self == Self::Index;
        #[cfg(not(feature = "index"))]
        let keeps = false;
        keeps
    }

    /// Goes the whole way with each of the inputs.
    pub(crate) fn go(self, inputs: &[Vec<u8>]) {
        #[cfg(feature = "index")]
        if self == Self::Index {
            return searched(inputs);
        }
        inputs.iter().for_each(|input| self.analyse(input));
    }

    fn analyse(self, input: &[u8]) {
        let text = || String::from_utf8_lossy(input).into_owned();
        let article = match self {
            Self::Text => Ok(Article::from_text(text())),
            Self::Bytes => Article::from_bytes(input),
            #[cfg(feature = "html")]
            Self::Page => Article::from_html(input, None),
            #[cfg(feature = "serde")]
            Self::Json => Article::from_json(&text()),
            #[cfg(feature = "index")]
            Self::Index => return,
        };
        let Ok(article) = article else { return };
        let document = ANALYZER.document(&article);
        std::hint::black_box((document.words().len(), ANALYZER.facts(&document)));
    }

    /// Plain news that comes this way, article by article.
    pub(crate) fn plain(self, size: usize) -> Vec<Vec<u8>> {
        let articles = corpus().into_iter().map(|text| self.wrapped(&text));
        let articles: Vec<Vec<u8>> = articles.collect();
        let mut left = size as isize;
        let enough = |article: &&Vec<u8>| {
            let more = left > 0;
            left -= article.len() as isize;
            more
        };
        articles.iter().cycle().take_while(enough).cloned().collect()
    }

    fn wrapped(self, text: &str) -> Vec<u8> {
        match self {
            #[cfg(feature = "html")]
            Self::Page => {
                let paragraphs: String = text.lines().map(|line| format!("<p>{line}</p>\n")).collect();
                format!("<!doctype html><meta charset=utf-8><title>Tin</title><article>{paragraphs}</article>").into()
            }
            #[cfg(feature = "serde")]
            Self::Json => serde_json::json!({ "id": "a1", "text": text }).to_string().into_bytes(),
            _ => text.as_bytes().to_vec(),
        }
    }
}

/// Adds texts to an index, and finds them by words that they may have.
#[cfg(feature = "index")]
fn searched(texts: &[Vec<u8>]) {
    use thoisu::index::{NewsIndex, Query};
    let index = NewsIndex::in_ram(ANALYZER.clone()).unwrap();
    let mut writer = index.writer().unwrap();
    for (number, text) in texts.iter().enumerate() {
        let mut article = Article::from_text(String::from_utf8_lossy(text));
        article.id = Some(format!("a{number}"));
        writer.add(&article).unwrap();
    }
    writer.commit().unwrap();
    std::hint::black_box(index.search(&Query::words("dân vận ủy ban"), 10).unwrap());
}

/// The texts of the corpus.
pub(crate) fn corpus() -> Vec<String> {
    texts::files("corpus").iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

/// An input of about so many bytes.
pub(crate) type Make = fn(usize) -> Vec<u8>;

/// What is said over and over, with numbers and letters that differ: `{n}` is the number, `{x}` the number in
/// capitals, `{t}` in letters as names have them.
fn counted(size: usize, before: &str, piece: &str, after: &str) -> Vec<u8> {
    let mut text = String::with_capacity(size + 200);
    text.push_str(before);
    let mut number = 0_usize;
    while text.len() + after.len() < size {
        let capitals = letters(number);
        let title = format!("{}{}", &capitals[..1], capitals[1..].to_lowercase());
        text.push_str(&piece.replace("{n}", &number.to_string()).replace("{x}", &capitals).replace("{t}", &title));
        number += 1;
    }
    text.push_str(after);
    text.into_bytes()
}

/// A number in capital letters, three at least.
pub(crate) fn letters(mut number: usize) -> String {
    let mut letters = String::new();
    while number > 0 || letters.len() < 3 {
        letters.push(char::from(b'A' + (number % 20) as u8));
        number /= 20;
    }
    letters
}

fn repeated(size: usize, piece: &str) -> Vec<u8> {
    piece.repeat(size / piece.len()).into_bytes()
}

/// One half of the one, then one half of the other.
fn halves(size: usize, first: &str, second: &str) -> Vec<u8> {
    [repeated(size / 2, first), repeated(size / 2, second)].concat()
}

/// Signs without order, from a generator that gives the same ones always.
fn shuffled(size: usize, signs: &[char]) -> Vec<u8> {
    let mut state = 1_u64;
    let mut text = String::from("a");
    while text.len() < size {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push(signs[(state >> 33) as usize % signs.len()]);
    }
    text.into_bytes()
}

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = inputs::Worst> {
    inputs::TEXTS
        .iter()
        .chain(inputs::BYTES)
        .chain(inputs::PAGES)
        .chain(inputs::OBJECTS)
        .chain(inputs::INDEXED)
        .copied()
}
