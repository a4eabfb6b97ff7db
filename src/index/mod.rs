//! Search over articles and their facts, in memory or in a directory.
//!
//! ```
//! use thoisu::index::{NewsIndex, Query};
//! use thoisu::{Analyzer, Article};
//!
//! let index = NewsIndex::in_ram(Analyzer::new())?;
//! let mut writer = index.writer()?;
//! let mut article = Article::from_text("Xã Yên Hòa tổ chức đối thoại với người dân.");
//! article.id = Some("a1".to_owned());
//! writer.add(&article)?;
//! writer.commit()?;
//!
//! let page = index.search(&Query::parse("\"đối thoại\"")?, 10)?;
//! let hit = &page.hits[0];
//! assert_eq!(hit.id(), "a1");
//! assert_eq!(&hit.article().text[hit.snippet().marks[0].range()], "đối thoại");
//! # Ok::<(), thoisu::Error>(())
//! ```
//!
//! An index keeps the original text, so offsets in hits and facts point into it. It is written by one [`Writer`] at a
//! time and read by any number of threads and processes. Each call answers from one commit, the last one before it: of
//! articles that are committed meanwhile it sees none. What is committed is on disk; a crash loses at most what was not. An
//! index belongs to the version and to the analyzer that wrote it: another one refuses it with an error.
//!
//! # Tables
//!
//! A search shows the best few; a table has everything. [`NewsIndex::fact_rows`] and [`NewsIndex::article_rows`] go through
//! all that a query finds, one article in memory at a time; each row has the columns of its [`Row`] type, whatever it
//! holds, so that it can be written to any file. [`NewsIndex::group_facts`] counts facts and adds figures up, exactly and
//! never across units; [`NewsIndex::timeline`] and [`NewsIndex::fact_timelines`] count by day, week, month, quarter or
//! year. [`NewsIndex::document_page`] and [`NewsIndex::person`] put together what articles say of one document or person,
//! and tell apart those that share a code or a name. All of them count copies of one release once ([`Copies`]).

// What is asked, what answers it with hits, what is kept, and what answers with rows.
mod query;
mod search;
mod store;
mod table;

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::directory::error::{LockError, OpenWriteError};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, IndexReader, IndexSettings, ReloadPolicy, Searcher, TantivyError};

pub use query::condition::FactQuery;
pub use query::problem::Problem;
pub use query::syntax;
pub use query::{FactType, Query};
pub use search::facets::{Count, Facets};
pub use search::facts::{FactHit, FactPage};
pub use search::snippet::Snippet;
pub use search::{Hit, Page, Sort};
pub use store::adapter::{WordStream, WordTokenizer};
pub use store::repair::Verified;
pub use store::writer::{Added, Writer};
pub use table::cells::{Cell, Column, Holds, Row};
pub use table::documents::{Citation, CitedDocument, DocumentPage};
pub use table::groups::{Group, Grouping, Key, Values, When};
pub use table::identity::Known;
pub use table::people::{Appearance, Held, MeetingSeen, Person, PersonPage, Signed};
pub use table::period::{Period, Slot};
pub use table::sweep::{ArticleRow, ArticleRows, Copies, FactRow, FactRows};
pub use table::timeline::{Point, Timeline, Timelines};

use crate::analyzer::Analyzer;
use crate::article::Article;
use crate::error::{Error, Kind};
use crate::fnv::Fnv;
use query::expand::Writings;
use query::units::Units;
use store::schema::{FORMAT, Fields};
use store::tokenizer::{Folded, LineTokenizer};
use store::{copies, directory::Mapped, schema, tokenizer};

/// Articles and their facts, ready to be searched.
///
/// Cloning is cheap; the clones are the same index.
#[derive(Clone)]
pub struct NewsIndex {
    index: Index,
    reader: IndexReader,
    /// The commit that all of an answer is from, in the clone that answers.
    commit: Option<Searcher>,
    fields: Fields,
    analyzer: Analyzer,
    /// How words of a query can be written besides.
    writings: Arc<Writings>,
    units: Arc<Units>,
    /// Where it is, for errors.
    place: String,
}

