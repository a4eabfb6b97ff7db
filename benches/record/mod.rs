//! Hands figures to `cargo bench --bench report`; a benchmark run by itself only prints them.

use std::fs::OpenOptions;
use std::io::Write as _;

/// Appends a figure under its name, `BENCH/ROW/COLUMN`, to the file that the report has named, if there is one.
pub(crate) fn record(name: &str, value: f64) {
    if let Some(path) = std::env::var_os("THOISU_RECORDS") {
        let mut file = OpenOptions::new().create(true).append(true).open(path).expect("the file of the report");
        // In one piece: tests write at the same time.
        file.write_all(format!("{name}\t{value}\n").as_bytes()).expect("the record is written");
    }
}
