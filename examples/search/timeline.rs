//! How often something occurs over time.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use thoisu::index::{Cell, FactType, Holds, Period, Timeline, Timelines, Values, When};

use crate::chart::{self, Series};
use crate::facts::Filter;
use crate::table::{Form, Table};
use crate::{Common, Failure, find};

/// Counts articles or facts by day, week, month, quarter or year, and draws them.
///
/// Figures are drawn by their sum or median, each unit by itself. Periods in between in which nothing occurs are shown
/// with 0.
#[derive(Args)]
#[command(after_help = "Examples:
  cargo run --release --example search -- timeline \"đối thoại\" --by quarter
  cargo run --release --example search -- timeline --of document 43-KL/TW --svg citations.svg
  cargo run --release --example search -- timeline --of indicator --unit \"lượt người\" --show median

Ends with 0 if something was found, with 1 if nothing was, with 2 after an error.")]
pub(crate) struct Options {
    /// A query for articles; a code for a document; a name for an official; words for figures and meetings.
    words: Vec<String>,
    /// What is counted.
    #[arg(long, value_enum, default_value_t = Of::Articles)]
    of: Of,
    /// How long a period is: day, week, month, quarter, year.
    #[arg(long, value_name = "PERIOD", default_value_t = Period::Month)]
    by: Period,
    /// Which time counts: told (of the fact itself, else of publication) or published; told for figures and meetings,
    /// published for all else.
    #[arg(long, value_enum)]
    when: Option<Which>,
    /// What is drawn of figures.
    #[arg(long, value_enum, default_value_t = Show::Sum)]
    show: Show,
    /// Draw it in this file.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    #[command(flatten)]
    filter: Filter,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Of {
    /// Articles that a query finds.
    Articles,
    /// Citations of a document.
    Document,
    /// Mentions of a person.
    Official,
    /// Figures.
    Indicator,
    /// Meetings.
    Meeting,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    Told,
    Published,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Show {
    Sum,
    Median,
    Min,
    Max,
    Count,
}

/// More charts than this make no picture; the table has them all.
const CHARTS: usize = 6;

/// How many periods there are.
pub(crate) fn run(options: &Options, common: &Common) -> Result<usize, Failure> {
    let words = options.words.join(" ");
    let timelines = match options.of {
        Of::Articles => {
            let query = find::narrowed(&words, &options.filter, common.strict)?;
            let index = common.open()?;
            vec![index.timeline(&query, options.by, options.filter.copies())?]
        }
        of => {
            let (kind, words_are) = match of {
                Of::Document => (FactType::Document, "CODE"),
                Of::Official => (FactType::Official, "NAME"),
                Of::Meeting => (FactType::Meeting, ""),
                _ => (FactType::Indicator, ""),
            };
            let typed = if words_are.is_empty() { words.as_str() } else { "" };
            let mut query = options.filter.query(typed, common.strict)?.kind(kind);
            match of {
                Of::Document if !words.is_empty() => query = query.code(&words),
                Of::Official if !words.is_empty() => query = query.official(&words),
                _ => {}
            }
            let when = match options.when {
                Some(Which::Told) => When::Told,
                Some(Which::Published) => When::Published,
                None if matches!(of, Of::Document | Of::Official) => When::Published,
                None => When::Told,
            };
            let index = common.open()?;
            let mut timelines = Timelines::new(options.by, when);
            for row in index.fact_rows(&query, options.filter.copies())? {
                timelines.add(&row?);
            }
            timelines.finish()
        }
    };
    let subject = subject(options, &words);
    if let Some(path) = &options.svg {
        let series: Vec<Series> =
            timelines.iter().take(CHARTS).map(|timeline| series(timeline, &subject, options.show)).collect();
        let failed = |error: io::Error| Failure::File(path.clone(), error);
        let picture = chart::svg(&series).map_err(|error| failed(io::Error::other(error.to_string())))?;
        fs::write(path, picture).map_err(failed)?;
    }
    let mut out = io::stdout().lock();
    match common.form() {
        Form::Aligned => {
            for timeline in &timelines {
                let series = series(timeline, &subject, options.show);
                writeln!(out, "{}", series.title)?;
                chart::draw(&mut out, &series)?;
                match timeline.unplaced {
                    0 => {}
                    one_or_more => writeln!(out, "without a date of a single {}: {one_or_more}", options.by)?,
                }
                writeln!(out)?;
            }
        }
        form => table(&timelines, options.by).write(&mut out, form)?,
    }
    out.flush()?;
    Ok(timelines.iter().map(|timeline| timeline.points.len() + timeline.unplaced).sum())
}

/// What is drawn, in words.
fn subject(options: &Options, words: &str) -> String {
    let name = match options.of {
        Of::Articles => "Articles",
        Of::Document => "Citations",
        Of::Official => "Mentions",
        Of::Indicator => "Figures",
        Of::Meeting => "Meetings",
    };
    let mut parts = vec![name.to_owned()];
    let filter = &options.filter;
    parts.extend(
        [Some(words), filter.doc.as_deref(), filter.official.as_deref(), filter.place.as_deref()]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .map(str::to_owned),
    );
    format!("{} by {}", parts.join(" · "), options.by)
}

fn series(timeline: &Timeline, subject: &str, show: Show) -> Series {
    let title = match &timeline.unit {
        Some(unit) => format!("{subject}, {unit}, {}", name(show)),
        None => subject.to_owned(),
    };
    let bars = timeline.points.iter().map(|point| {
        let label = point.slot.to_string();
        match (&timeline.unit, &point.values) {
            (Some(_), Some(values)) if show != Show::Count => match shown(values, show) {
                Some(number) => {
                    let height = f64::try_from(number).unwrap_or_default();
                    (label, height, format!("{number} ({})", point.count))
                }
                None => (label, 0.0, format!("too great to add up ({})", point.count)),
            },
            (Some(_), None) if show != Show::Count => (label, 0.0, "–".to_owned()),
            _ => (label, point.count as f64, point.count.to_string()),
        }
    });
    Series { title, bars: bars.collect() }
}

fn name(show: Show) -> &'static str {
    match show {
        Show::Sum => "sum",
        Show::Median => "median",
        Show::Min => "min",
        Show::Max => "max",
        Show::Count => "count",
    }
}

fn shown(values: &Values, show: Show) -> Option<thoisu::Decimal> {
    match show {
        Show::Sum => values.sum,
        Show::Median => Some(values.median),
        Show::Min => Some(values.min),
        Show::Max => Some(values.max),
        Show::Count => Some(values.count.into()),
    }
}

fn table(timelines: &[Timeline], by: Period) -> Table {
    let mut table = Table::new([
        (by.name(), Holds::Text),
        ("from", Holds::Day),
        ("to", Holds::Day),
        ("unit", Holds::Text),
        ("count", Holds::Integer),
        ("articles", Holds::Integer),
        ("sum", Holds::Number),
        ("min", Holds::Number),
        ("max", Holds::Number),
        ("median", Holds::Number),
    ]);
    for timeline in timelines {
        for point in &timeline.points {
            let values = point.values.as_ref();
            let mut row: Vec<Cell<'static>> = vec![
                point.slot.to_string().into(),
                Cell::Day(point.slot.first_day()),
                Cell::Day(point.slot.last_day()),
                timeline.unit.clone().into(),
                point.count.into(),
                point.articles.into(),
            ];
            let sum = values.and_then(|values| values.sum);
            let [min, max, median] = [values.map(|v| v.min), values.map(|v| v.max), values.map(|v| v.median)];
            row.extend([sum, min, max, median].map(Cell::from));
            table.rows.push(row);
        }
    }
    table
}