impl fmt::Debug for NewsIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewsIndex").field("place", &self.place).field("articles", &self.len()).finish_non_exhaustive()
    }
}

/// What helps where an index cannot be used as it is.
const REBUILD: &str = "rebuild it from its stored articles: NewsIndex::rebuild, or cargo run --release --example ingest -- --index DIR --rebuild";

/// What an index says about itself, written with every commit.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Label {
    format: u32,
    analyzer: String,
}

impl NewsIndex {
    /// An empty index in memory.
    ///
    /// # Errors
    ///
    /// [`Error::is_index`] if threads cannot be started.
    pub fn in_ram(analyzer: Analyzer) -> Result<Self, Error> {
        let (schema, fields) = Fields::new();
        let place = "in memory";
        let index = Index::builder().schema(schema).settings(settings()).tokenizers(tokenizers()).create_in_ram();
        Self::ready(index.map_err(|error| failed(error, place))?, fields, analyzer, place.to_owned())
    }

    /// The index in the directory `dir`, which is made if it is missing or empty.
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::open`]; a directory that holds other files is refused and left as it is.
    pub fn open_or_create(dir: impl AsRef<Path>, analyzer: Analyzer) -> Result<Self, Error> {
        let dir = dir.as_ref();
        match contents(dir)? {
            Contents::Index => Self::open(dir, analyzer),
            Contents::Other => Err(not_an_index(dir).advice("name a new or empty directory")),
            Contents::Nothing => {
                fs::create_dir_all(dir).map_err(|error| unwritable(error, dir))?;
                let (schema, fields) = Fields::new();
                let place = dir.display().to_string();
                let builder = Index::builder().schema(schema).settings(settings()).tokenizers(tokenizers());
                let index = Mapped::open(dir).and_then(|mapped| builder.open_or_create(mapped));
                let index = Self::ready(index.map_err(|error| failed(error, &place))?, fields, analyzer, place)?;
                // From here on the directory says what it is, even if nothing is ever added.
                index.writer()?.commit()?;
                Ok(index)
            }
        }
    }

    /// The index in the directory `dir`. To search it, the directory need not be writable.
    ///
    /// # Errors
    ///
    /// [`Error::is_index`] if there is none, if it is damaged, if it is not one of this library,
    /// or if another version or an analyzer with other settings wrote it; [`Error::is_io`] if it cannot be read.
    pub fn open(dir: impl AsRef<Path>, analyzer: Analyzer) -> Result<Self, Error> {
        let dir = dir.as_ref();
        let place = dir.display().to_string();
        match contents(dir)? {
            Contents::Index => {}
            Contents::Other => return Err(not_an_index(dir).advice("name the directory that the index was written to")),
            Contents::Nothing => {
                return Err(Error::new(Kind::Index, "there is no index").at(place).advice("add articles to it first"));
            }
        }
        let mapped = Mapped::open(dir).map_err(|error| failed(error, &place))?;
        let mut index = Index::open(mapped).map_err(|error| failed(error, &place))?;
        index.set_tokenizers(tokenizers());
        let metas = index.load_metas().map_err(|error| failed(error, &place))?;
        let (schema, fields) = Fields::new();
        match metas.payload.as_deref().map(serde_json::from_str::<Label>) {
            // A crash before the first commit leaves an index that has no label and nothing in it.
            None if metas.segments.is_empty() && index.schema() == schema => {}
            Some(Ok(label)) if label.format != FORMAT => {
                let what = format!("the index has format {}, this version reads {FORMAT}", label.format);
                return Err(Error::new(Kind::Index, what).at(place).advice(REBUILD));
            }
            Some(Ok(label)) if label != Label::of(&analyzer) => {
                return Err(Error::new(Kind::Index, "the index was written with other settings of the analyzer")
                    .at(place)
                    .advice(format!("use the same rules and words, or {REBUILD}")));
            }
            Some(Ok(_)) if index.schema() == schema => {}
            _ => {
                let error = Error::new(Kind::Index, "the index was not written by this library");
                return Err(error.at(place).advice("name another directory"));
            }
        }
        Self::ready(index, fields, analyzer, place)
    }

    fn ready(index: Index, fields: Fields, analyzer: Analyzer, place: String) -> Result<Self, Error> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::OnCommitWithDelay).try_into();
        let reader = reader.map_err(|error| failed(error, &place))?;
        let writings = Arc::new(Writings::new(analyzer.tables()));
        let units = Arc::new(Units::new(analyzer.tables()));
        Ok(Self { index, reader, commit: None, fields, analyzer, writings, units, place })
    }

    /// The same index as the last commit left it, whatever is committed while it is asked. What looks more than once
    /// looks through this, or an answer would be of two commits.
    fn at_one_commit(&self) -> Self {
        Self { commit: Some(self.searcher()), ..self.clone() }
    }

    fn searcher(&self) -> Searcher {
        self.commit.clone().unwrap_or_else(|| self.reader.searcher())
    }

    /// Begins to write. There is one writer at a time, in this and all other processes.
    ///
    /// # Errors
    ///
    /// [`Error::is_index`] if another writer does not finish within two seconds.
    pub fn writer(&self) -> Result<Writer, Error> {
        self.writer_with_threads(1)
    }

    /// As [`writer`](Self::writer), for [`Writer::add_all`] with this many threads.
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::writer`].
    pub fn writer_with_threads(&self, threads: usize) -> Result<Writer, Error> {
        Writer::new(self, threads)
    }

    /// What is known of copies.
    fn copies(&self) -> Result<copies::Copies, Error> {
        let mut copies = copies::Copies::default();
        for segment in self.searcher().segment_readers() {
            let columns = segment.fast_fields();
            let signatures = columns.bytes(schema::column::SIGNATURE).map_err(|error| self.failed(error))?;
            let groups = columns.u64(schema::column::GROUP).map_err(|error| self.failed(error))?;
            let Some(signatures) = signatures else { continue };
            let mut bytes = Vec::new();
            for row in segment.doc_ids_alive() {
                let (Some(ord), Some(group)) = (signatures.term_ords(row).next(), groups.first(row)) else { continue };
                bytes.clear();
                signatures.ord_to_bytes(ord, &mut bytes).map_err(|error| self.failed(error.into()))?;
                if let Ok(signature) = bytes.as_slice().try_into() {
                    copies.add(signature, group);
                }
            }
        }
        Ok(copies)
    }

    fn damaged(&self) -> Error {
        Error::new(Kind::Index, "the index is damaged").at(&self.place).advice(REBUILD)
    }

    fn failed(&self, error: TantivyError) -> Error {
        failed(error, &self.place)
    }
}

