//! What commands that write a directory have in common.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clap::Args;

use crate::disk::{self, Files, Plan, Wish};

use super::{Failure, print};

/// How a directory is written.
#[derive(Args, Debug)]
pub struct Writing {
    /// Writes nothing; prints what differs, and ends with status 1 where anything does
    #[arg(long, conflicts_with_all = ["dry_run", "force"])]
    check: bool,

    /// Writes nothing; prints what would be created, updated and deleted
    #[arg(long)]
    dry_run: bool,

    /// Overwrites files that were edited by hand or are not k8sgen's
    #[arg(long)]
    force: bool,
}

impl Writing {
    /// Whether anything of it is asked for.
    pub fn is_asked(&self) -> bool {
        self.check || self.dry_run || self.force
    }

    /// Makes the directory hold these files, or says what is missing to that.
    pub fn write(
        &self,
        command: &'static str,
        directory: &Path,
        files: &Files,
    ) -> Result<(), Failure> {
        let writes = !self.check && !self.dry_run;
        let plan = Plan::new(directory, files, &Wish { command, writes, force: self.force })?;
        if self.check {
            return check(&plan);
        }
        if !self.force {
            plan.refuse_foreign()?;
        }
        if self.dry_run {
            print(changes(&plan).as_bytes())?;
        } else {
            let progress = Progress::new();
            let written = plan.carry_out(&|done, all| progress.show(done, all));
            progress.clear();
            written?;
        }
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(io::stderr(), "{}", plan.summary());
        Ok(())
    }
}

fn check(plan: &Plan<'_>) -> Result<(), Failure> {
    if plan.is_done() {
        return Ok(());
    }
    print(disk::differences(plan).as_bytes())?;
    let _ = writeln!(io::stderr(), "not up to date: {}", plan.summary());
    Err(Failure::Differences)
}

/// One line for each file that changes.
fn changes(plan: &Plan<'_>) -> String {
    let created = plan.created.iter().map(|path| (*path, "create"));
    let updated = plan.updated.iter().map(|path| (*path, "update"));
    let deleted = plan.deleted.iter().map(|path| (path.as_str(), "delete"));
    let mut all: Vec<(&str, &str)> = created.chain(updated).chain(deleted).collect();
    all.sort_unstable();
    all.into_iter().map(|(path, change)| format!("{change} {path}\n")).collect()
}

/// A line on a terminal, where there is enough to wait for.
struct Progress {
    shown: Mutex<Option<Instant>>,
    begun: Instant,
    wanted: bool,
}

/// Whoever waits no longer than this needs no word.
const PATIENCE: Duration = Duration::from_millis(300);
const EVERY: Duration = Duration::from_millis(100);

impl Progress {
    fn new() -> Progress {
        Progress {
            shown: Mutex::new(None),
            begun: Instant::now(),
            wanted: io::stderr().is_terminal(),
        }
    }

    fn show(&self, done: usize, all: usize) {
        if !self.wanted || self.begun.elapsed() < PATIENCE {
            return;
        }
        let Ok(mut shown) = self.shown.try_lock() else { return };
        if shown.is_none_or(|last| last.elapsed() >= EVERY) {
            let _ = write!(io::stderr(), "\rwriting: {done} of {all} files");
            *shown = Some(Instant::now());
        }
    }

    fn clear(&self) {
        if self.shown.lock().is_ok_and(|shown| shown.is_some()) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
