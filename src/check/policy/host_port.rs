//! Containers that take a port of their node.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::workload::{is_node_agent, is_true};

pub static RULE: Rule = Rule {
    name: "policy/host-port",
    weight: Weight::ADVICE,
    summary: "a container takes a port of its node",
    page: "\
Only one pod per node can have a `hostPort`: the second one waits, and in a rollout the new pod \
waits for the old one. The port is open on the address of whichever node the pod is on, past \
Services and, with many network plugins, past network policies. The Pod Security level \
`baseline` forbids it.

Remove `hostPort`, and expose the pods with a Service. DaemonSets have one pod per node, and are \
left alone.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      ports: [{containerPort: 8080, hostPort: 80}]
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      ports: [{containerPort: 8080}]
",
    look: Look::Container(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, container: Container<'a>) {
    // In the node's network a server fills it in.
    if is_node_agent(pod) || is_true(pod.spec.get("hostNetwork")) {
        return;
    }
    for port in container.at.field("ports").items().map(|port| port.field("hostPort")) {
        if let Some(number) = port.int().filter(|number| *number != 0) {
            port.fault_with(
                format!("{container} takes port {number} of its node: only one pod per node can"),
                "remove `hostPort`, and expose the pods with a Service",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, pod, workload};

    #[test]
    fn who_may_have_one() {
        let spec =
            "containers: [{name: a, image: 'a:v1', ports: [{containerPort: 80, hostPort: 80}]}]";
        assert_eq!(fires(&RULE, &workload("Deployment", spec)), 1);
        assert_eq!(fires(&RULE, &workload("DaemonSet", spec)), 0);
        assert_eq!(fires(&RULE, &pod(&format!("hostNetwork: true, {spec}"))), 0);
        assert_eq!(fires(&RULE, &pod(&spec.replace("hostPort: 80", "hostPort: 0"))), 0);
    }
}
