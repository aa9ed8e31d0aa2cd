//! What cannot be read, as machines read it: beside the findings, of a rule that is none.
//! People find it on standard error.

use crate::check::Checked;
use crate::check::finding::Finding;
use crate::check::rule::{Look, Rule, Severity, Weight};
use crate::diagnostic::Diagnostic;
use crate::source::{Place, Sources};

use super::Run;

/// It cannot be chosen, left out or waived.
pub static RULE: Rule = Rule {
    name: "input",
    weight: Weight::ERROR,
    summary: "what was given cannot be read",
    page: "Something is wrong with what was given, and it was not checked: a file that is not there, that is no YAML, or that a profile does not take.",
    bad: "",
    good: "",
    look: Look::Validation,
};

/// An entry for each that cannot be read.
pub fn findings(unread: Vec<Diagnostic>, sources: &Sources) -> Vec<Finding> {
    unread.into_iter().map(|unread| finding(unread, sources)).collect()
}

/// People are shown the end of a line; machines are told which column it is.
fn within_line(place: Place, sources: &Sources) -> Place {
    let line = sources.get(place.source).map_or("", |source| source.line(place.line));
    let end = u32::try_from(line.chars().count()).unwrap_or(u32::MAX).saturating_add(1);
    Place { column: place.column.min(end), ..place }
}

fn finding(unread: Diagnostic, sources: &Sources) -> Finding {
    let message = match unread.label.as_str() {
        "" => unread.message,
        label => format!("{}: {label}", unread.message),
    };
    Finding {
        rule: &RULE,
        severity: Severity::Error,
        object: None,
        field: String::new(),
        path: Vec::new(),
        message,
        help: unread.help,
        place: unread.place.map(|place| within_line(place, sources)),
        document: 0,
    }
}

impl Run {
    /// Nothing of it could be read.
    pub fn of_unread(
        environment: Option<String>,
        sources: Sources,
        unread: Vec<Diagnostic>,
    ) -> Run {
        let unread = findings(unread, &sources);
        Run { environment, sources, objects: Vec::new(), checked: Checked::default(), unread }
    }
}
