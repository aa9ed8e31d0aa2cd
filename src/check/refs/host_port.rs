//! Ports of nodes that a DaemonSet has taken.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Right, Scene};
use crate::object::value::Value;

pub static RULE: Rule = Rule {
    name: "refs/host-port",
    weight: Weight::WARNING,
    summary: "a pod asks for a port of its node that a DaemonSet has there",
    page: "A `hostPort`, or any port of a pod with `hostNetwork`, is taken once on a node. A DaemonSet takes it on each node that it runs on: another pod with the same port finds no node and stays `Pending`. Give each a port of its own, or keep them apart by `nodeSelector`.",
    bad: "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: logs}
spec:
  selector: {matchLabels: {app: logs}}
  template:
    metadata: {labels: {app: logs}}
    spec:
      containers: [{name: logs, image: 'registry.example.com/logs:v1.4.2', ports: [{containerPort: 2020, hostPort: 2020}]}]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: metrics}
spec:
  selector: {matchLabels: {app: metrics}}
  template:
    metadata: {labels: {app: metrics}}
    spec:
      containers: [{name: metrics, image: 'registry.example.com/metrics:v1.4.2', ports: [{containerPort: 9100, hostPort: 2020}]}]
",
    good: "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: logs}
spec:
  selector: {matchLabels: {app: logs}}
  template:
    metadata: {labels: {app: logs}}
    spec:
      containers: [{name: logs, image: 'registry.example.com/logs:v1.4.2', ports: [{containerPort: 2020, hostPort: 2020}]}]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: metrics}
spec:
  selector: {matchLabels: {app: metrics}}
  template:
    metadata: {labels: {app: metrics}}
    spec:
      containers: [{name: metrics, image: 'registry.example.com/metrics:v1.4.2', ports: [{containerPort: 9100, hostPort: 9100}]}]
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    if pod.is_made() || is_for_some_nodes(pod.spec) {
        return;
    }
    let on_host = spec.field("hostNetwork").is_true();
    let field = if on_host { "containerPort" } else { "hostPort" };
    for container in spec.field("containers").items() {
        for port in container.field("ports").items() {
            // At an address of its own it does not meet the others.
            if !on_host && !port.field("hostIP").is_empty() {
                continue;
            }
            let at = port.field(field);
            let Some(number) = at.int().filter(|number| *number > 0) else { continue };
            let right = Right::HostPort { number, protocol: port.field("protocol").text_or("TCP") };
            let other = scene.exclusive().first_other(&right, pod.owner);
            let everywhere = other
                .and_then(|other| scene.pod_of(other))
                .is_some_and(|other| !is_for_some_nodes(other.spec));
            if let Some(other) = other.filter(|_| everywhere) {
                at.warn_with(
                    format!("{} takes port {number} of each node", other.identity),
                    "choose another one, or keep the two on different nodes",
                );
            }
        }
    }
}

fn is_for_some_nodes(spec: &Value) -> bool {
    let set = |key| match spec.get(key) {
        Some(Value::Map(map)) => !map.is_empty(),
        _ => false,
    };
    set("nodeSelector")
        || spec.get("affinity").and_then(|affinity| affinity.get("nodeAffinity")).is_some()
}
