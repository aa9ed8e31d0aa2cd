//! Runs one rule over manifests: what tests of rules stand on.

use crate::check::rule::Rule;
use crate::check::settings::Settings;
use crate::check::subject::Subject;
use crate::diagnostic::{self, Report};
use crate::manifests;
use crate::source::Sources;

/// What a rule finds in production: `error FIELD: MESSAGE`.
pub fn findings(rule: &Rule, manifests: &str) -> Vec<String> {
    findings_with(rule, manifests, |_| {})
}

/// The same under other settings.
pub fn findings_with(
    rule: &Rule,
    manifests: &str,
    change: impl FnOnce(&mut Settings),
) -> Vec<String> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let source = sources.add_file("trial.yaml", manifests.to_owned());
    let read = manifests::read(source, &sources, &mut report);
    let faults = diagnostic::render(&report.into_sorted(), &sources, false);
    assert!(faults.is_empty(), "{faults}");
    let subjects: Vec<Subject<'_>> = read.iter().map(Subject::of_manifest).collect();
    let mut settings = Settings { only: vec![rule.name.to_owned()], ..Settings::default() };
    change(&mut settings);
    let found = crate::check::check(&subjects, &settings, 1).findings;
    found.iter().map(|f| format!("{} {}: {}", f.severity.word(), f.field, f.message)).collect()
}
