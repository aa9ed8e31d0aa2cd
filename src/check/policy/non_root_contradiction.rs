//! Containers that shall not be root, and shall.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::effective::setting;
use super::workload::is_windows;

pub static RULE: Rule = Rule {
    name: "policy/non-root-contradiction",
    weight: Weight::ERROR,
    summary: "a container has `runAsNonRoot: true` and `runAsUser: 0`",
    page: "\
`runAsNonRoot: true` makes the kubelet refuse what would run as root, and `runAsUser: 0` is \
root. A server takes both together; the container then never starts, with the state \
`CreateContainerConfigError`. Often one of them is set for the pod and the other for a container.

Set another user, or `runAsNonRoot: false` for the container that must be root.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {runAsNonRoot: true}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2', securityContext: {runAsUser: 0}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {runAsNonRoot: true}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2', securityContext: {runAsUser: 1000}}
",
    look: Look::Container(look),
};

// The kubelet's `verifyRunAsNonRoot`.
fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, container: Container<'a>) {
    let user = setting(pod, container, "runAsUser");
    let refused = setting(pod, container, "runAsNonRoot").is_true();
    if refused && user.int() == Some(0) && !is_windows(pod) {
        user.fault_with(
            format!("{container} never starts: it has `runAsUser: 0`, and `runAsNonRoot: true`"),
            "set another user, or `runAsNonRoot: false` for what must be root",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, pod};

    #[test]
    fn what_contradicts() {
        for (shared, own, count) in [
            ("runAsNonRoot: true, runAsUser: 0", "", 1),
            ("runAsNonRoot: true, runAsUser: 0", "runAsUser: 1", 0),
            ("runAsNonRoot: true, runAsUser: 0", "runAsNonRoot: false", 0),
            ("runAsUser: 0", "", 0),
            ("runAsNonRoot: true", "", 0),
        ] {
            let spec = format!(
                "securityContext: {{{shared}}}, containers: [{{name: a, image: 'a:v1', \
                securityContext: {{{own}}}}}]"
            );
            assert_eq!(fires(&RULE, &pod(&spec)), count, "{shared} / {own}");
        }
    }
}
