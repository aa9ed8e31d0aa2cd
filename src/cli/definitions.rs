//! What `--crds` gives: the definitions that custom resources are judged by. They are
//! looked at themselves, for what is wrong with one is wrong with each verdict by it.

use std::path::{Path, PathBuf};
use std::slice;

use anyhow::Result;

use crate::check;
use crate::check::api::custom::definitions::{Definitions, KIND};
use crate::check::settings::Settings;
use crate::check::subject::Subject;
use crate::diagnostic::{Diagnostic, Report};
use crate::findings::{Checkable, Run, input};
use crate::manifests::{self, Manifest};
use crate::source::{Place, Sources};

/// Definitions, and what was found in them.
pub struct Given {
    pub definitions: Definitions,
    pub run: Run,
    /// What cannot be read.
    pub report: Report,
}

/// Reads the definitions of files and directories.
pub fn read(paths: &[PathBuf], settings: &Settings, threads: usize) -> Result<Given> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    report.set_threads(threads);
    let mut manifests = Vec::new();
    for path in paths {
        manifests.extend(read_one(path, &mut sources, &mut report)?);
    }
    let subjects: Vec<Subject<'_>> = manifests.iter().map(Subject::of_manifest).collect();
    let mut checked = check::check(&subjects, settings, threads);
    // How they fit together with others is not asked here.
    checked.findings.retain(|finding| finding.rule.family() == "api");
    let checkable = |manifest: &Manifest| Checkable {
        identity: manifest.identity.clone(),
        source: manifest.source,
    };
    let objects = manifests.iter().map(checkable).collect();
    let unread = input::findings(report.sorted(), &sources);
    let run = Run { environment: None, sources, objects, checked, unread };
    let definitions = manifests.into_iter().map(|manifest| manifest.content).collect();
    Ok(Given { definitions: Definitions::new(definitions), run, report })
}

/// The definitions of a file or a directory, which may hold other things beside them. A
/// file that is named must hold one.
fn read_one(path: &Path, sources: &mut Sources, report: &mut Report) -> Result<Vec<Manifest>> {
    let before = report.len();
    let given = manifests::add_all(slice::from_ref(&path.to_path_buf()), sources, 1)?;
    let mut manifests = Vec::new();
    for source in &given {
        manifests.extend(manifests::read(*source, sources, report));
    }
    manifests.retain(|manifest| manifest.identity.kind == KIND);
    if manifests.is_empty() && report.len() == before {
        let message = format!("there is no {KIND} in `{}`", path.display());
        let diagnostic = Diagnostic::new(message);
        report.add(match given.as_slice() {
            [source] if !path.is_dir() => diagnostic.at(Place::start_of(*source)),
            _ => diagnostic,
        });
    }
    Ok(manifests)
}
