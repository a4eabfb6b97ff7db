//! Searches articles for words, documents, people and dates, and shows the facts in what it finds.
//!
//! ```text
//! cargo run --release --example search -- "quy chế dân chủ"
//! cargo run --release --example search -- "doi thoai" --type indicator --facets
//! cargo run --release --example search -- 02/nq-tu --index my-index --json
//! cargo run --release --example search -- facts --type indicator --group-by month,unit
//! ```
//!
//! Without `--index` it searches the articles that come with the library, which it analyses and indexes in memory first.
//! Each file beside this one is one thing to ask an index for; all of them call [`thoisu::index`] and write what it says.

mod chart;
mod corpus;
mod export;
mod facts;
mod files;
mod find;
mod pages;
mod show;
mod table;
mod timeline;

use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use thoisu::index::NewsIndex;
use thoisu::{Analyzer, Error};

use table::Form;

/// Searches articles, and shows the facts in what it finds.
///
/// A query is words, "phrases" (in quotation marks), -words to leave out, AND, OR and parentheses. Typed with marks it
/// finds exact matches first, typed without it finds all. A document code is found in any notation. date:2019..2020,
/// doc:02-NQ/TU, official:"a name" and type:indicator narrow it down, as the options do. A query that begins with -
/// stands behind --, and so does one whose first word is the name of a command: search -- facts.
#[derive(Parser)]
#[command(disable_help_subcommand = true)]
#[command(after_help = "Examples:
  cargo run --release --example search -- \"quy chế dân chủ\"
  cargo run --release --example search -- '\"đối thoại\" -\"doanh nghiệp\" date:2024..2025'
  cargo run --release --example search -- --doc 43-KL/TW --facets

Ends with 0 if something was found, with 1 if nothing was, with 2 after an error.")]
struct Arguments {
    #[command(flatten)]
    search: find::Options,
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What to ask for instead of articles.
#[derive(Subcommand)]
enum Command {
    Facts(facts::Options),
    Timeline(timeline::Options),
    Doc(pages::Document),
    Person(pages::Person),
    Export(export::Options),
}

/// What every question takes.
#[derive(Args)]
struct Common {
    /// Search the index in this directory, made by the example `ingest`, instead of the articles of the library.
    #[arg(long, value_name = "DIR", global = true)]
    index: Option<PathBuf>,
    /// Write one JSON object a line.
    #[arg(long, global = true)]
    json: bool,
    /// Write comma-separated values: RFC 4180, UTF-8, a header.
    #[arg(long, global = true, conflicts_with = "json")]
    csv: bool,
    /// Refuse a query that is not understood in full, instead of searching the rest as words.
    #[arg(long, global = true)]
    strict: bool,
}

impl Common {
    fn open(&self) -> Result<NewsIndex, Error> {
        match &self.index {
            Some(dir) => NewsIndex::open(dir, Analyzer::new()),
            None => corpus::bundled(),
        }
    }

    fn form(&self) -> Form {
        match (self.json, self.csv) {
            (true, _) => Form::Json,
            (_, true) => Form::Csv,
            _ => Form::Aligned,
        }
    }
}

fn main() -> ExitCode {
    let Arguments { search, common, command } = Arguments::parse();
    let answered = match &command {
        None => find::run(&search, &common),
        // Options before a command are meant for a query that happens to begin with its name.
        Some(_) if search != find::Options::default() => Err(Failure::Usage(
            "options of a search stand before a command (command line): put them behind it, or -- before the query"
                .into(),
        )),
        Some(Command::Facts(options)) => facts::run(options, &common),
        Some(Command::Timeline(options)) => timeline::run(options, &common),
        Some(Command::Doc(options)) => pages::document(options, &common),
        Some(Command::Person(options)) => pages::person(options, &common),
        Some(Command::Export(options)) => export::run(options, &common),
    };
    match answered {
        Ok(0) => ExitCode::from(1),
        Ok(_) => ExitCode::SUCCESS,
        Err(Failure::Library(error)) => refuse(&error.to_string()),
        Err(Failure::Usage(message)) => refuse(&message),
        // Who reads the output has seen enough, as in `search … | head`.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(error)) => {
            refuse(&format!("cannot write the answer: {error} (standard output): check the disk"))
        }
        Err(Failure::File(path, error)) => {
            refuse(&format!("cannot write the file: {error} ({}): check its folder and the free space", path.display()))
        }
    }
}

fn refuse(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::from(2)
}

/// Why there is no answer.
enum Failure {
    Library(Error),
    /// What was asked for makes no sense: what (where): what to do.
    Usage(String),
    Output(io::Error),
    File(PathBuf, io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Library(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
