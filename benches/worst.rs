//! What the worst inputs cost, beside plain news that comes the same way: `cargo bench --bench worst`.
//!
//! `cargo bench --bench worst -- WORDS` takes those whose names have the words, `--size BYTES` another size than 2 MB.

use std::time::Duration;

mod record;
#[path = "../tests/worst/mod.rs"]
mod worst;

use record::record;
use worst::{Cost, Counting, Way, cost};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The least time of some runs, and the most memory.
fn least(runs: usize, mut work: impl FnMut()) -> Cost {
    let mut least = Cost { time: Duration::MAX, memory: 0 };
    for _ in 0..runs {
        let cost = cost(&mut work);
        least = Cost { time: least.time.min(cost.time), memory: least.memory.max(cost.memory) };
    }
    least
}

/// For the report.
fn told(way: Way, name: &str, speed: f64, time: f64, memory: f64) {
    for (column, value) in [("MB/s", speed), ("time", time), ("memory", memory)] {
        record(&format!("worst/{way:?}: {name}/{column}"), value);
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    // `cargo bench` says so behind all else; `cargo test` says nothing, and wants to see it run.
    let (mut size, mut timed, mut words) = (None, false, Vec::new());
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--bench" => timed = true,
            "--test" => size = Some(20_000),
            "--size" => size = args.next().and_then(|size| size.parse().ok()),
            word => words.push(word.to_owned()),
        }
    }
    let size = size.unwrap_or(if timed { 2_000_000 } else { 20_000 });
    let runs = if timed { 2 } else { 1 };
    println!("| input | MB/s | time a byte, against plain news | memory a byte |");
    println!("|---|---:|---:|---:|");
    for &way in Way::ALL {
        let inputs: Vec<_> = worst::all()
            .filter(|(of, name, _)| {
                let told = format!("{way:?}: {name}").to_lowercase();
                *of == way && words.iter().all(|word| told.contains(&word.to_lowercase()))
            })
            .collect();
        if inputs.is_empty() {
            continue;
        }
        let plain = way.plain(size);
        let bytes: usize = plain.iter().map(Vec::len).sum();
        way.go(&plain[..1]);
        let of_plain = least(runs, || way.go(&plain));
        let speed = |cost: Cost, bytes: usize| bytes as f64 / cost.time.as_secs_f64() / 1e6;
        // Each article alone, but in the index, which has them all.
        let of = |articles: &[Vec<u8>]| {
            cost(|| way.go(articles)).memory as f64 / articles.iter().map(Vec::len).sum::<usize>() as f64
        };
        let memory = if way.keeps_all() { of(&plain) } else { plain.chunks(1).map(of).fold(0.0, f64::max) };
        println!("| {way:?}: plain news | {:.1} | 1 | {memory:.0} |", speed(of_plain, bytes));
        let plain_speed = speed(of_plain, bytes);
        told(way, "plain news", plain_speed, 1.0, memory);
        for (_, name, make) in inputs {
            let input = [make(size)];
            let cost = least(runs, || way.go(&input));
            let [input] = input;
            println!(
                "| {way:?}: {name} | {:.1} | {:.2} | {:.0} |",
                speed(cost, input.len()),
                speed(of_plain, bytes) / speed(cost, input.len()),
                cost.memory as f64 / input.len() as f64
            );
            // The report has those that plain news does not stand for.
            let (speed, bytes_a_byte) = (speed(cost, input.len()), cost.memory as f64 / input.len() as f64);
            if plain_speed / speed > 0.8 || bytes_a_byte > 2.0 * memory {
                told(way, name, speed, plain_speed / speed, bytes_a_byte);
            }
        }
    }
}
