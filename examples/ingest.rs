//! Reads articles from files and folders into an index on disk, where the example `search` finds them.
//!
//! ```text
//! cargo run --release --example ingest -- --index my-index articles/ more.jsonl page.html
//! cargo run --release --example search -- --index my-index "đối thoại"
//! ```
//!
//! An article that is read again replaces its older self, with all its facts. What cannot be read is reported and left
//! out; the rest is kept.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use thoisu::index::{FactQuery, NewsIndex, Writer};
use thoisu::{Analyzer, Article, Error};

/// Adds articles to an index, or replaces them there.
///
/// Reads .txt (one article), .html (one page), .jsonl (one JSON object a line, with "text" and, as far as known, "id",
/// "url", "title" and "published"), and all of these in folders. The id of a file is its name without the extension;
/// inside a folder, its path from there.
#[derive(Parser)]
#[command(after_help = "Example:
  cargo run --release --example ingest -- --index my-index corpus/texts

Ends with 0 if all was read, with 2 if something was left out or went wrong.")]
struct Arguments {
    /// The directory of the index; it is made if it is not there.
    #[arg(long, value_name = "DIR")]
    index: PathBuf,
    /// Files and folders.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(2),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// How many items were left out.
fn run(arguments: &Arguments) -> Result<usize, Error> {
    let index = NewsIndex::open_or_create(&arguments.index, Analyzer::new())?;
    let mut ingest = Ingest {
        writer: index.writer()?,
        index: index.clone(),
        pending: HashSet::new(),
        files: HashSet::new(),
        bar: bar(),
        added: 0,
        replaced: 0,
        skipped: 0,
    };
    let mut sources = BTreeSet::new();
    for path in &arguments.paths {
        ingest.find(path, path, &mut sources);
    }
    let size = sources.iter().filter_map(|source| fs::metadata(&source.path).ok()).map(|meta| meta.len()).sum();
    ingest.bar.set_length(size);
    for source in &sources {
        ingest.read(source)?;
    }
    ingest.commit()?;
    ingest.bar.finish_and_clear();

    let facts = index.facts(&FactQuery::new(), 0)?.total;
    let counts = format!("added {}, replaced {}, left out {}", ingest.added, ingest.replaced, ingest.skipped);
    // Nobody has to listen: the index is written.
    let _ = writeln!(io::stdout(), "{counts}; the index has {} articles and {facts} facts", index.len());
    Ok(ingest.skipped)
}

/// A file to read.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Source {
    path: PathBuf,
    id: String,
}

struct Ingest {
    index: NewsIndex,
    writer: Writer,
    /// Ids since the last commit.
    pending: HashSet<String>,
    /// Ids that files of this run gave.
    files: HashSet<String>,
    bar: ProgressBar,
    added: usize,
    replaced: usize,
    skipped: usize,
}

impl Ingest {
    /// So many articles are lost at most when the machine stops.
    const BATCH: usize = 5_000;

    /// The files at `path`, which was named itself or found in the folder `root`.
    fn find(&mut self, path: &Path, root: &Path, sources: &mut BTreeSet<Source>) {
        let entries = match path.is_dir().then(|| fs::read_dir(path)) {
            Some(Ok(entries)) => entries,
            Some(Err(error)) => return self.skip(unreadable(path, &error)),
            None if path == root && path.exists() && kind(path).is_none() => {
                let what = format!("unknown kind of file ({}): give it as .txt, .html or .jsonl", path.display());
                return self.skip(what);
            }
            None => {
                sources.insert(Source { path: path.to_owned(), id: id(path, root) });
                return;
            }
        };
        for entry in entries {
            match entry {
                // A link to a folder could lead back to where it lies.
                Ok(entry) if entry.file_type().is_ok_and(|kind| kind.is_dir()) => {
                    self.find(&entry.path(), root, sources);
                }
                Ok(entry) if kind(&entry.path()).is_some() && entry.path().is_file() => {
                    self.find(&entry.path(), root, sources);
                }
                Ok(_) => {}
                Err(error) => self.skip(unreadable(path, &error)),
            }
        }
    }

