//! Workloads that do not say what they are.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

pub static RULE: Rule = Rule {
    name: "policy/workload-without-labels",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "the pods of a workload bear no label that says what they are",
    page: "Dashboards, alerts, network policies and people with `kubectl get pods -l` find pods by their labels. Give each pod `app.kubernetes.io/name` (what it is) and `app.kubernetes.io/instance` (of which installation); `app` or `k8s-app` is taken as well.",
    bad: "
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  ttlSecondsAfterFinished: 86400
  template:
    spec: {restartPolicy: Never, containers: [{name: migrate, image: registry.example.com/migrate:v1}]}
",
    good: "
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  ttlSecondsAfterFinished: 86400
  template:
    metadata: {labels: {app.kubernetes.io/name: migrate}}
    spec: {restartPolicy: Never, containers: [{name: migrate, image: registry.example.com/migrate:v1}]}
",
    look: Look::Pod(look),
};

const NAMES: [&str; 5] =
    ["app.kubernetes.io/name", "app.kubernetes.io/instance", "app", "k8s-app", "name"];

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let named = pod.labels().any(|(label, _)| NAMES.contains(&label));
    if !named && !pod.owner.is_made() {
        pod.holder(spec.object())
            .field("metadata")
            .field("labels")
            .fault_with("no label says what these pods are", "add `app.kubernetes.io/name`");
    }
}
