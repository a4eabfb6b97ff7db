//! Reads articles from files and folders into an index on disk, where the example `search` finds them.
//!
//! ```text
//! cargo run --release --example ingest -- --index my-index articles/ more.jsonl.gz page.html
//! cargo run --release --example search -- --index my-index "đối thoại"
//! ```
//!
//! An article that is read again replaces its older self, with all its facts; one that has not changed costs a look-up.
//! What cannot be read is reported and left out; the rest is kept. A run that is stopped, even by a power cut, leaves
//! the index as it was at its last commit, and running it again finishes the job.

mod items;
mod source;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet, VecDeque};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use source::{Format, Source};
use thoisu::index::{Added, FactQuery, NewsIndex};
use thoisu::{Analyzer, Article, Error};

/// Adds articles to an index, or replaces them there.
///
/// Reads .txt (one article), .html (one page), .jsonl (one JSON object a line), .csv (one record an article, below a
/// line of column names), all of these packed as .gz or .zst, and folders of them; - is standard input. Fields are
/// "text" (or "body", "content"; "html" for a page) and, as far as known, "id", "url", "title", "published" (or "date")
/// and "source".
#[derive(Parser)]
#[command(after_help = "Examples:
  cargo run --release --example ingest -- --index my-index corpus/texts
  zcat dump.jsonl.gz | cargo run --release --example ingest -- --index my-index --field noi_dung=text -
  cargo run --release --example ingest -- --index my-index --verify

Ends with 0 if all was read, with 2 if something was left out or went wrong.")]
struct Arguments {
    /// The directory of the index; it is made if it is not there.
    #[arg(long, value_name = "DIR")]
    index: PathBuf,
    /// Files and folders; - for standard input.
    #[arg(required_unless_present_any = ["verify", "rebuild"], value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What standard input holds.
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Format,
    /// What a file calls a field, and what it is here: --field noi_dung=text. Can be given several times.
    #[arg(long, value_name = "THEIRS=OURS", value_parser = field)]
    field: Vec<(String, String)>,
    /// What articles are known by.
    #[arg(long, value_enum, default_value = "given")]
    ids: Ids,
    /// Threads for the analysis; as many as there are cores where nothing is said.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Stop at the first article that cannot be read. Those before it are kept.
    #[arg(long)]
    strict: bool,
    /// Read the whole index and say whether it is sound.
    #[arg(long, conflicts_with_all = ["paths", "rebuild"])]
    verify: bool,
    /// Build the index again from the articles that it keeps, as after a new version of this program.
    #[arg(long, conflicts_with = "paths")]
    rebuild: bool,
}

/// What articles are known by.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Ids {
    /// The id that the file gives, else the URL, else the name of the file and the line.
    Given,
    /// The URL where there is one.
    Url,
    /// A hash of the text: of two articles with one text the later one is kept.
    Content,
}

