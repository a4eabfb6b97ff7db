//! Rows on a terminal, as CSV and as JSON Lines.

use std::io::{self, Write};

use comfy_table::{Cell as Field, CellAlignment, ContentArrangement, LineStyle, Table as Grid, presets};
use serde_json::json;
use thoisu::Error;
use thoisu::index::{Cell, Column, Holds, Row};

use crate::Failure;
use crate::show::one_line;

/// A table whose columns are made up here, such as a count by month.
pub(crate) struct Table {
    pub(crate) columns: Vec<(String, Holds)>,
    pub(crate) rows: Vec<Vec<Cell<'static>>>,
}

/// How a table is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// In columns, for a person.
    Aligned,
    Csv,
    Json,
}

impl Table {
    pub(crate) fn new<'t>(columns: impl IntoIterator<Item = (&'t str, Holds)>) -> Self {
        let columns = columns.into_iter().map(|(name, holds)| (name.to_owned(), holds)).collect();
        Self { columns, rows: Vec::new() }
    }

    /// Leaves out columns in which nothing stands.
    pub(crate) fn without_empty(mut self) -> Self {
        let full: Vec<bool> =
            (0..self.columns.len()).map(|at| self.rows.iter().any(|row| !row[at].is_empty())).collect();
        let mut keep = full.iter();
        self.columns.retain(|_| *keep.next().unwrap_or(&true));
        for row in &mut self.rows {
            let mut keep = full.iter();
            row.retain(|_| *keep.next().unwrap_or(&true));
        }
        self
    }

    pub(crate) fn write(&self, out: &mut impl Write, form: Form) -> Result<(), Failure> {
        match form {
            Form::Aligned => self.write_aligned(out)?,
            Form::Csv => {
                let mut out = csv(out);
                out.write_record(self.columns.iter().map(|(name, _)| name)).map_err(output)?;
                for row in &self.rows {
                    out.write_record(row.iter().map(in_csv)).map_err(output)?;
                }
                out.flush()?;
            }
            Form::Json => {
                for row in &self.rows {
                    let names = self.columns.iter().map(|(name, _)| name.as_str());
                    writeln!(out, "{}", object(names.zip(row)))?;
                }
            }
        }
        Ok(())
    }

    fn write_aligned(&self, out: &mut impl Write) -> io::Result<()> {
        let mut grid = Grid::new();
        grid.load_style(presets::NOTHING);
        grid.style_mut().header_separator = LineStyle::none().fill('─').junction('─');
        // Cells go over several lines where there is a terminal to fit into; elsewhere a row is a line.
        if let Some((_, width)) = console::Term::stdout().size_checked() {
            grid.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        grid.set_header(self.columns.iter().map(|(name, _)| name));
        for row in &self.rows {
            grid.add_row(self.columns.iter().zip(row).map(|((_, holds), value)| {
                let field = Field::new(one_line(&value.to_string()));
                let right = matches!(holds, Holds::Integer | Holds::Number);
                if right { field.set_alignment(CellAlignment::Right) } else { field }
            }));
        }
        for line in grid.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// Fields in their order, which an object of `serde_json` would not keep.
fn object<'c>(fields: impl Iterator<Item = (&'c str, &'c Cell<'c>)>) -> String {
    let fields: Vec<String> = fields.map(|(name, cell)| format!("{}:{}", json!(name), json!(cell))).collect();
    format!("{{{}}}", fields.join(","))
}

/// Writes rows as they come; how many there were.
pub(crate) fn stream<R: Row>(
    out: &mut impl Write,
    form: Form,
    columns: &[&Column<R>],
    rows: impl Iterator<Item = Result<R, Error>>,
) -> Result<usize, Failure> {
    let mut written = 0;
    if form == Form::Csv {
        let mut out = csv(out);
        out.write_record(columns.iter().map(|column| column.name())).map_err(output)?;
        for row in rows {
            let row = row?;
            out.write_record(columns.iter().map(|column| in_csv(&column.cell(&row)))).map_err(output)?;
            written += 1;
        }
        out.flush()?;
    } else {
        for row in rows {
            let row = row?;
            let cells: Vec<Cell<'_>> = columns.iter().map(|column| column.cell(&row)).collect();
            writeln!(out, "{}", object(columns.iter().map(|column| column.name()).zip(&cells)))?;
            written += 1;
        }
        out.flush()?;
    }
    Ok(written)
}

/// As RFC 4180 has it: commas, quotation marks where needed, lines that end in CR LF.
fn csv<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out)
}

/// Decimal numbers always have their point: a program that guesses from the first rows would take whole ones for the
/// type of the column, and fail at the first that is not.
fn in_csv(cell: &Cell<'_>) -> String {
    let mut text = cell.to_string();
    if matches!(cell, Cell::Number(_)) && !text.contains('.') {
        text.push_str(".0");
    }
    text
}

fn output(error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Failure::Output(error),
        // Rows of one table are of one length.
        other => Failure::Output(io::Error::other(format!("{other:?}"))),
    }
}

/// The columns with these names, or all.
pub(crate) fn columns<R: Row>(names: &[String]) -> Result<Vec<&'static Column<R>>, Failure> {
    if names.is_empty() {
        return Ok(R::COLUMNS.iter().collect());
    }
    let find = |name: &String| R::COLUMNS.iter().find(|column| column.name() == name.trim());
    let known = || R::COLUMNS.iter().map(Column::name).collect::<Vec<_>>().join(", ");
    let found = names.iter().map(|name| {
        find(name).ok_or_else(|| Failure::Usage(format!("no column {name:?} (--columns): use {}", known())))
    });
    found.collect()
}
