//! Which ClusterRoles a binding gives to somebody in the whole cluster.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::check::scene::Scene;
use crate::object::value::Value;

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

/// Whether a role or binding is one that every cluster brings.
pub fn is_kubernetes_own(subject: &crate::check::subject::Subject<'_>) -> bool {
    subject.label("kubernetes.io/bootstrapping") == Some("rbac-defaults")
        || subject.annotation("rbac.authorization.kubernetes.io/autoupdate").is_some()
}

/// The texts of a list.
pub fn words(list: Option<&Value>) -> impl Iterator<Item = &str> {
    let items = match list {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter().filter_map(Value::as_str)
}