impl Label {
    fn of(analyzer: &Analyzer) -> Self {
        Self { format: FORMAT, analyzer: format!("{:016x}", fingerprint(analyzer)) }
    }
}

/// Tells analyzers apart by what they do: the names of their rules, the rows added to their tables, and what they make of
/// a passage that has something for each of them.
fn fingerprint(analyzer: &Analyzer) -> u64 {
    const PROBE: &str = "Đẩy mạnh công tác dân vận\n12/5/2017 08:30\n\nSáng 12/5, đồng chí Lò Văn Mẫn - Phó Bí thư Thường trực \
        Huyện ủy, chủ trì hội nghị thực hiện Nghị quyết số 02-NQ/TU, ngày 3/4/2016 của Ban Chấp hành Đảng bộ tỉnh. Quý I/2017, \
        toàn huyện mở 49 cuộc đối thoại với hơn 8.675 lượt người dự, đạt 98,5% kế hoạch; kinh phí 1 tỷ 756 triệu đồng.\n";
    let article = Article::from_text(PROBE);
    let document = analyzer.document(&article);
    let mut hash = Fnv::new();
    for name in analyzer.rule_names() {
        hash.write(name);
    }
    for (table, rows) in analyzer.tables().added() {
        hash.write(table);
        hash.write(rows);
    }
    for term in tokenizer::terms(&document, &Folded::new(document.atoms())) {
        hash.write(term.exact);
        hash.write(term.folded);
    }
    for word in tokenizer::topics(&document).keys() {
        hash.write(word);
    }
    for fact in analyzer.facts(&document) {
        hash.write(&format!("{fact:?}"));
    }
    hash.finish()
}

