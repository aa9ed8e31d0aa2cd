//! The names that single pods have behind a Service: `db-0.db.shop.svc`.

use crate::check::scene::Scene;
use crate::check::subject::Subject;
use crate::object::value::Value;

use super::replicas::{self, Replicas};
use super::services;

/// What a name leads to.
#[derive(Clone, Copy)]
pub enum PodName<'a> {
    /// The pods are not here.
    Unknown,
    Fits,
    /// The set has fewer pods.
    BeyondTheLast {
        set: &'a Subject<'a>,
        first: i64,
        count: i64,
    },
    /// None is called so; those of this set have names there.
    Wrong(Option<&'a Subject<'a>>),
}

/// Pods have names where their `subdomain` is the Service: a StatefulSet sets it to its
/// `serviceName`.
pub fn find<'a>(scene: &Scene<'a>, service: &'a Subject<'a>, name: &str) -> PodName<'a> {
    let pods = services::pods(scene, service);
    if pods.is_empty() {
        return PodName::Unknown;
    }
    let mut first_set = None;
    for pod in pods {
        let word = |key| pod.spec.get(key).and_then(Value::as_str);
        let has_own_name =
            word("subdomain") == Some(service.name()) && word("hostname") == Some(name);
        // A cluster shows the pods themselves, too.
        if has_own_name || pod.owner.kind() == "Pod" && pod.owner.name() == name {
            return PodName::Fits;
        }
        let set = pod.owner;
        let spec = set.content.get("spec");
        let governed_by = spec.and_then(|spec| spec.get("serviceName")?.as_str());
        if set.kind() != "StatefulSet" || governed_by != Some(service.name()) {
            continue;
        }
        first_set.get_or_insert(set);
        let ordinal = name.strip_prefix(set.name()).and_then(|rest| rest.strip_prefix('-'));
        if let Some(ordinal) = ordinal.and_then(|ordinal| ordinal.parse().ok()) {
            return of_set(scene, set, ordinal);
        }
    }
    PodName::Wrong(first_set)
}

fn of_set<'a>(scene: &Scene<'a>, set: &'a Subject<'a>, ordinal: i64) -> PodName<'a> {
    let spec = set.content.get("spec");
    let number = |value: Option<&Value>| match value {
        Some(Value::Int(number)) => Some(*number),
        _ => None,
    };
    let first = spec.and_then(|spec| number(spec.get("ordinals")?.get("start"))).unwrap_or(0);
    let count = match replicas::of(scene, set) {
        Replicas::Several(_) => spec.and_then(|spec| number(spec.get("replicas"))),
        Replicas::One => Some(1),
        Replicas::None => None,
    };
    match count.filter(|_| !replicas::is_scaled(scene, set)) {
        Some(count) if !(first..first.saturating_add(count)).contains(&ordinal) => {
            PodName::BeyondTheLast { set, first, count }
        }
        _ => PodName::Fits,
    }
}
