//! Pods that get requests before they can answer them.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};
use crate::check::subject::Subject;
use crate::object::value::Value;

use super::workload::{is_there, is_true, runs_on};

pub static RULE: Rule = Rule {
    name: "policy/missing-readiness",
    weight: Weight::ADVICE,
    summary: "a Service sends requests to pods without a readiness probe",
    page: "\
A pod without a readiness probe counts as ready as soon as its process runs. The Service sends \
it requests while it still loads, and a rollout takes the old pods away before the new ones can \
answer: each one loses requests, and a version that never gets ready replaces one that works.

Add a `readinessProbe` that asks for what requests need: an HTTP path that answers when the \
program can serve, or at least a `tcpSocket` on the port. Headless Services, those with \
`publishNotReadyAddresses`, and those for metrics alone are left out.",
    bad: "
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2', ports: [{containerPort: 8080}]}
",
    good: "
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      ports: [{containerPort: 8080}]
      readinessProbe: {httpGet: {path: /ready, port: 8080}}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let probed = |container: &Value| is_there(container.get("readinessProbe"));
    if !runs_on(pod)
        || pod.container_values().any(probed)
        || !spec.field("readinessGates").is_empty()
    {
        return;
    }
    let Some(service) = scene.services_of(pod).find(|service| balances(service)) else { return };
    let staying = || Pod::containers(spec).filter(|container| container.stays());
    let answering = staying().find(|container| answers(*container, service));
    let Some(container) = answering.or_else(|| staying().last()) else { return };
    container.at.field("readinessProbe").fault_with(
        format!(
            "the Service {} sends requests to {container} as soon as it runs, ready or not",
            shown(service.name())
        ),
        "add a `readinessProbe` that asks for what requests need",
    );
}

/// Whether a Service chooses among ready pods, for others than a collector of metrics.
fn balances(service: &Subject<'_>) -> bool {
    let Some(spec) = service.content.get("spec") else { return false };
    let word = |key| spec.word(key);
    word("type") != "ExternalName"
        && word("clusterIP") != "None"
        && !is_true(spec.get("publishNotReadyAddresses"))
        && !ports(service).all(is_for_metrics)
}

fn ports<'a>(service: &Subject<'a>) -> impl Iterator<Item = &'a Value> {
    match service.content.get("spec").and_then(|spec| spec.get("ports")) {
        Some(Value::List(ports)) => ports.as_slice(),
        _ => &[],
    }
    .iter()
}

fn is_for_metrics(port: &Value) -> bool {
    ["name", "targetPort"].into_iter().any(|key| {
        let name = port.word(key);
        name.contains("metrics") || name.contains("prometheus")
    })
}

/// Whether a container has a port that the Service sends to.
fn answers(container: Container<'_>, service: &Subject<'_>) -> bool {
    let own = container.at.field("ports");
    let numbers: HashSet<_> =
        own.items().filter_map(|own| own.field("containerPort").int()).collect();
    let names: HashSet<_> = own.items().filter_map(|own| own.field("name").text()).collect();
    let mut targets = ports(service).filter_map(|port| port.get("targetPort").or(port.get("port")));
    targets.any(|target| match target {
        Value::Int(number) => numbers.contains(number),
        Value::String(name) => names.contains(&**name),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{findings, fires, workload};

    const BARE: &str = "containers: [{name: log, image: 'log:v1'}, {name: a, image: 'a:v1', \
        ports: [{containerPort: 80, name: web}]}]";

    fn served(service: &str, workload: &str) -> String {
        format!(
            "{{apiVersion: v1, kind: Service, metadata: {{name: s}}, \
            spec: {{{service}}}}}\n---\n{workload}"
        )
    }

    #[test]
    fn the_container_that_answers_is_named() {
        let service = "selector: {app: a}, ports: [{port: 80, targetPort: web}]";
        let found = findings(&RULE, &served(service, &workload("Rollout", BARE)));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].field, "spec.template.spec.containers[1].readinessProbe");
    }

    #[test]
    fn services_that_do_not_care() {
        for (service, count) in [
            ("selector: {app: a}, ports: [{port: 80}]", 1),
            ("selector: {app: a}, ports: [{port: 80}, {port: 9090, name: metrics}]", 1),
            ("selector: {app: b}, ports: [{port: 80}]", 0),
            ("ports: [{port: 80}]", 0),
            ("clusterIP: None, selector: {app: a}, ports: [{port: 80}]", 0),
            ("publishNotReadyAddresses: true, selector: {app: a}, ports: [{port: 80}]", 0),
            ("selector: {app: a}, ports: [{port: 9090, name: http-metrics}]", 0),
        ] {
            let manifests = served(service, &workload("Deployment", BARE));
            assert_eq!(fires(&RULE, &manifests), count, "{service}");
        }
    }

    #[test]
    fn pods_that_need_none() {
        let service = "selector: {app: a}, ports: [{port: 80}]";
        let probed = "containers: [{name: a, image: 'a:v1'}, {name: proxy, image: 'p:v1', \
            readinessProbe: {tcpSocket: {port: 80}}}]";
        assert_eq!(fires(&RULE, &served(service, &workload("Deployment", probed))), 0);
        let job = format!("restartPolicy: Never, {BARE}");
        assert_eq!(fires(&RULE, &served(service, &workload("Job", &job))), 0);
        assert_eq!(fires(&RULE, &served(service, &workload("CronJob", &job))), 0);
        assert_eq!(fires(&RULE, &workload("Deployment", BARE)), 0);
    }
}
