//! Pods that no node can turn away.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::workload::is_node_agent;

pub static RULE: Rule = Rule {
    name: "policy/tolerates-everything",
    weight: Weight::ADVICE,
    summary: "a pod tolerates every taint",
    page: "\
A toleration with `operator: Exists` and no `key` tolerates all taints there are and will be: \
the pod is placed beside the control plane, on nodes that were bought for others, on nodes \
without disk or network. And it is not moved away from a node that no longer answers: it counts \
as running there until somebody deletes it.

Name the taints that the pod may ignore. DaemonSets are left alone: agents belong on every node.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      tolerations: [{operator: Exists}]
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      tolerations: [{key: dedicated, operator: Equal, value: web, effect: NoSchedule}]
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Pod(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    if is_node_agent(pod) {
        return;
    }
    for toleration in spec.field("tolerations").items() {
        let exists = toleration.field("operator").text() == Some("Exists");
        if !exists || !toleration.field("key").is_empty() {
            continue;
        }
        // Whatever has less effect only allows more nodes.
        let (message, help) = match toleration.field("effect").text_or_empty() {
            "" | "NoExecute" => (
                "the pod stays on nodes that no longer answer",
                "name the taints with `key`; what is not ready must not be among them",
            ),
            _ => {
                ("the pod may run on nodes that are kept for others", "name the taints with `key`")
            }
        };
        toleration.fault_with(message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, workload};

    #[test]
    fn what_is_tolerated() {
        let of = |kind: &str, toleration: &str| {
            let spec = format!(
                "tolerations: [{{{toleration}}}], containers: [{{name: a, image: 'a:v1'}}]"
            );
            fires(&RULE, &workload(kind, &spec))
        };
        assert_eq!(of("Deployment", "operator: Exists"), 1);
        assert_eq!(of("Deployment", "operator: Exists, effect: NoSchedule"), 1);
        assert_eq!(of("Deployment", "operator: Exists, key: a"), 0);
        assert_eq!(of("DaemonSet", "operator: Exists"), 0);
    }
}