    fn read(&mut self, source: &Source) -> Result<(), Error> {
        if kind(&source.path) == Some(Kind::Lines) {
            return self.read_lines(source);
        }
        let read = Article::read(&source.path);
        self.bar.inc(fs::metadata(&source.path).map_or(0, |meta| meta.len()));
        let mut article = match read {
            Ok(article) => article,
            Err(error) => {
                self.skip(error.to_string());
                return Ok(());
            }
        };
        if !self.files.insert(source.id.clone()) {
            let path = source.path.display();
            self.skip(format!("another file has the id {:?} too ({path}): rename one of them", source.id));
            return Ok(());
        }
        article.id = Some(source.id.clone());
        // The place that `search` shows.
        article.url.get_or_insert_with(|| source.path.display().to_string());
        self.add(&article, &source.path.display().to_string())
    }

    /// One article a line. A line that is none does not end the file.
    fn read_lines(&mut self, source: &Source) -> Result<(), Error> {
        let name = source.path.display();
        let mut lines = match File::open(&source.path) {
            Ok(file) => BufReader::with_capacity(1 << 16, file),
            Err(error) => {
                self.skip(format!("cannot read the articles: {error} ({name}): check who may read them"));
                return Ok(());
            }
        };
        let mut bytes = Vec::new();
        for number in 1.. {
            bytes.clear();
            match lines.read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(read) => self.bar.inc(read as u64),
                Err(error) => {
                    self.skip(format!("cannot read the articles: {error} ({name}, line {number}): check the file"));
                    break;
                }
            }
            let place = format!("{name}, line {number}");
            let line = match std::str::from_utf8(&bytes) {
                Ok(line) => line.trim(),
                Err(error) => {
                    let at = error.valid_up_to() + 1;
                    self.skip(format!(
                        "the line is not UTF-8 ({place}, byte {at}): convert it, for instance with iconv"
                    ));
                    continue;
                }
            };
            if matches!(line, "" | "\u{feff}") {
                continue;
            }
            match Article::from_json(line) {
                Ok(mut article) => {
                    if article.url.is_none() {
                        article.id.get_or_insert_with(|| format!("{}:{number}", source.id));
                    }
                    self.add(&article, &place)?;
                }
                Err(error) => self.skip(error.at(place).to_string()),
            }
        }
        Ok(())
    }

    fn add(&mut self, article: &Article, place: &str) -> Result<(), Error> {
        match self.writer.add(article) {
            Ok(()) => {}
            // This article is at fault; the next one may not be.
            Err(error) if error.is_input() => {
                self.skip(error.at(place).to_string());
                return Ok(());
            }
            Err(error) => return Err(error),
        }
        let id = article.id.as_deref().or(article.url.as_deref()).unwrap_or_default();
        if !self.pending.insert(id.to_owned()) || self.index.contains(id)? {
            self.replaced += 1;
        } else {
            self.added += 1;
        }
        self.bar.set_message(format!("{} articles", self.added + self.replaced));
        if self.pending.len() >= Self::BATCH {
            self.commit()?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.writer.commit()?;
        self.pending.clear();
        Ok(())
    }

    /// Reports what is left out.
    fn skip(&mut self, message: String) {
        self.skipped += 1;
        self.bar.suspend(|| eprintln!("error: {message}"));
    }
}

fn unreadable(folder: &Path, error: &io::Error) -> String {
    format!("cannot read the folder: {error} ({}): check who may read it", folder.display())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Article,
    Lines,
}

fn kind(path: &Path) -> Option<Kind> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "txt" | "html" | "htm" => Some(Kind::Article),
        "jsonl" | "ndjson" => Some(Kind::Lines),
        _ => None,
    }
}

/// The name without the extension; inside a folder, the path from there.
fn id(path: &Path, root: &Path) -> String {
    let inside = path.strip_prefix(root).ok().filter(|inside| !inside.as_os_str().is_empty());
    let name = inside.unwrap_or_else(|| path.file_name().map_or(path, Path::new)).with_extension("");
    let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// A bar on a terminal, nothing elsewhere.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {msg}, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
