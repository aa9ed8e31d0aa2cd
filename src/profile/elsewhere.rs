//! What a profile says is there already: Secrets that are made elsewhere, stores, the
//! namespaces of Argo CD and Flux, and what it declares itself.

use super::certificate::IssuerKind;
use super::checks::ObjectPattern;
use super::external::StoreKind;
use super::system::System;

/// All of it.
pub fn elsewhere(system: &System) -> Vec<ObjectPattern> {
    let mut there: Vec<ObjectPattern> =
        system.checks.iter().flat_map(|checks| checks.elsewhere.keys().cloned()).collect();
    let mut add = |kind: &str, name: &str| there.push(ObjectPattern::of(kind, name));
    for (name, secret) in &system.secrets {
        let from = secret.from.as_ref().map(|from| &from.value);
        if from.is_none_or(|from| from.existing.is_some()) {
            add("Secret", name.as_str());
        }
        if let Some(external) = from.and_then(|from| from.external.as_ref()) {
            let store = &external.value.store;
            let kind = match store.kind {
                StoreKind::ClusterSecretStore => "ClusterSecretStore",
                StoreKind::SecretStore => "SecretStore",
            };
            add(kind, store.name.value.as_str());
        }
    }
    for (name, _) in system.config.iter().filter(|(_, config)| config.existing) {
        add("ConfigMap", name.as_str());
    }
    for (name, _) in system.accounts.iter().filter(|(_, account)| account.existing) {
        add("ServiceAccount", name.as_str());
    }
    for (name, issuer) in system.issuers.iter().filter(|(_, issuer)| issuer.existing.is_some()) {
        let kind = match issuer.kind.value {
            IssuerKind::Issuer => "Issuer",
            IssuerKind::ClusterIssuer => "ClusterIssuer",
        };
        add(kind, name.as_str());
    }
    for workload in system.workloads.values() {
        let account = workload.service_account.as_ref().map(|account| &account.value);
        if let Some(account) = account.filter(|account| account.existing) {
            add("ServiceAccount", account.name.value.as_str());
        }
        let init = workload.init_containers.values().map(|item| &item.value);
        let sidecars = workload.sidecars.values().map(|item| &item.value);
        for container in [&workload.container].into_iter().chain(init).chain(sidecars) {
            let claims =
                container.mounts.values().filter_map(|mount| mount.existing_claim.as_ref());
            for claim in claims.filter(|claim| !system.claims.contains_key(&claim.value)) {
                add("PersistentVolumeClaim", claim.value.as_str());
            }
        }
    }
    if let Some(delivery) = &system.delivery {
        let applications = delivery.applications.values().map(|one| &one.source.namespace);
        let sets = delivery.application_sets.values().map(|one| &one.source.namespace);
        let kustomizations = delivery.kustomizations.values().map(|one| &one.namespace.value);
        for namespace in applications.chain(sets).chain(kustomizations) {
            add("Namespace", namespace.as_str());
        }
    }
    there
}
