//! Liveness probes that restart for a moment's silence.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::probes::{failures, patience, timeout};

pub static RULE: Rule = Rule {
    name: "policy/hasty-liveness",
    weight: Weight::ADVICE,
    summary: "a liveness probe restarts its container for a moment's silence",
    page: "\
A node that is busy, a long garbage collection or a slow disk keep a healthy process from \
answering for some seconds. A liveness probe that restarts it for that turns a moment's delay \
into an outage.

Let it fail several times, over ten seconds at least: the defaults (`periodSeconds: 10`, \
`failureThreshold: 3`) take half a minute. A probe that runs a program (`exec`) has to start it \
first, within the CPU limit of the container: give it more than the one second that is the \
default of `timeoutSeconds`.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      livenessProbe: {httpGet: {path: /alive, port: 8080}, failureThreshold: 1}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      livenessProbe: {httpGet: {path: /alive, port: 8080}, failureThreshold: 3}
",
    look: Look::Container(look),
};

const LEAST_SECONDS: i64 = 10;

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    let probe = container.at.field("livenessProbe");
    if !probe.is_set() {
        return;
    }
    if failures(probe) == 1 {
        probe.field("failureThreshold").fault_with(
            format!("one late answer restarts {container}"),
            "set `failureThreshold` to 3 or more",
        );
    } else if patience(probe) < LEAST_SECONDS {
        probe.field("failureThreshold").fault_with(
            format!("{} s without an answer restart {container}", patience(probe)),
            "raise `periodSeconds` or `failureThreshold`: half a minute is usual",
        );
    }
    if probe.field("exec").is_set() && timeout(probe) == 1 {
        probe.field("timeoutSeconds").fault_with(
            format!("{container} is restarted where the probe's program takes over a second"),
            "set `timeoutSeconds` to 5 or more: the program must be started first",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{container, findings, fires};

    #[test]
    fn how_much_patience_is_enough() {
        for (probe, count) in [
            ("tcpSocket: {port: 80}", 0),
            ("tcpSocket: {port: 80}, failureThreshold: 1, periodSeconds: 60", 1),
            ("tcpSocket: {port: 80}, periodSeconds: 3", 1),
            ("tcpSocket: {port: 80}, periodSeconds: 5, failureThreshold: 2", 0),
            ("exec: {command: [a]}", 1),
            ("exec: {command: [a]}, timeoutSeconds: 5", 0),
            ("exec: {command: [a]}, failureThreshold: 1", 2),
        ] {
            let probe = format!("livenessProbe: {{{probe}}}");
            assert_eq!(fires(&RULE, &container(&probe)), count, "{probe}");
        }
        let ready = "readinessProbe: {exec: {command: [a]}, failureThreshold: 1}";
        assert!(findings(&RULE, &container(ready)).is_empty());
    }
}
