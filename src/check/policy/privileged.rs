//! Containers that have the node's own rights.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::effective::{is_privileged, own_setting, shared_setting};
use super::workload::is_node_agent;

pub static RULE: Rule = Rule {
    name: "policy/privileged",
    weight: Weight::RISING,
    summary: "a container is privileged",
    page: "\
A privileged container has all capabilities, sees all devices of the node and runs without \
filters: whoever breaks into it has the node, and the secrets of every pod there.

Remove `privileged`, and add the one capability that is needed, or mount the one device through \
a device plugin. `hostProcess` is the same on Windows. What manages nodes, such as storage and \
network plugins, may need it: run it as a DaemonSet in a namespace of its own, and waive this \
rule for it.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: builder}
spec:
  containers:
    - {name: docker, image: 'docker:27.3.1-dind', securityContext: {privileged: true}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: builder}
spec:
  containers:
    - {name: buildkit, image: 'moby/buildkit:v0.16.0-rootless', securityContext: {runAsUser: 1000}}
",
    look: Look::Pod(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let report = |at: At<'a>, message: String| {
        if is_node_agent(pod) {
            at.warn_with(message, "if it manages the nodes, waive this rule for it");
        } else {
            at.fault_with(message, "remove it, and add the one capability that is needed");
        }
    };
    for container in Pod::containers(spec) {
        if is_privileged(container) {
            let message = format!("{container} has all rights on its node");
            report(own_setting(container, "privileged"), message);
        }
        let process = own_setting(container, "windowsOptions").field("hostProcess");
        if process.is_true() {
            report(process, format!("{container} is a process of the node itself"));
        }
    }
    let process = shared_setting(spec, "windowsOptions").field("hostProcess");
    if process.is_true() {
        report(process, "the containers are processes of the node itself".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{findings, fires, pod, workload};
    use crate::check::rule::Severity;

    #[test]
    fn agents_of_the_nodes_are_expected_to() {
        let spec = "containers: [{name: a, image: 'a:v1', securityContext: {privileged: true}}]";
        assert_eq!(findings(&RULE, &workload("DaemonSet", spec))[0].severity, Severity::Warning);
        assert_eq!(findings(&RULE, &workload("Deployment", spec))[0].severity, Severity::Error);
        let init = format!(
            "initContainers: [{{name: i, image: 'i:v1', \
            securityContext: {{privileged: true}}}}], {spec}"
        );
        assert_eq!(fires(&RULE, &pod(&init)), 2);
        assert_eq!(fires(&RULE, &pod(&spec.replace("true", "false"))), 0);
    }
}
