//! `check --file` over manifests as people have them: what a server takes passes, and
//! what is wrong in the documents this project was created from is found.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{ROOT, Run, run_in};

const VALID: &str = "tests/manifests/valid";
const FAULTY: &str = "tests/manifests/faulty";
/// Definitions that some of the faults are measured against.
const DEFINITIONS: &str = "tests/manifests/crds";

/// There are as many objects at least, of as many kinds.
const LEAST: (usize, usize) = (250, 60);

/// What is rightly said of objects that a server takes: the file, the rule, the object
/// and the field.
const KNOWN: &[(&str, &str, &str, &str)] = &[
    ("chart-argo-cd.yaml", "api/metadata", "AppProject/my-project", "metadata.finalizers[0]"),
    ("configs.yaml", "api/server-warning", "Secret/tls", "data[tls.crt]"),
    // Hosts are called after them.
    ("deployments.yaml", "api/server-warning", "Deployment/one.with.dots", "metadata.name"),
    ("scheduling.yaml", "api/server-warning", "Pod/by.hand", "metadata.name"),
    // No container starts in a byte, or as a root that must not be root.
    (
        "edges-of-pods.yaml",
        "policy/implausible-amount",
        "Pod/contradictions",
        "spec.containers[1].resources.limits.memory",
    ),
    (
        "edges-of-pods.yaml",
        "policy/non-root-contradiction",
        "Pod/contradictions",
        "spec.securityContext.runAsUser",
    ),
    (
        "ingresses.yaml",
        "api/server-warning",
        "Ingress/implementation-specific",
        "metadata.annotations[kubernetes.io/ingress.class]",
    ),
    ("jobs.yaml", "api/server-warning", "Job/own.selector", "metadata.name"),
    ("old-kinds.yaml", "api/removed-version", "Endpoints/by-hand", "apiVersion"),
    ("operators.yaml", "api/unchecked", "WidgetFactory/main", "kind"),
    ("rbac.yaml", "api/metadata", "ClusterRole/monitoring-endpoints", "metadata.namespace"),
    (
        "security-contexts.yaml",
        "api/server-warning",
        "Pod/privileged",
        "metadata.annotations[container.apparmor.security.beta.kubernetes.io/main]",
    ),
];

/// What is wrong in a file.
struct Fault {
    file: &'static str,
    /// A rule, or a family of rules.
    rule: &'static str,
    object: &'static str,
    /// The field, or one that it lies in.
    field: &'static str,
    /// A part of the message or of its help.
    says: &'static str,
}

const fn fault(
    file: &'static str,
    rule: &'static str,
    object: &'static str,
    field: &'static str,
    says: &'static str,
) -> Fault {
    Fault { file, rule, object, field, says }
}

