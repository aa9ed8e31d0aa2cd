//! Which service accounts have roles.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::check::scene::Scene;
use crate::object::value::Value;

/// `NAMESPACE/NAME` of each account that has a role, with `*` for all of them.
pub struct RoleHolders(HashSet<String, RandomState>);

impl RoleHolders {
    pub fn of(scene: &Scene<'_>) -> RoleHolders {
        let mut holders = HashSet::default();
        for kind in ["RoleBinding", "ClusterRoleBinding"] {
            for binding in scene.of_kind("rbac.authorization.k8s.io", kind) {
                let Some(Value::List(subjects)) = binding.content.get("subjects") else { continue };
                let own = scene.namespace_of(binding);
                holders.extend(subjects.iter().filter_map(|subject| accounts(subject, own)));
            }
        }
        RoleHolders(holders)
    }

    /// Whether an account has a role, by its name or as one of many.
    pub fn has(&self, namespace: &str, account: &str) -> bool {
        let holds = |namespace: &str, name: &str| self.0.contains(&format!("{namespace}/{name}"));
        holds(namespace, account) || holds(namespace, "*") || holds("*", "*")
    }
}

/// The account, or the accounts, that a subject of a binding is. One that names no
/// namespace is meant to be where the binding is.
fn accounts(subject: &Value, own: &str) -> Option<String> {
    let word = |key| subject.word(key);
    let name = word("name");
    match word("kind") {
        "ServiceAccount" => {
            let namespace = Some(word("namespace")).filter(|namespace| !namespace.is_empty());
            Some(format!("{}/{name}", namespace.unwrap_or(own)))
        }
        "User" => Some(name.strip_prefix("system:serviceaccount:")?.replacen(':', "/", 1)),
        "Group" if matches!(name, "system:serviceaccounts" | "system:authenticated") => {
            Some("*/*".to_owned())
        }
        "Group" => Some(format!("{}/*", name.strip_prefix("system:serviceaccounts:")?)),
        _ => None,
    }
}
