//! Text analytics for Vietnamese policy news: normalisation, word segmentation, extraction of facts, search.
//!
//! An article goes one way, one type a stop:
//!
//! - [`Article`]: the text exactly as it was given, with title, dateline, body and page furniture told apart.
//! - [`Normalized`]: one form for every spelling, with the way back to each original byte.
//! - [`Document`]: tokens, words and sentences.
//! - [`Fact`]: a date, document, official, indicator, … with its place in the text.
#![cfg_attr(feature = "index", doc = "- [`NewsIndex`]: articles and facts, ready to be searched.")]
//!
//! [`Analyzer`] is the front door to all but the last.
//!
//! # Facts
//!
//! ```
//! use thoisu::{Analyzer, Article, FactKind};
//!
//! let text = "Sáng 14/5/2019, đồng chí Trần Văn An, Bí thư Huyện ủy chủ trì sơ kết Nghị quyết 02-NQ/TU: \
//!             53/49 nhiệm vụ hoàn thành, kinh phí 1 tỷ 756 triệu đồng.";
//! let article = Article::from_text(text);
//! let analyzer = Analyzer::new();
//! let document = analyzer.document(&article);
//! let facts = analyzer.facts(&document);
//!
//! let slices: Vec<&str> = facts.iter().map(|fact| &text[fact.span.range()]).collect();
//! assert_eq!(slices, ["Sáng 14/5/2019", "Trần Văn An", "Nghị quyết 02-NQ/TU", "53/49 nhiệm vụ", "1 tỷ 756 triệu đồng"]);
//!
//! let FactKind::Indicator(money) = &facts[4].kind else { panic!("no indicator") };
//! assert_eq!(money.value, thoisu::Decimal::from(1_756_000_000_u64));
//! assert_eq!(money.unit, "VND");
//! ```
//!
//! What a fact is, and how its value is written, is told in [`extract`]. An analyzer is built once and shared between
//! threads; rows of your own go into its tables ([`AnalyzerBuilder::tables`]), and rules of your own stand beside the
//! built-in ones ([`AnalyzerBuilder::rule`]). [`Analyzer::explain`] tells what a fact rests on.
//!
//! # One coordinate system
//!
//! A [`Span`] is always a range of UTF-8 bytes of [`Article::text`], whatever happened to the text since: what was found
//! in decomposed text is reported at the bytes that the article has. Slices are the test: `&article.text[span.range()]`.
//!
//! # Words
//!
//! ```
//! use thoisu::{Analyzer, Article};
//!
//! let article = Article::from_text("Huyện ủy tổ chức hội nghị.");
//! let document = Analyzer::new().document(&article);
//! let words: Vec<_> = document.words().iter().map(|word| document.word(word).into_owned()).collect();
//! assert_eq!(words, ["Huyện ủy", "tổ chức", "hội nghị", "."]);
//! ```
//!
//! # Errors
//!
//! Analysis never fails and never panics, on any text, and takes time in proportion to its length. Only the edges
//! return an [`Error`]: reading, decoding, lexicons and models, the index, queries.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `model` | yes | the trained word segmentation model, embedded; without it words come from the lexicon alone |
//! | `html` | yes | `Article::from_html` |
//! | `index` | yes | `NewsIndex`; brings in tantivy and `serde` |
//! | `serde` | yes | `Serialize` and `Deserialize`, `Article::from_json`, `extract::Record` |
//! | `train` | no | `segment::train`, which learns a word segmentation model |
//!
//! All are additive; the core builds with none of them.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod analyzer;
mod article;
mod chars;
mod date;
mod error;
pub mod extract;
mod fnv;
#[cfg(feature = "index")]
pub mod index;
mod names;
pub mod normalize;
pub mod segment;
mod span;
mod table;

pub use analyzer::{Analyzer, AnalyzerBuilder};
pub use article::Article;
pub use date::{Calendar, DateValue, PartialDate, Weekday};
pub use error::Error;
pub use extract::{Fact, FactKind, Rule};
#[cfg(feature = "index")]
pub use index::NewsIndex;
pub use normalize::{Normalized, fold, normalize};
pub use segment::{Document, Segmenter};
pub use span::Span;

/// An exact decimal number, as figures have it; that of the crate `rust_decimal` 1.
pub use rust_decimal::Decimal;

/// The README, whose examples are compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
