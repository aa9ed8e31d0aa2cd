//! What `check` writes, against the schemas of the formats: SARIF's, and our own of
//! findings.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::tools::{python_with, sarif_schema};
use crate::support::{ROOT, Scratch, run};

const VALIDATE: &str = "
import json, sys, jsonschema
schema, document = (json.load(open(path, encoding='utf-8')) for path in sys.argv[1:3])
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
errors = list(validator(schema).iter_errors(document))
for error in errors:
    print(error.json_path, error.message)
sys.exit(bool(errors))
";

/// Findings of every kind: with and without an object, a place, a field and help.
const MANIFESTS: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {a b: c}}
spec:
  containers:
    - {name: web, image: 'web:latest', imagee: 'ü \"<&%:,'}
---
kind: [Pod]
---
{}
";

fn written(format: &str, project: &Scratch) -> String {
    let findings = project.run(&["check", "-f", "a b/ü.yaml", "--format", format]);
    assert_eq!(findings.status, 1, "{}", findings.stderr);
    findings.stdout
}

fn validate(schema: &Path, document: &str) {
    let Some(python) = python_with("jsonschema") else { return };
    let scratch = Scratch::new().file("document.json", document);
    let mut validate = Command::new(python);
    validate.args(["-c", VALIDATE]).arg(schema).arg(scratch.path().join("document.json"));
    let result = run(&mut validate);
    assert_eq!(result.status, 0, "{}{}", result.stdout, result.stderr);
}

#[test]
fn sarif_is_valid_by_its_schema() {
    let Some(schema) = sarif_schema() else { return };
    let project = Scratch::new().file("a b/ü.yaml", MANIFESTS);
    validate(&schema, &written("sarif", &project));
}

#[test]
fn json_is_valid_by_the_schema_of_findings() {
    let schema: PathBuf = Path::new(ROOT).join("docs/findings.schema.json");
    let project = Scratch::new().file("a b/ü.yaml", MANIFESTS);
    validate(&schema, &written("json", &project));
}

/// Well-formed, and with the counts that it states.
const READ_JUNIT: &str = "
import sys, xml.etree.ElementTree as xml
root = xml.fromstring(sys.stdin.buffer.read())
cases = root.findall('testsuite/testcase')
failed = [case for case in cases if case.find('failure') is not None]
assert root.tag == 'testsuites' and int(root.get('tests')) == len(cases), root.attrib
assert int(root.get('failures')) == len(failed) > 0, root.attrib
";

#[test]
fn junit_is_well_formed() {
    let Some(python) = python_with("xml") else { return };
    let project = Scratch::new().file("a b/ü.yaml", MANIFESTS);
    let mut read = Command::new(python);
    let result = crate::support::run_with_input(
        read.args(["-c", READ_JUNIT]),
        written("junit", &project).as_bytes(),
    );
    assert_eq!(result.status, 0, "{}{}", result.stdout, result.stderr);
}
