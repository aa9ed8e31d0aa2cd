//! Puts the commit into `--version`.

use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=.git/HEAD");
    println!("cargo:rerun-if-changed=.git/refs");
    println!("cargo:rerun-if-env-changed=K8SGEN_COMMIT");
    let commit = std::env::var("K8SGEN_COMMIT").ok().or_else(head);
    // A source archive has no history.
    println!("cargo:rustc-env=K8SGEN_COMMIT={}", commit.unwrap_or_else(|| "no commit".to_owned()));
}

fn head() -> Option<String> {
    let output = Command::new("git").args(["rev-parse", "--short=12", "HEAD"]).output().ok()?;
    let commit = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !commit.is_empty()).then_some(commit)
}
