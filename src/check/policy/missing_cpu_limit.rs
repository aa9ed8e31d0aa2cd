//! Containers that may take all CPUs of a node.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::allowance::limit;

pub static RULE: Rule = Rule {
    name: "policy/missing-cpu-limit",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "a container has no CPU limit",
    page: "\
This is advice, and good engineers differ. A container without a CPU limit uses what its node \
has to spare, and never takes from others what they request. A container with one is stopped \
at it, even on an idle node, and answers late.

A limit is right where use must be the same on a full node as on an empty one: latency is then \
what the tests measured, autoscalers see what a new node would see, and a bill is what was \
planned. A quota on `limits.cpu` asks for it too.

Set `resources.limits.cpu` to a few times the request, or turn this rule off for the system \
if its pods shall use what is idle.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 128Mi}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {cpu: 500m, memory: 128Mi}}
",
    look: Look::Container(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, container: Container<'a>) {
    if container.stays() && limit(scene, pod, container, "cpu").is_none() {
        container.at.field("resources").field("limits").field("cpu").fault_with(
            format!("{container} has no CPU limit: how fast it is depends on its neighbours"),
            "set `resources.limits.cpu`, or turn this rule off if pods shall use idle CPUs",
        );
    }
}
