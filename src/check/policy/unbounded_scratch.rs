//! Scratch space that may fill a node's disk.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::allowance::limit;
use super::mounts::users_of_volumes;

pub static RULE: Rule = Rule {
    name: "policy/unbounded-scratch",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "an `emptyDir` has no `sizeLimit`",
    page: "\
An `emptyDir` lies on the node's own disk, beside the images and logs of all pods. One that \
grows fills it: the kubelet then evicts pods from the node, and not only the one that wrote. \
With `medium: Memory` it takes the node's memory.

Set `emptyDir.sizeLimit`: a pod that goes beyond it is evicted alone. Limits of \
`ephemeral-storage` for all containers that mount it do the same, and for `medium: Memory` their \
memory limits.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      volumeMounts: [{name: tmp, mountPath: /tmp}]
  volumes:
    - {name: tmp, emptyDir: {}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      volumeMounts: [{name: tmp, mountPath: /tmp}]
  volumes:
    - {name: tmp, emptyDir: {sizeLimit: 64Mi}}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    // Zero is no limit.
    let is_bounded = |volume: &At<'a>| {
        volume.field("emptyDir").field("sizeLimit").quantity().is_some_and(|limit| !limit.is_zero())
    };
    let volumes = spec.field("volumes").items();
    let scratch = volumes.filter(|volume| volume.field("emptyDir").is_set());
    let mut free = scratch.filter(|volume| !is_bounded(volume)).peekable();
    if free.peek().is_none() {
        return;
    }
    let users = users_of_volumes(spec);
    for volume in free {
        let (name, scratch) = (volume.field("name").text_or_empty(), volume.field("emptyDir"));
        let resource = match scratch.field("medium").text() {
            Some("Memory") => "memory",
            _ => "ephemeral-storage",
        };
        let bounded = |container| limit(scene, pod, container, resource).is_some();
        let users = users.get(name).map(Vec::as_slice).unwrap_or_default();
        if !users.iter().copied().all(bounded) {
            scratch.field("sizeLimit").fault_with(
                format!("the `emptyDir` volume {} may grow until its node is full", shown(name)),
                "set `sizeLimit`, such as `64Mi`",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, pod};

    #[test]
    fn what_bounds_it() {
        let with = |volume: &str, limits: &str| {
            pod(&format!(
                "containers: [{{name: a, image: 'a:v1', resources: {{limits: {{{limits}}}}}, \
                volumeMounts: [{{name: v, mountPath: /v}}]}}, {{name: b, image: 'b:v1'}}], \
                volumes: [{{name: v, {volume}}}]"
            ))
        };
        for (volume, limits, count) in [
            ("emptyDir: {}", "", 1),
            ("emptyDir: {}", "memory: 1Gi", 1),
            ("emptyDir: {}", "ephemeral-storage: 1Gi", 0),
            ("emptyDir: {medium: Memory}", "memory: 1Gi", 0),
            ("emptyDir: {medium: Memory}", "", 1),
            ("emptyDir: {sizeLimit: 1Gi}", "", 0),
            ("emptyDir: {sizeLimit: 0}", "", 1),
            ("configMap: {name: c}", "", 0),
        ] {
            assert_eq!(fires(&RULE, &with(volume, limits)), count, "{volume} {limits}");
        }
        // Nobody can write to what nobody mounts.
        let unused = "containers: [{name: a, image: 'a:v1'}], volumes: [{name: v, emptyDir: {}}]";
        assert_eq!(fires(&RULE, &pod(unused)), 0);
    }
}
