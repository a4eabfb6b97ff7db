//! Tables as files: CSV, JSON Lines, Parquet.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use thoisu::Error;
use thoisu::index::{Cell, Column, Holds, Row};

use crate::Failure;
use crate::table::{self, Form};

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Comma-separated values: RFC 4180, UTF-8, a header.
    Csv,
    /// JSON Lines: an object a line.
    Jsonl,
    /// Apache Parquet: numbers are DOUBLE or INT64, days are DATE, everything else is a string.
    Parquet,
}

impl Format {
    /// The one that a file's name tells.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }
}

/// Rows that are kept in memory until they are written together.
const ROW_GROUP: usize = 10_000;

/// Writes all rows to a file, which takes its name when it is whole; how many rows there were.
pub(crate) fn write<R: Row>(
    path: &Path,
    format: Format,
    rows: impl Iterator<Item = Result<R, Error>>,
) -> Result<usize, Failure> {
    let columns: Vec<&Column<R>> = R::COLUMNS.iter().collect();
    if path == Path::new("-") {
        let mut out = BufWriter::new(io::stdout());
        return match format {
            Format::Csv => table::stream(&mut out, Form::Csv, &columns, telling_first(&columns, rows)),
            Format::Jsonl => table::stream(&mut out, Form::Json, &columns, telling_first(&columns, rows)),
            Format::Parquet => parquet(&mut out, &columns, rows),
        };
    }
    let at = |error: io::Error| Failure::File(path.to_owned(), error);
    let part = part(path);
    let written = File::create(&part).map_err(at).and_then(|file| {
        let mut out = BufWriter::new(file);
        let written = match format {
            Format::Csv => table::stream(&mut out, Form::Csv, &columns, telling_first(&columns, rows)),
            Format::Jsonl => table::stream(&mut out, Form::Json, &columns, telling_first(&columns, rows)),
            Format::Parquet => parquet(&mut out, &columns, rows),
        };
        let written = written.map_err(|failure| match failure {
            Failure::Output(error) => at(error),
            other => other,
        })?;
        out.into_inner().map_err(|error| at(error.into_error()))?.sync_all().map_err(at)?;
        fs::rename(&part, path).map_err(at)?;
        Ok(written)
    });
    if written.is_err() {
        // What is there of it is of no use; that it cannot be removed either is the lesser news.
        drop(fs::remove_file(&part));
    }
    written
}

/// The same rows, those first that show what a column holds: programs such as Polars tell the types of columns by the
/// first hundred rows, and refuse a file whose later rows hold something else than nothing.
fn telling_first<R>(
    columns: &[&Column<R>],
    mut rows: impl Iterator<Item = Result<R, Error>>,
) -> impl Iterator<Item = Result<R, Error>> {
    let mut shown = vec![false; columns.len()];
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for row in rows.by_ref().take(ROW_GROUP) {
        let Ok(row) = row else {
            rest.push(row);
            break;
        };
        let mut tells = false;
        for (shown, column) in shown.iter_mut().zip(columns).filter(|(shown, _)| !**shown) {
            *shown = !matches!(column.cell(&row), Cell::Empty);
            tells |= *shown;
        }
        if tells { first.push(Ok(row)) } else { rest.push(Ok(row)) }
    }
    first.into_iter().chain(rest).chain(rows)
}

/// Where a file grows until it is whole.
fn part(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// With the column writers of `parquet` alone: its writer for Arrow would bring in ten more crates for the same file.
fn parquet<R>(
    out: &mut (impl Write + Send),
    columns: &[&Column<R>],
    mut rows: impl Iterator<Item = Result<R, Error>>,
) -> Result<usize, Failure> {
    let fields: Result<Vec<_>, _> = columns.iter().map(|column| field(column.name(), column.holds())).collect();
    let schema =
        fields.and_then(|fields| Type::group_type_builder("row").with_fields(fields).build()).map_err(failed)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("thoisu ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let mut file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
    let mut written = 0;
    loop {
        let mut cells: Vec<Vec<Cell<'static>>> = columns.iter().map(|_| Vec::new()).collect();
        for row in rows.by_ref().take(ROW_GROUP) {
            let row = row?;
            for (cells, column) in cells.iter_mut().zip(columns) {
                cells.push(column.cell(&row).into_owned());
            }
        }
        let count = cells.first().map_or(0, Vec::len);
        if count == 0 {
            break;
        }
        written += count;
        let mut group = file.next_row_group().map_err(failed)?;
        for (cells, column) in cells.iter().zip(columns) {
            write_column(&mut group, column.holds(), cells).map_err(failed)?;
        }
        group.close().map_err(failed)?;
    }
    file.close().map_err(failed)?;
    Ok(written)
}

fn field(name: &str, holds: Holds) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match holds {
        Holds::Integer => (Physical::INT64, None),
        Holds::Number => (Physical::DOUBLE, None),
        Holds::Day => (Physical::INT32, Some(LogicalType::Date)),
        Holds::Flag => (Physical::BOOLEAN, None),
        _ => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    let builder = Type::primitive_type_builder(name, physical);
    Ok(Arc::new(builder.with_repetition(Repetition::OPTIONAL).with_logical_type(logical).build()?))
}

fn write_column<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    holds: Holds,
    cells: &[Cell<'static>],
) -> Result<(), ParquetError> {
    match holds {
        Holds::Integer => write_as::<Int64Type, W>(group, cells, |cell| match cell {
            Cell::Integer(number) => Some(*number),
            _ => None,
        }),
        Holds::Number => write_as::<DoubleType, W>(group, cells, |cell| match cell {
            Cell::Number(number) => f64::try_from(*number).ok(),
            _ => None,
        }),
        Holds::Day => write_as::<Int32Type, W>(group, cells, |cell| match cell {
            Cell::Day(day) => Some(day.epoch_day()),
            _ => None,
        }),
        Holds::Flag => write_as::<BoolType, W>(group, cells, |cell| match cell {
            Cell::Flag(flag) => Some(*flag),
            _ => None,
        }),
        _ => write_as::<ByteArrayType, W>(group, cells, |cell| match cell {
            Cell::Empty => None,
            Cell::Text(text) => Some(ByteArray::from(text.as_bytes().to_vec())),
            other => Some(ByteArray::from(other.to_string().into_bytes())),
        }),
    }
}

/// A column: its values, and for each cell whether it has one.
fn write_as<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: &[Cell<'static>],
    value: impl Fn(&Cell<'static>) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let values: Vec<Option<T::T>> = cells.iter().map(value).collect();
    let there: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let values: Vec<T::T> = values.into_iter().flatten().collect();
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(&values, Some(&there), None)?;
        column.close()?;
    }
    Ok(())
}

fn failed(error: ParquetError) -> Failure {
    Failure::Output(match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        other => io::Error::other(other),
    })
}
