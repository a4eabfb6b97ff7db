//! Facts as a table, or counted.

use std::cmp::Reverse;
use std::io::{self, Write};
use std::ops::RangeInclusive;
use std::str::FromStr;

use clap::Args;
use thoisu::index::{Cell, Copies, FactQuery, FactRow, FactType, Group, Grouping, Holds, Key};
use thoisu::{Error, PartialDate};

use crate::table::{self, Form, Table};
use crate::{Common, Failure, find};

/// Which facts.
#[derive(Args)]
pub(crate) struct Filter {
    /// Only facts of this type: date, document, official, indicator, standard, provision, mention, meeting, check.
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) kind: Option<FactType>,
    /// Only figures in this unit: "lượt người", %, VND.
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: Option<String>,
    /// Only facts of this place, named with its level or without.
    #[arg(long, value_name = "PLACE")]
    pub(crate) place: Option<String>,
    /// Only facts in the articles that this query finds.
    #[arg(long, value_name = "QUERY")]
    pub(crate) within: Option<String>,
    /// Only citations of the document with this code.
    #[arg(long, value_name = "CODE")]
    pub(crate) doc: Option<String>,
    /// Only facts that name this person.
    #[arg(long, value_name = "NAME")]
    pub(crate) official: Option<String>,
    /// Only figures in this range, in the base unit: 1000..5000, 1000.., ..0.5.
    #[arg(long, value_name = "MIN..MAX", allow_hyphen_values = true)]
    pub(crate) value: Option<Range>,
    /// Only facts that tell a time from this date on; a period that touches it counts.
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<PartialDate>,
    /// Only facts that tell a time until this date.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<PartialDate>,
    /// Only articles published on this date or later: 2019, 2019-Q1, 2019-05, 2019-05-14.
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<PartialDate>,
    /// Only articles published on this date or before.
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<PartialDate>,
    /// Count each copy of a release; without it, the first published of those found counts.
    #[arg(long)]
    pub(crate) copies: bool,
}

/// A range of values.
#[derive(Clone)]
pub(crate) struct Range(RangeInclusive<f64>);

impl FromStr for Range {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (min, max) = text.split_once("..").unwrap_or((text, text));
        let end = |text: &str, open: f64| match text.trim() {
            "" => Ok(open),
            number => number
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
                .ok_or("write 1000..5000, 1000.. or ..0.5"),
        };
        Ok(Self(end(min, f64::MIN)?..=end(max, f64::MAX)?))
    }
}

impl Filter {
    fn check(&self) -> Result<(), Failure> {
        for (from, to, names) in
            [(self.from, self.to, "--to is before --from"), (self.since, self.until, "--until is before --since")]
        {
            if let (Some(from), Some(to)) = (from, to)
                && from.first_day() > to.last_day()
            {
                return Err(Failure::Usage(format!("{names} ({to}, {from}): exchange them")));
            }
        }
        Ok(())
    }

    /// The same for options that choose articles: those that choose facts have no meaning there.
    pub(crate) fn check_for_articles(&self) -> Result<(), Failure> {
        let Self { unit, place, within, value, since, until, .. } = self;
        let within = within.is_some();
        if within || unit.is_some() || place.is_some() || value.is_some() || since.is_some() || until.is_some() {
            let what =
                "--unit, --place, --within, --value, --since and --until choose facts, not articles (command line)";
            return Err(Failure::Usage(format!("{what}: leave them out")));
        }
        self.check()
    }

    pub(crate) fn query(&self, words: &str, strict: bool) -> Result<FactQuery, Failure> {
        self.check()?;
        let mut query = FactQuery::new();
        if !words.trim().is_empty() {
            query = query.words(words);
        }
        if let Some(kind) = self.kind {
            query = query.kind(kind);
        }
        if let Some(unit) = &self.unit {
            query = query.unit(unit);
        }
        if let Some(place) = &self.place {
            query = query.place(place);
        }
        if let Some(within) = &self.within {
            query = query.within(find::read(within, strict)?);
        }
        if let Some(code) = &self.doc {
            query = query.code(code);
        }
        if let Some(name) = &self.official {
            query = query.official(name);
        }
        if let Some(Range(range)) = &self.value {
            query = query.value(range.clone());
        }
        if self.since.is_some() || self.until.is_some() {
            query = query.date(self.since, self.until);
        }
        if self.from.is_some() || self.to.is_some() {
            query = query.published(self.from, self.to);
        }
        Ok(query)
    }

    pub(crate) fn copies(&self) -> Copies {
        if self.copies { Copies::All } else { Copies::Once }
    }
}

/// Lists facts, or counts and adds them up.
///
/// All conditions hold for one and the same fact. Without --csv or --json the latest facts are shown as a table.
#[derive(Args)]
#[command(after_help = "Examples:
  cargo run --release --example search -- facts --type indicator --unit \"lượt người\" --place \"Can Lộc\" --csv
  cargo run --release --example search -- facts --type indicator --group-by month,unit
  cargo run --release --example search -- facts --type meeting --group-by official

