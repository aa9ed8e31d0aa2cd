//! Pods that keep away from each other until there is no room for the next one.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::object::value::Value;

use super::missing_spread::{required_terms, takes_itself};

pub static RULE: Rule = Rule {
    name: "policy/strict-anti-affinity",
    weight: Weight::ADVICE,
    summary: "a required anti-affinity leaves no room for all pods",
    page: "\
`requiredDuringSchedulingIgnoredDuringExecution` over `topology.kubernetes.io/zone` allows one \
pod per zone. Regions have three zones or so: the fourth pod waits for ever, and an autoscaler \
that asks for it helps nobody.

Over `kubernetes.io/hostname` it allows one pod per node. Together with `maxUnavailable: 0` a \
rollout then needs a node that has no pod of it yet: where pods are on all nodes it waits for \
ever.

Spread over zones with `topologySpreadConstraints` and `maxSkew: 1`, which allows any number of \
pods. Let rollouts go without surge (`maxSurge: 0`, `maxUnavailable: 1`), or use \
`preferredDuringSchedulingIgnoredDuringExecution`.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 6
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: topology.kubernetes.io/zone
              labelSelector: {matchLabels: {app: web}}
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 6
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector: {matchLabels: {app: web}}
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Pod(look),
};

/// What most regions of clouds have.
const ZONES: i64 = 3;

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let Some(most) = scene.scale_of(pod).map(|range| range.most).filter(|most| *most > 1) else {
        return;
    };
    for term in required_terms(spec).filter(|term| takes_itself(pod, *term)) {
        let key = term.field("topologyKey");
        match key.text_or_empty() {
            "topology.kubernetes.io/zone" | "failure-domain.beta.kubernetes.io/zone"
                if most > ZONES =>
            {
                key.fault_with(
                    format!("one pod per zone: of {most} pods all beyond the number of zones wait"),
                    "spread them with `topologySpreadConstraints` and `maxSkew: 1`",
                );
            }
            "kubernetes.io/hostname" if only_surges(pod) => key.fault_with(
                "one pod per node, and `maxUnavailable: 0`: a rollout needs a node without any",
                "let rollouts go with `maxSurge: 0` and `maxUnavailable: 1`",
            ),
            _ => {}
        }
    }
}

/// Whether a rollout starts the next pod before it ends one.
fn only_surges(pod: &Pod<'_>) -> bool {
    let spec = pod.owner.content.get("spec");
    let rolling = spec.and_then(|spec| spec.get("strategy")?.get("rollingUpdate"));
    let unavailable = rolling.and_then(|rolling| rolling.get("maxUnavailable"));
    let none = match unavailable {
        Some(Value::Int(number)) => *number == 0,
        Some(Value::String(text)) => text == "0%",
        _ => false,
    };
    none && pod.owner.is("apps", "Deployment")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::fires;

    #[test]
    fn how_many_have_room() {
        let with = |from: &str, to: &str| fires(&RULE, &RULE.bad.replace(from, to));
        assert_eq!(with("replicas: 6", "replicas: 3"), 0);
        assert_eq!(
            with(
                "{matchLabels: {app: web}}\n      containers",
                "{matchLabels: {app: other}}\n      containers"
            ),
            0
        );
        assert_eq!(with("topology.kubernetes.io/zone", "kubernetes.io/hostname"), 0);
        let node = RULE.bad.replace("topology.kubernetes.io/zone", "kubernetes.io/hostname");
        let surge = |count: &str| {
            let strategy =
                format!("strategy: {{rollingUpdate: {{maxUnavailable: {count}, maxSurge: 1}}}}");
            fires(&RULE, &node.replace("replicas: 6", &format!("replicas: 2\n  {strategy}")))
        };
        assert_eq!((surge("0"), surge("0%"), surge("1")), (1, 1, 0));
    }
}
