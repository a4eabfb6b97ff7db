//! Articles and facts as files for other programs.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use thoisu::index::{ArticleRow, FactRow};

use crate::facts::Filter;
use crate::files::{self, Format};
use crate::find;
use crate::{Common, Failure};

/// Writes articles or facts to a file that pandas, Polars, DuckDB and R read without options.
#[derive(Args)]
#[command(after_help = "Examples:
  cargo run --release --example search -- export facts.parquet
  cargo run --release --example search -- export --what articles articles.csv --from 2024
  cargo run --release --example search -- export --what facts --format jsonl - --type indicator

Columns are the same whatever is found; a cell that does not apply is empty. Several values in one cell are joined by
\"; \". Numbers are exact in CSV, and the nearest 64-bit floating point number in JSON and Parquet. A date is there as
its first and last day: a year from 1 January to 31 December.

Ends with 0 if something was written, with 1 if nothing was found, with 2 after an error.")]
pub(crate) struct Options {
    /// The file; - is standard output.
    file: PathBuf,
    /// Only articles that this query finds; with facts, only facts with these words.
    query: Vec<String>,
    /// What a row is.
    #[arg(long, value_enum, default_value_t = What::Facts)]
    what: What,
    /// The kind of file; without it, what the file's name ends in.
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    filter: Filter,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    Articles,
    Facts,
}

/// How many rows were written.
pub(crate) fn run(options: &Options, common: &Common) -> Result<usize, Failure> {
    let file = &options.file;
    let Some(format) = options.format.or_else(|| Format::of(file)) else {
        return Err(Failure::Usage(format!(
            "the file's name does not tell its format ({}): end it in .csv, .jsonl or .parquet, or add --format",
            file.display()
        )));
    };
    let words = options.query.join(" ");
    let written = match options.what {
        What::Facts => {
            let query = options.filter.query(&words, common.strict)?;
            let index = common.open()?;
            files::write::<FactRow>(file, format, index.fact_rows(&query, options.filter.copies())?)?
        }
        What::Articles => {
            let query = find::narrowed(&words, &options.filter, common.strict)?;
            let index = common.open()?;
            files::write::<ArticleRow>(file, format, index.article_rows(&query, options.filter.copies())?)?
        }
    };
    if file != Path::new("-") {
        let rows = if written == 1 { "row" } else { "rows" };
        println!("{written} {rows} written to {}", file.display());
    }
    Ok(written)
}
