//! Any text as an expression of CEL, evaluated over a small object, and as a pattern.

use k8sgen::cel::shape::{UNTOLD, read};
use k8sgen::cel::{self, Budget};
use k8sgen::diagnostic::Report;
use k8sgen::manifests;
use k8sgen::object::value::Value;
use k8sgen::re2::Regex;
use k8sgen::source::Sources;

const SELF: &str = "
name: web
replicas: 3
ratio: 0.5
empty: ''
when: '2024-05-31T12:00:00+02:00'
labels: {app: web, tier: front}
ports:
  - {name: http, port: 80}
  - {name: metrics, port: 9090}
numbers: [3, 1, 2]
";

pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(pattern) = Regex::new(text) {
        let _ = pattern.find_all(text, 100, &mut 10_000_000);
    }
    let Ok(expression) = cel::parse(text) else { return };
    let names = expression.names();
    assert!(names.iter().all(|name| expression.uses(name)));
    let object = object();
    let Ok(own) = read(&object, &UNTOLD) else { return };
    if let Ok(value) = expression.evaluate(&[("self", own)], &mut Budget::OBJECT.clone()) {
        value.shown();
    }
}

fn object() -> Value {
    let mut sources = Sources::default();
    let source = sources.add_file("self.yaml", SELF.to_owned());
    manifests::read(source, &sources, &mut Report::default()).remove(0).content
}
