//! Workloads that a new version does not reach by itself.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/on-delete",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "a new version waits until somebody deletes the pods",
    page: "With `updateStrategy: {type: OnDelete}` an applied change, also a security fix, reaches a pod only when that pod is deleted; until then the manifests say one thing and the cluster runs another. Use `RollingUpdate`, with a `partition` where a new version shall go step by step. Where an operator or a runbook deletes the pods, waive this rule and say so.",
    bad: "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  updateStrategy: {type: OnDelete}
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: agent, image: registry.example.com/agent:v1}]}
",
    good: "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  updateStrategy: {type: RollingUpdate}
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: agent, image: registry.example.com/agent:v1}]}
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let kind = object.down(&["spec", "updateStrategy", "type"]);
    if (subject.is("apps", "StatefulSet") || subject.is("apps", "DaemonSet"))
        && kind.text() == Some("OnDelete")
    {
        kind.fault_with(
            "a new version reaches a pod only when somebody deletes it",
            "use `RollingUpdate`",
        );
    }
}
