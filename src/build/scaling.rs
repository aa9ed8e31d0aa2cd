//! Layer 4: who changes the number of pods.

use k8s_openapi::api::autoscaling::v2 as hpa;
use k8s_openapi::api::policy::v1 as policy;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::object::{Object, kinds};
use crate::profile::container::Container;
use crate::profile::decode::{At, Named};
use crate::profile::refs::ObjectRef;
use crate::profile::scale::{Disruption, Metric, Scale, Select, Steps};
use crate::profile::system::Annotations;
use crate::profile::words::{MetricName, MetricTarget, ScalePolicy};
use crate::profile::workload::{Workload, WorkloadKind};
use crate::scalar::{self, DnsLabel, Duration, IntOrPercent, LabelKey, LabelValue};
use crate::source::Place;

use super::context::{Context, count, seconds};
use super::meta::{Pairs, selector, some_list};
use super::pod::{all_containers, lasting_containers};

/// The HorizontalPodAutoscaler of a workload.
pub fn autoscaler(
    context: &Context<'_>,
    name: &DnsLabel,
    workload: &Workload,
    labels: &Pairs,
    report: &mut Report,
) -> Option<Object> {
    let scale = workload.scale.as_ref()?;
    let kind = workload.kind.value;
    if !matches!(kind, WorkloadKind::Deployment | WorkloadKind::Rollout | WorkloadKind::StatefulSet)
    {
        report.add(
            Diagnostic::new(format!("a {} has no number of pods to scale", kind.as_str()))
                .at(scale.place)
                .related(workload.kind.place, "its kind"),
        );
        return None;
    }
    check_bounds(workload, scale, report);
    let containers: Vec<&str> =
        all_containers(name, workload).map(|(name, _)| name.as_str()).collect();
    check_requests(name, workload, scale, report);
    let metrics = metrics(scale, &containers, report);
    if metrics.is_empty() {
        report.add(
            Diagnostic::missing("nothing says what is measured")
                .at(scale.place)
                .help("for example `cpu: 80%`"),
        );
    }
    let object = hpa::HorizontalPodAutoscaler {
        metadata: context.namespaced(
            context.index.home(&workload.namespace),
            scale.name.as_ref().map_or(name.as_str(), |own| own.as_str()),
            labels.clone(),
            &Annotations::default(),
        ),
        spec: hpa::HorizontalPodAutoscalerSpec {
            scale_target_ref: hpa::CrossVersionObjectReference {
                api_version: Some(kind.api_version().to_owned()),
                kind: kind.as_str().to_owned(),
                name: name.to_string(),
            },
            min_replicas: Some(count(*scale.min)),
            max_replicas: count(*scale.max),
            metrics: some_list(metrics),
            behavior: behavior(context, scale, report),
        },
        status: None,
    };
    super::raw::object(&object, scale.place, report)
}

fn check_bounds(workload: &Workload, scale: &At<Scale>, report: &mut Report) {
    let (min, max) = (&scale.min, &scale.max);
    if **min == 0 {
        report.error(min.place, "an autoscaler keeps at least 1 pod");
    }
    if **max < **min {
        report.add(
            Diagnostic::new(format!("`max` is {} and `min` is {}", **max, **min))
                .at(max.place)
                .label("less than `min`"),
        );
    }
    if let Some(replicas) = &workload.replicas
        && !(**min..=**max).contains(&**replicas)
    {
        report.add(
            Diagnostic::new(format!("`replicas` lies outside of {} to {}", **min, **max))
                .at(replicas.place)
                .related(scale.place, "the autoscaler's bounds"),
        );
    }
}

/// A share of what pods request can be computed only where each of their
/// containers requests something; without, the autoscaler does nothing.
fn check_requests(name: &DnsLabel, workload: &Workload, scale: &Scale, report: &mut Report) {
    let mut fault = |place: Place, resource: &str, container: &DnsLabel| {
        report.add(
            Diagnostic::missing(format!(
                "the container `{container}` requests no `{resource}`, so there is no share of it"
            ))
            .at(place)
            .help(format!("`resources: {{requests: {{{resource}: …}}}}`, or an amount per pod")),
        );
    };
    for (resource, target) in [("cpu", &scale.cpu), ("memory", &scale.memory)] {
        let Some(target) = target else { continue };
        if !matches!(target.value, MetricTarget::Utilization(_)) {
            continue;
        }
        let mut all = lasting_containers(name, workload);
        if let Some((container, _)) = all.find(|(_, container)| !requests(container, resource)) {
            fault(target.place, resource, container);
        }
    }
    for metric in scale.metrics.values() {
        let (Some(wanted), Some(resource), Some(share)) =
            (&metric.container, &metric.resource, &metric.utilization)
        else {
            continue;
        };
        let mut all = lasting_containers(name, workload);
        if let Some((container, _)) = all.find(|(own, container)| {
            **own == wanted.value && !requests(container, resource.as_str())
        }) {
            fault(share.place, resource.as_str(), container);
        }
    }
}

