//! Which storage classes the claims of a scene ask for.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::check::scene::Scene;
use crate::object::value::Value;

use super::quotas::claim_templates;

/// The classes of all claims that outlive a pod.
#[derive(Default)]
pub struct Classes {
    named: HashSet<Box<str>, RandomState>,
    /// Whether a claim leaves the class to the cluster.
    default: bool,
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
