//! Text analytics for Vietnamese policy news.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod analyzer;
mod article;
mod date;
mod error;
pub mod extract;
#[cfg(feature = "index")]
pub mod index;
pub mod normalize;
pub mod segment;
mod span;

pub use analyzer::{Analyzer, AnalyzerBuilder};
pub use article::Article;
pub use date::{DateValue, PartialDate};
pub use error::Error;
pub use extract::{Fact, FactKind, Rule};
#[cfg(feature = "index")]
pub use index::NewsIndex;
pub use normalize::{Normalized, fold, normalize};
pub use segment::{Document, Segmenter};
pub use span::Span;
