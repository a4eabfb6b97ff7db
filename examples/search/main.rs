//! Searches articles for words, documents, people and dates, and shows the facts in what it finds.
//!
//! ```text
//! cargo run --release --example search -- "quy chế dân chủ"
//! cargo run --release --example search -- "doi thoai" --type indicator --facets
//! cargo run --release --example search -- 02/nq-tu --index my-index --json
//! ```
//!
//! Without `--index` it searches the articles that come with the library, which it analyses and indexes in memory first.
//! Each file beside this one is one thing to ask an index for; all of them call [`thoisu::index`] and write what it says.

mod corpus;
mod find;
mod show;

use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser};
use thoisu::index::NewsIndex;
use thoisu::{Analyzer, Error};

/// Searches articles, and shows the facts in what it finds.
///
/// A query is words, "phrases" (in quotation marks), -words to leave out, AND, OR and parentheses. Typed with marks it
/// finds exact matches first, typed without it finds all. A document code is found in any notation. date:2019..2020,
/// doc:02-NQ/TU, official:"a name" and type:indicator narrow it down, as the options do. A query that begins with -
/// stands behind --.
#[derive(Parser)]
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
}

impl Common {
    fn open(&self) -> Result<NewsIndex, Error> {
        match &self.index {
            Some(dir) => NewsIndex::open(dir, Analyzer::new()),
            None => corpus::bundled(),
        }
    }
}

fn main() -> ExitCode {
    let Arguments { search, common } = Arguments::parse();
    match find::run(&search, &common) {
        Ok(0) => ExitCode::from(1),
        Ok(_) => ExitCode::SUCCESS,
        Err(Failure::Library(error)) => refuse(&error.to_string()),
        Err(Failure::Usage(message)) => refuse(&message),
        // Who reads the output has seen enough, as in `search … | head`.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(error)) => {
            refuse(&format!("cannot write the articles: {error} (standard output): check the disk"))
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