Ends with 0 if something was found, with 1 if nothing was, with 2 after an error.")]
pub(crate) struct Options {
    /// Words that the fact has, whatever their marks.
    words: Vec<String>,
    #[command(flatten)]
    filter: Filter,
    /// Count and add up by these: day, week, month, quarter, year (of the fact itself, else of publication), published,
    /// published-year … (of publication), document, official, place, unit, type, source. Figures are always told apart
    /// by their unit. A range of values counts with its lower end.
    #[arg(long, value_name = "KEY,…", value_delimiter = ',')]
    group_by: Vec<Key>,
    /// Only these columns, in this order.
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', conflicts_with = "group_by")]
    columns: Vec<String>,
    /// At most so many rows; 40 in a table, all with --csv and --json.
    #[arg(long, value_name = "ROWS")]
    limit: Option<usize>,
}

const SHOWN: usize = 40;

/// How many rows there were.
pub(crate) fn run(options: &Options, common: &Common) -> Result<usize, Failure> {
    let query = options.filter.query(&options.words.join(" "), common.strict)?;
    let columns = table::columns::<FactRow>(&options.columns)?;
    let index = common.open()?;
    let rows = index.fact_rows(&query, options.filter.copies())?;
    let mut out = io::stdout().lock();
    let form = common.form();
    if !options.group_by.is_empty() {
        let mut grouping = Grouping::new(options.group_by.clone());
        for row in rows {
            grouping.add(&row?);
        }
        let mut groups = grouping.finish();
        let total = groups.len();
        groups.truncate(options.limit.unwrap_or(usize::MAX));
        let table = counted(&options.group_by, &groups);
        let table = if form == Form::Aligned { table.without_empty() } else { table };
        if !table.rows.is_empty() || form == Form::Csv {
            table.write(&mut out, form)?;
        }
        out.flush()?;
        return Ok(total);
    }
    if form != Form::Aligned {
        return table::stream(&mut out, form, &columns, rows.take(options.limit.unwrap_or(usize::MAX)));
    }
    let limit = options.limit.unwrap_or(SHOWN);
    let (latest, total) = latest(rows, limit)?;
    let mut shown = Table::new(columns.iter().map(|column| (column.name(), column.holds())));
    shown.rows =
        latest.iter().map(|row| columns.iter().map(|column| column.cell(row).into_owned()).collect()).collect();
    if options.columns.is_empty() {
        shown = essential(shown);
    }
    if !shown.rows.is_empty() {
        shown.write(&mut out, form)?;
        writeln!(out)?;
    }
    let facts = if total == 1 { "fact" } else { "facts" };
    let more = if total > latest.len() { format!("; {} shown (--limit, --csv)", latest.len()) } else { String::new() };
    writeln!(out, "{total} {facts}{more}")?;
    out.flush()?;
    Ok(total)
}

/// The facts of the latest articles, at most `limit`, and how many there are. Keeps few more than those in memory.
fn latest(rows: impl Iterator<Item = Result<FactRow, Error>>, limit: usize) -> Result<(Vec<FactRow>, usize), Failure> {
    let mut kept: Vec<FactRow> = Vec::new();
    let mut total = 0;
    // A stable sort leaves facts of one article in the order of its text.
    let cut = |kept: &mut Vec<FactRow>| {
        kept.sort_by_cached_key(|row| (Reverse(row.article().article().published), row.article().id().to_owned()));
        kept.truncate(limit);
    };
    for row in rows {
        kept.push(row?);
        total += 1;
        if kept.len() > 2 * limit + 1_000 {
            cut(&mut kept);
        }
    }
    cut(&mut kept);
    Ok((kept, total))
}

/// What fits on a screen: who says it when, what it says, and what it comes to.
fn essential(table: Table) -> Table {
    const WANTED: [&str; 18] = [
        "published_from",
        "article",
        "type",
        "text",
        "value",
        "upper",
        "of",
        "unit",
        "date_from",
        "date_to",
        "place",
        "code",
        "issuer",
        "issued_from",
        "name",
        "posts",
        "host",
        "chairs",
    ];
    let at = |name: &str| table.columns.iter().position(|(column, _)| column == name);
    let kept: Vec<usize> = WANTED.iter().filter_map(|name| at(name)).collect();
    let columns = kept.iter().map(|at| table.columns[*at].clone()).collect();
    let rows = table.rows.iter().map(|row| kept.iter().map(|at| row[*at].clone()).collect()).collect();
    Table { columns, rows }.without_empty()
}

fn counted(keys: &[Key], groups: &[Group]) -> Table {
    let names: Vec<String> = keys.iter().map(ToString::to_string).collect();
    let mut columns: Vec<(&str, Holds)> = names.iter().map(|name| (name.as_str(), Holds::Text)).collect();
    let unit_is_key = keys.contains(&Key::Unit);
    if !unit_is_key {
        columns.push(("unit", Holds::Text));
    }
    columns.extend([("facts", Holds::Integer), ("articles", Holds::Integer)]);
    columns.extend(["sum", "min", "max", "median"].map(|name| (name, Holds::Number)));
    let mut table = Table::new(columns);
    for group in groups {
        let mut row: Vec<Cell<'static>> = group.keys.iter().cloned().map(Cell::from).collect();
        if !unit_is_key {
            row.push(group.unit.clone().into());
        }
        row.extend([group.facts.into(), group.articles.into()]);
        let values = group.values.as_ref();
        let sum = values.and_then(|values| values.sum);
        let [min, max, median] = [values.map(|v| v.min), values.map(|v| v.max), values.map(|v| v.median)];
        row.extend([sum, min, max, median].map(Cell::from));
        table.rows.push(row);
    }
    table
}
