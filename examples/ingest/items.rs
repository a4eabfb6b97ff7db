//! The articles in a file, one after the other.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use serde_json::{Map, Value};
use thoisu::{Article, Error};

use crate::source::{Format, Source};

/// Bytes of one article, unpacked; as many as a page may have. A small packed file can hold any number of them, and so can
/// a table in which a quotation mark has no partner.
const MAX_ARTICLE: usize = 16 << 20;

/// What a file calls the fields of an article: `(theirs, ours)`.
pub(crate) type Names = [(String, String)];

/// An article and its place, or what is wrong there.
pub(crate) type Item = Result<(Article, String), String>;

/// The articles of a source. A bad one is an item that says so; the next one follows.
pub(crate) fn items<'a>(
    source: &'a Source,
    bytes: Box<dyn Read>,
    names: &'a Names,
) -> Box<dyn Iterator<Item = Item> + 'a> {
    match source.format {
        Format::Txt | Format::Html => Box::new(std::iter::once_with(move || whole(source, bytes))),
        Format::Jsonl => Box::new(Lines { source, names, bytes: BufReader::new(bytes), line: 0, ended: false }),
        Format::Csv => records(source, bytes, names),
    }
}

fn whole(source: &Source, bytes: Box<dyn Read>) -> Item {
    let place = source.place();
    let mut content = Vec::new();
    bytes.take(MAX_ARTICLE as u64 + 1).read_to_end(&mut content).map_err(|error| broken(&error, &place))?;
    if content.len() > MAX_ARTICLE {
        return Err(too_long(&place));
    }
    let article = match source.format {
        Format::Html => Article::from_html(&content, None),
        _ => Article::from_bytes(&content),
    };
    let mut article = article.map_err(|error| error.at(&place).to_string())?;
    article.id = Some(source.id.clone());
    // The place that `search` shows.
    article.url.get_or_insert_with(|| place.clone());
    Ok((article, place))
}

/// JSON Lines. They are cut as bytes, so that a line that is not UTF-8 ends only itself.
struct Lines<'a> {
    source: &'a Source,
    names: &'a Names,
    bytes: BufReader<Box<dyn Read>>,
    line: usize,
    ended: bool,
}

impl Iterator for Lines<'_> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let mut bytes = Vec::new();
        while !self.ended {
            bytes.clear();
            self.line += 1;
            let place = format!("{}, line {}", self.source.place(), self.line);
            match self.read_line(&mut bytes) {
                Ok(0) => break,
                Ok(read) if read > MAX_ARTICLE => return Some(Err(too_long(&place))),
                Ok(_) => {}
                Err(error) => {
                    self.ended = true;
                    return Some(Err(broken(&error, &place)));
                }
            }
            let line = match std::str::from_utf8(&bytes) {
                Ok(line) => line.trim(),
                Err(error) => {
                    let at = error.valid_up_to() + 1;
                    return Some(Err(format!(
                        "the line is not UTF-8 ({place}, byte {at}): convert it, for instance with iconv"
                    )));
                }
            };
            if !matches!(line, "" | "\u{feff}") {
                return Some(self.article(line, place));
            }
        }
        None
    }
}

impl Lines<'_> {
    /// Reads the next line, and says how many bytes it has; of one that is too long no more is kept than that tells.
    fn read_line(&mut self, line: &mut Vec<u8>) -> io::Result<usize> {
        let read = (&mut self.bytes).take(MAX_ARTICLE as u64 + 1).read_until(b'\n', line)?;
        if read > MAX_ARTICLE && line.last() != Some(&b'\n') {
            self.bytes.skip_until(b'\n')?;
        }
        Ok(read)
    }

    fn article(&self, line: &str, place: String) -> Item {
        // Names and pages are rare; objects without them are read only once.
        let article = if self.names.is_empty() && !line.contains("\"html\"") {
            Article::from_json(line)
        } else {
            match serde_json::from_str::<Map<String, Value>>(line) {
                Ok(object) => from_object(object, self.names),
                // It says better what is wrong.
                Err(_) => Article::from_json(line),
            }
        };
        finish(article, self.source, self.line, place)
    }
}

fn records<'a>(source: &'a Source, bytes: Box<dyn Read>, names: &'a Names) -> Box<dyn Iterator<Item = Item> + 'a> {
    let left = Rc::new(Cell::new(MAX_ARTICLE));
    let bytes = Bounded { bytes, left: Rc::clone(&left) };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let columns: Vec<String> = match reader.byte_headers() {
        Ok(columns) => columns
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim_start_matches('\u{feff}').trim().to_owned())
            .collect(),
        Err(error) => return Box::new(std::iter::once(Err(bad_csv(&error, &source.place())))),
    };
    // Records may have line breaks inside, so they are counted themselves; the line of names is none.
    Box::new((1..).zip(reader.into_byte_records()).scan(false, move |ended, (number, record)| {
        if *ended {
            return None;
        }
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                *ended = error.is_io_error();
                return Some(Err(bad_csv(&error, &source.place())));
            }
        };
        left.set(MAX_ARTICLE);
        let place = format!("{}, record {number}", source.place());
        let mut object = Map::new();
        for (column, cell) in columns.iter().zip(&record) {
            let Ok(cell) = std::str::from_utf8(cell) else {
                let advice = "convert it, for instance with iconv";
                return Some(Err(format!("column {column:?} is not UTF-8 ({place}): {advice}")));
            };
            if !cell.trim().is_empty() {
                object.insert(column.clone(), cell.into());
            }
        }
        Some(finish(from_object(object, names), source, number, place))
    }))
}

/// Reads so many bytes; whoever finds the end of a record among them asks for as many more.
struct Bounded {
    bytes: Box<dyn Read>,
    left: Rc<Cell<usize>>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        match self.left.get().checked_sub(read) {
            Some(left) => self.left.set(left),
            None => {
                return Err(io::Error::other("a record goes on for more than 16 MiB; a quotation mark may be open"));
            }
        }
        Ok(read)
    }
}

fn too_long(place: &str) -> String {
    format!("the article has more than 16 MiB ({place}): leave it out, or cut it into articles")
}

fn from_object(mut object: Map<String, Value>, names: &Names) -> Result<Article, Error> {
    for (theirs, ours) in names {
        if let Some(value) = object.remove(theirs) {
            object.insert(ours.clone(), value);
        }
    }
    if let Some(page) = object.get("html").and_then(Value::as_str)
        && !["text", "body", "content"].iter().any(|field| object.contains_key(*field))
    {
        let field = |name: &str| object.get(name).and_then(Value::as_str);
        let mut article = Article::from_html(page.as_bytes(), field("url"))?;
        article.id = field("id").map(str::to_owned);
        return Ok(article);
    }
    Article::from_json(&Value::Object(object).to_string())
}

/// Gives an article without id and URL the place that it was read from.
fn finish(article: Result<Article, Error>, source: &Source, number: usize, place: String) -> Item {
    let mut article = article.map_err(|error| error.at(&place).to_string())?;
    if article.url.is_none() {
        article.id.get_or_insert_with(|| format!("{}:{number}", source.id));
    }
    Ok((article, place))
}

fn broken(error: &io::Error, place: &str) -> String {
    let advice = match error.kind() {
        io::ErrorKind::UnexpectedEof => "the file is cut off; fetch it again",
        _ => "check the file",
    };
    format!("cannot read the articles: {error} ({place}): {advice}")
}

fn bad_csv(error: &csv::Error, place: &str) -> String {
    format!("no table of articles: {error} ({place}): write comma-separated records below a line of column names")
}
