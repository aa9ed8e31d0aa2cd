//! Manifests on trial, for the tests of this family.

use crate::check::check;
use crate::check::finding::Finding;
use crate::check::rule::Severity;
use crate::check::settings::Settings;
use crate::check::subject::Subject;
use crate::diagnostic::{self, Report};
use crate::manifests;
use crate::source::Sources;

/// The fields that a manifest has errors in, in the order in which they are found.
pub fn faults(manifest: &str) -> Vec<String> {
    fields(manifest, Severity::Error)
}

/// The fields that a manifest has warnings for.
pub fn warnings(manifest: &str) -> Vec<String> {
    fields(manifest, Severity::Warning)
}

/// A manifest that a server takes.
pub fn none(manifest: &str) {
    let found = findings(manifest);
    let errors: Vec<&Finding> = found.iter().filter(|f| f.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?} in\n{manifest}");
}

fn fields(manifest: &str, severity: Severity) -> Vec<String> {
    let found = findings(manifest).into_iter().filter(|finding| finding.severity == severity);
    found.map(|finding| finding.field).collect()
}

/// What this family finds.
pub fn findings(manifest: &str) -> Vec<Finding> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let source = sources.add_file("trial.yaml", manifest.to_owned());
    let read = manifests::read(source, &sources, &mut report);
    let broken = diagnostic::render(&report.into_sorted(), &sources, false);
    assert!(broken.is_empty(), "{broken}");
    let subjects: Vec<Subject<'_>> = read.iter().map(Subject::of_manifest).collect();
    let settings = Settings { only: vec!["api".to_owned()], ..Settings::default() };
    check(&subjects, &settings, 1).findings
}
