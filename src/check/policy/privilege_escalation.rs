//! Processes that may gain rights that their container did not start with.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::effective::{capabilities, is_privileged, own_setting};
use super::workload::is_windows;

pub static RULE: Rule = Rule {
    name: "policy/privilege-escalation",
    weight: Weight::ADVICE,
    summary: "a process may gain more rights than its container started with",
    page: "\
Unless `allowPrivilegeEscalation` is false, a program with the setuid bit, such as `sudo`, `su` \
or an old `ping` with a bug, makes root of whoever runs it in the container. Kubernetes allows \
it where nothing is said.

Set `allowPrivilegeEscalation: false` in the container's `securityContext`. Next to no server \
notices. The Pod Security level `restricted` asks for it.",
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
      securityContext: {allowPrivilegeEscalation: false}
",
    look: Look::Container(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, container: Container<'a>) {
    let setting = own_setting(container, "allowPrivilegeEscalation");
    // A server refuses `false` beside these rights (`ValidateSecurityContext`).
    let has_all = || {
        is_privileged(container)
            || capabilities(container, "add").any(|(_, name)| name == "SYS_ADMIN")
    };
    if setting.flag() != Some(false) && !is_windows(pod) && !has_all() {
        setting.fault_with(
            format!("processes of {container} may gain rights, as `sudo` does"),
            "set `allowPrivilegeEscalation: false` in its `securityContext`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{container, fires, pod};

    #[test]
    fn who_may() {
        for (context, count) in [
            ("{}", 1),
            ("{allowPrivilegeEscalation: true}", 1),
            ("{allowPrivilegeEscalation: false}", 0),
            ("{privileged: true}", 0),
            ("{capabilities: {add: [SYS_ADMIN]}}", 0),
            ("{capabilities: {add: [NET_ADMIN]}}", 1),
        ] {
            let manifest = container(&format!("securityContext: {context}"));
            assert_eq!(fires(&RULE, &manifest), count, "{context}");
        }
        let windows = "os: {name: windows}, containers: [{name: a, image: 'a:v1'}]";
        assert_eq!(fires(&RULE, &pod(windows)), 0);
    }
}
