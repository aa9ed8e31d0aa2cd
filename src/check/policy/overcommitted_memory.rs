//! Memory that is promised several times over.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};
use crate::scalar::Quantity;

pub static RULE: Rule = Rule {
    name: "policy/overcommitted-memory",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "a memory limit is far above the request",
    page: "\
Nodes are filled by requests. Where limits are many times as high, the pods of a node may \
together use far more memory than it has, and the kernel or the kubelet then kills some of \
them: those first that are furthest above their request.

Raise `resources.requests.memory` towards what the container uses at its busiest. This rule \
speaks up where the limit is more than four times the request, and more than 1Gi above it.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: cache}
spec:
  containers:
    - name: cache
      image: registry.example.com/cache:v1.4.2
      resources: {requests: {cpu: 100m, memory: 256Mi}, limits: {memory: 8Gi}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: cache}
spec:
  containers:
    - name: cache
      image: registry.example.com/cache:v1.4.2
      resources: {requests: {cpu: 100m, memory: 4Gi}, limits: {memory: 8Gi}}
",
    look: Look::Container(look),
};

const MOST_TIMES: u32 = 4;
const MOST_ABOVE: i64 = 1 << 30;

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    let memory = |part| container.at.field("resources").field(part).field("memory");
    let (Some(request), Some(limit)) = (memory("requests").quantity(), memory("limits").quantity())
    else {
        return;
    };
    let above = request.add(&Quantity::from_bytes(MOST_ABOVE));
    let (Some(above), Some(times)) = (above, request.times(MOST_TIMES)) else { return };
    if container.stays() && !request.is_zero() && limit > above && limit > times {
        memory("limits").fault_with(
            format!("{container} may take {limit} of memory, and its node keeps {request} for it"),
            "raise `resources.requests.memory` towards what it uses at its busiest",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{container, fires};

    #[test]
    fn how_far_is_too_far() {
        for (request, limit, count) in [
            ("512Mi", "2Gi", 0),
            ("32Mi", "512Mi", 0),
            ("512Mi", "2049Mi", 1),
            ("4Gi", "16Gi", 0),
            ("0", "16Gi", 0),
            ("8Gi", "4Gi", 0),
        ] {
            let resources = format!(
                "resources: {{requests: {{memory: {request}}}, limits: {{memory: {limit}}}}}"
            );
            assert_eq!(fires(&RULE, &container(&resources)), count, "{request} {limit}");
        }
        assert_eq!(fires(&RULE, &container("resources: {limits: {memory: 16Gi}}")), 0);
    }
}
