//! Kernel settings that a kubelet refuses unless it is told otherwise.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::object::pod_standards::SAFE_SYSCTLS;

use super::effective::shared_setting;

pub static RULE: Rule = Rule {
    name: "policy/unsafe-sysctls",
    weight: Weight::WARNING,
    summary: "a pod sets a sysctl that nodes refuse by default",
    page: "\
A kubelet lets pods set the few kernel settings that are known to stay within the pod. Any other \
it refuses, and the pod fails with `SysctlForbidden`, unless the node was started with \
`allowedUnsafeSysctls`. The scheduler does not know which nodes were.

Remove the sysctl, or run the pod on nodes that allow it (`nodeSelector`, and a taint that keeps \
others away), and waive this rule for it.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {sysctls: [{name: net.core.somaxconn, value: '1024'}]}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: '80'}]}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Pod(look),
};

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, spec: At<'a>) {
    for at in shared_setting(spec, "sysctls").items().map(|sysctl| sysctl.field("name")) {
        // Both ways to write it mean one setting.
        let name = at.text_or_empty().replace('/', ".");
        if !name.is_empty() && !SAFE_SYSCTLS.contains(&&*name) {
            at.fault_with(
                format!(
                    "nodes refuse the sysctl {} unless they are told to allow it",
                    shown(&name)
                ),
                "remove it, or run the pod on nodes that have it in `allowedUnsafeSysctls`",
            );
        }
    }
}
