//! A process that writes to an index is killed at random moments, as a power cut would. What was committed must be there,
//! whole, and the next run must finish the job.
//!
//! `THOISU_KILLS` says how often; a few times where nothing is said.
#![cfg(all(feature = "index", unix))]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use thoisu::index::NewsIndex;
use thoisu::{Analyzer, Article};

/// In the process that is killed: the directory of the index.
const VICTIM: &str = "THOISU_VICTIM";
const BATCH: usize = 4;

fn article(number: usize) -> Article {
    let mut article = Article::from_text(format!(
        "Huyện họp lần {number}\n\nNgày 12/5/2017, có {number} lượt người dự theo Nghị quyết số 02-NQ/TU."
    ));
    article.id = Some(format!("a{number:06}"));
    article
}

/// Adds articles without end, and says after each commit how many there are.
fn write(dir: &Path) {
    let index = NewsIndex::open_or_create(dir, Analyzer::new()).unwrap();
    println!("committed {}", index.len());
    let mut writer = index.writer().unwrap();
    for number in index.len().. {
        writer.add(&article(number)).unwrap();
        if number % BATCH == BATCH - 1 {
            writer.commit().unwrap();
            println!("committed {}", number + 1);
        }
    }
}

#[test]
fn no_commit_is_lost_when_the_writer_is_killed() {
    if let Some(dir) = std::env::var_os(VICTIM) {
        return write(&PathBuf::from(dir));
    }
    let kills: u64 = std::env::var("THOISU_KILLS").ok().map_or(8, |kills| kills.parse().expect("a number"));
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let mut promised = 0;
    // Any numbers will do, as long as they are the same on each run.
    let mut random: u64 = 0x9e37_79b9_7f4a_7c15;
    for round in 0..kills {
        let mut victim = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "no_commit_is_lost_when_the_writer_is_killed", "--nocapture"])
            .env(VICTIM, &dir)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(victim.stdout.take().unwrap()).lines();
        let reader = std::thread::spawn(move || {
            let count = |line: String| line.split("committed ").nth(1).and_then(|count| count.trim().parse().ok());
            lines.map_while(Result::ok).filter_map(count).last()
        });
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        // From before the index is opened to some commits later, which takes longer on a busy machine.
        let longest = if promised == 0 { 300_000 * (1 + 2 * round) } else { 300_000 };
        std::thread::sleep(Duration::from_micros(random % longest));
        victim.kill().unwrap();
        victim.wait().unwrap();
        promised = promised.max(reader.join().unwrap().unwrap_or(0));
        if !dir.join("meta.json").exists() {
            assert_eq!(promised, 0, "round {round}");
            continue;
        }
        let index = NewsIndex::open(&dir, Analyzer::new()).unwrap_or_else(|error| panic!("round {round}: {error}"));
        let verified = index.verify().unwrap();
        assert_eq!(verified.problems, [] as [String; 0], "round {round}");
        // The commit may have been on disk before it could be told.
        let extra = verified.articles - promised;
        assert!(extra == 0 || extra == BATCH, "round {round}: {} articles, {promised} promised", verified.articles);
        assert_eq!(verified.articles % BATCH, 0, "round {round}: half a commit");
        promised = verified.articles;
    }
    // And the job can be finished.
    let index = NewsIndex::open_or_create(&dir, Analyzer::new()).unwrap();
    let mut writer = index.writer().unwrap();
    for number in 0..promised + BATCH {
        writer.add(&article(number)).unwrap();
    }
    writer.finish().unwrap();
    assert_eq!(index.len(), promised + BATCH);
    assert!(kills < 8 || promised > 0, "no round came to a commit");
    println!("{kills} kills, {promised} articles");
}
