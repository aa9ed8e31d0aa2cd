//! How it is found out whether a container has started, lives and is ready.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

use super::{Surroundings, handler};

pub static RULE: Rule = Rule {
    name: "api/probe",
    weight: Weight::ERROR,
    summary: "a probe that a server refuses",
    page: "A probe does one thing: `exec` a command, or call a port with `httpGet`, `tcpSocket` or `grpc`. Its times and thresholds are not negative. One success is enough for liveness and startup: `successThreshold` is 1 there.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      livenessProbe: {httpGet: {port: 8080}, successThreshold: 2}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      livenessProbe: {httpGet: {port: 8080}, failureThreshold: 2}
",
    look: Look::Validation,
};

const NUMBERS: [&str; 5] = [
    "initialDelaySeconds",
    "timeoutSeconds",
    "periodSeconds",
    "successThreshold",
    "failureThreshold",
];

/// All probes of a container: `validateLivenessProbe` and its like.
pub fn validate_all<'a>(surroundings: &Surroundings<'a>, container: At<'a>) {
    let container = container.under(&RULE);
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
        let probe = container.field(name);
        if probe.is_set() {
            validate(surroundings, probe, name == "readinessProbe");
        }
    }
}

fn validate<'a>(surroundings: &Surroundings<'a>, probe: At<'a>, readiness: bool) {
    handler::validate(surroundings, probe, &["exec", "httpGet", "tcpSocket", "grpc"]);
    NUMBERS.iter().for_each(|name| probe.field(name).must_not_be_negative());
    let successes = probe.field("successThreshold");
    // 0 stands for the default, which is 1.
    if !readiness && successes.int().is_some_and(|number| number > 1) {
        successes.fault_with("must be 1 for a liveness or startup probe", "drop it");
    }
    let grace = probe.field("terminationGracePeriodSeconds");
    grace.must_be_at_least(1);
    if readiness {
        grace.forbid("a container that is not ready is not ended");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn with(probe: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  containers:\n    - {{name: a, image: 'a:1', {probe}}}\n"
        )
    }

    #[test]
    fn what_defaults_fill_in_may_be_missing() {
        none(&with("livenessProbe: {httpGet: {port: http, path: '', scheme: ''}}"));
        none(&with(
            "livenessProbe: {tcpSocket: {port: 80}, successThreshold: 0, periodSeconds: 0}",
        ));
        none(&with("readinessProbe: {grpc: {port: 80}, successThreshold: 3}"));
        none(&with("startupProbe: {exec: {command: [a]}, terminationGracePeriodSeconds: 1}"));
    }

    #[test]
    fn faults_are_at_their_fields() {
        for (probe, field) in [
            ("livenessProbe: {}", "livenessProbe"),
            ("livenessProbe: {httpGet: {}}", "livenessProbe.httpGet.port"),
            ("livenessProbe: {httpGet: {port: '80'}}", "livenessProbe.httpGet.port"),
            ("livenessProbe: {grpc: {port: 0}}", "livenessProbe.grpc.port"),
            ("livenessProbe: {exec: {command: []}}", "livenessProbe.exec.command"),
            (
                "livenessProbe: {exec: {command: [a]}, tcpSocket: {port: 1}}",
                "livenessProbe.tcpSocket",
            ),
            (
                "readinessProbe: {exec: {command: [a]}, terminationGracePeriodSeconds: 3}",
                "readinessProbe.terminationGracePeriodSeconds",
            ),
            (
                "startupProbe: {httpGet: {port: 1, httpHeaders: [{name: 'a b', value: c}]}}",
                "startupProbe.httpGet.httpHeaders",
            ),
        ] {
            assert_eq!(faults(&with(probe)), [format!("spec.containers[0].{field}")], "{probe}");
        }
    }
}
