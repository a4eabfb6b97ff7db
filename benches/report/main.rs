//! Runs all benchmarks and writes their tables into `benches/README.md` and `README.md`.
//!
//! ```text
//! cargo bench --bench report                        # all
//! cargo bench --bench report -- normalize segment   # these alone; the other tables stay
//! cargo test --bench report                         # measures nothing: are the tables those of the code?
//! ```
//!
//! A table that needs data from outside is left as it is where no variable names the data. Each table is written when its
//! benchmark is done, so that one that fails later takes nothing with it. What is measured is listed in `tables.rs`.

mod machine;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, ExitCode};

use machine::Others;
use tables::{Digits, Run, SUMMARY, TABLES, Table};

const DETAILS: &str = "benches/README.md";
/// The name between the markers of `README.md`.
const MEASURED: &str = "measured";

/// Figures by name.
type Records = BTreeMap<String, f64>;

fn main() -> ExitCode {
    // All paths are those of the checkout.
    env::set_current_dir(env!("CARGO_MANIFEST_DIR")).expect("the checkout");
    let (options, names): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|word| word.starts_with("--"));
    let has = |option: &str| options.iter().any(|given| given == option);
    // Cargo says `--bench` to what it runs as a benchmark.
    let failures = if has("--bench") && !has("--test") && !has("--check") { measure(&names) } else { check() };
    for failure in &failures {
        eprintln!("error: {failure}");
    }
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs what is named, or all, and writes the tables.
fn measure(names: &[String]) -> Vec<String> {
    let mut runs: Vec<Run> = Vec::new();
    for table in TABLES {
        if !runs.contains(&table.run) {
            runs.push(table.run);
        }
    }
    let known: Vec<&str> = runs.iter().map(Run::name).collect();
    if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
        return vec![format!("no benchmark has a table ({name}): name some of {}", known.join(", "))];
    }
    let there = |table: &Table| table.needs.is_none_or(|data| env::var_os(data).is_some());
    let mut failures = Vec::new();
    let mut left: Vec<String> = Vec::new();
    for run in runs.iter().filter(|run| names.is_empty() || names.iter().any(|name| name == run.name())) {
        let (measured, missing): (Vec<&Table>, Vec<&Table>) =
            TABLES.iter().filter(|table| table.run == *run).partition(|table| there(table));
        let told = |table: &&Table| {
            format!("{}: left as it is; {} names no data", table.name, table.needs.unwrap_or_default())
        };
        left.extend(missing.iter().map(told));
        if measured.is_empty() {
            continue;
        }
        println!("== {}", run.command());
        match run.records() {
            Ok((records, origin)) => {
                let written = measured.iter().map(|table| write(table, &records, &origin));
                failures.extend(written.filter_map(Result::err));
                failures.extend(unknown(*run, &records));
            }
            Err(error) => failures.push(error),
        }
    }
    for line in left {
        println!("{line}");
    }
    failures
}

impl Run {
    fn name(&self) -> &'static str {
        let (Self::Bench(name) | Self::Test(name)) = self;
        name
    }

    fn source(&self) -> String {
        match self {
            Self::Bench(name) => format!("benches/{name}.rs"),
            Self::Test(name) => format!("tests/{name}.rs"),
        }
    }

    fn command(&self) -> String {
        match self {
            Self::Bench(name) => format!("cargo bench --bench {name}"),
            Self::Test(name) => format!("cargo test --release --test {name}"),
        }
    }

    /// The figures, and when and on what they were measured.
    fn records(&self) -> Result<(Records, String), String> {
        let folder = tempfile::tempdir().map_err(|error| format!("no folder for the figures: {error}"))?;
        let file = folder.path().join("records.tsv");
        let cargo = |arguments: &str| {
            let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
            command.args(arguments.split(' ')).env("CRITERION_HOME", folder.path()).env("THOISU_RECORDS", &file);
            match command.status() {
                Ok(status) if status.success() => Ok(()),
                Ok(status) => Err(format!("`cargo {arguments}` failed ({status}): run it by itself")),
                Err(error) => Err(format!("cargo does not start: {error}")),
            }
        };
        let command = self.command();
        let arguments = command.trim_start_matches("cargo ");
        // What the compiler does is no part of what is measured, nor of what else is going on.
        cargo(&format!("{arguments} --no-run"))?;
        let others = Others::watch();
        cargo(arguments)?;
        let origin = [Some(machine::today()), Some(machine::machine()), Some(machine::compiler()), others.told()];

        let mut records = Records::new();
        for line in fs::read_to_string(&file).unwrap_or_default().lines() {
            let record = line.split_once('\t').and_then(|(name, value)| Some((name.to_owned(), value.parse().ok()?)));
            records.extend(record);
        }
        criterion(folder.path(), &mut records).map_err(|error| format!("the figures of criterion: {error}"))?;
        Ok((records, origin.into_iter().flatten().collect::<Vec<_>>().join("; ")))
    }
}

