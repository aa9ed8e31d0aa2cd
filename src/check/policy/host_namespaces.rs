//! Pods that share the network, the processes or the memory of their node.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::object::value::Value;

use super::workload::is_node_agent;

pub static RULE: Rule = Rule {
    name: "policy/host-namespaces",
    weight: Weight::RISING,
    summary: "a pod shares the network, processes or memory of its node",
    page: "\
With `hostNetwork` a pod is not held by network policies, reaches what listens on the node's \
`localhost`, such as the kubelet, and gets the cloud credentials of the node. With `hostPID` it \
sees all processes of the node, their environment and their files, and can end them. With \
`hostIPC` it reads their shared memory. The Pod Security level `baseline` forbids all three.

Remove the field. A Service, or `hostPort` at the least, exposes a port as well. What manages \
or watches nodes may need it: run it as a DaemonSet, and waive this rule for it.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostNetwork: true
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Pod(look),
};

const SHARED: [(&str, &str); 3] = [
    ("hostNetwork", "the network of its node, which no network policy guards"),
    ("hostPID", "the processes of its node"),
    ("hostIPC", "the shared memory of its node"),
];

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    for (field, what) in SHARED {
        let at = spec.field(field);
        if !at.is_true() {
            continue;
        }
        let message = format!("the pod shares {what}");
        if is_node_agent(pod) || is_of_the_node(pod) {
            at.warn_with(message, "if it manages or watches the nodes, waive this rule for it");
        } else {
            at.fault_with(message, format!("remove `{field}`"));
        }
    }
}

/// Whether no node does without it: what runs the cluster itself.
fn is_of_the_node(pod: &Pod<'_>) -> bool {
    let class = pod.spec.get("priorityClassName").and_then(Value::as_str);
    class == Some("system-node-critical")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{findings, fires, pod, workload};
    use crate::check::rule::Severity;

    #[test]
    fn agents_of_the_nodes_are_expected_to() {
        let spec = "hostNetwork: true, hostPID: true, containers: [{name: a, image: 'a:v1'}]";
        let found = findings(&RULE, &workload("DaemonSet", spec));
        assert!(found.len() == 2 && found.iter().all(|one| one.severity == Severity::Warning));
        assert_eq!(findings(&RULE, &pod(spec))[0].severity, Severity::Error);
        assert_eq!(fires(&RULE, &pod(&spec.replace("true", "false"))), 0);
    }
}
