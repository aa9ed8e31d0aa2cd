//! Manifests as tests of rules have them: read, looked at, and what was said of them.

use crate::diagnostic::{self, Report};
use crate::manifests::{self, Manifest};
use crate::source::Sources;

use super::finding::Finding;
use super::rule::Severity;
use super::scene::Scene;
use super::settings::Settings;
use super::subject::Subject;

/// Manifests that could be read.
pub struct Objects(Vec<Manifest>);

impl Objects {
    pub fn read(text: &str) -> Objects {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let source = sources.add_file("example.yaml", text.to_owned());
        let read = manifests::read(source, &sources, &mut report);
        let faults = diagnostic::render(&report.into_sorted(), &sources, false);
        assert!(faults.is_empty(), "{faults}");
        Objects(read)
    }

    pub fn findings(&self, settings: &Settings) -> Vec<Finding> {
        super::check(&self.subjects(), settings, 1).findings
    }

    pub fn with_scene<T>(&self, settings: &Settings, look: impl FnOnce(&Scene<'_>) -> T) -> T {
        let subjects = self.subjects();
        look(&Scene::new(&subjects, settings))
    }

    fn subjects(&self) -> Vec<Subject<'_>> {
        self.0.iter().map(Subject::of_manifest).collect()
    }
}

/// How some files are checked: other objects may be elsewhere.
pub fn some_files() -> Settings {
    Settings { complete: false, ..Settings::default() }
}

/// What a rule says of manifests that are all there are: `error Service/web
/// spec.selector: …`.
pub fn said(rule: &str, text: &str) -> Vec<String> {
    said_under(&Settings::default(), rule, text)
}

pub fn said_under(settings: &Settings, rule: &str, text: &str) -> Vec<String> {
    let findings = Objects::read(text).findings(settings);
    let of_rule = findings.iter().filter(|finding| finding.rule.name == rule);
    of_rule
        .map(|finding| {
            let object = finding.object.as_ref().map(ToString::to_string).unwrap_or_default();
            let Finding { severity, field, message, .. } = finding;
            format!("{} {object} {field}: {message}", severity.word())
        })
        .collect()
}

/// What is found in manifests, with the usual settings.
pub fn findings(text: &str) -> Vec<Finding> {
    findings_for(text, &Settings::default())
}

pub fn findings_for(text: &str, settings: &Settings) -> Vec<Finding> {
    Objects::read(text).findings(settings)
}

/// The fields in which a server would refuse manifests, in the order of the findings.
pub fn refused(text: &str) -> Vec<String> {
    let found = findings(text).into_iter();
    let refused = found.filter(|f| f.severity == Severity::Error && f.rule.family() == "api");
    refused.map(|finding| finding.field).collect()
}

/// The fields that a rule has something against, with how much it matters.
pub fn found_by(rule: &str, text: &str, settings: &Settings) -> Vec<(Severity, String)> {
    let found = Objects::read(text).findings(settings).into_iter();
    let of_rule = found.filter(|finding| finding.rule.name == rule);
    of_rule.map(|finding| (finding.severity, finding.field)).collect()
}