/// The medians that criterion wrote below a folder: milliseconds, and megabytes a second where it knows the bytes.
fn criterion(folder: &Path, records: &mut Records) -> Result<(), Box<dyn std::error::Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !path.is_dir() {
            continue;
        }
        let read = |name: &str| -> Result<serde_json::Value, Box<dyn std::error::Error>> {
            Ok(serde_json::from_slice(&fs::read(path.join(name))?)?)
        };
        if path.ends_with("new") {
            let (benchmark, estimates) = (read("benchmark.json")?, read("estimates.json")?);
            let name = benchmark["full_id"].as_str().ok_or("a benchmark without a name")?;
            let nanoseconds = estimates["median"]["point_estimate"].as_f64().ok_or("no median")?;
            records.insert(format!("{name}/ms"), nanoseconds / 1e6);
            if let Some(bytes) = benchmark["throughput"]["Bytes"].as_f64() {
                records.insert(format!("{name}/MB/s"), bytes * 1e3 / nanoseconds);
            }
        } else {
            criterion(&path, records)?;
        }
    }
    Ok(())
}

/// Figures that no table has.
fn unknown(run: Run, records: &Records) -> Option<String> {
    let tables = TABLES.iter().filter(|table| table.run == run);
    let names = tables.flat_map(|table| table.rows(records).into_iter().map(|row| (table.columns, row.1)));
    let known: BTreeSet<String> =
        names.flat_map(|(columns, row)| columns.iter().map(move |column| column.1.replace("{}", row))).collect();
    // The rate of a benchmark whose table has times alone is no loss.
    let had = |name: &str| {
        known.contains(name) || name.strip_suffix("/MB/s").is_some_and(|name| known.contains(&format!("{name}/ms")))
    };
    let unknown: Vec<&str> = records.keys().map(String::as_str).filter(|name| !had(name)).collect();
    let list = unknown.join(", ");
    (!unknown.is_empty())
        .then(|| format!("no table has {list} ({}): give them rows in benches/report/tables.rs", run.name()))
}

/// Writes a table, and the figures that `README.md` has of it.
fn write(table: &Table, records: &Records, origin: &str) -> Result<(), String> {
    let lock = read("Cargo.lock")?;
    let peers: Result<Vec<String>, String> =
        table.peers.iter().map(|peer| Ok(format!("{peer} {}", machine::version(&lock, peer)?))).collect();
    let mut line = format!("`{}`; {origin}", table.command());
    if !table.peers.is_empty() {
        line += &format!("; {}", peers?.join(", "));
    }
    let save = |file: &str, text: &str| {
        fs::write(file, text).map_err(|error| format!("cannot write: {error} ({file}): see to the disk"))
    };
    let details = replaced(DETAILS, table.name, &format!("\n{line}.\n\n{}\n", table.text(records)?))?;
    save(DETAILS, &details)?;
    save("README.md", &replaced("README.md", MEASURED, &summary(&details)?)?)?;
    println!("{}: written", table.name);
    Ok(())
}

impl Table {
    /// As one types it.
    fn command(&self) -> String {
        let data = self.needs.map(|variable| format!("{variable}=FILE ")).unwrap_or_default();
        data + &self.run.command()
    }

