//! On what and with what was measured. What a system does not tell is left out.

use std::env;
use std::fs;
use std::process::Command;
use std::thread::available_parallelism;
use std::time::Instant;

/// The processor, its cores and the memory.
pub(crate) fn machine() -> String {
    let of = |file: &str, field: &str| -> Option<String> {
        let text = fs::read_to_string(file).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix(field))?;
        Some(line.trim_start_matches(['\t', ' ', ':']).to_owned())
    };
    let processor =
        of("/proc/cpuinfo", "model name").unwrap_or_else(|| format!("{} {}", env::consts::OS, env::consts::ARCH));
    let mut machine = format!("{processor}, {} cores", available_parallelism().map_or(1, usize::from));
    let kilobytes = of("/proc/meminfo", "MemTotal").and_then(|total| total.trim_end_matches(" kB").parse::<f64>().ok());
    if let Some(kilobytes) = kilobytes {
        machine += &format!(", {:.0} GB of memory", kilobytes * 1024.0 / 1e9);
    }
    machine
}

/// The compiler that cargo uses: `rustc 1.95.0`.
pub(crate) fn compiler() -> String {
    let output = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("--version").output();
    let version = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    version.split(' ').take(2).collect::<Vec<_>>().join(" ")
}

/// The version of a crate in `Cargo.lock`.
pub(crate) fn version<'l>(lock: &'l str, name: &str) -> Result<&'l str, String> {
    let entry = format!("name = \"{name}\"\nversion = \"");
    let at =
        lock.find(&entry).ok_or_else(|| format!("no crate {name} (Cargo.lock): correct the peers of the table"))?;
    lock[at + entry.len()..].split('"').next().ok_or_else(|| format!("no version of {name} (Cargo.lock)"))
}

/// The day, as 5 March 2026.
pub(crate) fn today() -> String {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).strftime("%-d %B %Y").to_string()
}

const OTHERS: &str = "other programs kept ";
const BUSY: &str = " cores busy";

/// How busy other programs are while something is measured.
pub(crate) struct Others {
    started: Instant,
    busy: Option<f64>,
}

impl Others {
    pub(crate) fn watch() -> Self {
        Self { started: Instant::now(), busy: busy_seconds() }
    }

    /// How many cores other programs kept busy since then.
    pub(crate) fn told(&self) -> Option<String> {
        let cores = (busy_seconds()? - self.busy?) / self.started.elapsed().as_secs_f64();
        Some(format!("{OTHERS}{:.2}{BUSY}", cores.max(0.0)))
    }

    /// The cores that such a line tells of.
    pub(crate) fn read(line: &str) -> f64 {
        let told = line.split("; ").find_map(|part| part.strip_prefix(OTHERS)?.strip_suffix(BUSY));
        told.and_then(|cores| cores.parse().ok()).unwrap_or_default()
    }
}

/// The time that all processors were not idle, but for that of the processes which this one has started.
fn busy_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/stat").ok()?;
    // user, nice, system, idle, waiting for disks, interrupts, soft interrupts, stolen; then shares of the first two.
    let times: Vec<f64> =
        stat.lines().next()?.split_whitespace().skip(1).filter_map(|time| time.parse().ok()).collect();
    let all = times.iter().take(8).sum::<f64>() - times.get(3)? - times.get(4)?;
    let own = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = own[own.rfind(')')?..].split(' ').collect();
    // This one, in user and system mode, and its children that have ended, likewise; all in hundredths of a second.
    let own: f64 = fields.get(12..16)?.iter().filter_map(|time| time.parse::<f64>().ok()).sum();
    Some((all - own) / 100.0)
}
