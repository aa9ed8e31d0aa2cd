//! Custom resources that others may come from: an operator makes Secrets, Services and
//! pods for them, and calls these after them.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::object::kinds;

use super::Scene;

/// API groups whose controllers make no objects that somebody would name.
const BARREN: [&str; 17] = [
    "cilium.io",
    "projectcalico.org",
    "crd.projectcalico.org",
    "networking.istio.io",
    "security.istio.io",
    "telemetry.istio.io",
    "traefik.io",
    "traefik.containo.us",
    "monitoring.coreos.com",
    "keda.sh",
    "kyverno.io",
    "policies.kyverno.io",
    "velero.io",
    "external-secrets.io",
    "cert-manager.io",
    "argoproj.io",
    "linkerd.io",
];

/// No name of a resource is longer.
const LONGEST: usize = 253;

#[derive(Default)]
pub struct Operators<'a> {
    /// The names of such resources, by namespace.
    names: HashMap<&'a str, HashSet<&'a str, RandomState>, RandomState>,
}

impl<'a> Operators<'a> {
    pub(super) fn new(scene: &Scene<'a>) -> Operators<'a> {
        let mut names: HashMap<_, HashSet<_, _>, _> = HashMap::default();
        for (group, kind) in scene.kinds().filter(|(group, kind)| makes_others(group, kind)) {
            for subject in scene.of_kind(group, kind) {
                names.entry(scene.namespace_of(subject)).or_default().insert(subject.name());
            }
        }
        Operators { names }
    }

    /// Whether an object of this name may come from a resource of its namespace:
    /// `db-app` from `db`.
    pub fn may_make(&self, namespace: &str, name: &str) -> bool {
        let Some(names) = self.names.get(namespace) else { return false };
        let ends = name.match_indices(['-', '.']).map(|(at, _)| at).chain([name.len()]);
        let of = ends.take_while(|end| *end <= LONGEST).filter_map(|end| name.get(..end));
        of.filter(|of| !of.is_empty()).any(|of| names.contains(of))
    }

    /// Whether a namespace has such resources at all.
    pub fn are_in(&self, namespace: &str) -> bool {
        self.names.contains_key(namespace)
    }

    /// Whether a resource of a namespace is called so.
    pub fn has(&self, namespace: &str, name: &str) -> bool {
        self.names.get(namespace).is_some_and(|names| names.contains(name))
    }
}

fn makes_others(group: &str, kind: &str) -> bool {
    match (group, kind) {
        (
            "monitoring.coreos.com",
            "Prometheus" | "PrometheusAgent" | "Alertmanager" | "ThanosRuler",
        )
        | ("argoproj.io", "ArgoCD") => return true,
        // A release may hold anything; what is in a repository makes nothing.
        (flux, kind) if flux.ends_with(".toolkit.fluxcd.io") => return kind == "HelmRelease",
        _ => {}
    }
    let is_known = || kinds::all().any(|known| known.kind == kind && known.group == group);
    group.contains('.') && !group.ends_with(".k8s.io") && !BARREN.contains(&group) && !is_known()
}

#[cfg(test)]
mod tests {
    use crate::check::settings::Settings;
    use crate::check::testing::Objects;

    #[test]
    fn only_resources_that_others_come_from_count() {
        let objects = Objects::read(
            "
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: {name: db, namespace: shop}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
",
        );
        objects.with_scene(&Settings::default(), |scene| {
            let operators = scene.operators();
            assert!(operators.may_make("shop", "db-app"));
            assert!(operators.may_make("shop", "db.app-1") && operators.may_make("shop", "db"));
            assert!(!operators.may_make("shop", "dbs"));
            assert!(!operators.may_make("other", "db-app"));
            assert!(!operators.may_make("shop", "web-tls"));
        });
    }
}
