//! Findings for people: as a compiler prints them, at the line that causes them.

use std::cmp::Reverse;

use crate::check::finding::Finding;
use crate::check::rule::Severity;
use crate::diagnostic::{self, Diagnostic, MOST_PRINTED};
use crate::object::from_value::Step;
use crate::redact;

use super::{Runs, summary};

/// Rules that find what nobody should read: their lines are not shown.
const SECRET: [&str; 3] =
    ["policy/plaintext-secret", "policy/secret-in-config", "policy/secret-in-pod"];

pub fn write(runs: &Runs, colour: bool) -> String {
    let mut text = String::new();
    for run in runs {
        let mut found: Vec<&Finding> = run.checked.findings.iter().collect();
        found.sort_by_key(|finding| Reverse(finding.severity));
        let first = found.iter().take(MOST_PRINTED);
        let said: Vec<Diagnostic> = first.map(|finding| diagnostic_of(finding)).collect();
        if let (Some(environment), false) = (&run.environment, said.is_empty() || runs.len() == 1) {
            text.push_str(&format!("== {environment}\n\n"));
        }
        text.push_str(&diagnostic::render_first(&said, found.len(), &run.sources, colour));
    }
    text + &summary(runs)
}

/// A finding as a message with its place.
pub fn diagnostic_of(finding: &Finding) -> Diagnostic {
    let label = match (&finding.object, finding.field.as_str()) {
        (Some(object), "") => object.to_string(),
        (Some(object), field) => format!("{object}: {field}"),
        (None, field) => field.to_owned(),
    };
    let mut said = Diagnostic::new(&finding.message).of_rule(finding.rule.name).label(label);
    if finding.severity == Severity::Warning {
        said = said.as_warning();
    }
    if SECRET.contains(&finding.rule.name) || is_among_values(finding) {
        said = said.as_secret();
    }
    said.place = finding.place;
    said.help.clone_from(&finding.help);
    said
}

/// Whether a finding lies where a Secret has its values, or may have them by mistake.
fn is_among_values(finding: &Finding) -> bool {
    let of_secret =
        finding.object.as_ref().is_some_and(|object| object.kind.eq_ignore_ascii_case("Secret"));
    let is_open = |step: &Step| matches!(step, Step::Key(key) if redact::is_open_field(key));
    of_secret && !finding.path.first().is_some_and(is_open)
}

#[cfg(test)]
mod tests {
    use super::SECRET;
    use crate::check::registry;

    #[test]
    fn the_rules_about_secrets_are_there() {
        assert!(SECRET.iter().all(|name| registry::find(name).is_some()));
    }
}
