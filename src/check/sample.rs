//! What a check says of a manifest that a test has written.

use crate::diagnostic::{self, Report};
use crate::manifests;
use crate::source::Sources;

use super::finding::Finding;
use super::rule::Severity;
use super::settings::Settings;
use super::subject::Subject;

/// All that is found in a manifest.
pub fn findings(manifest: &str) -> Vec<Finding> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let source = sources.add_file("example.yaml", manifest.to_owned());
    let read = manifests::read(source, &sources, &mut report);
    let faults = diagnostic::render(&report.into_sorted(), &sources, false);
    assert!(faults.is_empty(), "{faults}");
    let subjects: Vec<Subject<'_>> = read.iter().map(Subject::of_manifest).collect();
    super::check(&subjects, &Settings::default(), 1)
}

/// The fields that a server would refuse.
pub fn refused(manifest: &str) -> Vec<String> {
    fields(manifest, Severity::Error)
}

/// The fields that a server would warn of.
pub fn warned(manifest: &str) -> Vec<String> {
    fields(manifest, Severity::Warning)
}

fn fields(manifest: &str, severity: Severity) -> Vec<String> {
    findings(manifest)
        .into_iter()
        .filter(|found| found.rule.family() == "api" && found.severity == severity)
        .map(|found| found.field)
        .collect()
}
