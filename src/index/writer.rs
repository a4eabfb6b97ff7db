//! Adding, replacing and deleting articles.

use std::thread;
use std::time::{Duration, Instant};

use tantivy::directory::error::LockError;
use tantivy::{IndexWriter, TantivyError, Term};

use super::{Label, NewsIndex, schema};
use crate::article::Article;
use crate::error::{Error, Kind};

/// Enough for thousands of articles between two segments.
const MEMORY: usize = 50_000_000;
/// How long to wait for another writer.
const PATIENCE: Duration = Duration::from_secs(2);
/// An id is a key in the index; a longer one is a mistake of the caller.
const MAX_ID: usize = 1024;

/// Writes to a [`NewsIndex`]. Nothing can be searched before [`Writer::commit`], and nothing is kept without it.
pub struct Writer {
    writer: IndexWriter,
    index: NewsIndex,
    label: String,
}

impl Writer {
    pub(super) fn new(index: &NewsIndex) -> Result<Self, Error> {
        let started = Instant::now();
        let writer = loop {
            match index.index.writer_with_num_threads(1, MEMORY) {
                Ok(writer) => break writer,
                Err(TantivyError::LockFailure(LockError::LockBusy, _)) => {
                    if started.elapsed() >= PATIENCE {
                        return Err(Error::new(Kind::Index, "another program or thread is writing to the index")
                            .at(&index.place)
                            .advice("wait until it has finished"));
                    }
                    thread::sleep(Duration::from_millis(50));
                }
                Err(error) => return Err(index.failed(error)),
            }
        };
        let label = serde_json::to_string(&Label::of(&index.analyzer))
            .map_err(|error| Error::new(Kind::Index, format!("no label for the index: {error}")).source(error))?;
        Ok(Self { writer, index: index.clone(), label })
    }

    /// Analyses an article and adds it with its facts. One that has the same id is replaced, with all its facts.
    ///
    /// The id is [`Article::id`], or the URL where there is none.
    ///
    /// # Errors
    ///
    /// [`Error::is_input`] if the article has neither id nor URL, has an id of more than 1,024 bytes, or has no text;
    /// [`Error::is_io`] if the index cannot be written. The index is then as it was.
    pub fn add(&mut self, article: &Article) -> Result<(), Error> {
        let id = key(article)?;
        if article.text.trim().is_empty() {
            return Err(Error::new(Kind::Input, "the article has no text").at(id).advice("leave it out"));
        }
        let rows = schema::rows(&self.index.fields, &self.index.analyzer, id, article).map_err(|error| {
            Error::new(Kind::Input, format!("the article cannot be stored: {error}")).at(id).source(error)
        })?;
        self.writer.delete_term(Term::from_field_text(self.index.fields.id, id));
        for row in rows {
            self.writer.add_document(row).map_err(|error| self.index.failed(error))?;
        }
        Ok(())
    }

    /// Replaces an article. The same as [`Writer::add`], for callers who want to say so.
    ///
    /// # Errors
    ///
    /// As [`Writer::add`].
    pub fn replace(&mut self, article: &Article) -> Result<(), Error> {
        self.add(article)
    }

    /// Deletes the article with this id and its facts. An unknown id is no error.
    pub fn delete(&mut self, id: &str) {
        self.writer.delete_term(Term::from_field_text(self.index.fields.id, id));
    }

    /// Makes everything since the last commit durable and visible to searches, all at once.
    ///
    /// # Errors
    ///
    /// [`Error::is_io`] if the index cannot be written; it is then as it was after the last commit.
    pub fn commit(&mut self) -> Result<(), Error> {
        let index = &self.index;
        let mut commit = self.writer.prepare_commit().map_err(|error| index.failed(error))?;
        commit.set_payload(&self.label);
        commit.commit().map_err(|error| index.failed(error))?;
        index.reader.reload().map_err(|error| index.failed(error))
    }
}

fn key(article: &Article) -> Result<&str, Error> {
    let id = article.id.as_deref().or(article.url.as_deref()).filter(|id| !id.is_empty());
    let id = id.ok_or_else(|| Error::new(Kind::Input, "the article has no id").advice("set its id or url"))?;
    if id.len() > MAX_ID {
        let start: String = id.chars().take(40).collect();
        return Err(Error::new(Kind::Input, format!("the article's id has {} bytes", id.len()))
            .at(format_args!("{start}…"))
            .advice("use one of at most 1024 bytes"));
    }
    Ok(id)
}
