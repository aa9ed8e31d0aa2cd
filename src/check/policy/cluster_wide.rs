//! Which ClusterRoles a binding gives to somebody in the whole cluster.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::check::scene::Scene;

/// Their names.
pub struct ClusterWide(HashSet<Box<str>, RandomState>);

impl ClusterWide {
    pub fn of(scene: &Scene<'_>) -> ClusterWide {
        let bindings = scene.of_kind("rbac.authorization.k8s.io", "ClusterRoleBinding");
        let roles = bindings.filter_map(|binding| {
            let role = binding.content.get("roleRef")?.get("name")?;
            role.as_str().map(Box::from)
        });
        ClusterWide(roles.collect())
    }

    pub fn has(&self, role: &str) -> bool {
        self.0.contains(role)
    }
}