/// What cannot even be read: the file, the line, and a part of what is said.
const UNREADABLE: &[(&str, usize, &str)] = &[
    ("claim-indent.yaml", 6, "indented too far"),
    ("network-policy-indent.yaml", 16, "not valid YAML"),
    ("redis-indent.yaml", 2, "not valid YAML"),
    ("service-monitor-indent.yaml", 13, "indented too far"),
];

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    // A share of what is requested, and nothing is requested.
    fault("autoscaler-without-requests.yaml", "policy", "HorizontalPodAutoscaler/webserver-hpa", "spec.metrics[0]", "request"),
    fault("backup-by-exec.yaml", "policy/kubectl-exec", "CronJob/blockchain-backup", "spec.jobTemplate.spec.template.spec.containers[0]", "kubectl"),
    fault("backup-by-exec.yaml", "policy/latest-tag", "CronJob/blockchain-backup", "spec.jobTemplate.spec.template.spec.containers[0].image", "version"),
    // With one pod, of which one must be available, no node can be drained.
    fault("budget-blocks-drain.yaml", "policy/budget-blocks-eviction", "PodDisruptionBudget/webserver-pdb", "spec", "evict"),
    fault("claim-shifted.yaml", "api/decoding", "PersistentVolumeClaim/webserver-data-restore", "metadata.spec", "no such field"),
    fault("deployment-without-selector.yaml", "api", "Deployment/webserver", "spec.selector", "missing"),
    fault("deployment-without-selector.yaml", "policy/latest-tag", "Deployment/webserver", "spec.template.spec.containers[0].image", "version"),
    fault("external-secret-version.yaml", "api", "ExternalSecret/blockchain-api-keys", "apiVersion", "v1"),
    fault("network-policy-selects-nothing.yaml", "refs", "NetworkPolicy/blockchain-netpol", "spec.podSelector", "no pod"),
    fault("network-policy-shifted.yaml", "api/decoding", "NetworkPolicy/allow-webserver-egress", "spec.egress[0].to[0].matchLabels", "podSelector"),
    fault("network-policy-shifted.yaml", "api/decoding", "NetworkPolicy/allow-webserver-egress", "spec.ports", "no such field"),
    fault("plaintext-secret.yaml", "policy/plaintext-secret", "Secret/blockchain-secrets", "stringData", ""),
    // It is gone since Kubernetes 1.25; Pod Security takes its place.
    fault("pod-security-policy.yaml", "api", "PodSecurityPolicy/xai-blockchain-psp", "", "1.25"),
    // Claims have no priority.
    fault("quota-of-a-class.yaml", "api/resource-quota", "ResourceQuota/xai-blockchain-quota", "spec.scopeSelector", "persistentvolumeclaims"),
    // Where a quota counts limits, a container without them is refused.
    fault("quota-without-requests.yaml", "policy/quota-refuses-pod", "StatefulSet/webserver", "spec.template.spec.containers[0]", "blockchain-quota"),
    // The Service has no labels.
    fault("service-monitor-selects-nothing.yaml", "refs", "ServiceMonitor/blockchain-monitor", "spec", "label"),
    fault("service-monitor-shifted.yaml", "api", "ServiceMonitor/webserver", "spec.interval", "no such field"),
    fault("storage-class-twice.yaml", "refs/twins", "StorageClass/fast-ssd", "metadata.name", "another"),
    // The driver is no longer part of Kubernetes: `ebs.csi.aws.com`.
    fault("retired-provisioner.yaml", "policy/retired-provisioner", "StorageClass/fast-ssd", "provisioner", "ebs.csi.aws.com"),
    // 10Gi of a snapshot of 50Gi.
    fault("restore-too-small.yaml", "refs/restore-size", "PersistentVolumeClaim/webserver-data-restore", "spec.resources.requests.storage", "50Gi"),
    // It still has `<git-sha>` in it.
    fault("rollout-placeholder.yaml", "policy/malformed-image", "Rollout/webserver", "spec.template.spec.containers[0].image", "<"),
];

/// The names of the files of a directory, sorted.
fn files(directory: &str) -> Vec<String> {
    let entries = fs::read_dir(path(directory)).unwrap();
    let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
    let mut names: Vec<String> = entries.map(|entry| name(entry.unwrap())).collect();
    names.sort();
    names
}

fn path(directory: &str) -> PathBuf {
    Path::new(ROOT).join(directory)
}

/// `check --file` with more words, run where the file lies.
fn check(directory: &str, file: &str, more: &str) -> Run {
    let mut arguments = vec!["check", "--file", file];
    arguments.extend(more.split_whitespace());
    let run = run_in(&path(directory), &arguments);
    assert!(!run.stderr.contains("panicked"), "{file}: {}", run.stderr);
    run
}

/// The findings in a file that can be read.
fn findings(directory: &str, file: &str, more: &str) -> Vec<Value> {
    let run = check(directory, file, &format!("--format json {more}"));
    assert_ne!(run.status, 2, "{file}: {}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

fn word<'a>(finding: &'a Value, key: &str) -> &'a str {
    finding[key].as_str().unwrap_or_default()
}

fn object(finding: &Value) -> String {
    let object = &finding["object"];
    format!("{}/{}", word(object, "kind"), word(object, "name"))
}

