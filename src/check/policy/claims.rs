//! The claims that workloads make for their pods, and the storage classes that all
//! claims ask for.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::check::scene::{Pod, Scene};
use crate::check::subject::Subject;
use crate::object::value::Value;

/// The classes of all claims that outlive a pod.
#[derive(Default)]
pub struct Classes {
    named: HashSet<Box<str>, RandomState>,
    /// Whether a claim leaves the class to the cluster.
    default: bool,
    /// Whether the class that those get is one of the objects.
    pub has_default: bool,
}

impl Classes {
    pub fn of(scene: &Scene<'_>) -> Classes {
        let mut classes = Classes::default();
        for claim in scene.of_kind("", "PersistentVolumeClaim") {
            classes.add(claim.content);
        }
        for workload in scene.of_kind("apps", "StatefulSet") {
            claim_templates(workload).iter().for_each(|claim| classes.add(claim));
        }
        let mut made = scene.of_kind("storage.k8s.io", "StorageClass");
        classes.has_default = made.any(is_default);
        classes
    }

    fn add(&mut self, claim: &Value) {
        let class = claim.get("spec").and_then(|spec| spec.get("storageClassName"));
        match class.and_then(Value::as_str) {
            Some(name) => drop(self.named.insert(name.into())),
            None => self.default = true,
        }
    }

    /// Whether a claim asks for this class, which may be the default one.
    pub fn has(&self, name: &str, is_default: bool) -> bool {
        self.named.contains(name) || is_default && self.default
    }
}

/// Whether claims that name no class get this one.
pub fn is_default(class: &Subject<'_>) -> bool {
    class.annotation("storageclass.kubernetes.io/is-default-class") == Some("true")
}

/// The claims that a StatefulSet makes for each of its pods.
pub fn claim_templates<'a>(owner: &Subject<'a>) -> &'a [Value] {
    let templates = owner.content.get("spec").and_then(|spec| spec.get("volumeClaimTemplates"));
    match templates {
        Some(Value::List(templates)) if owner.kind() == "StatefulSet" => templates,
        _ => &[],
    }
}

/// The claims that live as long as a pod.
pub fn ephemeral_claims<'x>(pod: &Pod<'x>) -> impl Iterator<Item = &'x Value> {
    let volumes = match pod.spec.get("volumes") {
        Some(Value::List(volumes)) => volumes.as_slice(),
        _ => &[],
    };
    volumes.iter().filter_map(|volume| volume.get("ephemeral")?.get("volumeClaimTemplate"))
}
