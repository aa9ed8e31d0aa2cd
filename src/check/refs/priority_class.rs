//! Priority classes that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/priority-class",
    weight: Weight::ERROR,
    summary: "a pod names a priority class that is not there",
    page: "A server refuses pods whose PriorityClass does not exist: the workload is there, and no pod ever is. Each cluster has `system-cluster-critical` and `system-node-critical`; every other class must be defined.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  priorityClassName: servng
  containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: serving}
value: 1000
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  priorityClassName: serving
  containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: serving}
value: 1000
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let class = spec.field("priorityClassName");
    let name = class.text_or_empty();
    if !name.starts_with("system-") && !pod.is_made() {
        let wanted = Wanted::of_cluster("scheduling.k8s.io", "PriorityClass", name).usual();
        absent::lead(scene, class, wanted);
    }
}
