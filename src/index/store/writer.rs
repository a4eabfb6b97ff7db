//! Adding, replacing and deleting articles.

use std::any::Any;
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use tantivy::directory::error::LockError;
use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::{IndexWriter, TantivyDocument, TantivyError, Term};

use crate::article::Article;
use crate::error::{Error, Kind};
use crate::index::store::copies::{Copies, Signature};
use crate::index::store::schema;
use crate::index::{Label, NewsIndex};

/// Memory for each thread that writes: enough for thousands of articles between two segments.
const MEMORY: usize = 100_000_000;
/// The most threads that write; more only make more segments to merge.
const MOST_WRITERS: usize = 4;
/// The most threads that analyse; a slip of the caller must not exhaust the machine.
const MOST_THREADS: usize = 256;
/// Articles on their way through the threads, for each of them.
const AHEAD: usize = 8;
/// How long to wait for another writer.
const PATIENCE: Duration = Duration::from_secs(2);
/// An id is a key in the index; a longer one is a mistake of the caller.
const MAX_ID: usize = 1024;

/// Writes to a [`NewsIndex`]. Nothing can be searched before [`Writer::commit`], and nothing is kept without it: what was
/// added since is left out when a writer is dropped.
#[must_use = "an index has one writer at a time, and a writer does nothing by itself"]
pub struct Writer {
    writer: IndexWriter,
    index: NewsIndex,
    label: String,
    threads: usize,
    copies: Copies,
    /// Ids that were written or deleted since the last commit: what the index says of them is out of date.
    touched: HashSet<String>,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("index", &self.index).field("threads", &self.threads).finish_non_exhaustive()
    }
}

/// What adding an article did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Added {
    /// The article is new.
    New,
    /// It took the place of the one that had its id.
    Replaced,
    /// The index has it as it is; nothing was done.
    Unchanged,
}

/// An article that was analysed and can be written.
struct Prepared {
    rows: Vec<TantivyDocument>,
    signature: Option<Signature>,
    added: Added,
}

