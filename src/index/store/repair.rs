//! Looking whether an index is whole, and building it again from the articles that it keeps.

use std::fs;
use std::path::{Path, PathBuf};

use tantivy::collector::Count;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, Index, TantivyDocument, Term};

use crate::analyzer::Analyzer;
use crate::article::Article;
use crate::error::{Error, Kind};
use crate::index::search::compile;
use crate::index::store::directory::Mapped;
use crate::index::store::schema::{FACT, Stored};
use crate::index::{Added, Contents, NewsIndex, Writer, contents, failed, not_an_index, unwritable};

/// What [`NewsIndex::verify`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verified {
    /// Articles that could be read.
    pub articles: usize,
    /// Their facts.
    pub facts: usize,
    /// What is wrong, with the file or the article; nothing in a good index.
    pub problems: Vec<String>,
}

/// What is left where an index cannot be built again from itself.
const ELSEWHERE: &str = "add the articles to a new index";

/// Articles between two commits while an index is built again.
const BATCH: usize = 5_000;

impl NewsIndex {
    /// Reads the whole index: the checksums of its files, every article, and whether each has its facts.
    ///
    /// Takes time in proportion to the size of the index.
    ///
    /// # Errors
    ///
    /// [`Error::is_io`] or [`Error::is_index`] if the index cannot be read at all.
    pub fn verify(&self) -> Result<Verified, Error> {
        let mut verified = Verified::default();
        let damaged = self.index.validate_checksum().map_err(|error| self.failed(error))?;
        let mut damaged: Vec<String> = damaged.iter().map(|file| file.display().to_string()).collect();
        damaged.sort();
        verified.problems.extend(damaged.into_iter().map(|file| format!("{file}: not what was written")));
        let searcher = self.searcher();
        for segment in searcher.segment_readers() {
            let Ok(store) = segment.get_store_reader(8) else {
                verified.problems.push(format!("{}: its articles cannot be read", segment.segment_id().uuid_string()));
                continue;
            };
            for row in store.iter::<TantivyDocument>(segment.alive_bitset()) {
                let Ok(row) = row else {
                    verified.problems.push(format!("{}: a row is lost", segment.segment_id().uuid_string()));
                    continue;
                };
                let field = |field| row.get_first(field).and_then(|value| value.as_str());
                let (Some(record), Some(text)) = (field(self.fields.record), field(self.fields.text)) else { continue };
                let Ok(stored) = serde_json::from_str::<Stored>(record) else {
                    verified.problems.push("an article without its record".to_owned());
                    continue;
                };
                let (article, facts) = stored.into_article(text.to_owned());
                let id = article.id.as_deref().or(article.url.as_deref()).unwrap_or_default();
                if facts.iter().any(|fact| article.text.get(fact.span.range()).is_none()) {
                    verified.problems.push(format!("{id}: a fact lies outside the text"));
                }
                let rows = self.count_facts(&searcher, id)?;
                if rows != facts.len() {
                    verified.problems.push(format!("{id}: {rows} rows for {} facts", facts.len()));
                }
                verified.articles += 1;
                verified.facts += facts.len();
            }
        }
        let all = compile::term(self.fields.row, FACT);
        let rows = searcher.search(all.as_ref(), &Count).map_err(|error| self.failed(error))?;
        if rows != verified.facts {
            verified.problems.push(format!("{rows} rows of facts, and {} facts of articles", verified.facts));
        }
        Ok(verified)
    }

    fn count_facts(&self, searcher: &tantivy::Searcher, id: &str) -> Result<usize, Error> {
        let id = TermQuery::new(Term::from_field_text(self.fields.id, id), IndexRecordOption::Basic);
        let rows = searcher.search(&id, &Count).map_err(|error| self.failed(error))?;
        Ok(rows.saturating_sub(1))
    }

