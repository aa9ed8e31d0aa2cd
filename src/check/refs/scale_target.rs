//! What scales workloads that are not there.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::check::subject::Subject;
use crate::diagnostic::choices;
use crate::object::kinds;
use crate::object::value::Value;

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/scale-target",
    weight: Weight::ERROR,
    summary: "an autoscaler is for a workload, container or object that is not there",
    page: "An autoscaler finds its workload by API version, kind and name, in its own namespace. A server takes one that leads nowhere; it says so only in its status, and nothing is ever scaled.",
    bad: "
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: webserver}
  maxReplicas: 5
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-server}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2', resources: {requests: {cpu: 100m}}}]}
",
    good: "
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web-server}
  maxReplicas: 5
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-server}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2', resources: {requests: {cpu: 100m}}}]}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.is_made() {
        return;
    }
    let namespace = scene.namespace_of(subject);
    let spec = object.field("spec");
    match (subject.group(), subject.kind()) {
        ("autoscaling", "HorizontalPodAutoscaler") => {
            let workload = target(scene, namespace, spec.field("scaleTargetRef"), Asks::ToScale);
            for metric in spec.field("metrics").items() {
                let described = metric.field("object").field("describedObject");
                target(scene, namespace, described, Asks::ForMetric);
                let container = metric.field("containerResource").field("container");
                must_have_container(scene, workload, container);
            }
        }
        ("autoscaling.k8s.io", "VerticalPodAutoscaler") => {
            let workload = target(scene, namespace, spec.field("targetRef"), Asks::ForPods);
            let policies = spec.field("resourcePolicy").field("containerPolicies");
            for name in policies.items().map(|policy| policy.field("containerName")) {
                if name.text() != Some("*") {
                    must_have_container(scene, workload, name);
                }
            }
        }
        ("keda.sh", "ScaledObject") => {
            target(scene, namespace, spec.field("scaleTargetRef"), Asks::KedaToScale);
        }
        _ => {}
    }
}

/// What for an object is named.
#[derive(Clone, Copy, PartialEq)]
enum Asks {
    ToScale,
    /// KEDA means a Deployment where there is no kind.
    KedaToScale,
    ForPods,
    ForMetric,
}

/// What a reference by version, kind and name leads to.
fn target<'a>(
    scene: &Scene<'a>,
    namespace: &'a str,
    reference: At<'a>,
    asks: Asks,
) -> Option<&'a Subject<'a>> {
    let (kind, version) = (reference.field("kind"), reference.field("apiVersion"));
    let name = reference.field("name");
    let default = if asks == Asks::KedaToScale { "Deployment" } else { "" };
    let group = match (kind.text_or(default), version.text_or_empty()) {
        ("", _) => return None,
        ("Deployment", "") if asks == Asks::KedaToScale => "apps",
        (_, version) => kinds::group(version),
    };
    let kind = kind.text_or(default);
    let wanted = Wanted::of(group, kind, namespace, name.text_or_empty());
    // A metric is of whatever its adapter knows.
    let wanted = if asks == Asks::ForMetric { wanted.usual() } else { wanted };
    // An autoscaler asks the API for this very group.
    let known: Vec<&str> = kinds::all().filter(|k| k.kind == kind).map(|k| k.api_version).collect();
    let is_known = known.is_empty() || known.iter().any(|version| kinds::group(version) == group);
    if !is_known && wanted.find(scene).is_none() {
        version.fault_with(
            format!("there is no {kind} in {}", shown(version.text_or_empty())),
            format!("it is in {}", choices(known)),
        );
        return None;
    }
    if matches!(asks, Asks::ToScale | Asks::KedaToScale) && has_no_scale(group, kind) {
        reference.field("kind").fault_with(
            format!("a {kind} has no count of replicas that could be changed"),
            "scale a Deployment, a StatefulSet or another kind with a `scale` subresource",
        );
        return None;
    }
    absent::lead(scene, name, wanted)
}