    fn head(&self) -> String {
        let headings: String = self.columns.iter().map(|column| format!(" {} |", column.0)).collect();
        format!("| {} |{headings}\n|---|{}", self.corner, "---:|".repeat(self.columns.len()))
    }

    /// The rows that are listed, or those of what was measured.
    fn rows<'r>(&self, records: &'r Records) -> Vec<(&'r str, &'r str)> {
        if !self.rows.is_empty() {
            return self.rows.to_vec();
        }
        let (before, behind) = self.columns[0].1.split_once("{}").expect("the name of a figure has the row");
        let row = |name: &'r String| name.strip_prefix(before)?.strip_suffix(behind);
        records.keys().filter_map(row).map(|row| (row, row)).collect()
    }

    fn text(&self, records: &Records) -> Result<String, String> {
        let mut text = self.head() + "\n";
        let rows = self.rows(records);
        if rows.is_empty() {
            return Err(format!("nothing was measured for the table {}: are its figures named otherwise?", self.name));
        }
        for (label, row) in rows {
            let cell = |&(_, name, digits): &tables::Column| {
                records.get(&name.replace("{}", row)).map(|value| digits.text(*value)).unwrap_or_default()
            };
            let cells: Vec<String> = self.columns.iter().map(cell).collect();
            if cells.iter().all(String::is_empty) {
                return Err(format!(
                    "nothing was measured for {label:?} (table {}): is it named otherwise?",
                    self.name
                ));
            }
            text += &format!("| {label} | {} |\n", cells.join(" | "));
        }
        Ok(text)
    }
}

impl Digits {
    fn text(self, value: f64) -> String {
        let places = match self {
            Self::Places(places) => places,
            Self::Two if value < 0.995 => 2,
            Self::Two if value < 9.95 => 1,
            Self::Two => 0,
        };
        let mut text = format!("{value:.places$}");
        let whole = text.find('.').unwrap_or(text.len());
        for at in (1..whole).rev().filter(|at| (whole - at) % 3 == 0) {
            text.insert(at, ',');
        }
        text
    }
}

fn read(file: &str) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("cannot read: {error} ({file}): run this in a checkout"))
}

/// Where the text between two markers stands.
fn between(text: &str, name: &str) -> Option<Range<usize>> {
    let begin = format!("<!-- begin: {name} -->\n");
    let start = text.find(&begin)? + begin.len();
    let end = text[start..].find(&format!("<!-- end: {name} -->"))?;
    Some(start..start + end)
}

/// A file with another text between two markers.
fn replaced(file: &str, name: &str, with: &str) -> Result<String, String> {
    let mut text = read(file)?;
    text.replace_range(found(&text, name, file)?, with);
    Ok(text)
}

fn found(text: &str, name: &str, file: &str) -> Result<Range<usize>, String> {
    between(text, name).ok_or_else(|| format!("no markers (table {name}, {file}): add a begin and an end"))
}

/// What `README.md` has between its markers, from the tables of `benches/README.md`.
fn summary(details: &str) -> Result<String, String> {
    let (mut origins, mut others) = (BTreeSet::new(), 0.0_f64);
    let mut rows = String::new();
    for row in SUMMARY {
        let mut cells = Vec::new();
        for template in row {
            // Text and places in turn.
            let mut parts = template.split(['{', '}']);
            let mut cell = parts.next().unwrap_or_default().to_owned();
            while let (Some(place), Some(text)) = (parts.next(), parts.next()) {
                let (figure, origin) = figure(details, place)?;
                // The command, the day, the machine, the compiler, and more.
                origins.insert(origin.split("; ").skip(1).take(3).collect::<Vec<_>>().join("; "));
                others = others.max(Others::read(origin));
                cell += figure;
                cell += text;
            }
            cells.push(cell);
        }
        rows += &format!("| {} |\n", cells.join(" | "));
    }
    let origins = origins.into_iter().collect::<Vec<_>>().join(", and ");
    let busy =
        if others > 0.0 { format!("; other programs kept at most {others:.1} cores busy") } else { String::new() };
    Ok(format!(
        "\nBy `cargo bench --bench report`, one thread where nothing else is said; {origins}{busy}.\n\n\
         | what | thoisu | beside it | command |\n|---|---:|---|---|\n{rows}\n"
    ))
}

