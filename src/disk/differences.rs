//! What a run would change, as a unified diff.

use std::fmt::Write;
use std::fs;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::Plan;

/// More lines than this nobody reads; their number is said.
const MOST_LINES: usize = 200;
const PATIENCE: Duration = Duration::from_millis(500);

/// The changes of all files: the disk's on the left, the wanted on the right.
pub fn differences(plan: &Plan<'_>) -> String {
    let mut text = String::new();
    let mut left_out = 0;
    let mut lines = 0;
    let deleted = plan.deleted.iter().map(String::as_str);
    let mut paths: Vec<&str> =
        plan.created.iter().chain(&plan.updated).copied().chain(deleted).collect();
    paths.sort_unstable();
    for path in paths {
        if lines >= MOST_LINES {
            left_out += 1;
            continue;
        }
        let old = match plan.created.contains(&path) {
            true => None,
            false => fs::read(plan.directory.join(path)).ok(),
        };
        let new = plan.files.get(path);
        let one =
            of_file(&format!("{}/{path}", plan.shown), old.as_deref(), new.map(Vec::as_slice));
        for line in one.lines() {
            if lines == MOST_LINES {
                text.push_str("(and more)\n");
            }
            if lines < MOST_LINES {
                text.push_str(line);
                text.push('\n');
            }
            lines += 1;
        }
    }
    if left_out > 0 {
        let _ = writeln!(text, "(and {left_out} more files)");
    }
    text
}

/// Whether a file holds a Secret, or changes one.
fn is_secret(path: &str, text: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let says = |line: &str| matches!(line.trim_end(), "kind: Secret" | "  \"kind\": \"Secret\",");
    name.starts_with("patch-secret-") || text.lines().any(says)
}

fn of_file(path: &str, old: Option<&[u8]>, new: Option<&[u8]>) -> String {
    let text =
        |bytes: Option<&[u8]>| String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned();
    let name = |bytes: Option<&[u8]>| bytes.map_or("/dev/null", |_| path).to_owned();
    let (before, after) = (text(old), text(new));
    if is_secret(path, &before) || is_secret(path, &after) {
        let (old, new) = (name(old), name(new));
        return format!("--- {old}\n+++ {new}\n(a Secret: its values are not shown)\n");
    }
    // What takes long to compare is shown as replaced.
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(&before, &after);
    if diff.iter_all_changes().all(|change| change.tag() == ChangeTag::Equal) {
        return String::new();
    }
    diff.unified_diff().context_radius(3).header(&name(old), &name(new)).to_string()
}
