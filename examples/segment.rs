//! Cuts Vietnamese text into words, line by line.
//!
//! ```text
//! echo 'Ủy ban nhân dân tỉnh họp.' | cargo run --release --example segment
//! Ủy_ban_nhân_dân tỉnh họp .
//! ```

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use thoisu::segment::{Buffer, Lexicon, Model, Segmenter};

/// Cuts Vietnamese text into words: one line in, one line out.
///
/// Tokens are separated by one space, the syllables of a word are joined by `_`. Characters that show nothing, such as a
/// soft hyphen between two words, are left out; nothing else of the text changes.
#[derive(Parser)]
#[command(
    after_help = "Example:\n  echo 'Ủy ban nhân dân tỉnh họp.' | cargo run --release --example segment\n  Ủy_ban_nhân_dân tỉnh họp ."
)]
struct Arguments {
    /// The text, in UTF-8; standard input where no file is named.
    file: Option<PathBuf>,
    /// Words of your own: one a line, with a tab and `join` or `split` behind it.
    #[arg(long, value_name = "TSV")]
    words: Option<PathBuf>,
    /// Another word model, as `examples/train.rs` writes it.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let mut segmenter = Segmenter::builder();
    if let Some(path) = &arguments.words {
        segmenter = segmenter.lexicon(Lexicon::from_path(path).map_err(|error| error.to_string())?);
    }
    if let Some(path) = &arguments.model {
        segmenter = segmenter.model(Model::from_path(path).map_err(|error| error.to_string())?);
    }
    let segmenter = segmenter.build();
    let name = arguments.file.as_ref().map_or("standard input".to_owned(), |path| path.display().to_string());
    let input: Box<dyn Read> = match &arguments.file {
        Some(path) => Box::new(
            File::open(path)
                .map_err(|error| format!("cannot read the text: {error} ({name}): name a file that can be read"))?,
        ),
        None => Box::new(io::stdin().lock()),
    };
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let (mut line, mut joined, mut buffer) = (Vec::new(), Vec::new(), Buffer::default());
    for number in 1.. {
        line.clear();
        let read = input.read_until(b'\n', &mut line);
        if read.map_err(|error| format!("cannot read the text: {error} ({name}, line {number}): check the file"))? == 0
        {
            break;
        }
        let text = std::str::from_utf8(&line).map_err(|error| {
            format!(
                "the text is not UTF-8 ({name}, line {number}, byte {}): convert it, for instance with iconv",
                error.valid_up_to() + 1
            )
        })?;
        joined.clear();
        join(&segmenter, text, &mut buffer, &mut joined);
        joined.extend_from_slice(&text.as_bytes()[text.trim_end_matches(['\r', '\n']).len()..]);
        if let Err(error) = output.write_all(&joined) {
            return finish(error);
        }
    }
    output.flush().or_else(finish)
}

/// Writes the words of a line behind each other.
fn join(segmenter: &Segmenter, line: &str, buffer: &mut Buffer, out: &mut Vec<u8>) {
    let bytes = line.as_bytes();
    let mut words = segmenter.words_with(line, buffer);
    while words.next().is_some() {
        for (i, (_, span)) in words.tokens().enumerate() {
            if !out.is_empty() {
                out.push(if i > 0 { b'_' } else { b' ' });
            }
            out.extend_from_slice(&bytes[span.range()]);
        }
    }
}

/// Nobody reads on: that is a quiet end.
fn finish<E: Into<io::Error>>(error: E) -> Result<(), String> {
    let error = error.into();
    if error.kind() == ErrorKind::BrokenPipe {
        return Ok(());
    }
    Err(format!("cannot write the words: {error} (standard output): check the disk"))
}
