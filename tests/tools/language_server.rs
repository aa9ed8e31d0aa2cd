//! What an editor shows: yaml-language-server with the schema that the files'
//! first lines name.

use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

use crate::support::tools::{find, skipped};
use crate::support::{ROOT, run};

const FILES: &[&str] = &[
    "k8sgen.yaml",
    "overlays/dev.yaml",
    "overlays/staging.yaml",
    "overlays/prod.yaml",
    "examples/web/k8sgen.yaml",
    "examples/web/overlays/dev.yaml",
    "examples/web/overlays/prod.yaml",
];

#[test]
fn an_editor_completes_and_underlines() {
    let modules = Path::new(ROOT).join("target/ci-tools/node/node_modules");
    let (Some(node), true) = (find("node"), modules.join("yaml-language-server").is_dir()) else {
        skipped("yaml-language-server");
        return;
    };
    let mut ask = Command::new(node);
    ask.arg(Path::new(ROOT).join("tests/tools/language-server.mjs"));
    let answer = run(ask.arg(&modules).arg(ROOT).args(FILES));
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let shown: Json = serde_json::from_str(&answer.stdout).unwrap();
    for file in FILES {
        assert_eq!(shown["faults"][file], Json::Array(Vec::new()), "{file}");
    }
    let wrong = shown["wrong"].to_string();
    for fault in ["6: Property replica is not allowed", "7: Value is not accepted", "8: "] {
        assert!(wrong.contains(fault), "{wrong}");
    }
    let completions = shown["completions"].as_array().unwrap();
    for key in ["replicas", "services", "scale", "probes"] {
        let there = completions.iter().any(|completion| completion == key);
        assert_eq!(there, key != "probes", "{key} in {completions:?}");
    }
}
