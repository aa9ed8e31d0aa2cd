//! Pods that end while requests are still on their way to them.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Role, Scene};
use crate::object::value::Value;

use super::scale_range::is_scaled;
use super::workload::is_there;

pub static RULE: Rule = Rule {
    name: "policy/missing-drain",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "pods that get requests from outside have no `preStop` hook",
    page: "\
When a pod is told to end, the load balancer and the ingress controller hear of it a moment \
later, and send it requests until then. A program that stops listening at once refuses them: \
each rollout and each drained node loses some, and users see errors.

Let a `preStop` hook wait for some seconds, `lifecycle: {preStop: {sleep: {seconds: 5}}}`, or \
`exec: {command: [sleep, '5']}` before Kubernetes 1.30. A program that goes on answering for a \
while after it is told to end needs no hook; waive this rule for it. It looks at workloads \
behind an Ingress, a route, a load balancer or a node port alone.",
    bad: "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
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
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:v1.4.2
          readinessProbe: {httpGet: {path: /ready, port: 8080}}
          lifecycle: {preStop: {sleep: {seconds: 5}}}
",
    look: Look::Pod(look),
};

/// Since then hooks can sleep without a program.
const SLEEPS_SINCE: u8 = 30;

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let drains =
        |container: &Value| is_there(container.get("lifecycle").and_then(|own| own.get("preStop")));
    // Where all pods end before the next ones start, requests are lost anyway.
    if !is_scaled(pod.owner) || is_recreated(pod) || pod.container_values().any(drains) {
        return;
    }
    let Some(service) = scene.services_of(pod).find(|one| scene.serving().is_open(scene, one))
    else {
        return;
    };
    let main = Pod::containers(spec).find(|container| container.role == Role::Main);
    let Some(container) = main else { return };
    let hook = match scene.settings.kubernetes.minor() >= SLEEPS_SINCE {
        true => "sleep: {seconds: 5}",
        false => "exec: {command: [sleep, '5']}",
    };
    container.at.field("lifecycle").field("preStop").fault_with(
        format!(
            "{container} may end while the Service {} still sends it requests from outside",
            shown(service.name())
        ),
        format!("add `lifecycle: {{preStop: {{{hook}}}}}`"),
    );
}

/// Whether a workload ends its pods before it starts others.
pub fn is_recreated(pod: &Pod<'_>) -> bool {
    let strategy = pod.owner.content.get("spec").and_then(|spec| spec.get("strategy"));
    strategy.and_then(|strategy| strategy.get("type")?.as_str()) == Some("Recreate")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{findings_with, fires, workload};
    use crate::check::settings::Settings;
    use crate::scalar::{KubernetesVersion, Scalar};

    const INSIDE: &str = "---\n{apiVersion: v1, kind: Service, metadata: {name: s}, \
        spec: {selector: {app: a}, ports: [{port: 80}]}}\n";
    const INGRESS: &str = "---\n{apiVersion: networking.k8s.io/v1, kind: Ingress, \
        metadata: {name: i}, spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, \
        backend: {service: {name: s, port: {number: 80}}}}]}}]}}\n";
    const ROUTE: &str = "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, \
        metadata: {name: r}, spec: {rules: [{backendRefs: [{name: s, port: 80}]}]}}\n";

    #[test]
    fn who_gets_requests_from_outside() {
        let spec = "containers: [{name: a, image: 'a:v1'}]";
        for kind in ["Deployment", "StatefulSet", "Rollout"] {
            let inside = format!("{}{INSIDE}", workload(kind, spec));
            assert_eq!(fires(&RULE, &inside), 0, "{kind}");
            assert_eq!(fires(&RULE, &format!("{inside}{INGRESS}")), 1, "{kind}");
            assert_eq!(fires(&RULE, &format!("{inside}{ROUTE}")), 1, "{kind}");
            let recreated = inside.replace(
                "spec: {selector: {matchLabels",
                "spec: {strategy: {type: Recreate}, selector: {matchLabels",
            );
            if kind == "Deployment" {
                assert_eq!(fires(&RULE, &format!("{recreated}{INGRESS}")), 0);
            }
        }
    }

    #[test]
    fn the_hook_is_one_that_the_server_knows() {
        let kubernetes = KubernetesVersion::parse("1.29").unwrap();
        let found = findings_with(&RULE, RULE.bad, Settings { kubernetes, ..Settings::default() });
        assert!(found[0].help.as_deref().is_some_and(|help| help.contains("exec")));
    }
}
