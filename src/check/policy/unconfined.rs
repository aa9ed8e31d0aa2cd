//! Filters of system calls and files that are switched off.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::effective::{own_setting, shared_setting};
use super::workload::{is_node_agent, metadata_at};

pub static RULE: Rule = Rule {
    name: "policy/unconfined",
    weight: Weight::RISING,
    summary: "seccomp or AppArmor is switched off",
    page: "\
`Unconfined` takes away the filter that keeps a process from parts of the kernel that it has no \
business with, even where nodes would apply one by themselves. The Pod Security level `baseline` \
forbids it.

Use `type: RuntimeDefault`. Where a program needs one system call more, give it a profile of \
its own (`type: Localhost`). What watches the whole node may need to be free of filters; waive \
this rule for it.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {seccompProfile: {type: Unconfined}}
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

const PROFILES: [&str; 2] = ["seccompProfile", "appArmorProfile"];

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let report = |at: At<'a>, message: String| {
        if is_node_agent(pod) {
            at.warn_with(message, "if it watches the whole node, waive this rule for it");
        } else {
            at.fault_with(message, "use `RuntimeDefault`, or a profile of its own (`Localhost`)");
        }
    };
    let off = |at: At<'a>| at.field("type").text() == Some("Unconfined");
    for name in PROFILES {
        let shared = shared_setting(spec, name);
        if off(shared) {
            report(shared.field("type"), format!("`{name}` is switched off for the pod"));
        }
        for container in Pod::containers(spec) {
            let own = own_setting(container, name);
            if off(own) {
                report(own.field("type"), format!("`{name}` is switched off for {container}"));
            }
        }
    }
    for (key, at) in metadata_at(pod, spec).field("annotations").entries() {
        let container = key.strip_prefix("container.apparmor.security.beta.kubernetes.io/");
        if let (Some(name), Some("unconfined")) = (container, at.text()) {
            report(at, format!("AppArmor is switched off for container {}", shown(name)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{container, findings, fires, workload};
    use crate::check::rule::Severity;

    #[test]
    fn where_it_is_switched_off() {
        let off = "securityContext: {seccompProfile: {type: Unconfined}, \
            appArmorProfile: {type: Unconfined}}";
        assert_eq!(fires(&RULE, &container(off)), 2);
        let own = "securityContext: {seccompProfile: {type: Localhost, localhostProfile: a.json}}";
        assert_eq!(fires(&RULE, &container(own)), 0);
        let annotated = "{apiVersion: v1, kind: Pod, metadata: {name: a, \
            annotations: {container.apparmor.security.beta.kubernetes.io/a: unconfined}}, \
            spec: {containers: [{name: a, image: 'a:v1'}]}}";
        assert_eq!(fires(&RULE, annotated), 1);
        assert_eq!(fires(&RULE, &annotated.replace("unconfined", "runtime/default")), 0);
        let agent = format!("containers: [{{name: a, image: 'a:v1', {off}}}]");
        assert_eq!(findings(&RULE, &workload("DaemonSet", &agent))[0].severity, Severity::Warning);
    }
}
