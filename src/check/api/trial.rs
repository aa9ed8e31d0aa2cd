//! Manifests on trial, for the tests of this family.

use crate::check::finding::Finding;
use crate::check::rule::Severity;
use crate::check::settings::Settings;
use crate::check::testing::Objects;

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
    let settings = Settings { only: vec!["api".to_owned()], ..Settings::default() };
    Objects::read(manifest).findings(&settings)
}
