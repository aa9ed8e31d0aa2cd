//! Layer 0: what bounds a namespace. The rules are those of an API server.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::api::scheduling::v1 as scheduling;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Amount;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::{At, Item};
use crate::profile::governance::{
    Amounts, ClaimLimits, ContainerLimits, LimitRange, PodLimits, PodSecurity, PriorityClass,
    Quota, QuotaScope,
};
use crate::profile::namespace::NamespaceSettings;
use crate::profile::system::Annotations;
use crate::scalar::{DnsName, Quantity};
use crate::source::Place;

use super::context::Context;
use super::meta::{Pairs, some_list};
use super::raw;

/// Quotas and limits of one namespace.
pub fn bounds(
    context: &Context<'_>,
    namespace: &str,
    settings: &NamespaceSettings,
    report: &mut Report,
) -> Vec<Object> {
    let mut objects = Vec::new();
    for (name, own) in &settings.quotas {
        objects.extend(quota(context, namespace, name, own, report));
    }
    for (name, limits) in &settings.limit_ranges {
        objects.extend(limit_range(context, namespace, name, limits, report));
    }
    objects
}

/// The labels that make a namespace keep Pod Security levels.
pub fn pod_security_labels(security: &PodSecurity) -> Pairs {
    let modes = [
        ("enforce", security.enforce.as_ref().map(|level| level.value)),
        ("audit", security.audit),
        ("warn", security.warn),
    ];
    let mut labels = Pairs::new();
    for (mode, level) in modes {
        let Some(level) = level else { continue };
        let key = format!("pod-security.kubernetes.io/{mode}");
        if let Some(version) = security.version {
            labels.insert(format!("{key}-version"), format!("v{version}"));
        }
        labels.insert(key, level.as_str().to_owned());
    }
    labels
}

fn quota(
    context: &Context<'_>,
    namespace: &str,
    name: &DnsName,
    quota: &Item<Quota>,
    report: &mut Report,
) -> Option<Object> {
    if quota.hard.is_empty() {
        report.add(Diagnostic::missing("this quota bounds nothing").at(quota.hard.place));
    }
    check_amounts(quota, report);
    check_scopes(quota, report);
    let scope_selector = quota.priority_classes.as_ref().map(|classes| core::ScopeSelector {
        match_expressions: Some(vec![core::ScopedResourceSelectorRequirement {
            scope_name: "PriorityClass".to_owned(),
            operator: "In".to_owned(),
            values: some_list(classes.iter().map(ToString::to_string).collect()),
        }]),
    });
    let hard = quota.hard.iter();
    let object = core::ResourceQuota {
        metadata: context.namespaced(
            namespace,
            name.as_str(),
            context.common_labels(),
            &Annotations::default(),
        ),
        spec: Some(core::ResourceQuotaSpec {
            hard: Some(hard.map(|(key, most)| (key.as_str().to_owned(), amount(most))).collect()),
            scopes: some_list(quota.scopes.iter().map(|scope| scope.as_str().to_owned()).collect()),
            scope_selector,
        }),
        status: None,
    };
    raw::object(&object, quota.key, report)
}

fn amount(quantity: &Quantity) -> Amount {
    Amount(quantity.to_string())
}

/// ValidateResourceQuantityValue.
fn check_amounts(quota: &Quota, report: &mut Report) {
    for (resource, most) in quota.hard.iter() {
        if most.is_negative() {
            report.error(most.place, "a bound is not below 0");
        }
        if resource.is_counted() && most.nanos() % 1_000_000_000 != 0 {
            report.error(most.place, format!("there are only whole {}", resource.as_str()));
        }
    }
}