/// A figure, by `TABLE|ROW|COLUMN`, and when and on what it was measured.
fn figure<'d>(details: &'d str, place: &str) -> Result<(&'d str, &'d str), String> {
    let find = || {
        let [name, row, column] = place.split('|').collect::<Vec<_>>()[..] else { return None };
        let table = TABLES.iter().find(|table| table.name == name)?;
        let row = table.rows.iter().position(|(_, key)| *key == row)?;
        let column = table.columns.iter().position(|(heading, ..)| *heading == column)?;
        let text = &details[between(details, name)?];
        let mut lines = text.lines().filter(|line| line.starts_with('|')).skip(2);
        let figure = lines.nth(row)?.split('|').nth(column + 2)?.trim();
        let origin = text.trim_start().lines().next()?.trim_end_matches('.');
        (!figure.is_empty()).then_some((figure, origin))
    };
    find().ok_or_else(|| format!("no figure {{{place}}} ({DETAILS}): correct it in benches/report/tables.rs"))
}

/// Whether the two files have the tables of the code, and the same figures; what is wrong.
fn check() -> Vec<String> {
    let mut wrong = Vec::new();
    let files = read(DETAILS).and_then(|details| Ok((details, read("README.md")?)));
    let (details, readme) = match files {
        Ok(files) => files,
        Err(error) => return vec![error],
    };
    for table in TABLES {
        wrong.extend(table.check(&details).err());
    }
    for line in details.lines().filter_map(|line| line.strip_prefix("<!-- begin: ")) {
        let name = line.trim_end_matches(" -->");
        if TABLES.iter().all(|table| table.name != name) {
            wrong.push(format!("nothing measures the table {name} ({DETAILS}): add it to benches/report/tables.rs"));
        }
    }
    for entry in fs::read_dir("benches").into_iter().flatten().flatten() {
        let file = format!("benches/{}", entry.file_name().to_string_lossy());
        if file.ends_with(".rs") && TABLES.iter().all(|table| table.run.source() != file) {
            wrong.push(format!("a benchmark without a table ({file}): add one to benches/report/tables.rs"));
        }
    }
    let same = summary(&details).and_then(|summary| {
        let has = &readme[found(&readme, MEASURED, "README.md")?];
        let other = has.lines().zip(summary.lines()).find(|(has, wanted)| has != wanted);
        match other {
            Some((has, wanted)) => Err(format!("not as in {DETAILS} (README.md): {has}\ninstead of {wanted}")),
            None if has.len() != summary.len() => Err(format!("not as long as it is to be (README.md, {MEASURED})")),
            None => Ok(()),
        }
    });
    wrong.extend(same.err());
    if wrong.is_empty() {
        println!("{} tables are those of the code", TABLES.len());
    }
    wrong
}

impl Table {
    /// Whether the table of `benches/README.md` has its rows and columns, and its benchmark measures them.
    fn check(&self, details: &str) -> Result<(), String> {
        let text = &details[found(details, self.name, DETAILS)?];
        let lines: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
        let head = self.head();
        let labels = self.rows.iter().map(|(label, _)| format!("| {label} |"));
        let begins: Vec<String> = head.lines().map(str::to_owned).chain(labels).collect();
        let number = if self.rows.is_empty() { lines.len() > begins.len() } else { lines.len() == begins.len() };
        let fits = number && lines.iter().zip(&begins).all(|(line, begin)| line.starts_with(begin));
        if !fits {
            let name = self.run.name();
            return Err(format!(
                "other rows or columns than in benches/report/tables.rs (table {}, {DETAILS}): measure it again: cargo bench --bench report -- {name}",
                self.name
            ));
        }
        let source = read(&self.run.source())?;
        for (_, row) in self.rows {
            let name = row.rsplit('/').next().unwrap_or_default();
            if !source.contains(&format!("\"{name}\"")) {
                return Err(format!(
                    "nothing is named {name:?} ({}): correct the table {}",
                    self.run.source(),
                    self.name
                ));
            }
        }
        Ok(())
    }
}
