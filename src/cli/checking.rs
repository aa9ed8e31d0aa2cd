//! What commands that print objects have in common: nothing is printed that a check
//! finds an error in.

use std::io::{self, Write};
use std::slice;

use crate::Rendered;
use crate::check::rule::Severity;
use crate::findings::{self, Checkable, Run};
use crate::source::Sources;

/// What a check of an environment comes to.
pub fn run(environment: &str, rendered: &Rendered, sources: Sources, threads: usize) -> Run {
    let checked = rendered.check(threads);
    let objects = rendered
        .objects
        .iter()
        .map(|object| Checkable { identity: object.identity.clone(), source: object.place.source });
    let objects = objects.collect();
    Run { environment: Some(environment.to_owned()), sources, objects, checked }
}

/// Whether nothing stops the output. Warnings are one line.
pub fn passes(run: &Run) -> bool {
    let errors = run.checked.count(Severity::Error);
    if errors == 0 && run.checked.count(Severity::Warning) > 0 {
        let summary = findings::summary(slice::from_ref(run));
        let name = run.environment.as_deref().unwrap_or_default();
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(
            io::stderr(),
            "{}; `k8sgen check --env {name}` shows them",
            summary.trim_end()
        );
    }
    errors == 0
}
