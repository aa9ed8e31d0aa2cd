//! Findings as a JSON array; `schema` says what is in it.

use serde_json::{Value, json};

use crate::check::finding::Finding;

use super::{Run, Runs, each};

pub fn write(runs: &Runs) -> String {
    let all: Vec<Value> = each(runs).map(|(run, finding)| value(run, finding)).collect();
    format!("{:#}\n", Value::Array(all))
}

fn value(run: &Run, finding: &Finding) -> Value {
    let object = finding.object.as_ref().map(|object| {
        json!({
            "apiVersion": object.api_version,
            "kind": object.kind,
            "namespace": object.namespace,
            "name": object.name,
        })
    });
    json!({
        "rule": finding.rule.name,
        "severity": finding.severity.word(),
        "environment": run.environment,
        "object": object,
        "field": finding.field,
        "message": finding.message,
        "help": finding.help,
        "source": run.file(finding),
        "document": finding.document,
        "line": finding.place.map(|place| place.line),
        "column": finding.place.map(|place| place.column),
    })
}
