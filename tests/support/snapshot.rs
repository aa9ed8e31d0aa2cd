//! Files that hold what the program must print. `UPDATE_SNAPSHOTS=1 cargo test`
//! writes them anew; their changes are then reviewed like code.

use std::fs;
use std::path::Path;

use super::{ROOT, asked};

/// Compares a text with a file of the repository.
#[track_caller]
pub fn assert_same(path: &str, printed: &str) {
    let full = Path::new(ROOT).join(path);
    if asked("UPDATE_SNAPSHOTS") {
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, printed).unwrap();
        return;
    }
    let kept = fs::read_to_string(&full).unwrap_or_default();
    if kept != printed {
        panic!(
            "{path} is not what is printed now:\n{}\n\
             where this is meant, `UPDATE_SNAPSHOTS=1 cargo test` writes it anew",
            difference(&kept, printed)
        );
    }
}

/// The lines from the first to the last that differ, shortened in the middle.
fn difference(old: &str, new: &str) -> String {
    const MOST: usize = 20;
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let first = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[first..], &new[first..]);
    let last = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let mut out = format!("  from line {}\n", first + 1);
    for (sign, lines) in [('-', &old[..old.len() - last]), ('+', &new[..new.len() - last])] {
        for line in lines.iter().take(MOST) {
            out.push_str(&format!("{sign} {line}\n"));
        }
        if lines.len() > MOST {
            out.push_str(&format!("{sign} … {} more lines\n", lines.len() - MOST));
        }
    }
    out
}
