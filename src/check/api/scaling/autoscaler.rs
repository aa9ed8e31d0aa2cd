//! HorizontalPodAutoscalers: `ValidateHorizontalPodAutoscaler`.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

use super::{behavior, metrics};

pub static RULE: Rule = Rule {
    name: "api/autoscaler",
    weight: Weight::ERROR,
    summary: "a HorizontalPodAutoscaler that a server refuses",
    page: "A HorizontalPodAutoscaler changes how many pods there are. It names what it scales with its API version, its bounds (`minReplicas` is 1 where it is not given, and `maxReplicas` is no less), and metrics, each with its own `type` and a target.",
    bad: "
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 5
  metrics:
    - {type: Resource, resource: {name: cpu, target: {type: Utilization}}}
",
    good: "
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 5
  metrics:
    - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}
",
    look: Look::Validation,
};

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    let (least, most) = (spec.field("minReplicas"), spec.field("maxReplicas"));
    least.must_be_at_least(1);
    let at_least = least.int().unwrap_or(1);
    match most.int() {
        None => most.missing(),
        Some(number) if number < 1 => most.must_be_at_least(1),
        Some(number) if number < at_least => {
            most.fault(format!("it is {number}, and less than `minReplicas`, which is {at_least}"));
        }
        Some(_) => {}
    }
    let target = spec.field("scaleTargetRef");
    validate_reference(target);
    validate_target_group(target);
    metrics::validate(spec.field("metrics"));
    behavior::validate(spec.field("behavior"));
    // The older version has one metric; a server reads it as the newer one has it.
    let share =
        spec.down(&["metrics"]).index(0).down(&["resource", "target", "averageUtilization"]);
    spec.field("targetCPUUtilizationPercentage").named(share).must_be_at_least(1);
}

/// `ValidateCrossVersionObjectReference`.
pub(super) fn validate_reference(reference: At<'_>) {
    for part in ["kind", "name"].map(|part| reference.field(part)) {
        if part.required() {
            part.must_be_path_segment();
        }
    }
    let version = reference.field("apiVersion");
    if version.text_or_empty().matches('/').count() > 1 {
        version.fault_with(
            format!("{} is not an API version", shown(version.text_or_empty())),
            "it is a group and a version, such as `apps/v1`",
        );
    }
}

/// Of the kinds without a group only one can be scaled.
fn validate_target_group(target: At<'_>) {
    let version = target.field("apiVersion");
    let group = version.text_or_empty().split_once('/').map_or("", |(group, _)| group);
    if group.is_empty() && target.field("kind").text() != Some("ReplicationController") {
        version.fault_with("the API group is missing", "a Deployment is of `apps/v1`");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::refused;

    fn autoscaler(version: &str, spec: &str) -> Vec<String> {
        refused(&format!(
            "{{apiVersion: autoscaling/{version}, kind: HorizontalPodAutoscaler, metadata: {{name: web}}, spec: {{scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: web}}, {spec}}}}}"
        ))
    }

    fn metric(metric: &str) -> Vec<String> {
        autoscaler("v2", &format!("maxReplicas: 5, metrics: [{metric}]"))
    }

    #[test]
    fn bounds() {
        for good in [
            "maxReplicas: 1",
            "minReplicas: 3, maxReplicas: 3",
            "minReplicas: null, maxReplicas: 1",
        ] {
            assert_eq!(autoscaler("v2", good), <[&str; 0]>::default(), "{good}");
        }
        for (bad, field) in [
            ("maxReplicas: 0", "spec.maxReplicas"),
            ("minReplicas: 3, maxReplicas: 2", "spec.maxReplicas"),
            ("minReplicas: 0, maxReplicas: 2", "spec.minReplicas"),
        ] {
            assert_eq!(autoscaler("v2", bad), [field], "{bad}");
        }
    }

    #[test]
    fn the_older_version() {
        let v1 = |spec: &str| autoscaler("v1", spec);
        assert_eq!(
            v1("maxReplicas: 2, targetCPUUtilizationPercentage: 80"),
            <[&str; 0]>::default()
        );
        assert_eq!(
            v1("maxReplicas: 2, targetCPUUtilizationPercentage: 0"),
            ["spec.metrics[0].resource.target.averageUtilization"]
        );
    }

    #[test]
    fn metrics() {
        for good in [
            "{type: Resource, resource: {name: example.com/gpu, target: {type: AverageValue, averageValue: 1}}}",
            "{type: External, external: {metric: {name: q|size}, target: {type: Value, value: 30}}}",
            "{type: Object, object: {describedObject: {kind: Service, name: web}, metric: {name: hits}, target: {type: Value, value: 1k, averageValue: 1}}}",
            "{type: ContainerResource, containerResource: {name: memory, container: web, target: {type: Utilization, averageUtilization: 500}}}",
            "{type: Pods, pods: {metric: {name: hits}, target: {type: AverageValue, averageValue: 0.5}}}",
        ] {
            assert_eq!(metric(good), <[&str; 0]>::default(), "{good}");
        }
        for (bad, fields) in [
            ("{type: Pods}", &["pods"][..]),
            ("{type: Nope}", &["type"]),
            (
                "{type: Pods, resource: {name: cpu, target: {type: Utilization, averageUtilization: 1}}}",
                &["pods"],
            ),
            (
                "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 1}}, pods: {metric: {name: a}, target: {type: AverageValue, averageValue: 1}}}",
                &["pods"],
            ),
            (
                "{type: External, external: {metric: {name: a/b}, target: {type: Value, value: -1}}}",
                &["external.metric.name", "external.target.value"],
            ),
            (
                "{type: ContainerResource, containerResource: {name: disk, container: a_b, target: {type: Utilization, averageUtilization: 1}}}",
                &["containerResource.name", "containerResource.container"],
            ),
        ] {
            let mut found = metric(bad);
            found.iter_mut().for_each(|field| *field = field.replace("spec.metrics[0].", ""));
            assert_eq!(found, fields, "{bad}");
        }
    }

    #[test]
    fn behavior() {
        let up = |rules: &str| {
            autoscaler("v2", &format!("maxReplicas: 5, behavior: {{scaleUp: {rules}}}"))
        };
        for good in
            ["{}", "{policies: null}", "{stabilizationWindowSeconds: 3600, tolerance: 0.05}"]
        {
            assert_eq!(up(good), <[&str; 0]>::default(), "{good}");
        }
        for (bad, field) in [
            ("{policies: []}", "policies"),
            ("{policies: [{type: Pods, value: 0, periodSeconds: 1}]}", "policies[0].value"),
            (
                "{policies: [{type: Pods, value: 1, periodSeconds: 1801}]}",
                "policies[0].periodSeconds",
            ),
            ("{selectPolicy: Most}", "selectPolicy"),
            ("{tolerance: -1}", "tolerance"),
        ] {
            assert_eq!(up(bad), [format!("spec.behavior.scaleUp.{field}")], "{bad}");
        }
    }
}
