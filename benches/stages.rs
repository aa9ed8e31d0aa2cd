//! How long each stage takes, from texts to bytes.
//!
//! ```text
//! cargo bench                                    a table for 10 and 1,000 workloads
//! cargo bench --bench stages -- 10000            for so many
//! cargo bench --bench stages -- --once 1000      every stage once, for callgrind
//! cargo bench --bench stages -- --project DIR N  writes the project, for other tools
//! ```

// It prints, and a project of its own making is in order.
#![allow(clippy::print_stdout, clippy::expect_used)]

use std::env;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use k8sgen::build::{self, context::Context};
use k8sgen::diagnostic::Report;
use k8sgen::emit::{self, Format};
use k8sgen::object::Object;
use k8sgen::profile::decode::Decode;
use k8sgen::profile::files::Contents;
use k8sgen::profile::index::Index;
use k8sgen::profile::system::System;
use k8sgen::source::{SourceId, Sources};
use k8sgen::tree::{Node, merge, read};

mod project;

/// Long enough for a steady figure, short enough to wait for.
const PATIENCE: Duration = Duration::from_secs(2);
const FEWEST_RUNS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo passes `--bench` to every benchmark.
    let arguments: Vec<String> = env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        [] => {
            table(10);
            table(1_000);
        }
        ["--once", number] => {
            stages(number.parse()?);
        }
        ["--project", directory, number] => {
            project::write(Path::new(directory), number.parse()?)?;
        }
        [number] => table(number.parse()?),
        _ => return Err("usage: stages [N | --once N | --project DIR N]".into()),
    }
    Ok(())
}

/// One run: what each stage took, and the bytes it took in or, for the last
/// two, gave.
fn stages(workloads: usize) -> [(&'static str, Duration, usize); 5] {
    let (system, overlay) = (project::system(workloads), project::production(workloads));
    let bytes_in = system.len() + overlay.len();
    let mut sources = Sources::default();
    let overlay_id = SourceId::overlay(0);
    sources.add(SourceId::SYSTEM, "k8sgen.yaml", system);
    sources.add(overlay_id, "overlays/prod.yaml", overlay);
    let mut report = Report::default();

    let start = Instant::now();
    let layers = stage_read(overlay_id, &sources, &mut report);
    let read = start.elapsed();

    let start = Instant::now();
    let merged = stage_merge(layers, &mut report);
    let merge = start.elapsed();

    let start = Instant::now();
    let system = stage_decode(&merged, &mut report);
    let decode = start.elapsed();

    let start = Instant::now();
    let objects = stage_build(&system, &mut report);
    let build = start.elapsed();

    let start = Instant::now();
    let bytes = stage_write(&objects);
    let write = start.elapsed();

    assert!(report.is_empty(), "the project is in order");
    [
        ("read", read, bytes_in),
        ("merge", merge, bytes_in),
        ("decode", decode, bytes_in),
        ("build", build, bytes.len()),
        ("write", write, bytes.len()),
    ]
}

// Each stage is a function of its own, so that a profiler can name it.

#[inline(never)]
fn stage_read(overlay: SourceId, sources: &Sources, report: &mut Report) -> [Option<Node>; 2] {
    [SourceId::SYSTEM, overlay].map(|id| black_box(read::read(id, sources, report)))
}

#[inline(never)]
fn stage_merge([system, overlay]: [Option<Node>; 2], report: &mut Report) -> Node {
    let (mut merged, overlay) = system.zip(overlay).expect("both layers can be read");
    merge::settle(&mut merged, report);
    merge::merge(&mut merged, overlay, report);
    black_box(merged)
}

#[inline(never)]
fn stage_decode(merged: &Node, report: &mut Report) -> System {
    black_box(System::decode(merged, report).expect("the project is in order"))
}

/// With one thread: the figures of the others are of one.
#[inline(never)]
fn stage_build(system: &System, report: &mut Report) -> Vec<Object> {
    let index = Index::new(system, report);
    let mut context = Context::new(&index, Contents::default(), "bench", report);
    black_box(build::build(&mut context, 1, report))
}

#[inline(never)]
fn stage_write(objects: &[Object]) -> Vec<u8> {
    black_box(emit::objects(objects, Format::Yaml, 1).concat())
}

fn table(workloads: usize) {
    let start = Instant::now();
    let mut runs = Vec::new();
    while runs.len() < FEWEST_RUNS || start.elapsed() < PATIENCE {
        runs.push(stages(workloads));
    }
    println!("{workloads} workloads, median of {} runs", runs.len());
    println!("| stage  |            ns |  MB/s |");
    println!("|--------|--------------:|------:|");
    for stage in 0..runs[0].len() {
        let (name, _, bytes) = runs[0][stage];
        let mut times: Vec<Duration> = runs.iter().map(|run| run[stage].1).collect();
        times.sort_unstable();
        let median = times[times.len() / 2];
        let rate = bytes as f64 / median.as_secs_f64() / 1e6;
        println!("| {name:<6} | {:>13} | {rate:>5.0} |", median.as_nanos());
    }
    println!();
}
