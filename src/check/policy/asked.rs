//! What containers and pods ask for and may use, added up as the scheduler and quotas
//! do it.

use std::collections::BTreeMap;

use crate::check::scene::{Pod, Scene};
use crate::object::value::Value;
use crate::scalar::{Quantity, Scalar};

use super::limit_ranges::{Bounds, Limits};

/// Amounts of resources, in billionths.
pub type Amounts<'x> = BTreeMap<&'x str, i128>;

/// What is asked for, and what may be used.
#[derive(Clone, Debug, Default)]
pub struct Asked<'x> {
    pub requests: Amounts<'x>,
    pub limits: Amounts<'x>,
}

/// The amount in billionths; nothing where it is none.
pub fn nanos(value: &Value) -> Option<i128> {
    match value {
        Value::String(text) => Quantity::parse(text).ok().map(|quantity| quantity.nanos()),
        Value::Int(number) => Some(i128::from(*number) * 1_000_000_000),
        Value::Float(number) => Quantity::parse(&number.to_string()).ok().map(|q| q.nanos()),
        _ => None,
    }
}

/// An amount as a person reads it.
pub fn shown_amount(resource: &str, nanos: i128) -> String {
    let rounded_up = |unit: i128| {
        let rest = i128::from(nanos % unit > 0);
        i64::try_from(nanos / unit + rest).unwrap_or(i64::MAX)
    };
    match ["memory", "storage", "hugepages"].iter().any(|bytes| resource.contains(bytes)) {
        true => Quantity::from_bytes(rounded_up(1_000_000_000)).to_string(),
        false => Quantity::from_millis(rounded_up(1_000_000)).to_string(),
    }
}

/// What a container asks for, with what a server and LimitRanges fill in.
pub fn of_container<'x>(container: &'x Value, bounds: Option<&'x Bounds>) -> Asked<'x> {
    let mut asked = written(container.get("resources"));
    // SetDefaults_Pod: what has a limit alone requests that much.
    for (resource, amount) in &asked.limits {
        asked.requests.entry(resource).or_insert(*amount);
    }
    // The order of LimitRanger: its defaults come last.
    if let Some(Limits { default, default_request, .. }) = bounds.map(|bounds| &bounds.container) {
        for (resource, bound) in default_request {
            asked.requests.entry(resource).or_insert(bound.nanos);
        }
        for (resource, bound) in default {
            asked.limits.entry(resource).or_insert(bound.nanos);
        }
    }
    asked
}

/// `requests` and `limits` as they are written.
fn written(resources: Option<&Value>) -> Asked<'_> {
    let amounts = |key| {
        let map = resources.and_then(|resources| resources.get(key)).and_then(Value::as_map);
        map.into_iter()
            .flat_map(|map| map.iter())
            .filter_map(|(resource, amount)| Some((resource, nanos(amount)?)))
            .collect()
    };
    Asked { requests: amounts("requests"), limits: amounts("limits") }
}

/// Whether the pod as a whole has requests or limits of its own.
pub fn has_own_resources(pod: &Pod<'_>) -> bool {
    let own = written(pod.spec.get("resources"));
    !(own.requests.is_empty() && own.limits.is_empty())
}

/// What a pod as a whole asks for: `AggregateContainerRequests` and `PodRequests` of
/// component-helpers.
pub fn of_pod<'x>(pod: &Pod<'x>, bounds: Option<&'x Bounds>) -> Asked<'x> {
    let own = written(pod.spec.get("resources"));
    let bounds = bounds.filter(|_| own.requests.is_empty() && own.limits.is_empty());
    let (mut total, mut sidecars, mut starting) =
        (Asked::default(), Asked::default(), Asked::default());
    for init in containers(pod, "initContainers") {
        let asked = of_container(init, bounds);
        let is_sidecar = init.get("restartPolicy").and_then(Value::as_str) == Some("Always");
        if is_sidecar {
            total.add(&asked);
            sidecars.add(&asked);
        } else {
            // It runs beside the sidecars that were started before it.
            starting.raise_to(&asked, &sidecars);
        }
    }
    for container in containers(pod, "containers") {
        total.add(&of_container(container, bounds));
    }
    total.raise_to(&starting, &Asked::default());
    for (resource, limit) in own.limits {
        total.limits.insert(resource, limit);
        total.requests.entry(resource).or_insert(limit);
    }
    total.requests.extend(own.requests);
    total
}

/// Adds what a sandbox takes beside the containers.
pub fn add_overhead<'x>(asked: &mut Asked<'x>, scene: &Scene<'x>, pod: &Pod<'x>) {
    let of_class = || {
        let name = pod.spec.get("runtimeClassName")?.as_str()?;
        let class = scene.find_in_cluster("node.k8s.io", "RuntimeClass", name)?;
        class.content.get("overhead")?.get("podFixed")?.as_map()
    };
    let overhead = pod.spec.get("overhead").and_then(Value::as_map).or_else(of_class);
    for (resource, amount) in overhead.into_iter().flat_map(|map| map.iter()) {
        let Some(amount) = nanos(amount) else { continue };
        *asked.requests.entry(resource).or_default() += amount;
        if let Some(limit) = asked.limits.get_mut(resource).filter(|limit| **limit > 0) {
            *limit += amount;
        }
    }
}

fn containers<'x>(pod: &Pod<'x>, list: &str) -> &'x [Value] {
    match pod.spec.get(list) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

impl<'x> Asked<'x> {
    fn add(&mut self, other: &Asked<'x>) {
        let add = |own: &mut Amounts<'x>, other: &Amounts<'x>| {
            for (resource, amount) in other {
                let sum = own.entry(resource).or_default();
                *sum = sum.saturating_add(*amount);
            }
        };
        add(&mut self.requests, &other.requests);
        add(&mut self.limits, &other.limits);
    }

    /// Makes each amount as large at least as the other's, with what runs beside that.
    fn raise_to(&mut self, other: &Asked<'x>, beside: &Asked<'x>) {
        let raise = |own: &mut Amounts<'x>, other: &Amounts<'x>, beside: &Amounts<'x>| {
            for (resource, amount) in other {
                let own = own.entry(resource).or_default();
                let both = beside.get(resource).copied().unwrap_or_default();
                *own = (*own).max(amount.saturating_add(both));
            }
        };
        raise(&mut self.requests, &other.requests, &beside.requests);
        raise(&mut self.limits, &other.limits, &beside.limits);
    }
}
