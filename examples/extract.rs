//! Reads articles and writes their facts, one JSON object a line.
//!
//! ```text
//! cargo run --release --example extract -- corpus/texts/ha_01.txt
//! ```
//!
//! Each fact carries `start` and `end`, bytes of the article as it was given, and `text`, exactly those bytes:
//! what a program says it found can be checked against the source.

use std::fs;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use thoisu::extract::Record;
use thoisu::{Analyzer, Article};

/// Writes the facts of articles as JSON, one object an article, in the order given.
#[derive(Parser)]
#[command(after_help = "Example:\n  cargo run --release --example extract -- corpus/texts/*.txt\n  \
                        curl -s https://example.org/article.html | cargo run --release --example extract -- -")]
struct Arguments {
    /// Articles: `.txt`, `.html`, `.jsonl` (one a line); `-` reads plain text from standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// What ends the run early.
enum Stop {
    /// Nobody reads on: a quiet end.
    BrokenPipe,
    /// The results cannot be written.
    Write(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::BrokenPipe { Self::BrokenPipe } else { Self::Write(error) }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut run = Run { analyzer: Analyzer::new(), out: BufWriter::new(io::stdout().lock()), failed: false };
    match arguments.files.iter().try_for_each(|file| run.file(file)).and_then(|()| Ok(run.out.flush()?)) {
        // A file that could not be read was reported; the others were still worth their facts.
        Ok(()) if run.failed => ExitCode::from(2),
        Ok(()) | Err(Stop::BrokenPipe) => ExitCode::SUCCESS,
        Err(Stop::Write(error)) => {
            eprintln!("error: cannot write the facts: {error} (standard output): check the disk");
            ExitCode::from(2)
        }
    }
}

struct Run<W> {
    analyzer: Analyzer,
    out: W,
    failed: bool,
}

impl<W: Write> Run<W> {
    fn file(&mut self, path: &Path) -> Result<(), Stop> {
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            return self.json_lines(path);
        }
        let article =
            if path == Path::new("-") { from_stdin() } else { Article::read(path).map_err(|error| error.to_string()) };
        match article {
            Ok(article) => self.write(&article),
            Err(message) => {
                self.report(&message);
                Ok(())
            }
        }
    }

    /// One article a line; a line that is none is reported with its number, and the next one is read.
    fn json_lines(&mut self, path: &Path) -> Result<(), Stop> {
        let place = path.display();
        let file = match fs::File::open(path) {
            Ok(file) => file,
            Err(error) => {
                self.report(&format!("cannot read the articles: {error} ({place}): name a file that can be read"));
                return Ok(());
            }
        };
        for (number, line) in (1..).zip(BufReader::new(file).split(b'\n')) {
            let place = format!("{place}, line {number}");
            let line = match line {
                Ok(line) => line,
                Err(error) => {
                    self.report(&format!("cannot read the articles: {error} ({place}): check the file"));
                    break;
                }
            };
            match std::str::from_utf8(&line).map(str::trim) {
                Ok("" | "\u{FEFF}") => {}
                Ok(line) => match Article::from_json(line) {
                    Ok(article) => self.write(&article)?,
                    Err(error) => self.report(&error.at(place).to_string()),
                },
                Err(error) => {
                    let byte = error.valid_up_to() + 1;
                    self.report(&format!(
                        "the line is not UTF-8 ({place}, byte {byte}): convert it, for instance with iconv"
                    ));
                }
            }
        }
        Ok(())
    }

    fn write(&mut self, article: &Article) -> Result<(), Stop> {
        let document = self.analyzer.document(article);
        let facts = self.analyzer.facts(&document);
        serde_json::to_writer(&mut self.out, &Record::new(article, &facts)).map_err(io::Error::from)?;
        Ok(self.out.write_all(b"\n")?)
    }

    fn report(&mut self, message: &str) {
        eprintln!("error: {message}");
        self.failed = true;
    }
}

fn from_stdin() -> Result<Article, String> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| format!("cannot read the article: {error} (standard input): pipe a text into it"))?;
    Article::from_bytes(&bytes).map_err(|error| error.at("standard input").to_string())
}