/// A finding in one line.
fn line(finding: &Value) -> String {
    let [severity, rule, field, message] =
        ["severity", "rule", "field", "message"].map(|key| word(finding, key));
    format!("{severity}[{rule}] {}: {field}: {message}", object(finding))
}

/// Whether a rule is this one, or of this family; an empty name stands for all.
fn is_of(rule: &str, name: &str) -> bool {
    name.is_empty() || rule == name || rule.strip_prefix(name).is_some_and(|r| r.starts_with('/'))
}

/// Whether a path is this one or lies below it; an empty one holds all.
fn lies_in(path: &str, above: &str) -> bool {
    path.strip_prefix(above)
        .is_some_and(|rest| above.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}

#[test]
fn what_a_server_takes_is_not_refused() {
    let mut wrong = Vec::new();
    for file in files(VALID) {
        // What is an error however little is at stake is no matter of taste.
        for finding in findings(VALID, &file, "--tier development") {
            let rule = word(&finding, "rule");
            let is_api = is_of(rule, "api");
            let is_known = KNOWN.iter().any(|(of, name, concerned, field)| {
                (*of, *name, *field) == (&*file, rule, word(&finding, "field"))
                    && (*concerned == "*" || *concerned == object(&finding))
            });
            if !is_known && (is_api || word(&finding, "severity") == "error") {
                wrong.push(format!("{file}: {}", line(&finding)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_known_is_said() {
    let files: BTreeSet<&str> = KNOWN.iter().map(|(file, ..)| *file).collect();
    for name in files {
        let found = findings(VALID, name, "");
        for (_, rule, concerned, field) in KNOWN.iter().filter(|(file, ..)| *file == name) {
            let has = |finding: &Value| {
                (*rule, *field) == (word(finding, "rule"), word(finding, "field"))
                    && (*concerned == "*" || *concerned == object(finding))
            };
            assert!(found.iter().any(has), "{name}: {rule} at {field}");
        }
    }
}

#[test]
fn the_corpus_is_broad() {
    let run = check("tests/manifests", "valid", "--only api/decoding").succeeds();
    let numbers: Vec<usize> = run.stdout.split(' ').filter_map(|word| word.parse().ok()).collect();
    assert!(
        matches!(numbers[..], [objects, kinds, _] if (objects, kinds) >= LEAST && kinds >= LEAST.1),
        "{}",
        run.stdout
    );
}

#[test]
fn what_cannot_be_read_is_said_with_its_line() {
    for (file, line, says) in UNREADABLE {
        let run = check(FAULTY, file, "");
        assert_eq!(run.status, 2, "{file}: {}", run.stdout);
        assert!(run.stderr.contains(&format!("{file}:{line}:")), "{}", run.stderr);
        assert!(run.stderr.contains(says), "{}", run.stderr);
    }
}

#[test]
fn what_is_wrong_is_found() {
    assert_found(FAULTS);
}

#[track_caller]
fn assert_found(faults: &[Fault]) {
    let mut missed = Vec::new();
    let options = format!("--crds ../../../{DEFINITIONS}");
    for Fault { file, rule, object: concerned, field, says } in faults {
        let found = findings(FAULTY, file, &options);
        let explains = |finding: &Value| {
            is_of(word(finding, "rule"), rule)
                && object(finding) == *concerned
                && lies_in(word(finding, "field"), field)
                && ["message", "help"].iter().any(|key| word(finding, key).contains(says))
        };
        if !found.iter().any(explains) {
            let others: String = found.iter().map(|one| format!("\n    {}", line(one))).collect();
            missed.push(format!("{file}: {rule} at {field}, not in:{others}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn each_file_of_faults_has_its_row() {
    let found = FAULTS.iter().map(|fault| fault.file);
    let named: BTreeSet<&str> = found.chain(UNREADABLE.iter().map(|row| row.0)).collect();
    assert_eq!(files(FAULTY), Vec::from_iter(named));
}
