//! Findings as SARIF 2.1.0, which code hosts show as code scanning alerts.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::check::finding::Finding;
use crate::check::registry;
use crate::check::rule::{Rule, Severity};

use super::{Run, Runs, each, end_column, input};
use crate::digest;

pub fn write(runs: &Runs) -> String {
    let places: HashMap<&str, usize> =
        rules().enumerate().map(|(place, rule)| (rule.name, place)).collect();
    let results = each(runs)
        .map(|(run, finding)| result(run, finding, places.get(finding.rule.name).copied()));
    let results: Vec<Value> = results.collect();
    let rules: Vec<Value> = rules().map(rule).collect();
    let is_read = runs.iter().all(|run| run.unread.is_empty());
    let whole = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "k8sgen",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "invocations": [{"executionSuccessful": is_read}],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{whole:#}\n")
}

/// All that may be found, and that something cannot be read.
fn rules() -> impl Iterator<Item = &'static Rule> {
    registry::all().chain([&input::RULE])
}

fn rule(rule: &'static Rule) -> Value {
    let production = rule.weight.production.map_or("none", level);
    json!({
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.page},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": production},
        "properties": {"tags": [rule.family()]},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// A finding, of the rule that is listed at a place.
fn result(run: &Run, finding: &Finding, index: Option<usize>) -> Value {
    let mut location = Map::new();
    if let (Some(file), Some(place)) = (run.file(finding), finding.place) {
        location.insert(
            "physicalLocation".to_owned(),
            json!({
                "artifactLocation": {"uri": uri(file)},
                "region": {
                    "startLine": place.line,
                    "startColumn": place.column,
                    "endColumn": end_column(place),
                },
            }),
        );
    }
    let object = finding.object.as_ref().map(|object| {
        let namespace = object.namespace.as_deref().unwrap_or_default();
        format!("{}/{}/{namespace}/{}", object.api_version, object.kind, object.name)
    });
    let concerns = format!("{}#{}", object.as_deref().unwrap_or_default(), finding.field);
    if object.is_some() {
        location.insert("logicalLocations".to_owned(), json!([{"fullyQualifiedName": concerns}]));
    }
    // The same finding has the same print wherever its lines move to.
    let print = digest::of_bytes(
        format!("{} {concerns} {}", finding.rule.name, finding.message).as_bytes(),
    );
    let locations: Vec<Value> =
        if location.is_empty() { Vec::new() } else { vec![location.into()] };
    json!({
        "ruleId": finding.rule.name,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": {"text": super::sentence_of_run(run, finding)},
        "locations": locations,
        "partialFingerprints": {"finding/v1": print},
    })
}

/// A path as a URI reference: relative ones stay relative to the checkout.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").trim_start_matches("./").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uri_references() {
        assert_eq!(uri("./deploy/my app.yaml"), "deploy/my%20app.yaml");
        assert_eq!(uri("ä#?.yaml"), "%C3%A4%23%3F.yaml");
    }
}
