//! Containers that ask a node for nothing.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::allowance::request;

pub static RULE: Rule = Rule {
    name: "policy/missing-requests",
    weight: Weight::ADVICE,
    summary: "a container requests no CPU or no memory",
    page: "\
The scheduler places pods by what they request. A container that requests nothing fits on every \
node, however full: it is starved of CPU there, it is the first to be evicted when memory runs \
short, and an autoscaler that goes by percentages of the request cannot scale it.

Set `resources.requests.cpu` and `resources.requests.memory` to what the container takes in \
ordinary use. A limit counts as a request where there is none. So do the defaults of a \
LimitRange in the namespace, and `resources` of the whole pod. Init containers are not asked: \
they run in what the others request.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      resources: {requests: {cpu: 100m, memory: 128Mi}}
",
    look: Look::Container(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, container: Container<'a>) {
    if !container.stays() {
        return;
    }
    let lacks = |resource: &'static str| {
        request(scene, pod, container, resource).is_none_or(|nanos| nanos == 0)
    };
    let what = match (lacks("cpu"), lacks("memory")) {
        (true, true) => "no CPU and no memory",
        (true, false) => "no CPU",
        (false, true) => "no memory",
        (false, false) => return,
    };
    // A vertical autoscaler sets what it finds to be right.
    if scene.is_sized(pod) {
        return;
    }
    container.at.field("resources").field("requests").fault_with(
        format!("{container} requests {what}"),
        "set `resources.requests` to what it takes in ordinary use",
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{container, fires, pod, workload};

    #[test]
    fn what_counts_as_a_request() {
        for (resources, count) in [
            ("{requests: {cpu: 1, memory: 1Gi}}", 0),
            ("{limits: {cpu: 1, memory: 1Gi}}", 0),
            ("{requests: {cpu: 100m}, limits: {memory: 1Gi}}", 0),
            ("{requests: {cpu: 100m}}", 1),
            ("{requests: {cpu: 0, memory: 0}}", 1),
            ("{}", 1),
        ] {
            let manifest = container(&format!("resources: {resources}"));
            assert_eq!(fires(&RULE, &manifest), count, "{resources}");
        }
        let whole =
            "resources: {requests: {cpu: 1, memory: 1Gi}}, containers: [{name: a, image: 'a:v1'}]";
        assert_eq!(fires(&RULE, &pod(whole)), 0);
    }

    #[test]
    fn a_namespace_fills_in() {
        let bare = container("stdin: false");
        let range = |limit: &str| {
            format!(
                "{{apiVersion: v1, kind: LimitRange, metadata: {{name: a}}, \
                spec: {{limits: [{limit}]}}}}\n---\n{bare}"
            )
        };
        let gives = "{type: Container, default: {memory: 1Gi}, defaultRequest: {cpu: 1}}";
        assert_eq!(fires(&RULE, &range(gives)), 0);
        assert_eq!(fires(&RULE, &range("{type: Container, max: {cpu: 1, memory: 1Gi}}")), 0);
        assert_eq!(fires(&RULE, &range("{type: Container, default: {cpu: 1}}")), 1);
        assert_eq!(fires(&RULE, &range("{type: Pod, max: {cpu: 1, memory: 1Gi}}")), 1);
        let elsewhere = range(gives)
            .replace("{name: a}, spec: {limits", "{name: a, namespace: b}, spec: {limits");
        assert_eq!(fires(&RULE, &elsewhere), 1);
    }

    #[test]
    fn who_is_asked() {
        let init = "initContainers: [{name: i, image: 'a:v1'}, {name: s, image: 'a:v1', \
            restartPolicy: Always}], containers: [{name: a, image: 'a:v1', \
            resources: {limits: {cpu: 1, memory: 1Gi}}}]";
        assert_eq!(fires(&RULE, &workload("Job", init)), 1);
        let deployment = workload("Deployment", "containers: [{name: a, image: 'a:v1'}]");
        let scaler = |mode: &str| {
            format!(
                "{deployment}---\n{{apiVersion: autoscaling.k8s.io/v1, \
                kind: VerticalPodAutoscaler, metadata: {{name: a}}, \
                spec: {{targetRef: {{apiVersion: apps/v1, kind: Deployment, name: a}}, \
                updatePolicy: {{updateMode: '{mode}'}}}}}}\n"
            )
        };
        assert_eq!(fires(&RULE, &scaler("Recreate")), 0);
        assert_eq!(fires(&RULE, &scaler("Off")), 1);
    }
}
