//! Volumes that their program may not write to.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Role, Scene};
use crate::object::value::Value;

use super::effective::{is_no_root, setting, shared_setting};
use super::mounts::{mounts, volumes};
use super::workload::is_windows;

pub static RULE: Rule = Rule {
    name: "policy/claim-without-group",
    weight: Weight::ADVICE,
    summary: "a program that is not root writes to a claim, and there is no `fsGroup`",
    page: "\
A new disk belongs to root. A program that runs as another user cannot write there, and ends \
with `permission denied` at its first start. It often shows in production first: the volumes of \
local clusters are open to everybody.

Set `fsGroup` in the `securityContext` of the pod, best together with \
`fsGroupChangePolicy: OnRootMismatch`, so that large volumes mount fast. Claims that many nodes \
share (`ReadWriteMany`) are left alone, since their servers know users of their own, and so are \
pods with an init container that runs as root and mounts the volume.",
    bad: "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  securityContext: {runAsUser: 1000}
  containers:
    - name: db
      image: registry.example.com/db:v1.4.2
      volumeMounts: [{name: data, mountPath: /data}]
  volumes:
    - {name: data, persistentVolumeClaim: {claimName: data}}
",
    good: "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  securityContext: {runAsUser: 1000, fsGroup: 1000, fsGroupChangePolicy: OnRootMismatch}
  containers:
    - name: db
      image: registry.example.com/db:v1.4.2
      volumeMounts: [{name: data, mountPath: /data}]
  volumes:
    - {name: data, persistentVolumeClaim: {claimName: data}}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let group = shared_setting(spec, "fsGroup");
    if group.is_set() || is_windows(pod) {
        return;
    }
    let claimed = claimed_disks(scene, pod, spec);
    if claimed.is_empty() || mounts(spec).any(|(one, _)| prepares(pod, one)) {
        return;
    }
    let found = mounts(spec).find(|(container, mount)| {
        let name = mount.field("name").text_or_empty();
        is_no_root(pod, *container)
            && !mount.field("readOnly").is_true()
            && claimed.get(name) == Some(&Access::Written)
    });
    if let Some((container, mount)) = found {
        group.fault_with(
            format!(
                "{container} is not root, and may not be able to write to its volume {}",
                shown(mount.field("name").text_or_empty())
            ),
            "set `fsGroup` in the `securityContext` of the pod",
        );
    }
}

#[derive(PartialEq)]
enum Access {
    Written,
    ReadOnly,
}

/// Whether an init container may hand the volume over before the others start.
fn prepares<'a>(pod: &Pod<'a>, container: Container<'a>) -> bool {
    container.role == Role::Init && setting(pod, container, "runAsUser").int() == Some(0)
}

/// The volumes of a pod that are disks of its own, by name.
fn claimed_disks<'a>(
    scene: &Scene<'a>,
    pod: &Pod<'a>,
    spec: At<'a>,
) -> HashMap<&'a str, Access, RandomState> {
    let mut claimed: HashMap<_, _, _> = HashMap::default();
    for (name, volume) in volumes(spec) {
        let of_claim = volume.field("persistentVolumeClaim");
        if !of_claim.is_set() {
            continue;
        }
        let claim = of_claim.field("claimName").text_or_empty();
        let claim = scene.find("", "PersistentVolumeClaim", pod.namespace, claim);
        if !claim.is_some_and(|claim| is_shared(claim.content)) {
            let read_only = of_claim.field("readOnly").is_true();
            claimed.insert(name, if read_only { Access::ReadOnly } else { Access::Written });
        }
    }
    let templates = spec.object().field("spec").field("volumeClaimTemplates");
    for template in templates.items() {
        let name = template.field("metadata").field("name").text_or_empty();
        if !template.value().is_some_and(is_shared) {
            claimed.insert(name, Access::Written);
        }
    }
    claimed
}

fn is_shared(claim: &Value) -> bool {
    match claim.get("spec").and_then(|spec| spec.get("accessModes")) {
        Some(Value::List(modes)) => {
            modes.iter().any(|mode| matches!(mode.as_str(), Some("ReadWriteMany" | "ReadOnlyMany")))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, workload};

    fn set(context: &str, init: &str, mode: &str, read_only: bool) -> String {
        let spec = format!(
            "securityContext: {{{context}}}, initContainers: [{init}], containers: [{{name: a, \
            image: 'a:v1', volumeMounts: [{{name: v, mountPath: /v, readOnly: {read_only}}}]}}]"
        );
        let set = workload("StatefulSet", &spec);
        set.replace(
            "spec: {selector",
            &format!(
                "spec: {{serviceName: a, volumeClaimTemplates: [{{metadata: {{name: v}}, \
                spec: {{accessModes: [{mode}], resources: {{requests: {{storage: 1Gi}}}}}}}}], \
                selector"
            ),
        )
    }

    #[test]
    fn who_can_write() {
        let root = "{name: i, image: 'i:v1', securityContext: {runAsUser: 0}, \
            volumeMounts: [{name: v, mountPath: /v}]}";
        for (context, init, mode, read_only, count) in [
            ("runAsUser: 1000", "", "ReadWriteOnce", false, 1),
            ("runAsNonRoot: true", "", "ReadWriteOnce", false, 1),
            ("runAsUser: 1000, fsGroup: 1000", "", "ReadWriteOnce", false, 0),
            ("", "", "ReadWriteOnce", false, 0),
            ("runAsUser: 1000", root, "ReadWriteOnce", false, 0),
            ("runAsUser: 1000", "", "ReadWriteMany", false, 0),
            ("runAsUser: 1000", "", "ReadWriteOnce", true, 0),
        ] {
            let manifest = set(context, init, mode, read_only);
            assert_eq!(fires(&RULE, &manifest), count, "{context} {init} {mode} {read_only}");
        }
    }
}
