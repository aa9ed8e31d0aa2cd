//! How tests check manifests: what is found in a text.

use crate::diagnostic::{self, Report};
use crate::manifests;
use crate::source::Sources;

use super::finding::Finding;
use super::rule::Severity;
use super::settings::Settings;
use super::subject::Subject;

/// What is found in manifests, with the usual settings.
pub fn findings(text: &str) -> Vec<Finding> {
    findings_for(text, &Settings::default())
}

pub fn findings_for(text: &str, settings: &Settings) -> Vec<Finding> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let source = sources.add_file("example.yaml", text.to_owned());
    let read = manifests::read(source, &sources, &mut report);
    let faults = diagnostic::render(&report.into_sorted(), &sources, false);
    assert!(faults.is_empty(), "{faults}");
    let subjects: Vec<Subject<'_>> = read.iter().map(Subject::of_manifest).collect();
    super::check(&subjects, settings, 1).findings
}

/// The fields in which a server would refuse manifests, in the order of the findings.
pub fn refused(text: &str) -> Vec<String> {
    let found = findings(text).into_iter();
    let refused = found.filter(|f| f.severity == Severity::Error && f.rule.family() == "api");
    refused.map(|finding| finding.field).collect()
}

/// The fields that a rule has something against, with how much it matters.
pub fn found_by(rule: &str, text: &str, settings: &Settings) -> Vec<(Severity, String)> {
    let found = findings_for(text, settings).into_iter().filter(|f| f.rule.name == rule);
    found.map(|finding| (finding.severity, finding.field)).collect()
}
