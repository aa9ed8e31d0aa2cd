//! Liveness probes that fail together with readiness.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::probes::{patience, question};

pub static RULE: Rule = Rule {
    name: "policy/liveness-as-readiness",
    weight: Weight::ADVICE,
    summary: "the liveness probe is the readiness probe, and no more patient",
    page: "\
A pod that is not ready gets no requests, and recovers. A pod that is not alive is restarted, \
with cold caches and lost work. Where both probes ask the same and give up after the same time, \
a pod under load never gets to rest: it is killed, its load goes to the others, and they are \
next.

Let liveness ask for less, such as whether the process answers at all, or let it be more \
patient: a `failureThreshold` or `periodSeconds` several times that of readiness.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      readinessProbe: {httpGet: {path: /health, port: 8080}}
      livenessProbe: {httpGet: {path: /health, port: 8080}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      readinessProbe: {httpGet: {path: /health, port: 8080}}
      livenessProbe: {httpGet: {path: /health, port: 8080}, failureThreshold: 10}
",
    look: Look::Container(look),
};

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    let (alive, ready) =
        (container.at.field("livenessProbe"), container.at.field("readinessProbe"));
    let Some(asked) = question(container, alive) else { return };
    if question(container, ready) == Some(asked) && patience(alive) <= patience(ready) {
        alive.fault_with(
            format!(
                "{container} is restarted as soon as it is not ready: both probes ask the same, \
                 and liveness gives up after {} s, readiness after {} s",
                patience(alive),
                patience(ready)
            ),
            "let liveness ask for less, or raise its `failureThreshold`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{container, fires};

    #[test]
    fn what_is_the_same() {
        for (alive, ready, count) in [
            ("tcpSocket: {port: 80}", "tcpSocket: {port: web}", 1),
            ("tcpSocket: {port: 80}", "httpGet: {port: 80}", 0),
            ("httpGet: {port: web}", "httpGet: {port: 80, path: /, scheme: HTTP}", 1),
            ("httpGet: {port: 80, path: /a}", "httpGet: {port: 80, path: /b}", 0),
            ("exec: {command: [a]}", "exec: {command: [a]}", 1),
            ("exec: {command: [a]}", "exec: {command: [a, b]}", 0),
            ("grpc: {port: 80}", "grpc: {port: 80, service: s}", 0),
            ("tcpSocket: {port: 80}, periodSeconds: 30", "tcpSocket: {port: 80}", 0),
            ("tcpSocket: {port: 80}, periodSeconds: 5", "tcpSocket: {port: 80}", 1),
            ("tcpSocket: {port: 80}", "tcpSocket: {port: 80}, periodSeconds: 5", 0),
        ] {
            let probes = format!(
                "ports: [{{containerPort: 80, name: web}}], livenessProbe: {{{alive}}}, \
                readinessProbe: {{{ready}}}"
            );
            assert_eq!(fires(&RULE, &container(&probes)), count, "{alive} {ready}");
        }
        assert_eq!(fires(&RULE, &container("livenessProbe: {tcpSocket: {port: 80}}")), 0);
    }
}
