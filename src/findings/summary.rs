//! What a run comes to, in one line for each environment.

use std::collections::BTreeSet;

use crate::check::rule::Severity;

use super::{Run, Runs};

pub fn summary(runs: &Runs) -> String {
    let is_nothing = |run: &Run| run.objects.is_empty() && !run.unread.is_empty();
    // What else was given is worth a line only where there is no other.
    let is_one_of_many = |run: &Run| is_nothing(run) && run.environment.is_none() && runs.len() > 1;
    runs.iter().filter(|run| !is_one_of_many(run)).map(line).collect()
}

fn line(run: &Run) -> String {
    let of = match &run.environment {
        Some(environment) => format!("{environment}: "),
        None => String::new(),
    };
    if run.objects.is_empty() && !run.unread.is_empty() {
        return format!("{of}nothing could be read\n");
    }
    let objects = counted(run.objects.len(), "object");
    let kinds: BTreeSet<&str> = run.objects.iter().map(|object| &*object.identity.kind).collect();
    let kinds = counted(kinds.len(), "kind");
    let errors = run.checked.count(Severity::Error);
    let warnings = run.checked.count(Severity::Warning);
    let found = match (errors, warnings) {
        (0, 0) => "nothing found".to_owned(),
        (0, _) => counted(warnings, "warning"),
        (_, 0) => counted(errors, "error"),
        _ => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
    };
    let waived = match run.checked.waived {
        0 => String::new(),
        count => format!(", {count} waived"),
    };
    let rules = counted(run.checked.rules, "rule");
    let rest = if run.unread.is_empty() { "" } else { "; the rest could not be read" };
    format!("{of}{found}{waived} in {objects} of {kinds}, by {rules}{rest}\n")
}

/// `1 object`, `2 objects`.
fn counted(count: usize, what: &str) -> String {
    let many = if count == 1 { "" } else { "s" };
    format!("{count} {what}{many}")
}
