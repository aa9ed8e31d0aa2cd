//! Probes and hooks that ask somebody else.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::probes::KINDS;
use super::workload::is_true;

pub static RULE: Rule = Rule {
    name: "policy/probe-host",
    weight: Weight::ADVICE,
    summary: "a probe or a hook asks a host of its own choice",
    page: "\
The kubelet sends probes and HTTP hooks from the node. With `host` they do not go to the pod but \
anywhere the node can reach: `host: localhost` is the node itself, not the container. Such a \
probe says nothing about the pod, and lets whoever writes manifests send requests from inside \
the network. The Pod Security level `baseline` forbids it since Kubernetes 1.34.

Leave `host` out. For another `Host` header set `httpHeaders`.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      livenessProbe: {httpGet: {host: localhost, path: /alive, port: 8080}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      livenessProbe: {httpGet: {path: /alive, port: 8080}}
",
    look: Look::Container(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, container: Container<'a>) {
    // In the node's network its addresses are the pod's own.
    let shares = is_true(pod.spec.get("hostNetwork"));
    for host in hosts(container) {
        let name = host.text_or_empty();
        if !shares {
            host.fault_with(
                format!("the node asks {} here, not {container}", shown(name)),
                "leave `host` out; for a `Host` header set `httpHeaders`",
            );
        }
    }
}

/// The hosts that probes and hooks name.
fn hosts<'a>(container: Container<'a>) -> impl Iterator<Item = At<'a>> {
    let probes = KINDS.into_iter().map(move |kind| container.at.field(kind));
    let hooks = ["postStart", "preStop"].into_iter();
    let hooks = hooks.map(move |hook| container.at.field("lifecycle").field(hook));
    probes
        .chain(hooks)
        .filter(|asks| asks.is_set())
        .flat_map(|asks| ["httpGet", "tcpSocket"].map(|way| asks.field(way).field("host")))
        .filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{container, fires, pod};

    #[test]
    fn whom_it_asks() {
        for (fields, count) in [
            ("readinessProbe: {tcpSocket: {host: db.example.com, port: 80}}", 1),
            ("readinessProbe: {tcpSocket: {host: '', port: 80}}", 0),
            ("lifecycle: {preStop: {httpGet: {host: 10.0.0.1, port: 80}}}", 1),
            ("livenessProbe: {httpGet: {port: 80, httpHeaders: [{name: Host, value: a.com}]}}", 0),
        ] {
            assert_eq!(fires(&RULE, &container(fields)), count, "{fields}");
        }
        let shared = "hostNetwork: true, containers: [{name: a, image: 'a:v1', \
            livenessProbe: {httpGet: {host: 127.0.0.1, port: 80}}}]";
        assert_eq!(fires(&RULE, &pod(shared)), 0);
    }
}