/// Whether a container requests a resource: a limit is a request too, where
/// none is written.
fn requests(container: &Container, resource: &str) -> bool {
    let resources = container.resources.iter();
    let mut named = resources.flat_map(|own| own.requests.keys().chain(own.limits.keys()));
    named.any(|name| name.as_str() == resource)
}

fn metrics(scale: &Scale, containers: &[&str], report: &mut Report) -> Vec<hpa::MetricSpec> {
    let resource = |name: &str, target: &Option<At<MetricTarget>>| {
        let target = target.as_ref()?;
        Some(hpa::MetricSpec {
            type_: "Resource".to_owned(),
            resource: Some(hpa::ResourceMetricSource {
                name: name.to_owned(),
                target: match &target.value {
                    MetricTarget::Utilization(percent) => utilization(*percent),
                    MetricTarget::Average(amount) => average(amount.as_str()),
                },
            }),
            ..hpa::MetricSpec::default()
        })
    };
    let own = [resource("cpu", &scale.cpu), resource("memory", &scale.memory)];
    let others = scale.metrics.values().filter_map(|item| metric(item, containers, report));
    own.into_iter().flatten().chain(others.collect::<Vec<_>>()).collect()
}

fn utilization(percent: u32) -> hpa::MetricTarget {
    hpa::MetricTarget {
        type_: "Utilization".to_owned(),
        average_utilization: Some(count(percent)),
        ..hpa::MetricTarget::default()
    }
}

fn average(amount: &str) -> hpa::MetricTarget {
    hpa::MetricTarget {
        type_: "AverageValue".to_owned(),
        average_value: Some(Quantity(amount.to_owned())),
        ..hpa::MetricTarget::default()
    }
}

fn value(amount: &str) -> hpa::MetricTarget {
    hpa::MetricTarget {
        type_: "Value".to_owned(),
        value: Some(Quantity(amount.to_owned())),
        ..hpa::MetricTarget::default()
    }
}

fn metric(
    metric: &At<Metric>,
    containers: &[&str],
    report: &mut Report,
) -> Option<hpa::MetricSpec> {
    let target = match (&metric.average, &metric.value.value, &metric.utilization) {
        (Some(amount), _, _) => average(amount.as_str()),
        (_, Some(amount), _) => value(amount.as_str()),
        (_, _, Some(percent)) => utilization(percent.value.value()),
        // The record needs one of the three, and reading it said so.
        (None, None, None) => return None,
    };
    let not_for = |place, what: &str, report: &mut Report| {
        report.error(place, format!("{what} is not held at this"));
    };
    for amount in [&metric.average, &metric.value.value].into_iter().flatten() {
        if amount.is_negative() || amount.is_zero() {
            report.error(amount.place, "the amount is above 0");
        }
    }
    let named = |name: &MetricName| hpa::MetricIdentifier {
        name: name.to_string(),
        selector: metric.selector.as_ref().map(|labels| label_selector(labels)),
    };
    let base = hpa::MetricSpec::default();
    if let Some(percent) = metric.utilization.as_ref().filter(|_| metric.container.is_none()) {
        not_for(
            percent.place,
            "only a container's resource has a share of its request; this metric",
            report,
        );
    }
    if let (None, Some(resource)) = (&metric.container, &metric.resource) {
        report.error(resource.place, "`resource` belongs to `container`");
    }
    let spec = if let Some(pods) = &metric.pods {
        if let Some(total) = &metric.value.value {
            not_for(total.place, "a metric of each pod", report);
        }
        hpa::MetricSpec {
            type_: "Pods".to_owned(),
            pods: Some(hpa::PodsMetricSource { metric: named(pods), target }),
            ..base
        }
    } else if let Some(external) = &metric.external {
        hpa::MetricSpec {
            type_: "External".to_owned(),
            external: Some(hpa::ExternalMetricSource { metric: named(external), target }),
            ..base
        }
    } else if let Some(object) = &metric.object {
        let Some(api_version) = object.api_version.clone().or_else(|| api_version_of(&object.of))
        else {
            report.add(
                Diagnostic::new(format!(
                    "`{}` is not one of Kubernetes' own kinds",
                    object.of.kind
                ))
                .at(object.place)
                .help("say its `apiVersion`"),
            );
            return None;
        };
        hpa::MetricSpec {
            type_: "Object".to_owned(),
            object: Some(hpa::ObjectMetricSource {
                described_object: hpa::CrossVersionObjectReference {
                    api_version: Some(api_version),
                    kind: object.of.kind.clone(),
                    name: object.of.name.clone(),
                },
                metric: named(&object.metric),
                target,
            }),
            ..base
        }
    } else {
        let container = metric.container.as_ref()?;
        if !containers.contains(&container.as_str()) {
            let message = format!("the pods have no container `{}`", container.value);
            let known = containers.iter().copied();
            report.add(Unknown::new(message, container.as_str(), known).at(container.place));
        }
        if let Some(labels) = &metric.selector {
            report.error(labels.place, "a container's resource has no labels");
        }
        if let Some(total) = &metric.value.value {
            not_for(total.place, "a container's resource", report);
        }
        let Some(resource) = &metric.resource else {
            report.error(container.place, "which `resource` of the container: `cpu` or `memory`?");
            return None;
        };
        hpa::MetricSpec {
            type_: "ContainerResource".to_owned(),
            container_resource: Some(hpa::ContainerResourceMetricSource {
                container: container.to_string(),
                name: resource.as_str().to_owned(),
                target,
            }),
            ..base
        }
    };
    Some(spec)
}

