//! Pods that mount directories of their node.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::host_paths::{Worth, host_path, worth};
use super::workload::is_node_agent;

pub static RULE: Rule = Rule {
    name: "policy/host-path",
    weight: Weight::RISING,
    summary: "a pod mounts a path of its node",
    page: "\
What lies on a node stays there when the pod moves: data is lost to it, or two pods meet in one \
directory. A path such as `/etc`, `/var/lib/kubelet` or `/` also gives away the keys of the node \
and the secrets of its other pods, and whoever can write there takes the node. Those are errors \
here, other paths are warned of.

Use a PersistentVolumeClaim for data, an `emptyDir` for scratch space, a ConfigMap for files. \
What manages or watches nodes may need such paths: run it as a DaemonSet, mount them \
`readOnly`, and waive this rule for it.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      volumeMounts: [{name: settings, mountPath: /settings}]
  volumes:
    - {name: settings, hostPath: {path: /etc}}
",
    good: "
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {MODE: fast}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      volumeMounts: [{name: settings, mountPath: /settings}]
  volumes:
    - {name: settings, configMap: {name: settings}}
",
    look: Look::Pod(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    for volume in spec.field("volumes").items() {
        let Some(path) = host_path(volume) else { continue };
        let at = volume.field("hostPath").field("path");
        let name = shown(volume.field("name").text_or_empty());
        let worth = worth(&path);
        let path = shown(&path);
        match worth {
            // That has a rule of its own.
            Worth::Socket => {}
            _ if is_node_agent(pod) => at.warn_with(
                format!("the volume {name} is {path} of the node"),
                "if it manages or watches the nodes, waive this rule for it",
            ),
            Worth::Node => at.fault_with(
                format!("the volume {name} is {path} of the node, with what belongs to others"),
                "use a claim, an `emptyDir` or a ConfigMap",
            ),
            Worth::Little => at.warn_with(
                format!("the volume {name} is {path} of whichever node the pod is on"),
                "use a claim: what lies on a node does not move with the pod",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{findings, pod, workload};
    use crate::check::rule::Severity::{Error, Warning};

    #[test]
    fn what_each_path_weighs() {
        let spec = |path: &str| {
            format!(
                "containers: [{{name: a, image: 'a:v1'}}], volumes: [{{name: v, \
                hostPath: {{path: '{path}'}}}}]"
            )
        };
        for (path, severity) in [
            ("/", Some(Error)),
            ("/etc/", Some(Error)),
            ("//var/./lib/kubelet/pods", Some(Error)),
            ("/etc/localtime", Some(Warning)),
            ("/etc/kubernetes-extra", Some(Warning)),
            ("/mnt/data", Some(Warning)),
            ("/var/run/docker.sock", None),
        ] {
            let found = findings(&RULE, &pod(&spec(path)));
            assert_eq!(found.first().map(|found| found.severity), severity, "{path}");
        }
        assert_eq!(findings(&RULE, &workload("DaemonSet", &spec("/")))[0].severity, Warning);
    }
}
