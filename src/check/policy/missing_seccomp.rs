//! Containers whose system calls nobody filters.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::effective::{is_privileged, lacking, setting};
use super::workload::{is_windows, metadata_at};

pub static RULE: Rule = Rule {
    name: "policy/missing-seccomp",
    weight: Weight::ADVICE,
    summary: "no `seccompProfile` is set",
    page: "\
A seccomp profile keeps a container from system calls that it never needs, and that flaws of \
the kernel are found in. Every runtime brings a profile along, but Kubernetes does not use it \
unless it is told to, or its nodes are (`seccompDefault`).

Set `seccompProfile: {type: RuntimeDefault}` in the `securityContext` of the pod. The Pod \
Security level `restricted` asks for it. The annotations of old, \
`seccomp.security.alpha.kubernetes.io/pod`, have counted for nothing since Kubernetes 1.27.",
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
  securityContext: {seccompProfile: {type: RuntimeDefault}}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Pod(look),
};

const HELP: &str =
    "set `seccompProfile: {type: RuntimeDefault}` in the `securityContext` of the pod";

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    if is_windows(pod) {
        return;
    }
    let lacks = |container: Container<'a>| {
        !setting(pod, container, "seccompProfile").is_set() && !is_privileged(container)
    };
    for (at, whose) in lacking(spec, "seccompProfile", lacks) {
        at.fault_with(
            format!("{whose} has no `seccompProfile`: any system call is let through"),
            HELP,
        );
    }
    for (key, at) in metadata_at(pod, spec).field("annotations").entries() {
        if key.contains("seccomp.security.alpha.kubernetes.io/") {
            at.fault_with(
                format!("the annotation {} has counted for nothing since 1.27", shown(key)),
                HELP,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{findings, fires, pod};

    #[test]
    fn whose_profile_counts() {
        for (shared, own, count) in [
            ("", "", 1),
            ("seccompProfile: {type: RuntimeDefault}", "", 0),
            ("", "seccompProfile: {type: RuntimeDefault}", 0),
            // That has a rule of its own.
            ("seccompProfile: {type: Unconfined}", "", 0),
            ("", "privileged: true", 0),
        ] {
            let spec = format!(
                "securityContext: {{{shared}}}, containers: [{{name: a, image: 'a:v1', \
                securityContext: {{{own}}}}}]"
            );
            assert_eq!(fires(&RULE, &pod(&spec)), count, "{shared} / {own}");
        }
    }

    #[test]
    fn annotations_count_for_nothing() {
        let old = "{apiVersion: v1, kind: Pod, metadata: {name: a, \
            annotations: {seccomp.security.alpha.kubernetes.io/pod: runtime/default}}, \
            spec: {containers: [{name: a, image: 'a:v1'}]}}";
        let found = findings(&RULE, old);
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[1].field,
            "metadata.annotations[seccomp.security.alpha.kubernetes.io/pod]"
        );
    }
}
