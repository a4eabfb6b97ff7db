//! All about one document, all about one person.

use std::io::{self, Write};

use clap::Args;
use serde_json::json;
use thoisu::PartialDate;
use thoisu::extract::Meeting;
use thoisu::index::{
    Appearance, Cell, Citation, CitedDocument, Copies, Count, DocumentPage, Held, Holds, Known, MeetingSeen, Period,
};

use crate::chart::{self, Series};
use crate::show::one_line;
use crate::table::{Form, Table};
use crate::{Common, Failure};

/// Shows the documents with a code: who issued each, what it is called, who cites it and when.
///
/// Bodies of different places give the same code to documents of their own: they are told apart by place and date.
/// Citations that can mean several are listed at the end.
#[derive(Args)]
#[command(after_help = "Example:
  cargo run --release --example search -- doc 43-KL/TW

With --csv a row is a citation. Ends with 0 if it is cited, with 1 if it is not, with 2 after an error.")]
pub(crate) struct Document {
    /// The code, in any notation.
    code: String,
    /// How long a period of its timeline is: day, week, month, quarter, year.
    #[arg(long, value_name = "PERIOD", default_value_t = Period::Month)]
    by: Period,
    /// Count each copy of a release.
    #[arg(long)]
    copies: bool,
    /// Show at most so many articles of each document.
    #[arg(long, default_value_t = 20)]
    limit: usize,
}

/// Shows the people of a name: their posts over time, what they chaired, spoke at and signed.
///
/// People of one name are told apart by the places of their posts. Articles that can mean several are listed at the end.
#[derive(Args)]
#[command(after_help = "Example:
  cargo run --release --example search -- person \"Đinh Thị Vân\"

With --csv a row is an article. Ends with 0 if somebody is named so, with 1 if nobody is, with 2 after an error.")]
pub(crate) struct Person {
    /// The name, or a part of it.
    #[arg(required = true)]
    name: Vec<String>,
    /// Count each copy of a release.
    #[arg(long)]
    copies: bool,
    /// Show at most so many articles and meetings of each person.
    #[arg(long, default_value_t = 20)]
    limit: usize,
}

fn copies(all: bool) -> Copies {
    if all { Copies::All } else { Copies::Once }
}

/// How many articles cite a document.
pub(crate) fn document(options: &Document, common: &Common) -> Result<usize, Failure> {
    if !options.code.contains(|c: char| c.is_ascii_digit()) {
        return Err(Failure::Usage(format!("no code of a document ({}): write one such as 02-NQ/TU", options.code)));
    }
    let index = common.open()?;
    let page = index.document_page(&options.code, copies(options.copies))?;
    let mut out = io::stdout().lock();
    match common.form() {
        Form::Json => writeln!(out, "{}", json!(page))?,
        Form::Csv => {
            let mut table = citation_columns();
            for (at, document) in page.documents.iter().enumerate() {
                table.rows.extend(document.citations.iter().map(|citation| citation_row(citation, Some(at), document)));
            }
            let none = CitedDocument::default();
            table.rows.extend(page.unclear.iter().map(|citation| citation_row(citation, None, &none)));
            table.write(&mut out, Form::Csv)?;
        }
        Form::Aligned => {
            for at in 0..page.documents.len() {
                write_document(&mut out, at, &page, options)?;
            }
            if !page.unclear.is_empty() {
                let articles = page.unclear.len();
                writeln!(out, "Unclear which of them: {}", counted(articles, "article"))?;
                for citation in page.unclear.iter().take(options.limit) {
                    writeln!(out, "  {}, can be {}", cited(citation), numbers(&citation.can_be))?;
                }
                more(&mut out, articles, options.limit)?;
                writeln!(out)?;
            }
            let documents = counted(page.documents.len(), "document");
            writeln!(out, "{}, cited by {}", documents, counted(page.articles, "article"))?;
        }
    }
    out.flush()?;
    Ok(page.articles)
}

