//! Containers that listen on a port that only root may have.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::effective::{capabilities, is_no_root, shared_setting};
use super::workload::is_windows;

pub static RULE: Rule = Rule {
    name: "policy/low-port",
    weight: Weight::ADVICE,
    summary: "a container that is not root has a port below 1024",
    page: "\
Ports below 1024 are root's. Docker and containerd 2 open them to everybody in a pod, CRI-O and \
older containerd do not: the program then ends with `permission denied` on some nodes, and runs \
on others. Adding `NET_BIND_SERVICE` helps only where the image gives it to the program file.

Let the program listen on a port from 1024 on, such as 8080; the Service keeps port 80 and sends \
to it with `targetPort`. Or set the sysctl `net.ipv4.ip_unprivileged_port_start` to `0` in the \
`securityContext` of the pod.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {runAsNonRoot: true, runAsUser: 1000}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2', ports: [{containerPort: 80}]}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {runAsNonRoot: true, runAsUser: 1000}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2', ports: [{containerPort: 8080}]}
",
    look: Look::Container(look),
};

const FIRST_FREE: i64 = 1024;

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, container: Container<'a>) {
    let ports = container.at.field("ports");
    if ports.is_empty() || !is_no_root(pod, container) || is_windows(pod) {
        return;
    }
    let first = first_free(pod.spec_at(container.at));
    let binds = || capabilities(container, "add").any(|(_, name)| name == "NET_BIND_SERVICE");
    for at in ports.items().map(|port| port.field("containerPort")) {
        if let Some(port) = at.int().filter(|port| (1..first).contains(port))
            && !binds()
        {
            at.fault_with(
                format!("{container} is not root, and port {port} is root's on some nodes"),
                "listen on a port from 1024 on; the Service can keep its own with `targetPort`",
            );
        }
    }
}

/// The first port that everybody in the pod may have.
fn first_free(spec: At<'_>) -> i64 {
    let mut sysctls = shared_setting(spec, "sysctls").items();
    let set = sysctls.find(|sysctl| {
        let name = sysctl.field("name").text_or_empty();
        name.replace('/', ".") == "net.ipv4.ip_unprivileged_port_start"
    });
    let value = set.and_then(|sysctl| sysctl.field("value").text()?.trim().parse().ok());
    value.unwrap_or(FIRST_FREE).min(FIRST_FREE)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, pod};

    #[test]
    fn who_may_have_it() {
        let with = |shared: &str, own: &str, port: u16| {
            pod(&format!(
                "securityContext: {{{shared}}}, containers: [{{name: a, image: 'a:v1', \
                ports: [{{containerPort: {port}}}], securityContext: {{{own}}}}}]"
            ))
        };
        for (shared, own, port, count) in [
            ("runAsUser: 1000", "", 80, 1),
            ("runAsNonRoot: true", "", 443, 1),
            ("runAsUser: 1000", "", 1024, 0),
            ("", "", 80, 0),
            ("runAsUser: 1000", "runAsUser: 0", 80, 0),
            ("runAsUser: 1000", "capabilities: {add: [NET_BIND_SERVICE]}", 80, 0),
        ] {
            assert_eq!(fires(&RULE, &with(shared, own, port)), count, "{shared} {own} {port}");
        }
        let sysctl =
            "runAsUser: 1000, sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: '80'}]";
        assert_eq!(fires(&RULE, &with(sysctl, "", 80)), 0);
        assert_eq!(fires(&RULE, &with(sysctl, "", 53)), 1);
    }
}
