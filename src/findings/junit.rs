//! Findings as JUnit XML: a suite for each environment or file, a case for each object.

use std::fmt::Write as _;

use indexmap::IndexMap;

use crate::check::finding::Finding;
use crate::check::rule::Severity;
use crate::object::Identity;
use crate::source::SourceId;

use super::{Run, Runs};

/// The cases of each suite, with what was found in them.
type Suites<'r> = IndexMap<&'r str, IndexMap<Case<'r>, Vec<&'r Finding>>>;

/// What may fail: an object, a waiver, or reading.
#[derive(PartialEq, Eq, Hash)]
enum Case<'r> {
    Object(&'r Identity),
    Rule(&'static str),
}

pub fn write(runs: &Runs) -> String {
    let (mut text, mut tests, mut failures) = (String::new(), 0, 0);
    for run in runs {
        for (name, cases) in suites(run) {
            let failed = cases.values().filter(|found| fails(found)).count();
            tests += cases.len();
            failures += failed;
            let name = escaped(name);
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(
                text,
                "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{failed}\">",
                cases.len()
            );
            for (case, found) in cases {
                write_case(&name, &case, &found, &mut text);
            }
            text.push_str("  </testsuite>\n");
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"k8sgen check\" tests=\"{tests}\" failures=\"{failures}\">\n{text}</testsuites>\n"
    )
}

/// All objects are cases, in their order; findings that concern none come behind them.
fn suites(run: &Run) -> Suites<'_> {
    let of_source = |source: SourceId| match &run.environment {
        Some(environment) => environment.as_str(),
        None => run.sources.get(source).map_or("-", |source| source.label.as_str()),
    };
    let mut suites = Suites::default();
    for object in &run.objects {
        let cases = suites.entry(of_source(object.source)).or_default();
        cases.entry(Case::Object(&object.identity)).or_default();
    }
    let nowhere = run.environment.as_deref().unwrap_or("-");
    for finding in run.unread.iter().chain(&run.checked.findings) {
        let name = finding.place.map_or(nowhere, |place| of_source(place.source));
        let case = match &finding.object {
            Some(object) => Case::Object(object),
            None => Case::Rule(finding.rule.name),
        };
        suites.entry(name).or_default().entry(case).or_default().push(finding);
    }
    suites
}

fn fails(found: &[&Finding]) -> bool {
    found.iter().any(|finding| finding.severity == Severity::Error)
}

fn write_case(suite: &str, case: &Case<'_>, found: &[&Finding], out: &mut String) {
    let name = match case {
        Case::Object(object) => escaped(&object.to_string()),
        Case::Rule(rule) => (*rule).to_owned(),
    };
    let _ = write!(out, "    <testcase classname=\"{suite}\" name=\"{name}\"");
    if found.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push_str(">\n");
    let of = |severity| found.iter().filter(move |finding| finding.severity == severity);
    let texts = |severity| {
        let texts: Vec<String> = of(severity).map(|finding| said(finding)).collect();
        escaped(&texts.join("\n"))
    };
    if let Some(first) = of(Severity::Error).next() {
        let (rule, message) = (first.rule.name, escaped(&first.message));
        let text = texts(Severity::Error);
        let _ =
            writeln!(out, "      <failure type=\"{rule}\" message=\"{message}\">{text}</failure>");
    }
    if of(Severity::Warning).next().is_some() {
        let _ = writeln!(out, "      <system-out>{}</system-out>", texts(Severity::Warning));
    }
    out.push_str("    </testcase>\n");
}

fn said(finding: &Finding) -> String {
    let line = finding.place.map_or(String::new(), |place| format!("line {}: ", place.line));
    format!("{} {line}{}", finding.rule.name, super::sentence(finding))
}

/// What may stand in XML: no markup, and none of the characters that XML 1.0 lacks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