fn write_document(out: &mut impl Write, at: usize, page: &DocumentPage, options: &Document) -> io::Result<()> {
    let (document, code) = (&page.documents[at], &page.code);
    let alone = page.documents.len() == 1;
    let kind = document.kind.as_deref().unwrap_or("document");
    writeln!(out, "{}. {kind} {code}", at + 1)?;
    let place = document.place.clone().or_else(|| document.level.map(|level| level.to_string()));
    line(out, "issuer", &list(&document.issuers))?;
    line(out, "place", &place.unwrap_or_default())?;
    line(out, "issued", &list(&document.issued))?;
    line(out, "title", &list(&document.titles))?;
    line(
        out,
        "cited",
        &format!("{}{}", counted(document.citations.len(), "article"), span(document.first, document.last)),
    )?;
    writeln!(out)?;
    let timeline = document.timeline(options.by);
    let bars =
        timeline.points.iter().map(|point| (point.slot.to_string(), point.count as f64, point.count.to_string()));
    chart::draw(out, &Series { title: String::new(), bars: bars.collect() })?;
    if !timeline.points.is_empty() {
        writeln!(out)?;
    }
    for citation in document.citations.iter().take(options.limit) {
        let how = if alone { "" } else { how(citation.known) };
        writeln!(out, "  {}{how}", cited(citation))?;
    }
    more(out, document.citations.len(), options.limit)?;
    writeln!(out)
}

fn citation_columns() -> Table {
    Table::new([
        ("document", Holds::Integer),
        ("known", Holds::Text),
        ("can_be", Holds::Text),
        ("issuer", Holds::Text),
        ("place", Holds::Text),
        ("issued", Holds::Text),
        ("article", Holds::Text),
        ("published", Holds::Text),
        ("title", Holds::Text),
        ("url", Holds::Text),
        ("text", Holds::Text),
        ("mentions", Holds::Integer),
    ])
}

/// Documents are numbered from 1, as a person counts them.
fn citation_row(citation: &Citation, at: Option<usize>, document: &CitedDocument) -> Vec<Cell<'static>> {
    let first = |counts: &[Count]| counts.first().map(|count| count.value.clone());
    vec![
        at.map(|at| at + 1).into(),
        citation.known.name().into(),
        (!citation.can_be.is_empty()).then(|| numbers(&citation.can_be)).into(),
        first(&document.issuers).into(),
        document.place.clone().into(),
        first(&document.issued).into(),
        citation.article.clone().into(),
        citation.published.map(|date| date.to_string()).into(),
        citation.title.clone().into(),
        citation.url.clone().into(),
        citation.text.clone().into(),
        citation.mentions.into(),
    ]
}

/// How many articles name the person.
pub(crate) fn person(options: &Person, common: &Common) -> Result<usize, Failure> {
    let index = common.open()?;
    let page = index.person(&options.name.join(" "), copies(options.copies))?;
    let mut out = io::stdout().lock();
    match common.form() {
        Form::Json => writeln!(out, "{}", json!(page))?,
        Form::Csv => {
            let mut table = appearance_columns();
            for (at, person) in page.people.iter().enumerate() {
                table.rows.extend(person.appearances.iter().map(|appearance| appearance_row(appearance, Some(at))));
            }
            table.rows.extend(page.unclear.iter().map(|appearance| appearance_row(appearance, None)));
            table.write(&mut out, Form::Csv)?;
        }
        Form::Aligned => {
            for (at, person) in page.people.iter().enumerate() {
                let articles = counted(person.appearances.len(), "article");
                writeln!(out, "{}. {}: {articles}{}", at + 1, person.name, span(person.first, person.last))?;
                if !person.may_be.is_empty() {
                    writeln!(out, "  may be the same as {}", numbers(&person.may_be))?;
                }
                line(&mut out, "sites", &list(&person.sources))?;
                for held in &person.posts {
                    line(&mut out, "post", &post(held))?;
                }
                for (name, seen) in [("chaired", &person.chaired), ("spoke", &person.spoke)] {
                    for seen in seen.iter().take(options.limit) {
                        line(&mut out, name, &meeting(seen))?;
                    }
                    more(&mut out, seen.len(), options.limit)?;
                }
                for signed in person.signed.iter().take(options.limit) {
                    let document = &signed.document;
                    let name = document.code.as_deref().or(document.title.as_deref()).unwrap_or_default();
                    line(&mut out, "signed", &format!("{} {name}, {}", document.kind, signed.article))?;
                }
                for appearance in person.appearances.iter().take(options.limit) {
                    let how = if page.people.len() == 1 { "" } else { how(appearance.known) };
                    line(&mut out, "article", &format!("{}{how}", named(appearance)))?;
                }
                more(&mut out, person.appearances.len(), options.limit)?;
                writeln!(out)?;
            }
            if !page.unclear.is_empty() {
                writeln!(out, "Unclear which of them: {}", counted(page.unclear.len(), "article"))?;
                for appearance in page.unclear.iter().take(options.limit) {
                    writeln!(out, "  {}, can be {}", named(appearance), numbers(&appearance.can_be))?;
                }
                more(&mut out, page.unclear.len(), options.limit)?;
                writeln!(out)?;
            }
            let people =
                if page.people.len() == 1 { "1 person".to_owned() } else { format!("{} people", page.people.len()) };
            writeln!(out, "{people}, named in {}", counted(page.articles, "article"))?;
        }
    }
    out.flush()?;
    Ok(page.articles)
}

