//! Searches articles for words, documents, people and dates, and shows the facts in what it finds.
//!
//! ```text
//! cargo run --release --example search -- "quy chế dân chủ"
//! cargo run --release --example search -- "doi thoai" --type indicator --facets
//! cargo run --release --example search -- 02/nq-tu --index my-index --json
//! ```
//!
//! Without `--index` it searches the articles that come with the library, which it analyses and indexes in memory first.

use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use serde_json::json;
use thoisu::extract::{Fact, FactKind, Indicator};
use thoisu::index::{Count, Facets, FactType, Hit, NewsIndex, Page, Query};
use thoisu::{Analyzer, Article, Error, PartialDate};

/// The articles in `corpus/texts`, by their file names.
macro_rules! corpus {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("../corpus/texts/", $name, ".txt")))),*] };
}

const CORPUS: &[(&str, &str)] = corpus![
    "ha_01" "ha_04" "ha_05" "ha_07" "ha_10" "ha_11" "ha_13" "ha_19" "ha_23" "ha_26"
    "hb_01" "hb_03" "hb_05" "hb_10" "hb_13" "hb_17" "hb_20" "hb_21" "hb_23" "hb_26"
];

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
    /// What to look for; several arguments are one query.
    query: Vec<String>,
    /// Search the index in this directory, made by the example `ingest`, instead of the articles of the library.
    #[arg(long, value_name = "DIR")]
    index: Option<PathBuf>,
    /// Show at most so many articles.
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// Only articles published on this date or later: 2019, 2019-Q1, 2019-05, 2019-05-14.
    #[arg(long, value_name = "DATE")]
    from: Option<PartialDate>,
    /// Only articles published on this date or before.
    #[arg(long, value_name = "DATE")]
    to: Option<PartialDate>,
    /// Only articles that cite the document with this code.
    #[arg(long, value_name = "CODE")]
    doc: Option<String>,
    /// Only articles that name this person with a post.
    #[arg(long, value_name = "NAME")]
    official: Option<String>,
    /// Only articles with a fact of this type: date, document, official, indicator.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<FactType>,
    /// Count months, sources, documents, officials and types of fact among all articles found.
    #[arg(long)]
    facets: bool,
    /// Write one JSON object a line: each article, then the counts if asked for.
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let (Some(from), Some(to)) = (arguments.from, arguments.to)
        && from.first_day() > to.last_day()
    {
        eprintln!("error: --to is before --from ({to}, {from}): exchange them");
        return ExitCode::from(2);
    }
    match run(&arguments) {
        Ok(0) => ExitCode::from(1),
        Ok(_) => ExitCode::SUCCESS,
        Err(Failure::Library(error)) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
        // Who reads the output has seen enough, as in `search … | head`.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(error)) => {
            eprintln!("error: cannot write the articles: {error} (standard output): check the disk");
            ExitCode::from(2)
        }
    }
}

