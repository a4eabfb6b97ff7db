//! Trains the word model from gold and silver lines, and says how good it is.
//!
//! ```text
//! xz -dc silver.txt.xz | cargo run --release --no-default-features --features train --example train -- \
//!     --gold vtb_train.txt --silver - --held-out vtb_dev.txt --out model.bin
//! ```

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use thoisu::segment::train::{self, Options, Progress, Score};
use thoisu::segment::{Model, Segmenter};

const EXAMPLE: &str = "\
Example: the model that is shipped was made with
  xz -dc silver.txt.xz | cargo run --release --no-default-features --features train --example train -- \\
      --gold vtb_train.txt --gold vtb_dev.txt --silver - --out src/data/model.bin
and a second run makes the same bytes.";

/// Trains the word model.
///
/// Texts hold a sentence a line: words separated by blanks, the syllables of a word by `_`.
#[derive(Parser)]
#[command(after_help = EXAMPLE)]
struct Arguments {
    /// Lines that people reviewed; may be given more than once.
    #[arg(long, value_name = "FILE", required = true)]
    gold: Vec<PathBuf>,
    /// Lines that a program wrote; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    silver: Option<PathBuf>,
    /// Reviewed lines to score the model on; they are not learnt from.
    #[arg(long, value_name = "FILE")]
    held_out: Option<PathBuf>,
    /// Where the model goes.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Where the order of lines comes from.
    #[arg(long)]
    seed: Option<u64>,
    /// How often the silver lines are gone through; without any, the gold lines.
    #[arg(long)]
    epochs: Option<usize>,
    /// How often each gold line is learnt in one such epoch.
    #[arg(long)]
    gold_share: Option<usize>,
    /// How often the gold lines are gone through at the end, alone.
    #[arg(long)]
    gold_epochs: Option<usize>,
    /// How far a weight moves at first.
    #[arg(long)]
    rate: Option<f32>,
    /// How far a weight moves at the end.
    #[arg(long)]
    gold_rate: Option<f32>,
    /// How strongly weights are drawn to zero.
    #[arg(long)]
    penalty: Option<f32>,
    /// How often a word must be met to enter the lexicon.
    #[arg(long)]
    least_words: Option<u32>,
    /// How often a pattern must be met to enter the model.
    #[arg(long)]
    least_patterns: Option<u32>,
    /// How often gold lines must have two syllables, always the same way, to correct silver lines; 0 for never.
    #[arg(long)]
    follow: Option<u32>,
    /// Silver answers less likely than 1 minus this are not learnt, from the second epoch on.
    #[arg(long)]
    doubt: Option<f32>,
    /// The share of the rate that is left at the end of the silver lines.
    #[arg(long)]
    last_rate: Option<f32>,
    /// One line in so many is learnt without the case of its letters.
    #[arg(long)]
    caseless: Option<u64>,
    /// How many steps of a byte a weight of 1 is.
    #[arg(long)]
    scale: Option<f32>,
    /// The most entries of each of the six groups of patterns, separated by commas.
    #[arg(long, value_delimiter = ',')]
    entries: Option<Vec<usize>>,
    /// Templates to leave out: bit `i` is template `i` of the report.
    #[arg(long)]
    without: Option<u32>,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), String> {
    let options = options(&arguments)?;
    let gold = arguments.gold.iter().map(|path| open(path)).collect::<Result<Vec<_>, _>>()?;
    let silver = arguments.silver.as_deref().map(open).transpose()?;
    let held_out = arguments.held_out.as_deref().map(open).transpose()?;

    let bar = ProgressBar::new_spinner();
    let mut tables = Vec::new();
    let model = train::train(gold, silver, held_out, &options, &mut |progress| match progress {
        Progress::Read(bytes) => {
            bar.inc(bytes as u64);
            bar.set_message(format!("{} MB read", bar.position() / 1_000_000));
        }
        Progress::Lines(lines) => {
            bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} lines, {eta} left").expect("a template"));
            bar.set_position(0);
            bar.set_length(lines as u64);
        }
        Progress::Learnt(lines) => bar.inc(lines as u64),
        Progress::Epoch(epoch, Some(score)) => eprintln!("epoch {epoch}: {}", Report(score)),
        Progress::Table(name, entries, bytes) => tables.push((name, entries, bytes)),
        _ => {}
    });
    bar.finish_and_clear();
    let model = model.map_err(|error| error.to_string())?;

    println!("{:<38} {:>9} {:>9}", "table", "entries", "bytes");
    for (name, entries, bytes) in tables {
        println!("{name:<38} {entries:>9} {bytes:>9}");
    }
    println!("{:<38} {:>9} {:>9}", "model", "", model.as_bytes().len());
    std::fs::write(&arguments.out, model.as_bytes())
        .map_err(|error| format!("cannot write the model ({}): {error}; name another file", arguments.out.display()))?;
    if let Some(path) = &arguments.held_out {
        let model = Model::from_path(&arguments.out).map_err(|error| error.to_string())?;
        let score = train::evaluate(&Segmenter::builder().model(model).build(), open(path)?);
        println!("held out: {}", Report(score.map_err(|error| error.to_string())?));
    }
    Ok(())
}

fn options(arguments: &Arguments) -> Result<Options, String> {
    let mut options = Options::default();
    let set = |to: &mut usize, from: Option<usize>| *to = from.unwrap_or(*to);
    set(&mut options.epochs, arguments.epochs);
    set(&mut options.gold_share, arguments.gold_share);
    set(&mut options.gold_epochs, arguments.gold_epochs);
    options.seed = arguments.seed.unwrap_or(options.seed);
    options.rate = arguments.rate.unwrap_or(options.rate);
    options.gold_rate = arguments.gold_rate.unwrap_or(options.gold_rate);
    options.penalty = arguments.penalty.unwrap_or(options.penalty);
    options.least_words = arguments.least_words.unwrap_or(options.least_words);
    options.least_patterns = arguments.least_patterns.unwrap_or(options.least_patterns);
    options.follow = arguments.follow.unwrap_or(options.follow);
    options.doubt = arguments.doubt.unwrap_or(options.doubt);
    options.last_rate = arguments.last_rate.unwrap_or(options.last_rate);
    options.caseless = arguments.caseless.unwrap_or(options.caseless);
    options.scale = arguments.scale.unwrap_or(options.scale);
    options.without = arguments.without.unwrap_or(options.without);
    if let Some(entries) = &arguments.entries {
        options.entries = entries.as_slice().try_into().map_err(|_| {
            format!("there are {} numbers (--entries): give one for each of the six groups", entries.len())
        })?;
    }
    Ok(options)
}

fn open(path: &Path) -> Result<Box<dyn BufRead>, String> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::with_capacity(1 << 20, io::stdin())));
    }
    let file = File::open(path)
        .map_err(|error| format!("cannot open the file ({}): {error}; name a file that can be read", path.display()))?;
    Ok(Box::new(BufReader::with_capacity(1 << 20, file)))
}

/// A score as it is printed.
struct Report(Score);

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(score) = self;
        let percent = |share: f64| 100. * share;
        write!(
            f,
            "precision {:.2}, recall {:.2}, F1 {:.2}",
            percent(score.precision()),
            percent(score.recall()),
            percent(score.f1())
        )
    }
}