fn appearance_columns() -> Table {
    Table::new([
        ("person", Holds::Integer),
        ("name", Holds::Text),
        ("known", Holds::Text),
        ("can_be", Holds::Text),
        ("article", Holds::Text),
        ("published", Holds::Text),
        ("title", Holds::Text),
        ("url", Holds::Text),
        ("posts", Holds::Text),
    ])
}

fn appearance_row(appearance: &Appearance, at: Option<usize>) -> Vec<Cell<'static>> {
    vec![
        at.map(|at| at + 1).into(),
        appearance.name.clone().into(),
        appearance.known.name().into(),
        (!appearance.can_be.is_empty()).then(|| numbers(&appearance.can_be)).into(),
        appearance.article.clone().into(),
        appearance.published.map(|date| date.to_string()).into(),
        appearance.title.clone().into(),
        appearance.url.clone().into(),
        (!appearance.posts.is_empty()).then(|| appearance.posts.join("; ")).into(),
    ]
}

/// How it is known who or what an article means, where it does not say so.
fn how(known: Known) -> &'static str {
    match known {
        Known::Told => "",
        Known::Likely => ", by the place or site of the article",
        _ => ", the only one it can mean",
    }
}

fn post(held: &Held) -> String {
    let former = if held.former { ", held before" } else { "" };
    format!("{}{former}: {}{}", one_line(&held.post), counted(held.articles, "article"), span(held.first, held.last))
}

fn meeting(seen: &MeetingSeen) -> String {
    let Meeting { kind, name, host, date, place, .. } = &seen.meeting;
    let mut parts: Vec<String> = date.iter().map(|date| date.to_string().replace('T', " ")).collect();
    parts.push(one_line(name.as_deref().unwrap_or(kind)));
    parts.extend([host, place].into_iter().flatten().map(|text| one_line(text)));
    format!("{}, {}", parts.join(" · "), seen.article)
}

fn cited(citation: &Citation) -> String {
    let title = citation.title.as_deref().map(one_line).unwrap_or_default();
    format!("{}  {}  {title}", day(citation.published), citation.article)
}

fn named(appearance: &Appearance) -> String {
    let title = appearance.title.as_deref().map(one_line).unwrap_or_default();
    format!("{}  {}  {title}", day(appearance.published), appearance.article)
}

fn day(date: Option<PartialDate>) -> String {
    date.map_or("no date".to_owned(), |date| date.without_clock().to_string())
}

fn span(first: Option<PartialDate>, last: Option<PartialDate>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => format!(", {}", first.without_clock()),
        (Some(first), Some(last)) => format!(", {} to {}", first.without_clock(), last.without_clock()),
        _ => String::new(),
    }
}

/// What is said, each with the number of articles that say it where they do not agree.
fn list(counts: &[Count]) -> String {
    match counts {
        [one] => one_line(&one.value),
        many => {
            let all: Vec<String> =
                many.iter().map(|count| format!("{} ({})", one_line(&count.value), count.articles)).collect();
            all.join(" · ")
        }
    }
}

fn line(out: &mut impl Write, name: &str, text: &str) -> io::Result<()> {
    if text.is_empty() { Ok(()) } else { writeln!(out, "  {name:<8} {text}") }
}

fn more(out: &mut impl Write, all: usize, limit: usize) -> io::Result<()> {
    if all > limit { writeln!(out, "  and {} more (--limit)", all - limit) } else { Ok(()) }
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn numbers(of: &[usize]) -> String {
    of.iter().map(|at| (at + 1).to_string()).collect::<Vec<_>>().join(", ")
}
