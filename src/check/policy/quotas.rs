//! What the ResourceQuotas of each namespace count, and what they ask of containers.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::check::scene::Scene;
use crate::check::subject::Subject;
use crate::object::kinds;
use crate::object::value::Value;

use super::quota_scope::Scope;
use super::quota_usage::{Sum, Usage};

/// By namespace, of those that have a quota.
pub struct Quotas(HashMap<Box<str>, Governed, RandomState>);

/// A namespace with quotas.
#[derive(Default)]
struct Governed {
    usage: Usage,
    /// One for each set of scopes.
    required: Vec<Required>,
}

/// What containers must say where a quota counts it.
pub struct Required {
    pub scopes: Vec<Scope>,
    /// `requests.cpu` and its like, each with the quota that counts it.
    pub resources: Vec<(&'static str, u32)>,
}

impl Quotas {
    pub fn of(scene: &Scene<'_>) -> Quotas {
        let mut quotas: HashMap<Box<str>, Governed, RandomState> = HashMap::default();
        for (number, quota) in scene.numbered("", "ResourceQuota") {
            let governed = quotas.entry(scene.namespace_of(quota).into()).or_default();
            governed.require(quota, number);
        }
        for (namespace, governed) in &mut quotas {
            governed.usage = Usage::of(scene, namespace);
        }
        Quotas(quotas)
    }

    /// What quotas of a namespace have containers say.
    pub fn required(&self, namespace: &str) -> &[Required] {
        self.0.get(namespace).map(|governed| governed.required.as_slice()).unwrap_or_default()
    }

    /// What a quota with these scopes counts of a resource.
    pub fn used(&self, namespace: &str, scopes: &[Scope], resource: &str) -> Sum {
        let resource = canonical(resource);
        self.0
            .get(namespace)
            .map(|governed| governed.usage.sum(scopes, &resource))
            .unwrap_or_default()
    }
}

impl Governed {
    fn require(&mut self, quota: &Subject<'_>, number: u32) {
        let Some(spec) = quota.content.get("spec") else { return };
        let Some(hard) = spec.get("hard").and_then(Value::as_map) else { return };
        let names: Vec<Box<str>> = hard.iter().map(|(name, _)| canonical(name)).collect();
        let scopes = Scope::of_quota(spec);
        let place = self.required.iter().position(|other| other.scopes == scopes);
        let place = place.unwrap_or_else(|| {
            self.required.push(Required { scopes, resources: Vec::new() });
            self.required.len() - 1
        });
        let Some(required) = self.required.get_mut(place) else { return };
        for resource in REQUIRED {
            let counted = names.iter().any(|name| &**name == resource);
            if counted && !required.resources.iter().any(|(name, _)| *name == resource) {
                required.resources.push((resource, number));
            }
        }
    }
}

/// `validationSet` of the quota's evaluator, as containers say it.
const REQUIRED: [&str; 4] = ["requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

/// The one name of a resource that has several.
fn canonical(resource: &str) -> Box<str> {
    match resource {
        "cpu" | "memory" | "ephemeral-storage" => format!("requests.{resource}").into(),
        _ if resource.starts_with("hugepages-") => format!("requests.{resource}").into(),
        "count/pods" => "pods".into(),
        "count/persistentvolumeclaims" => "persistentvolumeclaims".into(),
        "count/services" => "services".into(),
        _ => resource.into(),
    }
}

/// How many objects of a kind there are, where a quota counts those: `configmaps`,
/// `count/deployments.apps`. Nothing for what other objects make more of.
pub fn objects_counted(scene: &Scene<'_>, namespace: &str, resource: &str) -> Option<usize> {
    let plain = matches!(resource, "configmaps" | "secrets" | "replicationcontrollers");
    let name = if plain { resource } else { resource.strip_prefix("count/")? };
    let (plural, group) = name.split_once('.').unwrap_or((name, ""));
    let made = ["pods", "services", "persistentvolumeclaims", "jobs", "replicasets"];
    if made.contains(&plural) {
        return None;
    }
    let kind = kinds::all().find(|kind| kind.group == group && kind.plural() == plural)?;
    Some(scene.count_in(group, kind.kind, namespace))
}