/// Whether Kubernetes defines a kind without a `scale` subresource.
fn has_no_scale(group: &str, kind: &str) -> bool {
    match (group, kind) {
        ("", kind) => kind != "ReplicationController",
        ("apps", kind) => !matches!(kind, "Deployment" | "ReplicaSet" | "StatefulSet"),
        (group, _) => group == "batch",
    }
}

fn must_have_container<'a>(scene: &Scene<'a>, workload: Option<&'a Subject<'a>>, at: At<'a>) {
    let Some(pod) = workload.and_then(|workload| scene.pod_of(workload)) else { return };
    let Some(name) = at.text().filter(|name| !name.is_empty()) else { return };
    let names = || {
        let names = pod.container_values().map(|container| container.get("name"));
        names.filter_map(|name| name.and_then(Value::as_str))
    };
    if !names().any(|own| own == name) {
        let help = match absent::near(scene, name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a container of the workload".to_owned(),
        };
        at.fault_with(format!("{} has no container {}", pod.owner.identity, shown(name)), help);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    const DEPLOYMENT: &str = "
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web}]}
";

    fn scaler(version: &str, kind: &str, spec: &str) -> Vec<String> {
        let text = format!(
            "{{apiVersion: {version}, kind: {kind}, metadata: {{name: it}}, spec: {{{spec}}}}}{DEPLOYMENT}"
        );
        said(RULE.name, &text)
    }

    #[test]
    fn the_group_counts_and_the_version_does_not() {
        let of = |version: &str| {
            scaler(
                "autoscaling/v1",
                "HorizontalPodAutoscaler",
                &format!(
                    "maxReplicas: 3, scaleTargetRef: {{apiVersion: {version}, kind: Deployment, name: web}}"
                ),
            )
        };
        assert!(of("apps/v1").is_empty());
        assert!(of("apps/v1beta2").is_empty());
        assert_eq!(
            of("extensions/v1beta1"),
            [
                "error HorizontalPodAutoscaler/it spec.scaleTargetRef.apiVersion: there is no Deployment in `extensions/v1beta1`"
            ]
        );
        assert_eq!(of("v1").len(), 1);
    }

    #[test]
    fn what_runs_on_each_node_has_no_scale() {
        let of = |version: &str, kind: &str| {
            let target = format!("{{apiVersion: {version}, kind: {kind}, name: web}}");
            let spec = format!("maxReplicas: 3, scaleTargetRef: {target}");
            scaler("autoscaling/v2", "HorizontalPodAutoscaler", &spec)
        };
        assert_eq!(
            of("apps/v1", "DaemonSet"),
            [
                "error HorizontalPodAutoscaler/it spec.scaleTargetRef.kind: a DaemonSet has no count of replicas that could be changed"
            ]
        );
        assert_eq!(of("batch/v1", "Job").len(), 1);
        assert!(of("apps/v1", "Deployment").is_empty());
    }

    #[test]
    fn containers_of_the_target() {
        let target = "targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}";
        let policies = "resourcePolicy: {containerPolicies: [{containerName: '*'}, {containerName: web}, {containerName: app}]}";
        assert_eq!(
            scaler(
                "autoscaling.k8s.io/v1",
                "VerticalPodAutoscaler",
                &format!("{target}, {policies}")
            ),
            [
                "error VerticalPodAutoscaler/it spec.resourcePolicy.containerPolicies[2].containerName: Deployment/web has no container `app`"
            ]
        );
    }

    #[test]
    fn objects_of_metrics_and_targets_of_keda() {
        let found = scaler(
            "autoscaling/v2",
            "HorizontalPodAutoscaler",
            "maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, metrics: [{type: Object, object: {metric: {name: x}, target: {type: Value, value: 1}, describedObject: {apiVersion: networking.k8s.io/v1, kind: Ingress, name: web}}}]",
        );
        assert_eq!(found.len(), 1);
        assert!(
            scaler("keda.sh/v1alpha1", "ScaledObject", "scaleTargetRef: {name: web}").is_empty()
        );
        assert_eq!(
            scaler("keda.sh/v1alpha1", "ScaledObject", "scaleTargetRef: {name: wbe}").len(),
            1
        );
    }
}
