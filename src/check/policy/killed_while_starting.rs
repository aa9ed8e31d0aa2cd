//! Liveness probes that give up before the program is expected to be up.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::probes::{Port, Question, delay, patience, question};

pub static RULE: Rule = Rule {
    name: "policy/killed-while-starting",
    weight: Weight::ADVICE,
    summary: "liveness gives up before readiness first asks",
    page: "\
A readiness probe that first asks after two minutes says that the program takes so long to \
start. A liveness probe on the same port that gives up after 30 seconds kills it before, and \
again after each restart: the pod never comes up on a slow day.

Add a `startupProbe` with the patience that the start needs, such as `failureThreshold: 30` with \
`periodSeconds: 10`. Until it succeeds the other probes wait, so neither of them needs an \
`initialDelaySeconds`.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      readinessProbe: {httpGet: {path: /ready, port: 8080}, initialDelaySeconds: 120}
      livenessProbe: {httpGet: {path: /alive, port: 8080}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      startupProbe: {httpGet: {path: /alive, port: 8080}, failureThreshold: 30}
      readinessProbe: {httpGet: {path: /ready, port: 8080}}
      livenessProbe: {httpGet: {path: /alive, port: 8080}}
",
    look: Look::Container(look),
};

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    let probe = |name| container.at.field(name);
    let (alive, ready) = (probe("livenessProbe"), probe("readinessProbe"));
    if !alive.is_set() || !ready.is_set() || probe("startupProbe").is_set() {
        return;
    }
    // What listens elsewhere may be up long before.
    let port = |question| match question {
        Question::Http { port, .. } | Question::Tcp { port, .. } | Question::Grpc { port, .. } => {
            Some(port)
        }
        Question::Program(_) => None::<Port<'a>>,
    };
    let of = |probe| question(container, probe).and_then(port);
    let killed = delay(alive).saturating_add(patience(alive));
    if of(alive).is_some() && of(alive) == of(ready) && killed < delay(ready) {
        alive.fault_with(
            format!(
                "{container} is killed {killed} s after its start, and readiness first asks \
                 after {} s",
                delay(ready)
            ),
            "add a `startupProbe` that is as patient as the start is long",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{container, fires};

    #[test]
    fn who_gives_up_first() {
        for (probes, count) in [
            (
                "livenessProbe: {tcpSocket: {port: 80}, initialDelaySeconds: 30}, \
                readinessProbe: {httpGet: {port: 80}, initialDelaySeconds: 61}",
                1,
            ),
            (
                "livenessProbe: {tcpSocket: {port: 80}, initialDelaySeconds: 30}, \
                readinessProbe: {httpGet: {port: 80}, initialDelaySeconds: 60}",
                0,
            ),
            (
                "livenessProbe: {tcpSocket: {port: 81}}, readinessProbe: {httpGet: {port: 80}, \
                initialDelaySeconds: 60}",
                0,
            ),
            (
                "livenessProbe: {exec: {command: [a]}}, readinessProbe: {exec: {command: [a]}, \
                initialDelaySeconds: 60}",
                0,
            ),
            (
                "startupProbe: {tcpSocket: {port: 80}}, livenessProbe: {tcpSocket: {port: 80}}, \
                readinessProbe: {httpGet: {port: 80}, initialDelaySeconds: 60}",
                0,
            ),
            ("livenessProbe: {tcpSocket: {port: 80}}", 0),
        ] {
            assert_eq!(fires(&RULE, &container(probes)), count, "{probes}");
        }
    }
}
