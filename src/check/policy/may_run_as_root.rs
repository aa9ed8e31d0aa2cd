//! Containers whose processes are root, or may be.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::effective::{has_own_users, is_no_root, is_privileged, lacking, setting};
use super::workload::is_windows;

pub static RULE: Rule = Rule {
    name: "policy/may-run-as-root",
    weight: Weight::ADVICE,
    summary: "a container runs as root, or may do so",
    page: "\
Root in a container is root on the node, held back by capabilities and filters alone: a flaw in \
the runtime or the kernel, or a careless mount, and it is out. Where the manifest says nothing, \
the image decides, and most images are root.

Set `runAsNonRoot: true` in the `securityContext` of the pod: the kubelet then refuses to start \
what would be root. Where the image does not name a user by number, set `runAsUser` too, such as \
1000, and `fsGroup` for its volumes. `hostUsers: false` makes root in the pod a nobody on the \
node, and is as good.",
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
  securityContext: {runAsNonRoot: true, runAsUser: 1000}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Pod(look),
};

const HELP: &str =
    "set `runAsNonRoot: true`, and `runAsUser` where the image names no user by number";

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    if is_windows(pod) || has_own_users(pod) {
        return;
    }
    let user = |container| setting(pod, container, "runAsUser");
    let free = |container: Container<'a>| !is_no_root(pod, container) && !is_privileged(container);
    for container in Pod::containers(spec).filter(|one| free(*one)) {
        if user(container).is_set() {
            user(container).fault_with(format!("{container} runs as root"), HELP);
        }
    }
    let silent = |container| free(container) && !user(container).is_set();
    for (at, whose) in lacking(spec, "runAsNonRoot", silent) {
        at.fault_with(format!("{whose} may run as root: its image decides"), HELP);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{findings, fires, pod};

    #[test]
    fn whose_setting_counts() {
        for (shared, own, count) in [
            ("", "", 1),
            ("runAsNonRoot: true", "", 0),
            ("runAsUser: 1000", "", 0),
            ("runAsUser: 0", "", 1),
            ("runAsUser: 0", "runAsUser: 1000", 0),
            ("runAsUser: 1000", "runAsUser: 0", 1),
            ("runAsNonRoot: true", "runAsNonRoot: false", 1),
            ("runAsNonRoot: false", "", 1),
            // The kubelet refuses to start it, which another rule says.
            ("runAsNonRoot: true, runAsUser: 0", "", 0),
            ("", "privileged: true", 0),
        ] {
            let spec = format!(
                "securityContext: {{{shared}}}, containers: [{{name: a, image: 'a:v1', \
                securityContext: {{{own}}}}}]"
            );
            assert_eq!(fires(&RULE, &pod(&spec)), count, "{shared} / {own}");
        }
        let spec = "hostUsers: false, containers: [{name: a, image: 'a:v1'}]";
        assert_eq!(fires(&RULE, &pod(spec)), 0);
        let spec =
            "nodeSelector: {kubernetes.io/os: windows}, containers: [{name: a, image: 'a:v1'}]";
        assert_eq!(fires(&RULE, &pod(spec)), 0);
    }

    #[test]
    fn it_is_said_once() {
        let two = "containers: [{name: a, image: 'a:v1'}, {name: b, image: 'b:v1'}]";
        let found = findings(&RULE, &pod(two));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].field, "spec.securityContext.runAsNonRoot");
        let one = "containers: [{name: a, image: 'a:v1', securityContext: {runAsUser: 1}}, \
            {name: b, image: 'b:v1'}]";
        let found = findings(&RULE, &pod(one));
        assert_eq!(found[0].field, "spec.containers[1].securityContext.runAsNonRoot");
    }
}
