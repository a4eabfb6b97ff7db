//! Reads articles and writes their facts, one JSON object a line.
//!
//! ```text
//! cargo run --release --example extract -- corpus/texts/ha_01.txt
//! ```
//!
//! Each fact carries `start` and `end`, bytes of the article as it was given, and `text`, exactly those bytes:
//! what a program says it found can be checked against the source. Three options serve those who check: `--explain`
//! says why each fact was found, `--html` shows the facts in the text, `--against` lists what another build found.

mod against;
mod page;

use std::fs;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use thoisu::extract::{Evidence, Explained, Record};
use thoisu::{Analyzer, Article, Span};

/// Writes the facts of articles as JSON, one object an article, in the order given.
#[derive(Parser)]
#[command(after_help = "Example:\n  cargo run --release --example extract -- corpus/texts/*.txt\n  \
                        curl -s https://example.org/article.html | cargo run --release --example extract -- -")]
struct Arguments {
    /// Articles: `.txt`, `.html`, `.jsonl` (one a line); `-` reads plain text from standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// For each fact: the rule and the rows of tables behind it, as text.
    #[arg(long)]
    explain: bool,
    /// Also write one page that shows the facts in the articles.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// List the facts gained and lost against what another build wrote for the same articles; exit 1 where there are any.
    #[arg(long, value_name = "FACTS.jsonl", conflicts_with = "explain")]
    against: Option<PathBuf>,
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
    let before = match arguments.against.as_deref().map(against::read).transpose() {
        Ok(before) => before,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    let show = match before {
        Some(before) => Show::Changes(before),
        None if arguments.explain => Show::Reasons,
        None => Show::Records,
    };
    let mut run = Run {
        analyzer: Analyzer::new(),
        out: BufWriter::new(io::stdout().lock()),
        show,
        page: arguments.html.as_ref().map(|_| page::Page::default()),
        failed: false,
    };
    let written = arguments.files.iter().try_for_each(|file| run.file(file)).and_then(|()| run.finish());
    if let (Some(path), Some(page)) = (&arguments.html, run.page.take())
        && let Err(error) = fs::write(path, page.finish())
    {
        run.report(&format!("cannot write the page: {error} ({}): name a file that can be written", path.display()));
    }
    match written {
        // A file that could not be read was reported; the others were still worth their facts.
        Ok(_) if run.failed => ExitCode::from(2),
        Ok(true) => ExitCode::FAILURE,
        Ok(false) | Err(Stop::BrokenPipe) => ExitCode::SUCCESS,
        Err(Stop::Write(error)) => {
            eprintln!("error: cannot write the facts: {error} (standard output): check the disk");
            ExitCode::from(2)
        }
    }
}

/// What is written of an article.
enum Show {
    /// Its record, as JSON.
    Records,
    /// Its facts with the reasons for them.
    Reasons,
    /// Its facts gained and lost.
    Changes(against::Before),
}

struct Run<W> {
    analyzer: Analyzer,
    out: W,
    show: Show,
    page: Option<page::Page>,
    failed: bool,
}

impl<W: Write> Run<W> {
    fn file(&mut self, path: &Path) -> Result<(), Stop> {
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            return self.json_lines(path);
        }
        let article = if path == Path::new("-") {
            from_stdin()
        } else {
            Article::from_path(path).map_err(|error| error.to_string())
        };
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
        if let Some(page) = &mut self.page {
            page.add(article, &facts);
        }
        match &mut self.show {
            Show::Records => {
                serde_json::to_writer(&mut self.out, &Record::new(article, &facts)).map_err(io::Error::from)?;
                self.out.write_all(b"\n")?;
            }
            Show::Reasons => {
                writeln!(self.out, "{}", article.id.as_deref().unwrap_or("-"))?;
                for Explained { fact, rule, evidence, .. } in self.analyzer.explain(&document) {
                    let Span { start, end } = fact.span;
                    let text = article.text[fact.span.range()].split_whitespace().collect::<Vec<_>>().join(" ");
                    writeln!(self.out, "  {start}..{end}  {text}")?;
                    writeln!(self.out, "    {}", page::attributes(&fact))?;
                    writeln!(self.out, "    rule {rule}")?;
                    for Evidence { table, row, .. } in evidence {
                        writeln!(self.out, "    {table}: {}", row.replace('\t', " | "))?;
                    }
                }
            }
            Show::Changes(before) => before.compare(&Record::new(article, &facts), &mut self.out)?,
        }
        Ok(())
    }

    /// Whether anything changed, where that was asked.
    fn finish(&mut self) -> Result<bool, Stop> {
        let changed = match &self.show {
            Show::Changes(before) => before.finish(&mut self.out)?,
            _ => false,
        };
        self.out.flush()?;
        Ok(changed)
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
