//! Containers that may take all memory of a node.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::allowance::limit;

pub static RULE: Rule = Rule {
    name: "policy/missing-memory-limit",
    weight: Weight::ADVICE,
    summary: "a container has no memory limit",
    page: "\
Memory cannot be taken back from a process. A container without a limit that leaks takes what \
its neighbours need, until the kernel kills one of the node's processes, and not always the \
guilty one. With a limit it is the leaking container that ends, and starts anew.

Set `resources.limits.memory` to the most that the container ever needs, best to the same as \
its request. The defaults of a LimitRange in the namespace count, and `resources` of the whole \
pod.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      resources: {requests: {cpu: 100m, memory: 128Mi}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      resources:
        requests: {cpu: 100m, memory: 128Mi}
        limits: {memory: 128Mi}
",
    look: Look::Container(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, container: Container<'a>) {
    if limit(scene, pod, container, "memory").is_some() {
        return;
    }
    let at = container.at.field("resources").field("limits").field("memory");
    let message = format!("{container} has no memory limit: it may take all that its node has");
    let help = "set `resources.limits.memory` to the most it ever needs";
    if container.stays() { at.fault_with(message, help) } else { at.warn_with(message, help) }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{container, findings, fires, pod};
    use crate::check::rule::Severity;

    #[test]
    fn zero_is_no_limit() {
        assert_eq!(fires(&RULE, &container("resources: {limits: {memory: 0}}")), 1);
        assert_eq!(fires(&RULE, &container("resources: {limits: {cpu: 1}}")), 1);
        assert_eq!(fires(&RULE, &container("resources: {limits: {memory: 64Mi}}")), 0);
        let whole = "resources: {limits: {memory: 1Gi}}, containers: [{name: a, image: 'a:v1'}]";
        assert_eq!(fires(&RULE, &pod(whole)), 0);
    }

    #[test]
    fn what_soon_ends_is_only_advised() {
        let init = "initContainers: [{name: i, image: 'a:v1'}], containers: [{name: a, \
            image: 'a:v1', resources: {limits: {memory: 1Gi}}}]";
        let found = findings(&RULE, &pod(init));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Warning);
        assert_eq!(found[0].field, "spec.initContainers[0].resources.limits.memory");
        assert!(found[0].message.starts_with("init container `i` "));
    }
}