impl Writer {
    pub(crate) fn new(index: &NewsIndex, threads: usize) -> Result<Self, Error> {
        let threads = threads.clamp(1, MOST_THREADS);
        let writers = threads.min(MOST_WRITERS);
        let started = Instant::now();
        let writer = loop {
            match index.index.writer_with_num_threads(writers, MEMORY * writers) {
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
        writer.set_merge_policy(Box::new(merges()));
        let label = serde_json::to_string(&Label::of(&index.analyzer))
            .map_err(|error| Error::new(Kind::Index, format!("no label for the index: {error}")).source(error))?;
        // What the writer before this one committed.
        index.reader.reload().map_err(|error| index.failed(error))?;
        Ok(Self { writer, index: index.clone(), label, threads, copies: index.copies()?, touched: HashSet::new() })
    }

    /// Analyses an article and adds it with its facts. One that has the same id is replaced, with all its facts; one
    /// that was committed just as it is costs a look-up.
    ///
    /// The id is [`Article::id`], or the URL where there is none.
    ///
    /// # Errors
    ///
    /// [`Error::is_input`] if the article has neither id nor URL, has an id of more than 1,024 bytes, or has no text;
    /// [`Error::is_io`] if the index cannot be written. The index is then as it was.
    pub fn add(&mut self, article: &Article) -> Result<Added, Error> {
        let prepared = prepare(&self.index, article)?;
        self.put(article, prepared)
    }

    /// Adds articles as [`add`](Self::add) does, analysing them in as many threads as the writer was made with
    /// ([`NewsIndex::writer_with_threads`]).
    ///
    /// They are added in their order, whatever thread is first. `told` hears of each; it may commit, and what it returns
    /// as an error ends the run. The iterator is asked for the next article as long as there is room, a few for each
    /// thread.
    ///
    /// # Errors
    ///
    /// Those that `told` returns; what it does not return is left out.
    ///
    /// # Panics
    ///
    /// When the iterator, `told` or a rule of the caller's own panics, so that a panic is never lost in a thread.
    pub fn add_all<I, F>(&mut self, articles: I, mut told: F) -> Result<(), Error>
    where
        I: IntoIterator<Item = Article>,
        F: FnMut(&mut Self, &Article, Result<Added, Error>) -> Result<(), Error>,
    {
        type Done = (usize, Article, Result<Result<Prepared, Error>, Box<dyn Any + Send>>);
        let (send, receive) = mpsc::channel::<(usize, Article)>();
        let receive = Mutex::new(receive);
        let (done, finished) = mpsc::channel::<Done>();
        let (index, room) = (self.index.clone(), self.threads * AHEAD);
        thread::scope(|scope| {
            // Dropped with this closure, which ends the threads.
            let send = send;
            for _ in 0..self.threads {
                let (index, receive, done) = (&index, &receive, done.clone());
                scope.spawn(move || {
                    loop {
                        let next = receive.lock().map(|receive| receive.recv());
                        let Ok(Ok((number, article))) = next else { break };
                        // A rule of the caller's own may panic; that must not leave the others waiting.
                        let prepared = catch_unwind(AssertUnwindSafe(|| prepare(index, &article)));
                        if done.send((number, article, prepared)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(done);
            let mut articles = articles.into_iter().enumerate();
            let (mut sent, mut next) = (0, 0);
            let mut early = BTreeMap::new();
            let mut ended = false;
            loop {
                while !ended && sent - next < room {
                    ended = articles.next().is_none_or(|article| send.send(article).is_err());
                    sent += usize::from(!ended);
                }
                if sent == next {
                    return Ok(());
                }
                let Ok((number, article, prepared)) = finished.recv() else { return Ok(()) };
                early.insert(number, (article, prepared));
                while let Some((article, prepared)) = early.remove(&next) {
                    next += 1;
                    let added = match prepared {
                        Ok(Ok(prepared)) => self.put(&article, prepared),
                        Ok(Err(error)) => Err(error),
                        Err(panic) => resume_unwind(panic),
                    };
                    told(self, &article, added)?;
                }
            }
        })
    }

    fn put(&mut self, article: &Article, prepared: Prepared) -> Result<Added, Error> {
        let id = key(article)?;
        let touched = self.touched.contains(id);
        let prepared = match prepared {
            // It was so when a thread looked; since then it may have been replaced or deleted.
            Prepared { added: Added::Unchanged, .. } => {
                let digest = schema::article_digest(id, article);
                if !touched && self.index.has_digest(digest)? {
                    return Ok(Added::Unchanged);
                }
                analyse(&self.index, id, article, digest)?
            }
            prepared => prepared,
        };
        let Prepared { mut rows, signature, added } = prepared;
        let added = if touched { Added::Replaced } else { added };
        let group = signature.and_then(|signature| self.copies.group(&signature));
        let group = group.unwrap_or_else(|| schema::digest([id]));
        if let Some(signature) = signature {
            self.copies.add(signature, group);
            rows[0].add_bytes(self.index.fields.signature, &signature);
        }
        rows[0].add_u64(self.index.fields.group, group);
        let delete = UserOperation::Delete(Term::from_field_text(self.index.fields.id, id));
        let operations: Vec<_> = std::iter::once(delete).chain(rows.into_iter().map(UserOperation::Add)).collect();
        self.writer.run(operations).map_err(|error| self.reason(error))?;
        self.touched.insert(id.to_owned());
        Ok(added)
    }

    /// Why nothing more can be written: tantivy's threads keep what stopped them until a commit asks.
    fn reason(&mut self, error: TantivyError) -> Error {
        let reason = match self.writer.prepare_commit() {
            Err(reason @ (TantivyError::IoError(_) | TantivyError::OpenWriteError(_))) => reason,
            _ => error,
        };
        self.index.failed(reason)
    }

    /// Deletes the article with this id and its facts, with the next commit. An unknown id is no error.
    pub fn delete(&mut self, id: &str) {
        self.writer.delete_term(Term::from_field_text(self.index.fields.id, id));
        self.touched.insert(id.to_owned());
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
        self.touched.clear();
        index.reader.reload().map_err(|error| index.failed(error))
    }

    /// Commits, and waits until the parts of the index that belong together are merged. A writer that is dropped after
    /// a commit loses nothing either; the next one goes on merging.
    ///
    /// # Errors
    ///
    /// As [`Writer::commit`].
    pub fn finish(mut self) -> Result<(), Error> {
        self.commit()?;
        let index = self.index;
        self.writer.wait_merging_threads().map_err(|error| index.failed(error))?;
        index.reader.reload().map_err(|error| index.failed(error))
    }
}

/// Segments of like size are merged by eights, so that a load of any size writes each article a few times at most; a
/// segment of which a third was replaced or deleted is written anew, which tantivy alone would not do.
fn merges() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(8);
    policy.set_del_docs_ratio_before_merge(0.34);
    policy
}

fn prepare(index: &NewsIndex, article: &Article) -> Result<Prepared, Error> {
    let id = key(article)?;
    if article.text.trim().is_empty() {
        return Err(Error::new(Kind::Input, "the article has no text").at(id).advice("leave it out"));
    }
    let digest = schema::article_digest(id, article);
    if index.has_digest(digest)? {
        return Ok(Prepared { rows: Vec::new(), signature: None, added: Added::Unchanged });
    }
    analyse(index, id, article, digest)
}

/// What is written of an article.
fn analyse(index: &NewsIndex, id: &str, article: &Article, digest: u64) -> Result<Prepared, Error> {
    let added = if index.contains(id)? { Added::Replaced } else { Added::New };
    let (rows, signature) = schema::rows(&index.fields, &index.analyzer, id, article, digest).map_err(|error| {
        Error::new(Kind::Input, format!("the article cannot be stored: {error}")).at(id).source(error)
    })?;
    Ok(Prepared { rows, signature, added })
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
