//! Runtime classes that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/runtime-class",
    weight: Weight::ERROR,
    summary: "a pod names a runtime class that is not there",
    page: "A server refuses pods whose RuntimeClass does not exist. Some clouds and drivers bring one (`gvisor`, `nvidia`); every other one must be defined.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  runtimeClassName: sandboxd
  containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]
---
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: sandboxed}
handler: runsc
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  runtimeClassName: sandboxed
  containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]
---
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: sandboxed}
handler: runsc
",
    look: Look::Pod(look),
};

/// What clouds and drivers bring.
const WELL_KNOWN: [&str; 4] = ["gvisor", "nvidia", "kata", "kata-mshv-vm-isolation"];

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let class = spec.field("runtimeClassName");
    let name = class.text_or_empty();
    if !WELL_KNOWN.contains(&name) && !pod.is_made() {
        absent::lead(scene, class, Wanted::of_cluster("node.k8s.io", "RuntimeClass", name));
    }
}
