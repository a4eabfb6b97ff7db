//! Articles, as hits.

use std::io::{self, Write};

use clap::Args;
use serde_json::json;
use thoisu::extract::Fact;
use thoisu::index::{Cell, Count, Facets, FactType, Hit, Holds, Page, Query, Sort};
use thoisu::{Error, PartialDate};

use crate::facts::Filter;
use crate::show::{describe, one_line};
use crate::table::{Form, Table};
use crate::{Common, Failure};

/// A query, and how to show what it finds.
#[derive(Args, PartialEq, Eq)]
pub(crate) struct Options {
    /// What to look for; several arguments are one query.
    query: Vec<String>,
    /// Show at most so many articles.
    #[arg(long, default_value_t = SHOWN)]
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
    /// The order of the articles.
    #[arg(long, value_enum, default_value_t = Order::Relevance)]
    sort: Order,
    /// Count months, places, sources, documents, officials and types of fact among all articles found.
    #[arg(long)]
    facets: bool,
    /// Show a line for each article, in columns.
    #[arg(long)]
    table: bool,
}

const SHOWN: usize = 10;
/// The values of each property that are counted.
const VALUES: usize = 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Order {
    /// The best match first.
    Relevance,
    /// The latest first.
    Latest,
    /// The earliest first.
    Earliest,
}

impl From<Order> for Sort {
    fn from(order: Order) -> Self {
        match order {
            Order::Relevance => Self::Relevance,
            Order::Latest => Self::Latest,
            Order::Earliest => Self::Earliest,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            query: Vec::new(),
            limit: SHOWN,
            from: None,
            to: None,
            doc: None,
            official: None,
            kind: None,
            sort: Order::Relevance,
            facets: false,
            table: false,
        }
    }
}

/// How many articles were found.
pub(crate) fn run(options: &Options, common: &Common) -> Result<usize, Failure> {
    if let (Some(from), Some(to)) = (options.from, options.to)
        && from.first_day() > to.last_day()
    {
        return Err(Failure::Usage(format!("--to is before --from ({to}, {from}): exchange them")));
    }
    let form = common.form();
    if options.facets && (options.table || form == Form::Csv) {
        return Err(Failure::Usage(
            "counts stand in no table of articles (--facets): add --json, or leave it out".into(),
        ));
    }
    // A query that cannot be read is told before an index is built.
    let query = query(options, common.strict)?;
    let index = common.open()?;
    let sort = options.sort.into();
    let (page, facets) = if options.facets {
        let (page, facets) = index.page_with_facets(&query, sort, 0, options.limit, VALUES)?;
        (page, Some(facets))
    } else {
        (index.page_by(&query, sort, 0, options.limit)?, None)
    };

    // `anstream` drops the colours where the output is no terminal.
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    let paint = out.current_choice() != anstream::ColorChoice::Never;
    match form {
        Form::Json => write_json(&mut out, &page, facets.as_ref())?,
        Form::Csv => table(&page).write(&mut out, form)?,
        Form::Aligned if options.table => table(&page).without_empty().write(&mut out, form)?,
        Form::Aligned => write_text(&mut out, &page, facets.as_ref(), paint)?,
    }
    out.flush()?;
    if let Some(meant) = index.suggest(&query)? {
        eprintln!("note: did you mean: {meant}");
    }
    Ok(page.total)
}

/// What was typed, narrowed down by the options.
fn query(options: &Options, strict: bool) -> Result<Query, Error> {
    let Options { from, to, doc, official, kind, .. } = options;
    parsed(&options.query.join(" "), strict, (*from, *to), doc.as_deref(), official.as_deref(), *kind)
}

/// The same for the options that choose facts, as far as they choose articles.
pub(crate) fn narrowed(typed: &str, filter: &Filter, strict: bool) -> Result<Query, Failure> {
    filter.check_for_articles()?;
    let Filter { from, to, doc, official, kind, .. } = filter;
    // Who names nothing wants everything.
    let typed = if typed.trim().is_empty() { "*" } else { typed };
    Ok(parsed(typed, strict, (*from, *to), doc.as_deref(), official.as_deref(), *kind)?)
}

/// A query as typed. What is not understood is searched as words and reported; with `strict` it is an error, and so is
/// nothing at all.
pub(crate) fn read(typed: &str, strict: bool) -> Result<Query, Error> {
    if strict || typed.trim().is_empty() {
        return Query::parse(typed);
    }
    let (query, problems) = Query::lenient(typed);
    for problem in problems {
        eprintln!("note: {problem}");
    }
    Ok(query)
}

fn parsed(
    typed: &str,
    strict: bool,
    (from, to): (Option<PartialDate>, Option<PartialDate>),
    doc: Option<&str>,
    official: Option<&str>,
    kind: Option<FactType>,
) -> Result<Query, Error> {
    let narrowed = from.is_some() || to.is_some() || doc.is_some() || official.is_some() || kind.is_some();
    // Options alone are a query too.
    let mut query = if typed.trim().is_empty() && narrowed { Query::all() } else { read(typed, strict)? };
    if from.is_some() || to.is_some() {
        query = query.published(from, to);
    }
    if let Some(code) = doc {
        query = query.code(code);
    }
    if let Some(name) = official {
        query = query.official(name);
    }
    if let Some(kind) = kind {
        query = query.fact_type(kind);
    }
    Ok(query)
}

/// An article a row.
fn table(page: &Page) -> Table {
    let mut table = Table::new([
        ("id", Holds::Text),
        ("published", Holds::Text),
        ("title", Holds::Text),
        ("snippet", Holds::Text),
        ("url", Holds::Text),
        ("score", Holds::Number),
        ("exact", Holds::Flag),
        ("copies", Holds::Text),
    ]);
    for hit in &page.hits {
        let snippet = &hit.article().text[hit.snippet().span.range()];
        table.rows.push(vec![
            Cell::from(hit.id()).into_owned(),
            hit.published().map(|date| date.to_string()).into(),
            hit.title().map(one_line).into(),
            one_line(snippet).into(),
            hit.article().url.clone().into(),
            // Scores are no exact numbers; three places order them.
            format!("{:.3}", hit.score()).into(),
            Cell::Flag(hit.is_exact()),
            (!hit.copies().is_empty()).then(|| hit.copies().join("; ")).into(),
        ]);
    }
    table
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
            "partial": hit.is_partial(),
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
        let object = json!({ "articles": page.total, "complete": page.complete, "exact": page.exact, "facets": {
            "month": counts(&facets.months),
            "place": counts(&facets.places),
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
            ("place", &facets.places),
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
    let Page { total, complete, exact, .. } = page;
    for (count, what) in
        [(exact, "as typed"), (&(complete - exact), "with other marks"), (&(total - complete), "in part")]
    {
        if exact < total && *count > 0 {
            write!(out, ", {count} {what}")?;
        }
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
    let marks = match (hit.is_exact(), hit.is_partial()) {
        (true, _) => "",
        (_, true) => " · in part",
        _ => " · other marks",
    };
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
