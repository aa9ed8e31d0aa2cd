//! Layer 4: who sets what containers request.

use std::collections::BTreeMap;

use k8s_openapi::api::autoscaling::v1::CrossVersionObjectReference;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use crate::crd::autoscaling as vpa;
use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::object::Object;
use crate::profile::container::Container;
use crate::profile::decode::{At, place};
use crate::profile::scale::ContainerMetric;
use crate::profile::system::Annotations;
use crate::profile::vertical::{
    Amounts, ContainerMode, ControlledValues, VerticalBounds, VerticalMode, VerticalScale,
};
use crate::profile::words::MetricTarget;
use crate::profile::workload::{Workload, WorkloadKind};
use crate::scalar::{self, DnsLabel};
use crate::source::Place;

use super::context::{Context, count};
use super::meta::Pairs;
use super::pod::lasting_containers;
use super::raw;

const RESOURCES: [ContainerMetric; 2] = [ContainerMetric::Cpu, ContainerMetric::Memory];

/// The VerticalPodAutoscaler of a workload.
pub fn autoscaler(
    context: &Context<'_>,
    name: &DnsLabel,
    workload: &Workload,
    labels: &Pairs,
    report: &mut Report,
) -> Option<Object> {
    let scale = workload.vertical_scale.as_ref()?;
    check_mode(workload, scale, report);
    if scale.mode.value == VerticalMode::InPlaceOrRecreate {
        context.since(33, "changing pods while they run", scale.mode.place, report);
    }
    let containers: Vec<(&DnsLabel, &Container)> = lasting_containers(name, workload).collect();
    check_containers(scale, &containers, report);
    check_horizontal(workload, scale, &containers, report);
    let all = (scale.bounds.is_written()).then(|| policy("*", None, &scale.bounds));
    let single = scale.containers.iter().map(|(name, settings)| {
        let mode = settings.mode.as_ref().map(|mode| mode.value);
        policy(name.as_str(), mode, &Effective::of(scale, Some(name)).merged())
    });
    let policies: Vec<_> = single.chain(all).collect();
    let object = vpa::VerticalPodAutoscaler {
        metadata: context.namespaced(
            context.index.home(&workload.namespace),
            scale.name.as_ref().map_or(name.as_str(), |own| own.as_str()),
            labels.clone(),
            &Annotations::default(),
        ),
        spec: vpa::VerticalPodAutoscalerSpec {
            target_ref: CrossVersionObjectReference {
                api_version: Some(workload.kind.api_version().to_owned()),
                kind: workload.kind.as_str().to_owned(),
                name: name.to_string(),
            },
            update_policy: Some(vpa::PodUpdatePolicy {
                update_mode: Some(scale.mode.as_str().to_owned()),
                min_replicas: scale.min_replicas.as_ref().map(|number| count(**number)),
            }),
            resource_policy: (!policies.is_empty())
                .then_some(vpa::PodResourcePolicy { container_policies: policies }),
        },
    };
    raw::object(&object, scale.place, report)
}

impl VerticalBounds {
    fn is_written(&self) -> bool {
        self.min.is_some()
            || self.max.is_some()
            || self.controlled_resources.is_some()
            || self.controlled_values.is_some()
    }
}

/// What holds for one container. In the object the policy of a container
/// stands instead of the one for all; in the profile it is laid upon it.
struct Effective<'p> {
    off: bool,
    own: Option<&'p VerticalBounds>,
    all: &'p VerticalBounds,
}