    /// Builds the index in `dir` again from the articles that it keeps, with this version and this analyzer; `told`
    /// hears how many are done. Returns the new index.
    ///
    /// The articles keep their parts as they were read then; words and facts are found anew. The new index is written
    /// beside the old one and takes its place when it is whole: what stops it halfway leaves the old one as it was, and
    /// the next call begins again.
    ///
    /// # Errors
    ///
    /// [`Error::is_index`] if there is no index or its articles cannot be read; [`Error::is_io`] if there is no room
    /// for two.
    pub fn rebuild(dir: impl AsRef<Path>, analyzer: Analyzer, mut told: impl FnMut(usize)) -> Result<Self, Error> {
        let dir = dir.as_ref();
        let [new, old] = [".rebuilt", ".replaced"].map(|suffix| beside(dir, suffix));
        // What a call that was stopped left behind.
        if !dir.exists() && new.is_dir() && old.is_dir() {
            fs::rename(&old, dir).map_err(|error| unwritable(error, dir))?;
        }
        for left in [&new, &old] {
            if left.is_dir() {
                fs::remove_dir_all(left).map_err(|error| unwritable(error, left))?;
            }
        }
        if !matches!(contents(dir)?, Contents::Index) {
            return Err(not_an_index(dir).advice("name the directory of an index"));
        }
        let place = dir.display().to_string();
        let kept = Kept::open(dir)?;
        let index = Self::open_or_create(&new, analyzer.clone())?;
        let mut writer = index.writer_with_threads(std::thread::available_parallelism().map_or(1, usize::from))?;
        let mut done = 0;
        let added = |writer: &mut Writer, _: &Article, added: Result<Added, Error>| {
            added?;
            done += 1;
            told(done);
            if done % BATCH == 0 { writer.commit() } else { Ok(()) }
        };
        let mut broken = None;
        let articles = kept.articles().map_while(|article| article.map_err(|error| broken = Some(error)).ok());
        let result = writer.add_all(articles, added);
        if let Some(error) = broken {
            return Err(error.at(place));
        }
        result?;
        writer.finish()?;
        drop((index, kept));
        fs::rename(dir, &old).map_err(|error| unwritable(error, dir))?;
        fs::rename(&new, dir).map_err(|error| unwritable(error, dir))?;
        fs::remove_dir_all(&old).map_err(|error| unwritable(error, &old))?;
        Self::open(dir, analyzer)
    }
}

fn beside(dir: &Path, suffix: &str) -> PathBuf {
    let mut name = dir.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// An index of any version, of which only the articles are read.
struct Kept {
    searcher: tantivy::Searcher,
}

impl Kept {
    fn open(dir: &Path) -> Result<Self, Error> {
        let place = dir.display().to_string();
        let mapped = Mapped::open(dir).map_err(|error| failed(error, &place))?;
        let index = Index::open(mapped).map_err(|error| failed(error, &place))?;
        let reader = index.reader().map_err(|error| failed(error, &place))?;
        Ok(Self { searcher: reader.searcher() })
    }

    fn articles(&self) -> impl Iterator<Item = Result<Article, Error>> {
        let unreadable = || Error::new(Kind::Index, "the index keeps no articles that this version can read");
        let schema = self.searcher.schema();
        let fields = schema.get_field("record").ok().zip(schema.get_field("text").ok());
        let missing = fields.is_none().then(|| Err(unreadable().advice(ELSEWHERE)));
        let rows = self.searcher.segment_readers().iter().zip(0..);
        let rows = rows.flat_map(|(segment, ord)| segment.doc_ids_alive().map(move |row| DocAddress::new(ord, row)));
        let articles = rows.filter_map(move |address| {
            let (record, text) = fields?;
            let row = match self.searcher.doc::<TantivyDocument>(address) {
                Ok(row) => row,
                Err(error) => return Some(Err(unreadable().advice(ELSEWHERE).source(error))),
            };
            let field = |field| row.get_first(field).and_then(|value| value.as_str());
            // The row of a fact keeps nothing.
            let (record, text) = (field(record)?, field(text)?);
            let stored = serde_json::from_str::<Stored>(record);
            let stored = stored.map_err(|error| unreadable().advice(ELSEWHERE).source(error));
            Some(stored.map(|stored| stored.into_article(text.to_owned()).0))
        });
        missing.into_iter().chain(articles)
    }
}