/// validateResourceQuotaScopes.
fn check_scopes(quota: &Quota, report: &mut Report) {
    for (at, scope) in quota.scopes.iter().enumerate() {
        let opposite = match scope.value {
            QuotaScope::BestEffort => Some(QuotaScope::NotBestEffort),
            QuotaScope::Terminating => Some(QuotaScope::NotTerminating),
            _ => None,
        };
        let other = |other: &&At<QuotaScope>| Some(other.value) == opposite;
        if let Some(other) = quota.scopes.iter().find(other) {
            report.add(
                Diagnostic::new("no pod is in both of these scopes")
                    .at(scope.place)
                    .related(other.place, "the other one"),
            );
        }
        if quota.scopes[..at].iter().any(|earlier| earlier.value == scope.value) {
            report.error(scope.place, "this scope is listed twice");
        }
        refuse_outside(quota, scope.value, scope.place, report);
    }
    if let Some(classes) = &quota.priority_classes {
        if classes.is_empty() {
            report.add(Diagnostic::missing("which classes?").at(classes.place));
        }
        // The scope PriorityClass takes what NotBestEffort takes.
        refuse_outside(quota, QuotaScope::NotBestEffort, classes.place, report);
    }
}

/// A quota over some pods bounds only what pods use.
fn refuse_outside(quota: &Quota, scope: QuotaScope, place: Place, report: &mut Report) {
    for (resource, most) in quota.hard.iter().filter(|(resource, _)| !resource.counts_in(scope)) {
        let what = match scope {
            QuotaScope::BestEffort => "only the number of `pods`",
            _ => "only `pods`, CPU and memory",
        };
        report.add(
            Diagnostic::new(format!(
                "a quota with this scope does not bound `{}`",
                resource.as_str()
            ))
            .at(most.key)
            .related(place, what),
        );
    }
}

