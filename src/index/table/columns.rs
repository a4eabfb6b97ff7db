//! The columns of articles and facts.

use std::fmt;

use crate::date::{DateValue, PartialDate};
use crate::extract::FactKind;
use crate::index::table::cells::{Cell, Column, Holds, Row};
use crate::index::table::sweep::{ArticleRow, FactRow};

/// With a letter before it, since a program that guesses would take some for numbers.
fn code(value: u64) -> String {
    format!("g{value:016x}")
}

fn clock(date: PartialDate) -> Option<String> {
    date.clock().map(|(hour, minute)| format!("{hour:02}:{minute:02}"))
}

/// A value by its name.
fn name(value: Option<impl fmt::Display>) -> Cell<'static> {
    value.map(|value| value.to_string()).into()
}

fn offset(at: u32) -> Cell<'static> {
    Cell::Integer(at.into())
}

/// Each value once, in order.
fn distinct<'t>(values: impl Iterator<Item = &'t str>) -> Cell<'static> {
    let mut seen: Vec<&str> = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    Cell::owned((!seen.is_empty()).then(|| seen.join("; ")))
}

impl Row for ArticleRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("id", Holds::Text, |row| Cell::text(Some(row.id()))),
        Column::new("url", Holds::Text, |row| Cell::text(row.article().url.as_deref())),
        Column::new("title", Holds::Text, |row| Cell::text(row.article().title())),
        Column::new("published_from", Holds::Day, |row| Cell::first_day(row.article().published.map(DateValue::from))),
        Column::new("published_to", Holds::Day, |row| Cell::last_day(row.article().published.map(DateValue::from))),
        Column::new("published_time", Holds::Text, |row| Cell::owned(row.article().published.and_then(clock))),
        Column::new("source", Holds::Text, |row| Cell::owned(row.source())),
        Column::new("site", Holds::Text, |row| Cell::text(row.article().site.as_deref())),
        Column::new("author", Holds::Text, |row| Cell::text(row.article().author.as_deref())),
        Column::new("group", Holds::Text, |row| Cell::owned(Some(code(row.group())))),
        Column::new("facts", Holds::Integer, |row| Cell::Integer(row.facts().len() as i64)),
        Column::new("documents", Holds::Text, |row| {
            distinct(row.facts().iter().filter_map(|fact| match &fact.kind {
                FactKind::Document(document) => document.code.as_deref(),
                _ => None,
            }))
        }),
        Column::new("officials", Holds::Text, |row| {
            distinct(row.facts().iter().filter_map(|fact| match &fact.kind {
                FactKind::Official(official) => Some(official.name.as_str()),
                _ => None,
            }))
        }),
        Column::new("text", Holds::Text, |row| Cell::text(Some(&row.article().text))),
    ];
}

/// A column that only some types of fact have.
macro_rules! of {
    ($row:ident, $($pattern:pat => $cell:expr),+) => {
        match &$row.fact().kind { $($pattern => $cell,)+ _ => Cell::Empty }
    };
}

