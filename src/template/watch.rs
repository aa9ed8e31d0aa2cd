//! Ends the program when a template eats its memory or time. The engine counts
//! steps, but one step may double a text, and thirty of them fill any machine;
//! nothing inside the engine can stop that.

use std::io::{self, Write};
use std::process;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

const MOST_MEMORY: u64 = 512 << 20;
const MOST_TIME: Duration = Duration::from_secs(10);
const EVERY: Duration = Duration::from_millis(5);

/// Watches from its start until it is dropped.
pub struct Watch {
    current: Arc<Mutex<Running>>,
}

/// The template that is being rendered, and since when.
struct Running {
    name: String,
    since: Instant,
    stopped: bool,
}

impl Watch {
    pub fn start() -> Watch {
        let running = Running { name: String::new(), since: Instant::now(), stopped: false };
        let current = Arc::new(Mutex::new(running));
        let watched = Arc::clone(&current);
        let before = resident_memory().unwrap_or(0);
        // Most runs are over before its first look, and it asks for no memory of
        // its own until then: a thread's first piece costs as much as a project.
        thread::spawn(move || {
            loop {
                thread::park_timeout(EVERY);
                let running = watched.lock().unwrap_or_else(PoisonError::into_inner);
                if running.stopped {
                    return;
                }
                let memory = resident_memory().unwrap_or(0).saturating_sub(before);
                if memory > MOST_MEMORY {
                    give_up(&running.name, "takes more than 512 MiB of memory");
                }
                if !running.name.is_empty() && running.since.elapsed() > MOST_TIME {
                    give_up(&running.name, "takes more than 10 seconds");
                }
            }
        });
        Watch { current }
    }

    /// Notes which template runs now.
    pub fn begin(&self, name: &str) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        *current = Running { name: name.to_owned(), since: Instant::now(), stopped: false };
    }

    pub fn end(&self) {
        self.begin("");
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).stopped = true;
    }
}

fn give_up(name: &str, why: &str) -> ! {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr(), "error: the template `templates/{name}` {why}");
    process::exit(2);
}

/// What the program holds in memory, where the system tells: on Linux in pages
/// of 4 KiB or more.
fn resident_memory() -> Option<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(statm.split(' ').nth(1)?.parse::<u64>().ok()? * 4096)
}