fn limit_range(
    context: &Context<'_>,
    namespace: &str,
    name: &DnsName,
    limits: &Item<LimitRange>,
    report: &mut Report,
) -> Option<Object> {
    let items: Vec<core::LimitRangeItem> = [
        limits.container.as_ref().map(|own| container_limits(own, report)),
        limits.pod.as_ref().map(|own| pod_limits(own, report)),
        limits.claim.as_ref().map(|own| claim_limits(own, report)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if items.is_empty() {
        let help = "it is of each `container`, each `pod` or each `claim`";
        report.add(Diagnostic::missing("this limits nothing").at(limits.key).help(help));
    }
    let object = core::LimitRange {
        metadata: context.namespaced(
            namespace,
            name.as_str(),
            context.common_labels(),
            &Annotations::default(),
        ),
        spec: Some(core::LimitRangeSpec { limits: items }),
    };
    raw::object(&object, limits.key, report)
}

fn container_limits(limits: &At<ContainerLimits>, report: &mut Report) -> core::LimitRangeItem {
    let ContainerLimits { default, default_request, min, max, max_ratio } = &limits.value;
    // ValidateLimitRange: each lies between those before and behind it.
    let order =
        [("min", min), ("defaultRequest", default_request), ("default", default), ("max", max)];
    for (at, (lower_name, lower)) in order.iter().enumerate() {
        for (upper_name, upper) in &order[at + 1..] {
            check_order(lower_name, lower, upper_name, upper, report);
        }
    }
    check_ratio(min, max, max_ratio, report);
    core::LimitRangeItem {
        type_: "Container".to_owned(),
        default: amounts(default),
        default_request: amounts(default_request),
        min: amounts(min),
        max: amounts(max),
        max_limit_request_ratio: amounts(max_ratio),
    }
}

fn pod_limits(limits: &At<PodLimits>, report: &mut Report) -> core::LimitRangeItem {
    let PodLimits { min, max, max_ratio } = &limits.value;
    check_order("min", min, "max", max, report);
    check_ratio(min, max, max_ratio, report);
    core::LimitRangeItem {
        type_: "Pod".to_owned(),
        min: amounts(min),
        max: amounts(max),
        max_limit_request_ratio: amounts(max_ratio),
        ..core::LimitRangeItem::default()
    }
}

fn claim_limits(limits: &At<ClaimLimits>, report: &mut Report) -> core::LimitRangeItem {
    let ClaimLimits { min, max } = &limits.value;
    match (min, max) {
        (None, None) => {
            let help = "for example `max: 100Gi`";
            report.add(Diagnostic::missing("this limits nothing").at(limits.place).help(help));
        }
        (Some(min), Some(max)) if min.value > max.value => report
            .add(Diagnostic::new("`min` is above `max`").at(min.place).related(max.place, "`max`")),
        _ => {}
    }
    let bound = |own: &Option<At<Quantity>>| {
        own.as_ref().map(|own| BTreeMap::from([("storage".to_owned(), amount(own))]))
    };
    core::LimitRangeItem {
        type_: "PersistentVolumeClaim".to_owned(),
        min: bound(min),
        max: bound(max),
        ..core::LimitRangeItem::default()
    }
}

fn amounts(own: &Amounts) -> Option<BTreeMap<String, Amount>> {
    let all = own.iter().map(|(name, value)| (name.as_str().to_owned(), amount(value)));
    (!own.is_empty()).then(|| all.collect())
}

fn check_order(
    lower_name: &str,
    lower: &Amounts,
    name: &str,
    upper: &Amounts,
    report: &mut Report,
) {
    for (resource, low) in lower {
        if let Some(high) = upper.get(resource).filter(|high| low.value.value > high.value.value) {
            report.add(
                Diagnostic::new(format!(
                    "`{lower_name}` of `{}` is above its `{name}`",
                    resource.as_str()
                ))
                .at(low.place)
                .related(high.place, format!("its `{name}`")),
            );
        }
    }
}

fn check_ratio(min: &Amounts, max: &Amounts, ratios: &Amounts, report: &mut Report) {
    for (resource, ratio) in ratios {
        if ratio.nanos() < 1_000_000_000 {
            report.error(ratio.place, "a limit is at least its request: the ratio is at least 1");
        }
        let bounds = min.get(resource).zip(max.get(resource));
        let Some((low, high)) = bounds.filter(|(low, _)| low.nanos() > 0) else { continue };
        // In doubles, as the server compares them.
        #[allow(clippy::cast_precision_loss)]
        let most = high.nanos() as f64 / low.nanos() as f64;
        #[allow(clippy::cast_precision_loss)]
        let own = ratio.nanos() as f64 / 1e9;
        if own > most {
            report.add(
                Diagnostic::new(format!("`max` is only {most:.1} times `min`"))
                    .at(ratio.place)
                    .related(high.place, "`max`"),
            );
        }
    }
}

/// The priority classes of the system.
pub fn priority_classes(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let classes = &context.index.system.priority_classes;
    let mut default: Option<Place> = None;
    for flag in classes.values().filter_map(|class| class.global_default.as_ref()) {
        if !flag.value {
            continue;
        }
        match default {
            Some(first) => report.add(
                Diagnostic::new("a cluster has one default class")
                    .at(flag.place)
                    .related(first, "the other one"),
            ),
            None => default = Some(flag.place),
        }
    }
    classes
        .iter()
        .filter_map(|(name, class)| priority_class(context, name, class, report))
        .collect()
}

fn priority_class(
    context: &Context<'_>,
    name: &DnsName,
    class: &Item<PriorityClass>,
    report: &mut Report,
) -> Option<Object> {
    // ValidatePriorityClass.
    if name.as_str().starts_with("system-") {
        report.error(class.key, "names that begin with `system-` are Kubernetes' own");
    }
    let value = &class.value.value;
    if value.value > 1_000_000_000 {
        let help = "what lies above is for Kubernetes' own pods";
        report.add(Diagnostic::new("at most 1000000000").at(value.place).help(help));
    }
    let object = scheduling::PriorityClass {
        metadata: context.cluster_wide(
            name.as_str(),
            context.common_labels(),
            &Annotations::default(),
        ),
        value: Some(value.value),
        global_default: class.global_default.as_ref().map(|flag| flag.value),
        preemption_policy: class.preemption.map(|policy| policy.as_str().to_owned()),
        description: class.description.clone(),
    };
    raw::object(&object, class.key, report)
}
