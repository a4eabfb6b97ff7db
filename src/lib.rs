//! Text analytics for Vietnamese policy news: normalisation, word segmentation, extraction of facts, search.
//!
//! An article goes one way, one type a stop:
//!
//! - [`Article`]: the text exactly as it was given, with title, dateline, body and page furniture told apart.
//! - [`Normalized`]: one form for every spelling, with the way back to each original byte.
//! - [`Document`]: tokens, words and sentences.
//! - [`Fact`]: a date, document, official, indicator, … with its place in the text.
//! - [`NewsIndex`]: articles and facts, ready to be searched with a [`Query`] that gives [`Hit`]s and tables.
//!
//! [`Analyzer`] is the front door to all but the last:
//!
//! ```
//! use thoisu::{Analyzer, Article};
//!
//! let article = Article::from_text("Sáng 14/5/2019, Huyện ủy sơ kết Nghị quyết 02-NQ/TU: 8.675 lượt người dự đối thoại.");
//! let analyzer = Analyzer::new();
//! let facts = analyzer.facts(&analyzer.document(&article));
//!
//! let found: Vec<_> = facts.iter().map(|fact| (fact.kind.name(), &article.text[fact.span.range()])).collect();
//! assert_eq!(found[0], ("date", "Sáng 14/5/2019"));
//! assert!(found.contains(&("document", "Nghị quyết 02-NQ/TU")));
//! assert!(found.contains(&("indicator", "8.675 lượt người")));
//! ```
//!
//! **One coordinate system.** A [`Span`] is always a range of UTF-8 bytes of [`Article::text`], whatever happened to the
//! text since: what was found in decomposed text is reported at the bytes that the article has. Slices are the test:
//! `&article.text[span.range()]` is what was read.
//!
//! # Reading articles
//!
//! Plain text as it was scraped is cut into its parts by what Vietnamese portals print. The text itself is never changed,
//! and what belongs to the page is set apart, not thrown away.
//!
//! ```
//! use thoisu::Article;
//!
//! let article = Article::from_text(
//!     "Xã An Bình đối thoại với nhân dân\n12/03/2020 08:15   Lượt xem: 214\n\nSáng 11/3, UBND xã An Bình họp dân.\n",
//! );
//! assert_eq!(article.title(), Some("Xã An Bình đối thoại với nhân dân"));
//! assert_eq!(article.published.unwrap().to_string(), "2020-03-12T08:15");
//! assert_eq!(article.body(), "Sáng 11/3, UBND xã An Bình họp dân.");
//! ```
//!
//! Bytes of a file are decoded first, also from encodings before Unicode ([`Article::from_bytes`]); a path says by its
//! ending what it holds ([`Article::from_path`]). With the feature `html`, [`Article::from_html`] finds the article in a
//! page; with `serde`, [`Article::from_json`] reads a line of JSON Lines as crawlers write it.
//!
//! ```
//! use thoisu::Article;
//!
//! # #[cfg(feature = "html")] {
//! let page = "<title>Xã An Bình họp dân</title><article><h1>Xã An Bình họp dân</h1>\
//!             <p>Sáng 11/3/2020, UBND xã An Bình họp với dân năm thôn.</article>";
//! let article = Article::from_html(page.as_bytes(), Some("https://anbinh.example/tin/1"))?;
//! assert_eq!(article.body(), "Sáng 11/3/2020, UBND xã An Bình họp với dân năm thôn.");
//! # }
//! # #[cfg(feature = "serde")] {
//! let line = r#"{"id": 7, "title": "Xã An Bình họp dân", "text": "Sáng 11/3, xã họp dân.", "date": "12/03/2020"}"#;
//! let article = Article::from_json(line)?;
//! assert_eq!(article.id.as_deref(), Some("7"));
//! # }
//! # Ok::<(), thoisu::Error>(())
//! ```
//!
//! # Normalising
//!
//! Analysis normalises by itself; [`normalize()`] is for text of your own, [`fold`] for keys of search, and
//! [`normalize::sort_key`] for lists in the order of Vietnamese dictionaries. [`Normalized`] keeps the way back.
//!
//! ```
//! use thoisu::{Normalized, fold, normalize};
//!
//! assert_eq!(normalize("Uỷ ban thuộc To\u{300}a án"), "Ủy ban thuộc Tòa án");
//! assert_eq!(fold("Kỹ sư ở Đắk Lắk"), "ki su o dak lak");
//!
//! let original = "Hội nghị về hoa\u{300} giải";
//! let normalized = Normalized::new(original);
//! let at = normalized.text().find("hòa").unwrap();
//! assert_eq!(&original[normalized.original(at..at + "hòa".len())], "hoa\u{300}");
//! ```
//!
//! # Words and sentences
//!
//! Vietnamese writes a blank between syllables, not between words. [`segment`] tells which call to use for what, and how
//! to add words of your own.
//!
//! ```
//! use thoisu::{Analyzer, Article};
//!
//! let article = Article::from_text("Huyện ủy tổ chức hội nghị.");
//! let document = Analyzer::new().document(&article);
//! let words: Vec<_> = document.words().iter().map(|word| document.word(word).into_owned()).collect();
//! assert_eq!(words, ["Huyện ủy", "tổ chức", "hội nghị", "."]);
//! assert_eq!(document.sentences().len(), 1);
//! ```
//!
//! # Facts
//!
//! There are nine kinds; [`extract`] tells what each is and how its value is written. What a date leaves out is taken from
//! the article, and what cannot be told is no fact: nothing is guessed.
//!
//! ```
//! use thoisu::{Analyzer, Article, Decimal, FactKind};
//!
//! let text = "Huyện Sông Lũng sơ kết công tác dân vận\n14/05/2019 08:30\n\n\
//!     Sáng 14/5, Huyện ủy Sông Lũng tổ chức hội nghị sơ kết Nghị quyết 02-NQ/TU. Đồng chí Trần Văn An, Bí thư Huyện ủy \
//!     chủ trì hội nghị. Toàn huyện hoàn thành 53/49 nhiệm vụ, đạt 112,5% kế hoạch, kinh phí 1 tỷ 756 triệu đồng.\n\n\
//!     Nước sạch được kiểm tra theo QCVN 01:2009/BYT và khoản 2 Điều 4 Nghị định 04/2015/NĐ-CP. Nghị quyết này được học tập \
//!     ở 25 chi bộ.\n";
//! let article = Article::from_text(text);
//! let analyzer = Analyzer::new();
//! let mut told = Vec::new();
//! for fact in analyzer.facts(&analyzer.document(&article)) {
//!     let what = match &fact.kind {
//!         // 14/5 has no year: it is that of the dateline.
//!         FactKind::Date(date) => format!("{} is {}", date.role, date.value),
//!         FactKind::Document(document) => document.code.clone().unwrap_or_default(),
//!         FactKind::Provision(part) => format!("article {}", part.article.as_deref().unwrap_or("-")),
//!         FactKind::Standard(standard) => standard.code.clone(),
//!         FactKind::Official(official) => official.posts.join(", "),
//!         FactKind::Mention(mention) => format!("means {}", &text[mention.of.range()]),
//!         FactKind::Meeting(meeting) => format!("chaired by {}", meeting.chairs.join(", ")),
//!         FactKind::Indicator(figure) => format!("{} {}", figure.value, figure.unit),
//!         // 53/49 is 108,2%, not 112,5%.
//!         FactKind::Check(check) => if check.holds { "holds" } else { "does not hold" }.to_owned(),
//!         // Later versions may know more.
//!         _ => continue,
//!     };
//!     told.push(format!("{}: {what}", &text[fact.span.range()]));
//! }
//! assert_eq!(told, [
//!     "14/05/2019 08:30: published is 2019-05-14T08:30",
//!     "Sáng 14/5: event is 2019-05-14",
//!     "hội nghị sơ kết Nghị quyết 02-NQ/TU: chaired by Trần Văn An",
//!     "Nghị quyết 02-NQ/TU: 02-NQ/TU",
//!     "Trần Văn An: Bí thư Huyện ủy",
//!     "53/49 nhiệm vụ: 53 nhiệm vụ",
//!     "112,5%: 112.5 %",
//!     "112,5%: does not hold",
//!     "1 tỷ 756 triệu đồng: 1756000000 VND",
//!     "QCVN 01:2009/BYT: QCVN 01:2009/BYT",
//!     "khoản 2 Điều 4: article 4",
//!     "Nghị định 04/2015/NĐ-CP: 04/2015/NĐ-CP",
//!     "Nghị quyết này: means Nghị quyết 02-NQ/TU",
//!     "25 chi bộ: 25 chi bộ",
//! ]);
//! ```
//!
//! Figures are exact: [`Decimal`] is that of `rust_decimal`, re-exported so that you need not name its version. With the
//! feature `serde`, [`extract::Record`] writes an article and its facts as one JSON object. [`Analyzer::explain`] tells the
//! rule and the rows of tables that each fact rests on.
//!
//! # Words and rules of your own
//!
//! What numbers measure, who issues documents and which posts there are differ from one province and one trade to the
//! next. Words are rows of [`extract::Tables`], added at run time; what words cannot say is a [`Rule`], the same thing as
//! a built-in one. `examples/extend.rs` has both.
//!
//! ```
//! use thoisu::extract::{Fact, Indicator, Rule, Table, Tables};
//! use thoisu::{Analyzer, Article, Document};
//!
//! /// Counts stars: `OCOP 4 sao`.
//! struct Stars;
//!
//! impl Rule for Stars {
//!     fn name(&self) -> &'static str {
//!         "stars"
//!     }
//!
//!     fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
//!         let atoms = document.atoms();
//!         for i in 1..atoms.len() {
//!             if atoms.lower(i) == "sao" && let Ok(stars) = atoms.text(i - 1).parse::<u32>() {
//!                 facts.push(Fact::new(document.span(i - 1..i + 1), Indicator::new(stars, "sao")));
//!             }
//!         }
//!     }
//! }
//!
//! let mut tables = Tables::new();
//! tables.add(Table::Units, "giạ\tgiạ\tmeasure")?;
//! let analyzer = Analyzer::builder().tables(tables).rule(Stars).build();
//! let article = Article::from_text("Xã thu hoạch 1.250 giạ lúa, gạo nếp đạt OCOP 4 sao.");
//! let facts = analyzer.facts(&analyzer.document(&article));
//! let found: Vec<&str> = facts.iter().map(|fact| &article.text[fact.span.range()]).collect();
//! assert_eq!(found, ["1.250 giạ", "4 sao"]);
//! # Ok::<(), thoisu::Error>(())
//! ```
//!
//! # Searching
//!
//! With the feature `index`, [`NewsIndex`] keeps articles and facts in memory or in a directory. A [`Query`] is written as
//! people type it, with marks or without ([`index::syntax`]), or built by calls; [`index::FactQuery`] asks for facts.
//!
//! ```
//! # #[cfg(feature = "index")] {
//! use thoisu::index::{FactQuery, FactType, NewsIndex, Query};
//! use thoisu::{Analyzer, Article};
//!
//! let index = NewsIndex::in_ram(Analyzer::new())?; // or NewsIndex::open_or_create(directory, analyzer)
//! let mut writer = index.writer()?;
//! let mut article = Article::from_text("Xã Yên Hòa tổ chức đối thoại với 340 hộ nghèo.");
//! article.id = Some("a1".to_owned());
//! writer.add(&article)?;
//! writer.commit()?;
//!
//! let page = index.search(&Query::parse("\"doi thoai\" indicator:(unit:\"hộ nghèo\")")?, 10)?;
//! let hit = &page.hits[0];
//! assert_eq!(&hit.article().text[hit.snippet().marks[0].range()], "đối thoại");
//!
//! let figures = index.facts(&FactQuery::new().kind(FactType::Indicator).value(100.0..), 10)?;
//! assert_eq!((figures.total, figures.hits[0].text.as_str()), (1, "340 hộ nghèo"));
//! # }
//! # Ok::<(), thoisu::Error>(())
//! ```
//!
//! Tables of all facts, groups, timelines and the pages of documents and people are told in [`index`].
//!
//! # Threads and services
//!
//! An [`Analyzer`] is built once and shared: it is `Send + Sync`, cloning it is cheap, and all its methods take `&self`. So
//! does a [`NewsIndex`]; it has one [`Writer`] at a time, and readers need not wait for it. Analysis takes the processor
//! and nothing else, so in an asynchronous program it belongs on the threads for blocking work. `examples/embed.rs` is a
//! small HTTP service with a limit on the body, a timeout and a graceful stop.
//!
//! ```
//! use std::thread;
//! use thoisu::{Analyzer, Article};
//!
//! let analyzer = Analyzer::new();
//! let texts = ["Xã có 340 hộ nghèo.", "Huyện mở 49 cuộc đối thoại."];
//! let counts: Vec<usize> = thread::scope(|scope| {
//!     let count = |text| {
//!         let article = Article::from_text(text);
//!         analyzer.facts(&analyzer.document(&article)).len()
//!     };
//!     let threads: Vec<_> = texts.iter().map(|text| scope.spawn(move || count(*text))).collect();
//!     threads.into_iter().map(|thread| thread.join().unwrap()).collect()
//! });
//! assert_eq!(counts, [1, 1]);
//! ```
//!
//! # Errors
//!
//! Analysis never fails and never panics, on any text. Only the edges return an [`Error`]: reading, decoding, tables and
//! models, the index, queries. It says what is wrong, where, and what to do; its predicates tell what kind it is, so that a
//! service can answer for a bad input and try again after a failing disk.
//!
//! ```
//! use thoisu::Article;
//!
//! let error = Article::from_bytes(b"Tin \xC4\x90\xE1 x").unwrap_err();
//! assert!(error.is_input());
//! assert_eq!(error.to_string(), "the text is not UTF-8 (byte 6): convert it to UTF-8, or name its encoding");
//! ```
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `model` | yes | the trained word segmentation model, embedded; without it words come from the lexicon alone |
//! | `html` | yes | [`Article::from_html`]; brings in an HTML parser |
//! | `index` | yes | [`NewsIndex`]; brings in tantivy and the feature `serde` |
//! | `serde` | yes | `Serialize` and `Deserialize`, [`Article::from_json`], [`extract::Record`] |
//! | `train` | no | `segment::train`, which learns a word segmentation model |
//!
//! All are additive; the core builds with none of them. The model and the tables are part of the binary: nothing is
//! loaded or downloaded at run time. Rust 1.88 or later.
//!
//! # Performance
//!
//! Analysis takes time in proportion to the text, and memory in proportion to one article. Figures stand in `README.md`
//! and `benches/README.md`, each with the command that measures it. Three things are worth knowing:
//!
//! - The first text costs more: tables are read and automata built on first use. Analyse one text at the start of a
//!   service.
//! - Building an [`Analyzer`] costs little with the built-in tables, which are shared; one with rows of its own reads the
//!   tables anew. Either way, build it once.
//! - Words alone are much cheaper than facts: with [`Segmenter::words_with`] and one [`segment::Buffer`] nothing is
//!   allocated for a word.
//!
//! # Limits
//!
//! - Text beyond 4 GiB ([`Span::MAX_TEXT`]) is kept but not analysed. Pages have limits that no page of news reaches
//!   ([`Article::from_html`]), ids in an index have 1,024 bytes, queries 1,024 words.
//! - The language is Vietnamese, the register that of policy news. Text in other languages is cut into words, no more is
//!   promised of it.
//! - Facts are read from what is printed. Nobody is looked up: two people of one name in one article are taken for one, and
//!   `02-NQ/TU` does not say whose resolution it is. [`index::Known`] tells how sure an index is of that.
//! - Lunar dates keep their own numbers ([`Calendar`]), and times of the clock have no zone.
//! - An index belongs to the version and the settings that wrote it; another one refuses it and tells how to rebuild it.
//!
#![cfg_attr(not(feature = "html"), doc = "[`Article::from_html`]: #features")]
#![cfg_attr(not(feature = "serde"), doc = "[`Article::from_json`]: #features")]
#![cfg_attr(not(feature = "serde"), doc = "[`extract::Record`]: #features")]
#![cfg_attr(feature = "index", doc = "[`Query`]: index::Query")]
#![cfg_attr(feature = "index", doc = "[`Hit`]: index::Hit")]
#![cfg_attr(feature = "index", doc = "[`Writer`]: index::Writer")]
#![cfg_attr(not(feature = "index"), doc = "[`NewsIndex`]: #features")]
#![cfg_attr(not(feature = "index"), doc = "[`Query`]: #features")]
#![cfg_attr(not(feature = "index"), doc = "[`Hit`]: #features")]
#![cfg_attr(not(feature = "index"), doc = "[`Writer`]: #features")]
#![cfg_attr(not(feature = "index"), doc = "[`index`]: #features")]
#![cfg_attr(not(feature = "index"), doc = "[`index::syntax`]: #features")]
#![cfg_attr(not(feature = "index"), doc = "[`index::FactQuery`]: #features")]
#![cfg_attr(not(feature = "index"), doc = "[`index::Known`]: #features")]
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

/// The exact number of a figure: `Decimal` of the crate `rust_decimal` 1, which also has the arithmetic.
#[doc(no_inline)]
pub use rust_decimal::Decimal;

/// The README, whose examples are compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
