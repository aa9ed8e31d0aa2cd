//! Rights of the kernel's that containers add.

use crate::check::api::formats::shown;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};
use crate::object::pod_standards::USUAL_CAPABILITIES;

use super::effective::{capabilities, is_privileged};
use super::workload::is_node_agent;

pub static RULE: Rule = Rule {
    name: "policy/added-capabilities",
    weight: Weight::RISING,
    summary: "a container adds capabilities beyond those that runtimes give",
    page: "\
Capabilities are root's rights, one by one. Some of them are the node: with `SYS_ADMIN` a process \
mounts what it likes, with `SYS_MODULE` it loads code into the kernel, with `DAC_READ_SEARCH` it \
reads files of the node, with `SYS_TIME` it sets the clock for all pods. Those are errors here. \
Others, such as `NET_ADMIN` or `SYS_PTRACE`, are only warned of: they stay within the pod as long \
as it shares nothing with its node.

Remove the capability, or ask whether the program has a mode that needs less. What manages \
nodes may need it; waive this rule for it. Those that the Pod Security level `baseline` allows \
are left alone.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      securityContext: {capabilities: {add: [SYS_ADMIN]}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}
",
    look: Look::Container(look),
};

/// With one of these a process can take its node, or change it for all pods.
const OF_THE_NODE: [&str; 9] = [
    "ALL",
    "DAC_READ_SEARCH",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_MODULE",
    "SYS_RAWIO",
    "SYS_TIME",
];

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, container: Container<'a>) {
    if is_privileged(container) {
        return;
    }
    for (at, name) in capabilities(container, "add") {
        if name.is_empty() || USUAL_CAPABILITIES.contains(&&*name) {
            continue;
        }
        if !OF_THE_NODE.contains(&&*name) {
            at.warn_with(
                format!("{container} adds the capability {}", shown(&name)),
                "remove it, or waive this rule if the program cannot do without",
            );
        } else if is_node_agent(pod) {
            at.warn_with(
                format!("{container} can take its node: it adds the capability {}", shown(&name)),
                "if it manages the nodes, waive this rule for it",
            );
        } else {
            at.fault_with(
                format!("{container} can take its node: it adds the capability {}", shown(&name)),
                "remove it, or find out which smaller one is enough",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{container, findings, workload};
    use crate::check::rule::Severity::{Error, Warning};

    #[test]
    fn how_much_each_weighs() {
        for (add, severity) in [
            ("SYS_ADMIN", Some(Error)),
            ("CAP_SYS_ADMIN", Some(Error)),
            ("all", Some(Error)),
            ("NET_ADMIN", Some(Warning)),
            ("NET_BIND_SERVICE", None),
            ("CHOWN", None),
        ] {
            let context = format!("securityContext: {{capabilities: {{add: [{add}]}}}}");
            let found = findings(&RULE, &container(&context));
            assert_eq!(found.first().map(|found| found.severity), severity, "{add}");
        }
        let agent = "containers: [{name: a, image: 'a:v1', \
            securityContext: {capabilities: {add: [SYS_ADMIN]}}}]";
        assert_eq!(findings(&RULE, &workload("DaemonSet", agent))[0].severity, Warning);
    }
}
