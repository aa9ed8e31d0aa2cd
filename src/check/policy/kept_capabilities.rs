//! Rights of the kernel's that containers keep without need.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::effective::{capabilities, is_privileged, own_setting};
use super::workload::is_windows;

pub static RULE: Rule = Rule {
    name: "policy/kept-capabilities",
    weight: Weight::ADVICE,
    summary: "a container keeps the capabilities that runtimes give",
    page: "\
Runtimes give each container a dozen of root's rights: to change the owner of files, to become \
any user, to send forged packets in the pod's network (`NET_RAW`, where the runtime gives it). \
Next to no server needs one of them.

Set `capabilities: {drop: [ALL]}` in the container's `securityContext`, and add back what is \
missed, such as `NET_BIND_SERVICE`. The Pod Security level `restricted` asks for it.",
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
      securityContext: {capabilities: {drop: [ALL]}}
",
    look: Look::Container(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, container: Container<'a>) {
    let drops_all = || capabilities(container, "drop").any(|(_, name)| name == "ALL");
    if !drops_all() && !is_privileged(container) && !is_windows(pod) {
        own_setting(container, "capabilities").field("drop").fault_with(
            format!("{container} keeps the capabilities that its runtime gives it"),
            "set `capabilities: {drop: [ALL]}` in its `securityContext`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{container, fires};

    #[test]
    fn who_keeps_them() {
        for (context, count) in [
            ("{}", 1),
            ("{capabilities: {drop: [NET_RAW]}}", 1),
            ("{capabilities: {drop: [all]}}", 0),
            ("{capabilities: {drop: [ALL], add: [CHOWN]}}", 0),
            ("{privileged: true}", 0),
        ] {
            let manifest = container(&format!("securityContext: {context}"));
            assert_eq!(fires(&RULE, &manifest), count, "{context}");
        }
    }
}
