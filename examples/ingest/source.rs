//! Files to read: which there are, what is in them, and how they are packed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use indicatif::ProgressBar;
use ruzstd::decoding::StreamingDecoder;

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, clap::ValueEnum)]
pub(crate) enum Format {
    /// One article as plain text.
    Txt,
    /// One article as a page.
    Html,
    /// An article on each line, as a JSON object.
    Jsonl,
    /// An article in each record; the first record names the columns.
    Csv,
}

/// A file to read, or standard input.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Source {
    /// `-` for standard input.
    pub(crate) path: PathBuf,
    pub(crate) format: Format,
    /// The name without the extensions; inside a folder, the path from there.
    pub(crate) id: String,
}

impl Source {
    /// The bytes of the file, unpacked; `bar` counts those that are read from the disk.
    pub(crate) fn open(&self, bar: &ProgressBar) -> io::Result<Box<dyn Read>> {
        if self.path == Path::new("-") {
            return Ok(Box::new(bar.wrap_read(io::stdin())));
        }
        let file = BufReader::with_capacity(1 << 16, bar.wrap_read(File::open(&self.path)?));
        Ok(match packed(&self.path).1.as_deref() {
            Some("gz") => Box::new(MultiGzDecoder::new(file)),
            Some("zst") => Box::new(StreamingDecoder::new(file).map_err(io::Error::other)?),
            _ => Box::new(file),
        })
    }

    pub(crate) fn place(&self) -> String {
        if self.path == Path::new("-") { "standard input".to_owned() } else { self.path.display().to_string() }
    }
}

/// The files at `path`, which was named itself or found in the folder `root`; what cannot be looked into is reported.
pub(crate) fn find(path: &Path, root: &Path, sources: &mut BTreeSet<Source>, report: &mut impl FnMut(String)) {
    let entries = match path.is_dir().then(|| fs::read_dir(path)) {
        Some(Ok(entries)) => entries,
        Some(Err(error)) => return report(unreadable(path, &error)),
        None => {
            match format(path) {
                Some(format) => drop(sources.insert(Source { path: path.to_owned(), format, id: id(path, root) })),
                // It may not be there at all; opening it will tell.
                None if !path.exists() => {
                    sources.insert(Source { path: path.to_owned(), format: Format::Txt, id: id(path, root) });
                }
                None => report(format!(
                    "unknown kind of file ({}): give it as .txt, .html, .jsonl or .csv, packed as .gz or .zst or not",
                    path.display()
                )),
            }
            return;
        }
    };
    for entry in entries {
        match entry {
            // A link to a folder could lead back to where it lies.
            Ok(entry) if entry.file_type().is_ok_and(|kind| kind.is_dir()) => {
                find(&entry.path(), root, sources, report);
            }
            Ok(entry) if format(&entry.path()).is_some() && entry.path().is_file() => {
                find(&entry.path(), root, sources, report);
            }
            Ok(_) => {}
            Err(error) => report(unreadable(path, &error)),
        }
    }
}

fn unreadable(folder: &Path, error: &io::Error) -> String {
    format!("cannot read the folder: {error} ({}): check who may read it", folder.display())
}

/// A path without the extension that says how it is packed, and that extension.
fn packed(path: &Path) -> (PathBuf, Option<String>) {
    let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
    match extension.as_deref() {
        Some("gz" | "zst") => (path.with_extension(""), extension),
        _ => (path.to_owned(), None),
    }
}

fn format(path: &Path) -> Option<Format> {
    let (path, _) = packed(path);
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "txt" => Some(Format::Txt),
        "html" | "htm" => Some(Format::Html),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "csv" => Some(Format::Csv),
        _ => None,
    }
}

/// The name without the extensions; inside a folder, the path from there.
fn id(path: &Path, root: &Path) -> String {
    let inside = path.strip_prefix(root).ok().filter(|inside| !inside.as_os_str().is_empty());
    let name = inside.unwrap_or_else(|| path.file_name().map_or(path, Path::new));
    let name = packed(name).0.with_extension("");
    let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