/// `noi_dung=text`
fn field(text: &str) -> Result<(String, String), String> {
    const OURS: [&str; 10] = ["id", "url", "title", "text", "body", "content", "html", "published", "date", "source"];
    match text.split_once('=') {
        Some((theirs, ours)) if OURS.contains(&ours) => Ok((theirs.to_owned(), ours.to_owned())),
        _ => Err(format!("write what the file says = one of {}", OURS.join(", "))),
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let ended = if arguments.verify {
        verify(&arguments.index)
    } else if arguments.rebuild {
        rebuild(&arguments.index)
    } else {
        add(&arguments)
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(2),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Nobody has to listen: the index is written.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

fn verify(dir: &Path) -> Result<bool, Error> {
    let found = NewsIndex::open(dir, Analyzer::new())?.verify()?;
    for problem in &found.problems {
        eprintln!("error: {problem} ({}): rebuild the index with --rebuild", dir.display());
    }
    say(&format!("{} articles, {} facts, {} problems", found.articles, found.facts, found.problems.len()));
    Ok(found.problems.is_empty())
}

fn rebuild(dir: &Path) -> Result<bool, Error> {
    let bar = bar("{pos} articles, {per_sec}");
    let index = NewsIndex::rebuild(dir, Analyzer::new(), |done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    let facts = index.facts(&FactQuery::new(), 0)?.total;
    say(&format!("the index has {} articles and {facts} facts", index.len()));
    Ok(true)
}

/// So many articles are lost at most when the machine stops.
const BATCH: usize = 5_000;

/// What happened to the articles so far.
struct Counts {
    bar: ProgressBar,
    new: usize,
    replaced: usize,
    unchanged: usize,
    left_out: usize,
}

impl Counts {
    fn count(&mut self, added: Added) {
        match added {
            Added::New => self.new += 1,
            Added::Replaced => self.replaced += 1,
            _ => self.unchanged += 1,
        }
        self.bar.set_message(format!("{} articles", self.new + self.replaced + self.unchanged));
    }

    /// Reports what is left out.
    fn leave_out(&mut self, message: &str) {
        self.left_out += 1;
        self.bar.suspend(|| eprintln!("error: {message}"));
    }
}

/// Whether nothing was left out.
fn add(arguments: &Arguments) -> Result<bool, Error> {
    let threads = arguments.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let index = NewsIndex::open_or_create(&arguments.index, Analyzer::new())?;
    let mut writer = index.writer_with_threads(threads)?;
    let bar = bar("{bar:30} {bytes}/{total_bytes} {msg}, {bytes_per_sec}, {eta} left");
    let counts = RefCell::new(Counts { bar: bar.clone(), new: 0, replaced: 0, unchanged: 0, left_out: 0 });
    let sources = sources(arguments, &counts);
    bar.set_length(sources.iter().filter_map(|source| fs::metadata(&source.path).ok()).map(|meta| meta.len()).sum());

    let stopped = || arguments.strict && counts.borrow().left_out > 0;
    // Articles come back in the order in which they were handed over.
    let places = RefCell::new(VecDeque::new());
    let mut files = HashSet::new();
    let read = sources.iter().flat_map(|source| match source.open(&bar) {
        Ok(bytes) => items::items(source, bytes, &arguments.field),
        Err(error) => {
            let message =
                format!("cannot read the articles: {error} ({}): check the path and who may read it", source.place());
            Box::new(std::iter::once(Err(message)))
        }
    });
    let articles = read.map_while(|item| (!stopped()).then_some(item)).filter_map(|item| {
        let named =
            item.and_then(|(article, place)| name(article, &place, arguments.ids, &mut files).map(|a| (a, place)));
        match named {
            Ok((article, place)) => {
                places.borrow_mut().push_back(place);
                Some(article)
            }
            Err(message) => {
                counts.borrow_mut().leave_out(&message);
                None
            }
        }
    });
    let mut pending = 0;
    writer.add_all(articles, |writer, _, added| {
        let place = places.borrow_mut().pop_front().unwrap_or_default();
        match added {
            Ok(added) => counts.borrow_mut().count(added),
            // This article is at fault; the next one may not be.
            Err(error) if error.is_input() => counts.borrow_mut().leave_out(&error.at(place).to_string()),
            Err(error) => return Err(error),
        }
        pending += 1;
        if pending % BATCH == 0 { writer.commit() } else { Ok(()) }
    })?;
    writer.finish()?;
    bar.finish_and_clear();

    let facts = index.facts(&FactQuery::new(), 0)?.total;
    let Counts { new, replaced, unchanged, left_out, .. } = counts.into_inner();
    say(&format!(
        "added {new}, replaced {replaced}, unchanged {unchanged}, left out {left_out}; \
         the index has {} articles and {facts} facts",
        index.len()
    ));
    Ok(left_out == 0)
}

fn sources(arguments: &Arguments, counts: &RefCell<Counts>) -> BTreeSet<Source> {
    let mut sources = BTreeSet::new();
    for path in &arguments.paths {
        if path == Path::new("-") {
            sources.insert(Source { path: path.clone(), format: arguments.format, id: "stdin".to_owned() });
        } else {
            source::find(path, path, &mut sources, &mut |message| counts.borrow_mut().leave_out(&message));
        }
    }
    sources
}

/// Gives an article the id that was asked for. Two files of one name would replace each other unseen.
fn name(mut article: Article, place: &str, ids: Ids, files: &mut HashSet<String>) -> Result<Article, String> {
    match ids {
        Ids::Given => {}
        Ids::Url => article.id = article.url.clone().or(article.id),
        Ids::Content => article.id = Some(format!("{:016x}", article.digest())),
    }
    // The url of a file is its path.
    let file = article.url.as_deref() == Some(place);
    if file && ids != Ids::Content && !files.insert(article.id.clone().unwrap_or_default()) {
        let id = article.id.unwrap_or_default();
        return Err(format!("another file has the id {id:?} too ({place}): rename one of them, or use --ids"));
    }
    Ok(article)
}

/// A bar on a terminal, nothing elsewhere.
fn bar(template: &str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
