//! Programs of others that tests ask. A missing one is said on a user's
//! machine, and a failure where `K8SGEN_REQUIRE_TOOLS=1`, as in CI.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

use super::{ROOT, asked, run_with_input, say};

/// A program in `PATH`.
pub fn find(name: &str) -> Option<PathBuf> {
    let directories = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&directories).map(|directory| directory.join(name)).find(|path| path.is_file())
}

/// Says that a test is skipped, where that is allowed.
#[track_caller]
pub fn skipped(what: &str) {
    assert!(!asked("K8SGEN_REQUIRE_TOOLS"), "{what} not found");
    say(&format!("skipped: {what} not found"));
}

/// `K8SGEN_TEST_KUBECTL`, or `kubectl` in `PATH`, and the versions beside it
/// (`kubectl.1.33`), as the Google Cloud SDK installs them.
#[track_caller]
pub fn kubectls() -> Vec<PathBuf> {
    let named = env::var_os("K8SGEN_TEST_KUBECTL").map(PathBuf::from);
    let found = named.or_else(|| find("kubectl"));
    let Some(kubectl) = found.and_then(|path| path.canonicalize().ok()) else {
        skipped("kubectl");
        return Vec::new();
    };
    let beside = kubectl.parent().unwrap().read_dir().unwrap();
    let mut all: Vec<PathBuf> = beside
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("kubectl.1.") && !name.ends_with(".exe")
        })
        .collect();
    all.push(kubectl);
    all.sort();
    all.dedup();
    all
}

/// `K8SGEN_TEST_PROMTOOL`, that of `.ci/run`, or `promtool` in `PATH`.
#[track_caller]
pub fn promtool() -> Option<PathBuf> {
    let own = Path::new(ROOT).join("target/ci-tools/bin/promtool");
    let named = env::var_os("K8SGEN_TEST_PROMTOOL").map(PathBuf::from);
    let candidates = [named, Some(own), find("promtool")];
    let found = candidates.into_iter().flatten().find(|path| path.is_file());
    if found.is_none() {
        skipped("promtool");
    }
    found
}

/// The JSON Schema of SARIF 2.1.0 that `.ci/run` fetches.
#[track_caller]
pub fn sarif_schema() -> Option<PathBuf> {
    let path = Path::new(ROOT).join("target/ci-tools/sarif-2.1.0.json");
    if !path.is_file() {
        skipped("the schema of SARIF");
        return None;
    }
    Some(path)
}

/// The objects as kubectl reads them, in their order. Each gets the label `x=y`.
#[track_caller]
pub fn read_by_kubectl(kubectl: &Path, input: &[u8]) -> Vec<Json> {
    let mut label = Command::new(kubectl);
    label.args(["label", "--local", "-f", "-", "-o", "json", "x=y"]);
    let run = run_with_input(&mut label, input);
    assert_eq!(run.status, 0, "{}: {}", kubectl.display(), run.stderr);
    serde_json::Deserializer::from_str(&run.stdout).into_iter().map(Result::unwrap).collect()
}

/// A Python that has a module: that of `.ci/run`, or the one in `PATH`.
#[track_caller]
pub fn python_with(module: &str) -> Option<PathBuf> {
    let own = Path::new(ROOT).join("target/ci-tools/bin/python3");
    let candidates =
        [env::var_os("K8SGEN_TEST_PYTHON").map(PathBuf::from), Some(own), find("python3")];
    let found = candidates.into_iter().flatten().find(|python| {
        let mut import = Command::new(python);
        import.args(["-c", &format!("import {module}")]);
        import.output().is_ok_and(|output| output.status.success())
    });
    if found.is_none() {
        skipped(&format!("the Python module {module}"));
    }
    found
}
