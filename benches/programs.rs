//! What the programs `segment` and `ingest` take, as processes of their own: time, time of the processor, memory.
//!
//! `cargo bench --bench programs`; the figures are in `benches/README.md`. `segment` reads the corpus repeated to 64 MB;
//! `ingest` reads the articles of `THOISU_ARTICLES`, with all threads, where that names a file. Times and memory are those
//! that `/proc` tells, so this needs Linux.

mod record;
#[path = "../tests/texts/mod.rs"]
mod texts;

use record::record;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SIZE: usize = 64 << 20;
/// In which `/proc` counts the time of the processor.
const TICKS_A_SECOND: f64 = 100.0;

/// The processor time of all processes that were started and waited for.
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    // The name in brackets may have blanks; the times of children are the 14th and 15th field behind it.
    let fields: Vec<&str> = stat[stat.rfind(')').expect("a name")..].split(' ').collect();
    let ticks = |field: &str| field.parse::<f64>().expect("a number");
    (ticks(fields[14]) + ticks(fields[15])) / TICKS_A_SECOND
}

/// The greatest memory of a process so far, in bytes.
fn peak(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<f64>().ok()? * 1024.0)
}

fn measure(name: &str, bytes: u64, command: &mut Command) {
    let (before, started) = (processor_seconds(), Instant::now());
    let mut child = command.spawn().expect("the program starts");
    let mut memory = 0.0_f64;
    let status = loop {
        memory = memory.max(peak(child.id()).unwrap_or_default());
        if let Some(status) = child.try_wait().expect("the program ends") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let (seconds, processor) = (started.elapsed().as_secs_f64(), processor_seconds() - before);
    assert!(status.success(), "{name}: {status}");
    let text = bytes as f64 / 1e6;
    let figures =
        [("MB", text), ("seconds", seconds), ("MB a CPU second", text / processor), ("MB of memory", memory / 1e6)];
    for (column, value) in figures {
        println!("{name}: {value:.1} {column}");
        record(&format!("programs/{name}/{column}"), value);
    }
}

/// The texts of the corpus, over and over.
fn corpus(path: &Path) {
    let texts: Vec<String> =
        texts::files("corpus").iter().map(|file| fs::read_to_string(file).expect("text")).collect();
    let text = texts.join("\n") + "\n";
    fs::write(path, text.repeat(SIZE / text.len() + 1)).expect("written");
}

fn main() {
    let timed = std::env::args().any(|argument| argument == "--bench");
    if !timed || std::env::args().any(|argument| argument == "--test") {
        return; // The programs have tests of their own, and building them takes minutes.
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--release", "--example", "segment", "--example", "ingest"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(built.expect("cargo starts").success(), "the programs are built");
    // This program is in `deps`, beside `examples`.
    let own = std::env::current_exe().expect("a path");
    let examples = own.ancestors().nth(2).expect("the folder of the profile").join("examples");

    let folder = tempfile::tempdir().expect("a folder");
    let [text, words] = ["corpus.txt", "words.txt"].map(|name| folder.path().join(name));
    corpus(&text);
    let mut segment = Command::new(examples.join("segment"));
    measure("segment", size(&text), segment.arg(&text).stdout(File::create(&words).expect("a file")));
    assert!(size(&words) > size(&text) * 9 / 10, "the words are the text");

    if let Some(articles) = std::env::var_os("THOISU_ARTICLES").map(PathBuf::from) {
        let mut ingest = Command::new(examples.join("ingest"));
        ingest.arg("--index").arg(folder.path().join("index")).arg(&articles).stdout(Stdio::null());
        measure("ingest", size(&articles), &mut ingest);
    }
}

fn size(path: &Path) -> u64 {
    path.metadata().expect("a file").len()
}
