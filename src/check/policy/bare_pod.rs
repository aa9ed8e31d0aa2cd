//! Pods that nobody makes anew.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::workload::runs_on;

pub static RULE: Rule = Rule {
    name: "policy/bare-pod",
    weight: Weight::ADVICE,
    summary: "a pod, or a ReplicaSet, stands on its own",
    page: "\
A Pod object is one pod on one node. When the node is drained or lost the pod is gone, and \
nothing starts another. It cannot be updated either, only deleted and made anew. A ReplicaSet or \
ReplicationController starts another, but a new image does not reach the pods that run.

Use a Deployment, a StatefulSet or a DaemonSet for what runs on, and a Job for what ends. Pods \
that end by themselves (`restartPolicy: Never` or `OnFailure`), static pods and those of Helm's \
hooks are left alone.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Pod(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let (message, help) = match pod.owner.kind() {
        "Pod" => ("nobody starts another pod when its node is gone", "use a Deployment or a Job"),
        "ReplicaSet" | "ReplicationController" => {
            ("a new image does not reach the pods that run", "use a Deployment")
        }
        _ => return,
    };
    let annotations = spec.object().field("metadata").field("annotations");
    let kept_otherwise = annotations.entries().any(|(key, _)| {
        key.starts_with("kubernetes.io/config.") || key.starts_with("helm.sh/hook")
    });
    if runs_on(pod) && !pod.is_made() && !kept_otherwise {
        spec.object().field("kind").fault_with(message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, pod, workload};

    #[test]
    fn who_is_kept() {
        let spec = "containers: [{name: a, image: 'a:v1'}]";
        assert_eq!(fires(&RULE, &pod(&format!("restartPolicy: Never, {spec}"))), 0);
        assert_eq!(fires(&RULE, &workload("ReplicaSet", spec)), 1);
        let owned = |what: &str| {
            pod(spec).replace("{name: a}, spec", &format!("{{name: a, {what}}}, spec"))
        };
        assert_eq!(fires(&RULE, &owned("annotations: {helm.sh/hook: test}")), 0);
        assert_eq!(fires(&RULE, &owned("annotations: {kubernetes.io/config.source: file}")), 0);
        let owner = "ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: a, uid: b, controller: true}]";
        assert_eq!(fires(&RULE, &owned(owner)), 0);
    }
}