impl Row for FactRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("article", Holds::Text, |row| Cell::text(Some(row.article().id()))),
        Column::new("url", Holds::Text, |row| Cell::text(row.article().article().url.as_deref())),
        Column::new("title", Holds::Text, |row| Cell::text(row.article().article().title())),
        Column::new("published_from", Holds::Day, |row| Cell::first_day(row.published().map(DateValue::from))),
        Column::new("published_to", Holds::Day, |row| Cell::last_day(row.published().map(DateValue::from))),
        Column::new("published_time", Holds::Text, |row| Cell::owned(row.published().and_then(clock))),
        Column::new("source", Holds::Text, |row| Cell::owned(row.article().source())),
        Column::new("group", Holds::Text, |row| Cell::owned(Some(code(row.article().group())))),
        Column::new("type", Holds::Text, |row| Cell::text(Some(row.kind().name()))),
        Column::new("text", Holds::Text, |row| Cell::text(Some(row.text()))),
        Column::new("start", Holds::Integer, |row| offset(row.fact().span.start)),
        Column::new("end", Holds::Integer, |row| offset(row.fact().span.end)),
        Column::new("sentence", Holds::Text, |row| Cell::text(Some(row.sentence_text()))),
        Column::new("sentence_start", Holds::Integer, |row| offset(row.sentence().start)),
        Column::new("sentence_end", Holds::Integer, |row| offset(row.sentence().end)),
        Column::new("headline", Holds::Flag, |row| Cell::Flag(row.in_headline())),
        Column::new("date_from", Holds::Day, |row| Cell::first_day(row.date())),
        Column::new("date_to", Holds::Day, |row| Cell::last_day(row.date())),
        Column::new("role", Holds::Text, |row| of!(row, FactKind::Date(date) => name(Some(date.role)))),
        Column::new("value", Holds::Number, |row| Cell::number(row.indicator().map(|indicator| indicator.value))),
        Column::new("upper", Holds::Number, |row| Cell::number(row.indicator().and_then(|indicator| indicator.upper))),
        Column::new("of", Holds::Number, |row| Cell::number(row.indicator().and_then(|indicator| indicator.of))),
        Column::new("unit", Holds::Text, |row| Cell::text(row.indicator().map(|indicator| indicator.unit.as_str()))),
        Column::new("counted", Holds::Text, |row| {
            Cell::text(row.indicator().and_then(|indicator| indicator.counted.as_deref()))
        }),
        Column::new("qualifier", Holds::Text, |row| name(row.indicator().map(|indicator| indicator.qualifier))),
        Column::new("change", Holds::Text, |row| name(row.indicator().and_then(|indicator| indicator.change))),
        Column::new("per", Holds::Text, |row| of!(row, FactKind::Indicator(indicator) => Cell::list(&indicator.per))),
        Column::new("share_of", Holds::Text, |row| {
            Cell::text(row.indicator().and_then(|indicator| indicator.share_of.as_deref()))
        }),
        Column::new("compared_with", Holds::Text, |row| {
            Cell::text(row.indicator().and_then(|indicator| indicator.compared_with.as_deref()))
        }),
        Column::new("part", Holds::Flag, |row| {
            row.indicator().map_or(Cell::Empty, |indicator| Cell::Flag(indicator.part_of.is_some()))
        }),
        Column::new("place", Holds::Text, |row| distinct(row.places())),
        Column::new("kind", Holds::Text, |row| {
            of!(row,
                FactKind::Document(document) => Cell::text(Some(&document.kind)),
                FactKind::Meeting(meeting) => Cell::text(Some(&meeting.kind)),
                FactKind::Standard(standard) => name(Some(standard.kind)),
                FactKind::Check(check) => name(Some(check.kind)))
        }),
        Column::new("code", Holds::Text, |row| {
            of!(row,
                FactKind::Document(document) => Cell::text(document.code.as_deref()),
                FactKind::Standard(standard) => Cell::text(Some(&standard.code)))
        }),
        Column::new("issuer", Holds::Text, |row| {
            of!(row,
                FactKind::Document(document) => Cell::text(document.issuer.as_deref()),
                FactKind::Standard(standard) => Cell::text(standard.body.as_deref()))
        }),
        Column::new("level", Holds::Text, |row| of!(row, FactKind::Document(document) => name(document.level))),
        Column::new(
            "issued_from",
            Holds::Day,
            |row| of!(row, FactKind::Document(document) => Cell::first_day(document.issued)),
        ),
        Column::new(
            "issued_to",
            Holds::Day,
            |row| of!(row, FactKind::Document(document) => Cell::last_day(document.issued)),
        ),
        Column::new(
            "document_title",
            Holds::Text,
            |row| of!(row, FactKind::Document(document) => Cell::text(document.title.as_deref())),
        ),
        Column::new("name", Holds::Text, |row| {
            of!(row,
                FactKind::Official(official) => Cell::text(Some(&official.name)),
                FactKind::Meeting(meeting) => Cell::text(meeting.name.as_deref()))
        }),
        Column::new("posts", Holds::Text, |row| of!(row, FactKind::Official(official) => Cell::list(&official.posts))),
        Column::new("act", Holds::Text, |row| {
            of!(row,
                FactKind::Official(official) => name(official.act),
                FactKind::Mention(mention) => name(mention.act))
        }),
        Column::new(
            "host",
            Holds::Text,
            |row| of!(row, FactKind::Meeting(meeting) => Cell::text(meeting.host.as_deref())),
        ),
        Column::new("chairs", Holds::Text, |row| of!(row, FactKind::Meeting(meeting) => Cell::list(&meeting.chairs))),
        Column::new(
            "speakers",
            Holds::Text,
            |row| of!(row, FactKind::Meeting(meeting) => Cell::list(&meeting.speakers)),
        ),
        Column::new("holds", Holds::Flag, |row| of!(row, FactKind::Check(check) => Cell::Flag(check.holds))),
    ];
}
