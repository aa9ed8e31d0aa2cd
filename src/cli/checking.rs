//! What commands that print objects have in common: nothing is printed that a check
//! finds an error in.

use std::collections::HashSet;
use std::io::{self, Write};
use std::slice;

use crate::Rendered;
use crate::check::Checked;
use crate::check::finding::Finding;
use crate::check::rule::Severity;
use crate::check::waivers::UNUSED;
use crate::findings::{self, Checkable, Run};
use crate::source::{Place, Sources};

/// What a check of an environment comes to.
pub fn run(environment: &str, rendered: &Rendered, sources: Sources, checked: Checked) -> Run {
    let objects = rendered
        .objects
        .iter()
        .map(|object| Checkable { identity: object.identity.clone(), source: object.place.source });
    let objects = objects.collect();
    Run { environment: Some(environment.to_owned()), sources, objects, checked, unread: Vec::new() }
}

/// Where all environments were checked, a waiver that accepts nothing in one of them is
/// idle unless another one needs it.
pub fn judge_idle_waivers(runs: &mut [Run]) {
    let place = |sources: &Sources, place: Option<Place>| place.map(|place| sources.locate(place));
    let used: HashSet<Option<String>> = runs
        .iter()
        .flat_map(|run| run.checked.used.iter().map(|used| place(&run.sources, Some(*used))))
        .collect();
    let mut said = HashSet::new();
    for run in runs {
        let Run { sources, checked, .. } = run;
        let is_waiver = |finding: &Finding| finding.rule.name == UNUSED.name;
        checked.findings.retain(|finding| {
            !(is_waiver(finding) && used.contains(&place(sources, finding.place)))
        });
        for idle in checked.idle.drain(..) {
            let at = place(sources, idle.place);
            if !used.contains(&at) && said.insert(at) {
                checked.findings.push(idle);
            }
        }
    }
}

/// What stops the output of an environment, if anything does. Warnings
/// are one line.
pub fn stops(
    environment: &str,
    rendered: &mut Rendered,
    sources: &Sources,
    threads: usize,
) -> Option<Run> {
    rendered.settings.least = Severity::Error;
    let checked = rendered.check(threads);
    if checked.findings.is_empty() && checked.counted == 0 {
        return None;
    }
    let run = run(environment, rendered, sources.clone(), checked);
    if run.checked.count(Severity::Error) > 0 {
        return Some(run);
    }
    let summary = findings::summary(slice::from_ref(&run));
    let summary = summary.trim_end();
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr(), "{summary}; `k8sgen check --env {environment}` shows them");
    None
}
