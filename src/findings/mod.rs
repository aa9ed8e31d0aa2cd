//! What a check found, as people and machines read it: one file per format.

mod github;
pub mod input;
mod json;
mod junit;
mod sarif;
pub mod schema;
mod summary;
mod text;

use crate::check::Checked;
use crate::check::finding::Finding;
use crate::check::rule::Severity;
use crate::object::Identity;
use crate::source::{Place, SourceId, Sources};

pub use summary::summary;

/// The findings of one run, an environment or the given files each.
pub type Runs = [Run];

/// What was checked together.
pub struct Run {
    /// The environment; nothing for files.
    pub environment: Option<String>,
    pub sources: Sources,
    pub objects: Vec<Checkable>,
    pub checked: Checked,
    /// What could not be read of it, for machines.
    pub unread: Vec<Finding>,
}

/// One object that was checked.
pub struct Checkable {
    pub identity: Identity,
    pub source: SourceId,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Text { colour: bool },
    Json,
    Sarif,
    Github,
    Junit,
}

/// All findings in a format.
pub fn write(runs: &Runs, format: Format) -> String {
    match format {
        Format::Text { colour } => text::write(runs, colour),
        Format::Json => json::write(runs),
        Format::Sarif => sarif::write(runs),
        Format::Github => github::write(runs),
        Format::Junit => junit::write(runs),
    }
}

impl Run {
    /// Leaves only what is as severe; the rest is still counted.
    pub fn keep_from(&mut self, least: Severity) {
        let found = self.checked.findings.len();
        self.checked.findings.retain(|finding| finding.severity >= least);
        self.checked.counted += found - self.checked.findings.len();
    }

    /// The file that a finding lies in, as the user named it.
    fn file(&self, finding: &Finding) -> Option<&str> {
        let source = self.sources.get(finding.place?.source)?;
        Some(&source.label)
    }
}

/// All findings of all runs, behind what could not be read of them.
fn each(runs: &Runs) -> impl Iterator<Item = (&Run, &Finding)> {
    runs.iter().flat_map(|run| {
        let all = run.unread.iter().chain(&run.checked.findings);
        all.map(move |finding| (run, finding))
    })
}

/// The column behind a stretch.
fn end_column(place: Place) -> u32 {
    place.column + u32::from(place.length.max(1))
}

/// The same with its environment, where findings of several stand among each other.
fn sentence_of_run(run: &Run, finding: &Finding) -> String {
    match &run.environment {
        Some(environment) => format!("{environment}: {}", sentence(finding)),
        None => sentence(finding),
    }
}

/// What a finding says in one line, with what it concerns.
fn sentence(finding: &Finding) -> String {
    let mut text = String::new();
    if let Some(object) = &finding.object {
        text.push_str(&format!("{object}: "));
    }
    if !finding.field.is_empty() {
        text.push_str(&format!("{}: ", finding.field));
    }
    text.push_str(&finding.message);
    if let Some(help) = &finding.help {
        text.push_str(&format!(" ({help})"));
    }
    text
}
