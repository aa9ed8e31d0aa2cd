//! Pods that can give orders to the container runtime of their node.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::host_paths::{Worth, host_path, worth};
use super::workload::is_node_agent;

pub static RULE: Rule = Rule {
    name: "policy/runtime-socket",
    weight: Weight::GRAVE,
    summary: "a pod mounts the socket of the container runtime",
    page: "\
Whoever can write to `docker.sock` or `containerd.sock` can start a container with all rights on \
the node, outside Kubernetes: no quota, policy or audit sees it. `readOnly` does not help, for \
a socket is not written to as a file is.

To build images use BuildKit without root, Kaniko or Buildah. To start containers ask the API \
server for Jobs. What watches all containers of a node may need the socket: run it as a \
DaemonSet, and waive this rule for it.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: runner}
spec:
  containers:
    - name: runner
      image: registry.example.com/runner:v1.4.2
      volumeMounts: [{name: docker, mountPath: /var/run/docker.sock}]
  volumes:
    - {name: docker, hostPath: {path: /var/run/docker.sock}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: runner}
spec:
  containers:
    - {name: runner, image: 'registry.example.com/runner:v1.4.2'}
",
    look: Look::Pod(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    for volume in spec.field("volumes").items() {
        let Some(path) = host_path(volume).filter(|path| worth(path) == Worth::Socket) else {
            continue;
        };
        let at = volume.field("hostPath").field("path");
        let name = shown(volume.field("name").text_or_empty());
        let message =
            format!("the volume {name} is {}: it can start anything on the node", shown(&path));
        if is_node_agent(pod) {
            at.warn_with(message, "if it watches all containers, waive this rule for it");
        } else {
            at.fault_with(message, "build images without the node's runtime; start Jobs instead");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{findings, pod, workload};
    use crate::check::rule::Severity;

    #[test]
    fn sockets_of_all_runtimes() {
        let spec = |path: &str| {
            format!(
                "containers: [{{name: a, image: 'a:v1'}}], volumes: [{{name: v, \
                hostPath: {{path: '{path}'}}}}]"
            )
        };
        for path in [
            "/run/containerd/containerd.sock",
            "/run/k3s/containerd/containerd.sock",
            "/var/run/crio/crio.sock",
        ] {
            assert_eq!(findings(&RULE, &pod(&spec(path)))[0].severity, Severity::Error, "{path}");
            let agent = findings(&RULE, &workload("DaemonSet", &spec(path)));
            assert_eq!(agent[0].severity, Severity::Warning, "{path}");
        }
        assert!(findings(&RULE, &pod(&spec("/run/mysqld/mysqld.sock"))).is_empty());
    }
}
