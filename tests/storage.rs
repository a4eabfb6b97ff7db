//! What happens when the disk says no: it is full, or it may only be read. Nothing committed is lost, the error says what
//! to do, and the next run finishes the job.
#![cfg(all(feature = "index", unix))]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};

use thoisu::index::{NewsIndex, Query};
use thoisu::{Analyzer, Article};

/// In a process of its own: what it does there, and in which directory.
const TASK: &str = "THOISU_TASK";
const DIR: &str = "THOISU_DIR";

fn article(number: usize) -> Article {
    let mut article = Article::from_text(format!(
        "Huyện họp lần {number}\n\nNgày 12/5/2017, có {number} lượt người dự theo Nghị quyết số 02-NQ/TU.\n"
    ));
    article.id = Some(format!("a{number:06}"));
    article
}

fn add(dir: &Path, numbers: std::ops::Range<usize>) -> Result<(), thoisu::Error> {
    let index = NewsIndex::open_or_create(dir, Analyzer::new())?;
    let mut writer = index.writer()?;
    for number in numbers {
        writer.add(&article(number))?;
    }
    writer.finish()
}

fn found(dir: &Path) -> Result<usize, thoisu::Error> {
    Ok(NewsIndex::open(dir, Analyzer::new())?.search(&Query::parse("\"lượt người\"")?, 1)?.total)
}

/// What the other process does; says the outcome on one line.
fn task(task: &str, dir: &Path) {
    let said = match task {
        "add" => add(dir, 0..3_000).map(|()| "added".to_owned()),
        "search" => found(dir).map(|found| format!("found {found}")),
        other => panic!("no task {other}"),
    };
    println!("outcome: {}", said.unwrap_or_else(|error| error.to_string()));
}

fn outcome(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout);
    let said = text.lines().find_map(|line| line.split_once("outcome: "));
    said.unwrap_or_else(|| panic!("{output:?}")).1.to_owned()
}

/// A folder for one test, with a copy of this program that every user may run.
struct Place {
    folder: tempfile::TempDir,
    program: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let program = folder.path().join("program");
        fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
        Self { folder, program }
    }

    fn dir(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// The process that does `task`, begun by a shell that runs `before`.
    fn process(&self, test: &str, task: &str, before: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{before} exec \"$0\" --exact {test} --nocapture")]).arg(&self.program);
        command.env(TASK, task).env(DIR, self.dir()).current_dir(self.folder.path());
        command
    }
}

fn is_other_process() -> bool {
    let Some(dir) = std::env::var_os(DIR) else { return false };
    task(&std::env::var(TASK).unwrap(), Path::new(&dir));
    true
}

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    if is_other_process() {
        return;
    }
    let place = Place::new();
    let dir = place.dir();
    add(&dir, 0..100).unwrap();
    // Files may not grow beyond 200 blocks of 512 bytes: a disk that is full, as far as a program can tell.
    let limited = "trap '' XFSZ; ulimit -f 200;";
    let output = place.process("a_full_disk_is_told_and_loses_nothing", "add", limited).output().unwrap();
    let said = outcome(&output);
    assert!(said.starts_with("the index cannot be"), "{said}");
    assert!(said.ends_with("check its directory and the free space"), "{said}");
    assert!(said.contains("File too large"), "the cause is named: {said}");

    assert_eq!(found(&dir).unwrap(), 100, "what was committed is there");
    add(&dir, 0..3_000).unwrap();
    assert_eq!(found(&dir).unwrap(), 3_000);
    assert_eq!(NewsIndex::open(&dir, Analyzer::new()).unwrap().verify().unwrap().problems, [""; 0]);
}

#[test]
fn who_may_only_read_can_search_and_is_told_why_not_to_write() {
    if is_other_process() {
        return;
    }
    let place = Place::new();
    let dir = place.dir();
    add(&dir, 0..20).unwrap();
    for file in fs::read_dir(&dir).unwrap() {
        fs::set_permissions(file.unwrap().path(), Permissions::from_mode(0o444)).unwrap();
    }
    fs::set_permissions(&dir, Permissions::from_mode(0o555)).unwrap();
    let is_root = fs::write(dir.join("probe"), "").is_ok();
    let run = |task| {
        let mut process = place.process("who_may_only_read_can_search_and_is_told_why_not_to_write", task, "");
        if is_root {
            fs::remove_file(dir.join("probe")).ok();
            // Root may write anywhere; nobody may not.
            process.uid(65_534).gid(65_534);
        }
        outcome(&process.output().unwrap())
    };
    assert_eq!(run("search"), "found 20");
    let said = run("add");
    assert!(said.starts_with("the index cannot be written: Permission denied"), "{said}");
    assert!(said.ends_with("check who may write to its directory"), "{said}");
    fs::set_permissions(&dir, Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn articles_that_are_replaced_again_and_again_do_not_fill_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let size =
        |dir: &Path| -> u64 { fs::read_dir(dir).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum() };
    let index = NewsIndex::open_or_create(folder.path(), Analyzer::new()).unwrap();
    let mut once = 0;
    // Each round leaves one article of the round before as it is, so no part of the index is wholly out of date.
    for round in 0..7 {
        let mut writer = index.writer().unwrap();
        for number in (0..300).filter(|number| round == 0 || *number != round) {
            let mut article = article(number);
            article.text.push_str(&format!("Bản {round}.\n"));
            article.body.end = article.text.len() as u32;
            writer.add(&article).unwrap();
        }
        writer.finish().unwrap();
        once = once.max(if round == 0 { size(folder.path()) } else { 0 });
    }
    assert_eq!(index.len(), 300);
    assert!(size(folder.path()) < once + once / 2, "{} bytes, {once} after the first round", size(folder.path()));
}

#[test]
fn readers_go_on_during_writes_and_see_each_commit_whole() {
    let folder = tempfile::tempdir().unwrap();
    let index = NewsIndex::open_or_create(folder.path(), Analyzer::new()).unwrap();
    let other = NewsIndex::open(folder.path(), Analyzer::new()).unwrap();
    let query = Query::parse("\"lượt người\"").unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for reader in [&index, &other] {
            let (query, done) = (&query, &done);
            scope.spawn(move || {
                let mut last = 0;
                while !done.load(Ordering::Relaxed) {
                    let page = reader.search(query, 5).unwrap();
                    assert_eq!(page.total % 7, 0, "a commit is seen whole or not at all");
                    assert!(page.total >= last, "and never goes back");
                    assert!(page.hits.iter().all(|hit| hit.facts().len() >= 3), "with its facts");
                    last = page.total;
                }
            });
        }
        let write = || {
            let mut writer = index.writer().unwrap();
            for batch in 0..20 {
                (0..7).for_each(|i| {
                    writer.add(&article(batch * 7 + i)).unwrap();
                });
                writer.commit().unwrap();
                // Whoever asks after a commit sees it.
                assert_eq!(index.search(&query, 1).unwrap().total, (batch + 1) * 7);
            }
        };
        let written = std::panic::catch_unwind(std::panic::AssertUnwindSafe(write));
        done.store(true, Ordering::Relaxed);
        written.unwrap();
    });
    assert_eq!(index.len(), 140);
}