enum Failure {
    Library(Error),
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

/// How many articles were found.
fn run(arguments: &Arguments) -> Result<usize, Failure> {
    // A query that cannot be read is told before an index is built.
    let query = query(arguments)?;
    let index = match &arguments.index {
        Some(dir) => NewsIndex::open(dir, Analyzer::new())?,
        None => bundled()?,
    };
    let page = index.search(&query, arguments.limit)?;
    let facets = if arguments.facets { Some(index.facets(&query, 10)?) } else { None };

    // `anstream` drops the colours where the output is no terminal.
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    let paint = out.current_choice() != anstream::ColorChoice::Never;
    if arguments.json {
        write_json(&mut out, &page, facets.as_ref())?;
    } else {
        write_text(&mut out, &page, facets.as_ref(), paint)?;
    }
    out.flush()?;
    Ok(page.total)
}

/// What was typed, narrowed down by the options.
fn query(arguments: &Arguments) -> Result<Query, Error> {
    let typed = arguments.query.join(" ");
    let narrowed = arguments.from.is_some()
        || arguments.to.is_some()
        || arguments.doc.is_some()
        || arguments.official.is_some()
        || arguments.kind.is_some();
    // Options alone are a query too.
    let mut query = if typed.trim().is_empty() && narrowed { Query::all() } else { Query::parse(&typed)? };
    if arguments.from.is_some() || arguments.to.is_some() {
        query = query.published(arguments.from, arguments.to);
    }
    if let Some(code) = &arguments.doc {
        query = query.code(code);
    }
    if let Some(name) = &arguments.official {
        query = query.official(name);
    }
    if let Some(kind) = arguments.kind {
        query = query.fact_type(kind);
    }
    Ok(query)
}

/// The articles of the library, in memory. Nothing of this is special: a service does the same with its own articles.
fn bundled() -> Result<NewsIndex, Error> {
    let index = NewsIndex::in_ram(Analyzer::new())?;
    let mut writer = index.writer()?;
    for (name, text) in CORPUS {
        let mut article = Article::from_text(*text);
        article.id = Some((*name).to_owned());
        article.url = Some(format!("corpus/texts/{name}.txt"));
        writer.add(&article)?;
    }
    writer.commit()?;
    Ok(index)
}

fn write_json(out: &mut impl Write, page: &Page, facets: Option<&Facets>) -> io::Result<()> {
    for hit in &page.hits {
        let text = &hit.article().text;
        let fact = |fact: &Fact| {
            let mut value = json!(fact);
            value["text"] = json!(text[fact.span.range()]);
            value
        };
        let snippet = hit.snippet();
        let object = json!({
            "id": hit.id(),
            "url": hit.article().url,
            "title": hit.title(),
            "published": hit.published(),
            "score": hit.score(),
            "exact": hit.is_exact(),
            "snippet": {
                "start": snippet.span.start,
                "end": snippet.span.end,
                "text": text[snippet.span.range()],
                "marks": snippet.marks,
            },
            "facts": hit.matched_facts().map(fact).collect::<Vec<_>>(),
            "copies": hit.copies(),
        });
        writeln!(out, "{object}")?;
    }
    if let Some(facets) = facets {
        let counts = |counts: &[Count]| {
            counts.iter().map(|count| json!({ "value": count.value, "articles": count.articles })).collect::<Vec<_>>()
        };
        let object = json!({ "articles": page.total, "exact": page.exact, "facets": {
            "month": counts(&facets.months),
            "source": counts(&facets.sources),
            "document": counts(&facets.documents),
            "official": counts(&facets.officials),
            "type": counts(&facets.kinds),
        }});
        writeln!(out, "{object}")?;
    }
    Ok(())
}

const BOLD: &str = "\x1b[1m";
const MARK: &str = "\x1b[1;33m";
const FAINT: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// More facts than this say nothing about the match.
const MAX_FACTS: usize = 8;

fn write_text(out: &mut impl Write, page: &Page, facets: Option<&Facets>, paint: bool) -> io::Result<()> {
    for hit in &page.hits {
        write_hit(out, hit, paint)?;
        writeln!(out)?;
    }
    if let Some(facets) = facets {
        let columns = [
            ("month", &facets.months),
            ("source", &facets.sources),
            ("document", &facets.documents),
            ("official", &facets.officials),
            ("type", &facets.kinds),
        ];
        for (name, counts) in columns.into_iter().filter(|(_, counts)| !counts.is_empty()) {
            writeln!(out, "{BOLD}{name}{PLAIN}")?;
            for count in counts {
                writeln!(out, "  {:>4}  {}", count.articles, count.value)?;
            }
        }
        writeln!(out)?;
    }
    let articles = if page.total == 1 { "article" } else { "articles" };
    write!(out, "{FAINT}{} {articles}", page.total)?;
    if page.exact < page.total {
        write!(out, ", {} as typed, {} with other marks", page.exact, page.total - page.exact)?;
    }
    if page.hits.len() < page.total {
        write!(out, "; {} shown (--limit)", page.hits.len())?;
    }
    writeln!(out, "{PLAIN}")
}

fn write_hit(out: &mut impl Write, hit: &Hit, paint: bool) -> io::Result<()> {
    let article = hit.article();
    let snippet = hit.snippet();
    let title = hit.title().unwrap_or_else(|| hit.id());
    writeln!(out, "{BOLD}{}{PLAIN}", one_line(title))?;

    // An article read from a file is known by its path, any other by its id.
    let place = article.url.as_deref().filter(|url| !url.contains("://")).unwrap_or(hit.id());
    let line = article.text[..snippet.span.start as usize].matches('\n').count() + 1;
    let date = hit.published().map_or("no date".to_owned(), |date| date.to_string().replace('T', " "));
    let marks = if hit.is_exact() { "" } else { " · other marks" };
    writeln!(out, "{FAINT}{date} · {place}:{line} · bytes {}{marks}{PLAIN}", snippet.span)?;

    // A long sentence is shown in part.
    let (before, after) = snippet.is_cut();
    write!(out, "  {}", if before { "… " } else { "" })?;
    for (piece, marked) in snippet.pieces(&article.text) {
        let piece = one_line(piece);
        match (marked, paint) {
            (true, true) => write!(out, "{MARK}{piece}{PLAIN}")?,
            (true, false) => write!(out, "«{piece}»")?,
            (false, _) => write!(out, "{piece}")?,
        }
    }
    writeln!(out, "{}", if after { " …" } else { "" })?;

    let facts: Vec<&Fact> = hit.matched_facts().collect();
    for fact in facts.iter().take(MAX_FACTS) {
        let (name, value) = describe(fact);
        let text = one_line(&article.text[fact.span.range()]);
        writeln!(out, "  {FAINT}{name:<9}{PLAIN} {text}{FAINT}{value}{PLAIN}")?;
    }
    if facts.len() > MAX_FACTS {
        writeln!(out, "  {FAINT}and {} more{PLAIN}", facts.len() - MAX_FACTS)?;
    }
    if !hit.copies().is_empty() {
        writeln!(out, "  {FAINT}copies    {}{PLAIN}", hit.copies().join(", "))?;
    }
    Ok(())
}

/// The type of a fact, and what it comes to.
fn describe(fact: &Fact) -> (&'static str, String) {
    match &fact.kind {
        FactKind::Date(date) => ("date", format!(" = {}", date.value)),
        FactKind::Document(document) => {
            let mut parts: Vec<String> = document.code.iter().cloned().collect();
            parts.extend(document.issued.map(|date| date.to_string()));
            parts.extend(document.issuer.clone());
            parts.extend(document.title.clone());
            ("document", listed(&parts))
        }
        FactKind::Official(official) => ("official", listed(&official.posts)),
        FactKind::Indicator(indicator) => ("indicator", amount(indicator)),
        FactKind::Standard(_) => ("standard", String::new()),
        FactKind::Provision(_) => ("provision", String::new()),
        FactKind::Mention(mention) => {
            ("mention", mention.act.map_or(String::new(), |act| format!(" = {act:?}").to_lowercase()))
        }
        FactKind::Meeting(meeting) => {
            let mut parts: Vec<String> = meeting.host.iter().cloned().collect();
            parts.extend(meeting.date.map(|date| date.to_string()));
            parts.extend(meeting.place.clone());
            parts.extend(meeting.chairs.iter().cloned());
            ("meeting", listed(&parts))
        }
        FactKind::Check(check) => ("check", if check.holds { " = holds" } else { " = does not hold" }.to_owned()),
        _ => ("fact", String::new()),
    }
}

fn amount(indicator: &Indicator) -> String {
    let mut amount = format!(" = {}", indicator.value.normalize());
    if let Some(upper) = indicator.upper {
        amount.push_str(&format!("..{}", upper.normalize()));
    }
    if let Some(of) = indicator.of {
        amount.push_str(&format!(" of {}", of.normalize()));
    }
    format!("{amount} {}", indicator.unit)
}

fn listed(parts: &[String]) -> String {
    if parts.is_empty() { String::new() } else { format!(" = {}", parts.join(" · ")) }
}

/// Text of a page on one line, without characters that steer a terminal.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_control() || c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !line.ends_with(' ') {
            line.push(c);
        }
    }
    line
}
