//! Workloads that are bound to one node by its name.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

pub static RULE: Rule = Rule {
    name: "policy/fixed-node",
    weight: Weight::ADVICE,
    summary: "a workload names the node that its pods run on",
    page: "\
`nodeName` goes past the scheduler: nobody looks whether the node has room, is drained, or is \
there at all. When it is gone no pod comes up. Selecting nodes by `kubernetes.io/hostname` ends \
the same way.

Use `nodeSelector` or `nodeAffinity` with a label that says what the pods need, such as \
`disktype: ssd`. For data on one node's disk use a local PersistentVolume, which brings the \
affinity along.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      nodeName: node-1
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
      nodeSelector: {disktype: ssd}
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Pod(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    // In a pod the scheduler itself has written it.
    if !pod.is_template() {
        return;
    }
    let selected = spec.field("nodeSelector").key("kubernetes.io/hostname");
    for at in [spec.field("nodeName"), selected].into_iter().filter(|at| !at.is_empty()) {
        at.fault_with(
            format!("the pods run on the node {} or nowhere", shown(at.text_or_empty())),
            "select nodes by a label that says what the pods need",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, pod, workload};

    #[test]
    fn pods_have_a_node() {
        let spec = "nodeName: n, containers: [{name: a, image: 'a:v1'}]";
        assert_eq!(fires(&RULE, &pod(spec)), 0);
        let spec =
            "nodeSelector: {kubernetes.io/hostname: n}, containers: [{name: a, image: 'a:v1'}]";
        assert_eq!(fires(&RULE, &workload("CronJob", spec)), 1);
    }
}
