//! Pods that take the importance of the cluster's own.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::workload::is_node_agent;

pub static RULE: Rule = Rule {
    name: "policy/system-priority",
    weight: Weight::ADVICE,
    summary: "a pod has the priority of the cluster's own pods",
    page: "\
`system-cluster-critical` and `system-node-critical` are for what a cluster cannot live without: \
DNS, network, storage. An application with such a class pushes those off a full node, and then \
fails with the rest. Many clusters allow it in `kube-system` alone.

Make a PriorityClass of your own, with a value below a million, and use it.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  priorityClassName: system-cluster-critical
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: important}
value: 100000
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  priorityClassName: important
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Pod(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let class = spec.field("priorityClassName");
    let of_the_system = class.text_or_empty().starts_with("system-");
    if of_the_system && pod.namespace != "kube-system" && !is_node_agent(pod) {
        class.fault_with(
            "the pod may push the cluster's own pods off their node",
            "make a PriorityClass of your own",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, workload};

    #[test]
    fn who_belongs_to_the_system() {
        let spec =
            "priorityClassName: system-node-critical, containers: [{name: a, image: 'a:v1'}]";
        assert_eq!(fires(&RULE, &workload("DaemonSet", spec)), 0);
        assert_eq!(fires(&RULE, &RULE.bad.replace("namespace: shop", "namespace: kube-system")), 0);
    }
}