/// Texts and records are small when packed in large blocks; a reader asks for a few of them at a time. Level 6 packs a
/// tenth better than the default, for a hundredth of the time that analysis takes.
fn settings() -> IndexSettings {
    let packed = Compressor::Zstd(ZstdCompressor { compression_level: Some(6) });
    IndexSettings { docstore_compression: packed, docstore_blocksize: 1 << 17, ..IndexSettings::default() }
}

fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(LineTokenizer::NAME, LineTokenizer::default());
    tokenizers
}

enum Contents {
    Index,
    Nothing,
    Other,
}

fn contents(dir: &Path) -> Result<Contents, Error> {
    if dir.join("meta.json").is_file() {
        return Ok(Contents::Index);
    }
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Contents::Nothing),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(Contents::Other),
        Err(error) => return Err(unreadable(error, dir)),
    };
    for entry in entries {
        let name = entry.map_err(|error| unreadable(error, dir))?.file_name();
        // What a crash leaves before the first file of the index is there.
        if !matches!(name.to_str(), Some(".managed.json" | ".tantivy-meta.lock" | ".tantivy-writer.lock")) {
            return Ok(Contents::Other);
        }
    }
    Ok(Contents::Nothing)
}

fn not_an_index(dir: &Path) -> Error {
    let what = if dir.is_dir() { "the directory is no index" } else { "the index is no directory" };
    Error::new(Kind::Index, what).at(dir.display())
}

fn unreadable(error: io::Error, dir: &Path) -> Error {
    Error::new(Kind::Io, format!("the index cannot be read: {error}"))
        .at(dir.display())
        .advice("check who may read its directory")
        .source(error)
}

fn unwritable(error: io::Error, dir: &Path) -> Error {
    Error::new(Kind::Io, format!("the index cannot be made: {error}"))
        .at(dir.display())
        .advice("name a directory that can be written")
        .source(error)
}

/// What tantivy says, as an error of ours.
fn failed(error: TantivyError, place: &str) -> Error {
    let (kind, what, advice) = match &error {
        TantivyError::LockFailure(LockError::IoError(io), _) => {
            (Kind::Io, format!("the index cannot be written: {io}"), "check who may write to its directory")
        }
        TantivyError::LockFailure(..) => {
            (Kind::Index, "the index is locked by another program".to_owned(), "wait until it has finished")
        }
        TantivyError::IoError(io) => {
            (Kind::Io, format!("the index cannot be read or written: {io}"), "check its directory and the free space")
        }
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => {
            (Kind::Io, format!("the index cannot be written: {io_error}"), "check its directory and the free space")
        }
        TantivyError::OpenWriteError(_) => {
            (Kind::Io, "the index cannot be written".to_owned(), "check its directory and the free space")
        }
        // A thread that writes ended, and cannot say why.
        TantivyError::ErrorInThread(_) => {
            (Kind::Io, "the index cannot be written".to_owned(), "check its directory and the free space")
        }
        TantivyError::IncompatibleIndex(_) => {
            (Kind::Index, "the index was written by another version".to_owned(), REBUILD)
        }
        TantivyError::OpenReadError(_) | TantivyError::DataCorruption(_) | TantivyError::DeserializeError(_) => {
            (Kind::Index, "the index is damaged".to_owned(), REBUILD)
        }
        other => (Kind::Index, format!("the index failed: {other}"), REBUILD),
    };
    Error::new(kind, what).at(place).advice(advice).source(error)
}