impl<'p> Effective<'p> {
    fn of(scale: &'p VerticalScale, container: Option<&DnsLabel>) -> Effective<'p> {
        let settings = container.and_then(|name| scale.containers.get(name));
        let mode = settings.and_then(|settings| settings.mode.as_ref());
        Effective {
            off: mode.is_some_and(|mode| mode.value == ContainerMode::Off),
            own: settings.map(|settings| &settings.bounds),
            all: &scale.bounds,
        }
    }

    fn first<T>(&self, field: impl Fn(&'p VerticalBounds) -> Option<T>) -> Option<T> {
        self.own.and_then(&field).or_else(|| field(self.all))
    }

    fn controls(&self, resource: ContainerMetric) -> bool {
        let controlled = self.first(|bounds| bounds.controlled_resources.as_ref());
        !self.off && controlled.is_none_or(|list| list.contains(&resource))
    }

    fn amount(
        &self,
        resource: ContainerMetric,
        amounts: impl Fn(&'p VerticalBounds) -> Option<&'p At<Amounts>>,
    ) -> Option<&'p At<scalar::Quantity>> {
        self.first(|bounds| amounts(bounds)?.of(resource))
    }

    fn requests_alone(&self) -> Option<Place> {
        let values = self.first(|bounds| bounds.controlled_values.as_ref())?;
        (values.value == ControlledValues::RequestsOnly).then_some(values.place)
    }

    fn merged(&self) -> VerticalBounds {
        let amounts = |field: fn(&VerticalBounds) -> &Option<At<Amounts>>| {
            let place = self.first(|bounds| place(field(bounds)))?;
            let value = Amounts {
                cpu: self.amount(ContainerMetric::Cpu, |b| field(b).as_ref()).cloned(),
                memory: self.amount(ContainerMetric::Memory, |b| field(b).as_ref()).cloned(),
            };
            Some(At { value, place })
        };
        if self.off {
            return VerticalBounds {
                min: None,
                max: None,
                controlled_resources: None,
                controlled_values: None,
            };
        }
        VerticalBounds {
            min: amounts(|bounds| &bounds.min),
            max: amounts(|bounds| &bounds.max),
            controlled_resources: self.first(|bounds| bounds.controlled_resources.clone()),
            controlled_values: self.first(|bounds| bounds.controlled_values.clone()),
        }
    }
}

impl Amounts {
    fn of(&self, resource: ContainerMetric) -> Option<&At<scalar::Quantity>> {
        match resource {
            ContainerMetric::Cpu => self.cpu.as_ref(),
            ContainerMetric::Memory => self.memory.as_ref(),
        }
    }
}

fn policy(
    name: &str,
    mode: Option<ContainerMode>,
    bounds: &VerticalBounds,
) -> vpa::ContainerResourcePolicy {
    let amounts = |amounts: &Option<At<Amounts>>| {
        let amounts = amounts.as_ref()?;
        let written = RESOURCES.iter().filter_map(|resource| {
            let amount = amounts.of(*resource)?;
            Some((resource.as_str().to_owned(), Quantity(amount.to_string())))
        });
        let written: BTreeMap<String, Quantity> = written.collect();
        (!written.is_empty()).then_some(written)
    };
    vpa::ContainerResourcePolicy {
        container_name: name.to_owned(),
        mode: mode.map(|mode| mode.as_str().to_owned()),
        min_allowed: amounts(&bounds.min),
        max_allowed: amounts(&bounds.max),
        controlled_resources: bounds
            .controlled_resources
            .as_ref()
            .map(|list| list.iter().map(|resource| resource.as_str().to_owned()).collect()),
        controlled_values: bounds.controlled_values.as_ref().map(|v| v.as_str().to_owned()),
    }
}

fn replaces_pods(mode: VerticalMode) -> bool {
    !matches!(mode, VerticalMode::Off | VerticalMode::Initial)
}

fn check_mode(workload: &Workload, scale: &VerticalScale, report: &mut Report) {
    let mode = scale.mode.value;
    let kind = workload.kind.value;
    // The updater knows how many pods a Job should have in no case, and so
    // never replaces one.
    if matches!(kind, WorkloadKind::Job | WorkloadKind::CronJob) && replaces_pods(mode) {
        report.add(
            Diagnostic::new(format!("the pods of a {} are never replaced", kind.as_str()))
                .at(scale.mode.place)
                .related(workload.kind.place, "its kind")
                .help("`Initial` sets what the next pods request"),
        );
    }
    if let Some(job) = workload.job.as_ref().filter(|job| job.new_name_on_change) {
        report.add(
            Diagnostic::new("a Job whose name changes cannot be found again")
                .at(scale.mode.place)
                .related(job.place, "`newNameOnChange` is said here"),
        );
    }
    if let Some(number) = &scale.min_replicas {
        if **number == 0 {
            report.error(number.place, "at least 1 pod");
        }
        if !replaces_pods(mode) {
            report.add(
                Diagnostic::new("this mode replaces no pods")
                    .at(number.place)
                    .related(scale.mode.place, "the mode"),
            );
        }
    }
}

fn check_containers(
    scale: &VerticalScale,
    containers: &[(&DnsLabel, &Container)],
    report: &mut Report,
) {
    let all = Effective::of(scale, None);
    check_bounds(&scale.bounds, &all, None, report);
    for (name, settings) in &scale.containers {
        let container = containers.iter().find(|(own, _)| *own == name);
        let Some((_, container)) = container else {
            let known = containers.iter().map(|(own, _)| own.as_str());
            let message = format!("the pods have no lasting container `{name}`");
            report.add(Unknown::new(message, name.as_str(), known).at(settings.key));
            continue;
        };
        if settings.mode.is_none() && !settings.bounds.is_written() {
            report.add(Diagnostic::missing("nothing is said of this container").at(settings.key));
        }
        let effective = Effective::of(scale, Some(name));
        if let (Some(mode), true) = (&settings.mode, effective.off && settings.bounds.is_written())
        {
            report.error(mode.place, "a container that is left alone has no bounds");
        }
        check_bounds(&settings.bounds, &effective, Some(container), report);
    }
    for (name, container) in containers {
        if !scale.containers.contains_key(*name) {
            check_limits(&all, container, report);
        }
    }
}

fn check_bounds(
    written: &VerticalBounds,
    effective: &Effective<'_>,
    container: Option<&Container>,
    report: &mut Report,
) {
    if let Some(list) = &written.controlled_resources {
        if list.is_empty() {
            report.error(list.place, "to leave a container alone, say `mode: Off`");
        }
        if list.len() == 2 && list[0] == list[1] || list.len() > 2 {
            report.error(list.place, "each resource stands here once");
        }
    }
    for bound in [&written.min, &written.max].into_iter().flatten() {
        if bound.cpu.is_none() && bound.memory.is_none() {
            report.error(bound.place, "say `cpu`, `memory` or both");
        }
        for resource in RESOURCES {
            let Some(amount) = bound.of(resource) else { continue };
            if !effective.off && !effective.controls(resource) {
                let message = format!("`{}` is not controlled here", resource.as_str());
                report.error(amount.place, message);
            }
            check_amount(resource, amount, report);
        }
    }
    for resource in RESOURCES {
        let min = effective.amount(resource, |bounds| bounds.min.as_ref());
        let max = effective.amount(resource, |bounds| bounds.max.as_ref());
        if let (Some(min), Some(max)) = (min, max)
            && min.value > max.value
        {
            let own = [&written.min, &written.max].into_iter().flatten();
            // Said where one of the two is written.
            if own.into_iter().any(|bound| bound.of(resource).is_some()) {
                report.add(
                    Diagnostic::new(format!("the least `{}` is above the most", resource.as_str()))
                        .at(min.place)
                        .related(max.place, "the most"),
                );
            }
        }
    }
    if let Some(container) = container {
        check_limits(effective, container, report);
    }
}

/// The rules of the autoscaler's own admission: whole millicores and bytes.
fn check_amount(resource: ContainerMetric, amount: &At<scalar::Quantity>, report: &mut Report) {
    let (unit, what) = match resource {
        ContainerMetric::Cpu => (1_000_000, "thousandths of a CPU"),
        ContainerMetric::Memory => (1_000_000_000, "bytes"),
    };
    if amount.is_negative() || amount.nanos() % unit != 0 {
        report.error(amount.place, format!("this is counted in whole {what}"));
    }
}

/// Where limits stay as they are, no request may go above them.
fn check_limits(effective: &Effective<'_>, container: &Container, report: &mut Report) {
    let Some(alone) = effective.requests_alone().filter(|_| !effective.off) else { return };
    let limits = container.resources.iter().flat_map(|resources| &resources.limits);
    for (name, limit) in limits {
        for resource in RESOURCES.into_iter().filter(|known| known.as_str() == name.as_str()) {
            let min = effective.amount(resource, |bounds| bounds.min.as_ref());
            if let Some(min) = min.filter(|min| min.value > limit.value.value) {
                report.add(
                    Diagnostic::new(format!("this is above the limit of `{}`", name.as_str()))
                        .at(min.place)
                        .related(limit.place, "the limit")
                        .related(alone, "it stays as it is"),
                );
            }
        }
    }
}

/// Two autoscalers that answer to one measure work against each other: what
/// one requests more, the other sees as less used.
fn check_horizontal(
    workload: &Workload,
    scale: &VerticalScale,
    containers: &[(&DnsLabel, &Container)],
    report: &mut Report,
) {
    let Some(horizontal) = &workload.scale else { return };
    if !replaces_pods(scale.mode.value) {
        return;
    }
    let mut fault = |place: Place, resource: ContainerMetric| {
        report.add(
            Diagnostic::new(format!(
                "the vertical autoscaler changes what this is a share of: the requests of `{}`",
                resource.as_str()
            ))
            .at(place)
            .related(scale.mode.place, "it does so while pods run")
            .help("measure something else, say an amount instead of a share, or leave the resource out of `controlledResources`"),
        );
    };
    let share = |target: &Option<At<MetricTarget>>| match target {
        Some(At { value: MetricTarget::Utilization(_), place }) => Some(*place),
        _ => None,
    };
    for (resource, place) in [
        (ContainerMetric::Cpu, share(&horizontal.cpu)),
        (ContainerMetric::Memory, share(&horizontal.memory)),
    ] {
        let controls =
            |(name, _): &(&DnsLabel, _)| Effective::of(scale, Some(name)).controls(resource);
        if let Some(place) = place.filter(|_| containers.iter().any(controls)) {
            fault(place, resource);
        }
    }
    for metric in horizontal.metrics.values() {
        let (Some(container), Some(resource), Some(share)) =
            (&metric.container, &metric.resource, &metric.utilization)
        else {
            continue;
        };
        if Effective::of(scale, Some(&container.value)).controls(resource.value) {
            fault(share.place, resource.value);
        }
    }
}
