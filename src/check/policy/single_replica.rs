//! Servers of which there is one.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::missing_drain::is_recreated;
use super::mounts::volumes;

pub static RULE: Rule = Rule {
    name: "policy/single-replica",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "a Service has one pod behind it",
    page: "\
A single pod is gone whenever its node is: for maintenance, for a newer version of Kubernetes, \
because a cloud took it back. Until another has started, nobody answers.

Set `replicas` to two or more, or let an autoscaler do it. For what cannot run twice waive this \
rule. Pods with a claim of their own are left alone, and so are StatefulSets, workloads with \
`strategy: {type: Recreate}`, and pods that no Service sends requests to.",
    bad: "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:v1.4.2
          readinessProbe: {httpGet: {path: /ready, port: 8080}}
",
    good: "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:v1.4.2
          readinessProbe: {httpGet: {path: /ready, port: 8080}}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let counts = matches!(pod.owner.kind(), "Deployment" | "Rollout");
    let is_alone = scene.scale_of(pod).is_some_and(|range| range.most == 1);
    if !counts || !is_alone || scene.autoscalers_of(pod).next().is_some() || is_recreated(pod) {
        return;
    }
    let Some(service) = scene.services_of(pod).next() else { return };
    let claims = volumes(spec);
    if claims.values().any(|volume| volume.field("persistentVolumeClaim").is_set()) {
        return;
    }
    spec.object().field("spec").field("replicas").fault_with(
        format!(
            "nobody answers for the Service {} while its one pod is moved",
            shown(service.name())
        ),
        "set `replicas` to two or more; if it cannot run twice, waive this rule for it",
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::fires;

    #[test]
    fn who_may_be_alone() {
        let with = |from: &str, to: &str| fires(&RULE, &RULE.bad.replace(from, to));
        assert_eq!(with("  replicas: 1\n", ""), 1);
        assert_eq!(with("replicas: 1", "replicas: 0"), 0);
        assert_eq!(with("replicas: 1", "strategy: {type: Recreate}"), 0);
        assert_eq!(with("selector: {app: web}", "selector: {app: other}"), 0);
        let claim = "    spec:\n      volumes: [{name: v, \
            persistentVolumeClaim: {claimName: v}}]\n      containers";
        assert_eq!(with("    spec:\n      containers", claim), 0);
        let scaler = format!(
            "{}---\n{{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, \
            metadata: {{name: web}}, spec: {{scaleTargetRef: {{apiVersion: apps/v1, \
            kind: Deployment, name: web}}, minReplicas: 2, maxReplicas: 3}}}}\n",
            RULE.bad
        );
        assert_eq!(fires(&RULE, &scaler), 0);
        assert_eq!(
            fires(&RULE, &scaler.replace("Deployment, name: web}", "Deployment, name: other}")),
            1
        );
    }
}