fn api_version_of(object: &ObjectRef) -> Option<String> {
    // The newest version comes last in the order of a kind.
    let known = kinds::all().filter(|known| known.kind == object.kind);
    known.last().map(|known| known.api_version.to_owned())
}

fn label_selector(labels: &Named<LabelKey, LabelValue>) -> LabelSelector {
    selector(labels.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect())
}

fn behavior(
    context: &Context<'_>,
    scale: &Scale,
    report: &mut Report,
) -> Option<hpa::HorizontalPodAutoscalerBehavior> {
    let up = scale.up.as_ref().map(|up| {
        rules(
            context,
            up.window.as_ref(),
            up.add.as_ref(),
            up.select,
            up.tolerance.as_ref(),
            report,
        )
    });
    let down = scale.down.as_ref().map(|down| {
        let (window, tolerance) = (down.window.as_ref(), down.tolerance.as_ref());
        rules(context, window, down.remove.as_ref(), down.select, tolerance, report)
    });
    (up.is_some() || down.is_some())
        .then_some(hpa::HorizontalPodAutoscalerBehavior { scale_up: up, scale_down: down })
}

fn rules(
    context: &Context<'_>,
    window: Option<&At<Duration>>,
    steps: Option<&Steps>,
    select: Option<Select>,
    tolerance: Option<&At<scalar::Quantity>>,
    report: &mut Report,
) -> hpa::HPAScalingRules {
    let window_seconds = window.and_then(|window| {
        let secs = seconds(window, report)?;
        // validateScalingRules: at most one hour.
        if secs > 3600 {
            report.error(window.place, "a window is at most 1h");
        }
        Some(secs)
    });
    if let Some(tolerance) = tolerance {
        context.since(35, "a tolerance", tolerance.place, report);
        if tolerance.is_negative() {
            report.error(tolerance.place, "a tolerance is not below 0");
        }
    }
    hpa::HPAScalingRules {
        stabilization_window_seconds: window_seconds,
        policies: steps.map(|steps| steps.0.iter().map(step).collect()),
        select_policy: select.map(|select| select.as_str().to_owned()),
        tolerance: tolerance.map(|tolerance| Quantity(tolerance.to_string())),
    }
}

fn step(step: &ScalePolicy) -> hpa::HPAScalingPolicy {
    hpa::HPAScalingPolicy {
        type_: if step.percent { "Percent" } else { "Pods" }.to_owned(),
        value: count(step.amount),
        period_seconds: count(step.period),
    }
}

/// The PodDisruptionBudget of a workload.
pub fn disruption_budget(
    context: &Context<'_>,
    name: &str,
    workload: &Workload,
    labels: &Pairs,
    selected: LabelSelector,
    report: &mut Report,
) -> Option<Object> {
    let budget: &At<Disruption> = workload.disruption.as_ref()?;
    let bound = |bound: &Option<At<IntOrPercent>>| bound.as_ref().map(|b| int_or_string(b));
    let object = policy::PodDisruptionBudget {
        metadata: context.namespaced(
            context.index.home(&workload.namespace),
            budget.name.as_ref().map_or(name, |own| own.as_str()),
            labels.clone(),
            &Annotations::default(),
        ),
        spec: Some(policy::PodDisruptionBudgetSpec {
            min_available: bound(&budget.min_available),
            max_unavailable: bound(&budget.max_unavailable),
            selector: Some(selected),
            unhealthy_pod_eviction_policy: budget
                .unhealthy_pod_eviction
                .map(|policy| policy.as_str().to_owned()),
        }),
        status: None,
    };
    super::raw::object(&object, budget.place, report)
}

pub fn int_or_string(bound: &IntOrPercent) -> IntOrString {
    match bound {
        IntOrPercent::Int(number) => IntOrString::Int(*number),
        IntOrPercent::Percent(percent) => IntOrString::String(format!("{percent}%")),
    }
}
