//! Pods with metrics that nobody reads.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::object::value::Value;

pub static RULE: Rule = Rule {
    name: "policy/unscraped-metrics",
    weight: Weight::ADVICE,
    summary: "a pod has a port for metrics that no monitor scrapes",
    page: "Here are ServiceMonitors or PodMonitors, so metrics are scraped with them; but none leads to this pod, by its labels or by those of a Service before it, though it has a port named `metrics`. Its dashboards stay empty, and alerts on it never fire. Nothing is said where there are no monitors at all.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example.com/web:v1, ports: [{name: metrics, containerPort: 9090}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: db}}
spec: {containers: [{name: db, image: registry.example.com/db:v1, ports: [{name: metrics, containerPort: 9090}]}]}
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: db}
spec: {selector: {matchLabels: {app: db}}, podMetricsEndpoints: [{port: metrics}]}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example.com/web:v1, ports: [{name: metrics, containerPort: 9090}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec: {selector: {app: web}, ports: [{name: metrics, port: 9090, targetPort: metrics}]}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec: {selector: {matchLabels: {app: web}}, endpoints: [{port: metrics}]}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let scraping = scene.scraping();
    if !scraping.has_monitors || scraping.has(pod) || pod.owner.is_made() {
        return;
    }
    // Prometheus may find it by its annotations.
    let annotations = pod.metadata.and_then(|metadata| metadata.get("annotations"));
    let said = annotations.and_then(|all| all.get("prometheus.io/scrape")).and_then(Value::as_str);
    if said.is_some() {
        return;
    }
    for container in spec.field("containers").items() {
        for port in container.field("ports").items() {
            let name = port.field("name");
            if name.text().is_some_and(is_for_metrics) {
                return name.fault_with(
                    "no ServiceMonitor or PodMonitor leads here",
                    "add one that selects these pods, or a Service before them",
                );
            }
        }
    }
}

fn is_for_metrics(name: &str) -> bool {
    name == "metrics"
        || name.ends_with("-metrics")
        || name.starts_with("metrics-")
        || name == "prometheus"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn where_monitors_look() {
        assert_eq!(
            findings(&RULE, RULE.bad),
            [
                "warning spec.containers[0].ports[0].name: no ServiceMonitor or PodMonitor leads here"
            ]
        );
        let apart = RULE.good.replace(
            "ServiceMonitor\nmetadata: {name: web}",
            "ServiceMonitor\nmetadata: {name: web, namespace: monitoring}",
        );
        assert_eq!(findings(&RULE, &apart).len(), 1);
        for reach in ["{any: true}", "{matchNames: [default]}"] {
            let near = apart.replace(
                "spec: {selector: {matchLabels",
                &format!("spec: {{namespaceSelector: {reach}, selector: {{matchLabels"),
            );
            assert!(findings(&RULE, &near).is_empty(), "{reach}");
        }
        let all = RULE.good.replace("selector: {matchLabels: {app: web}}", "selector: {}");
        assert!(findings(&RULE, &all).is_empty());
        let annotated = RULE.bad.replace(
            "{name: web, labels",
            "{name: web, annotations: {prometheus.io/scrape: 'true'}, labels",
        );
        assert!(findings(&RULE, &annotated).is_empty());
        let none = RULE.bad.split("---\napiVersion: monitoring").next().unwrap();
        assert!(findings(&RULE, none).is_empty());
    }
}
