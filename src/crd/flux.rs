//! `kustomize.toolkit.fluxcd.io`: what Flux brings from a source to the cluster.

use serde::Serialize;

super::custom! {
    /// One environment, brought to the cluster.
    Kustomization, "kustomize.toolkit.fluxcd.io", "v1", "kustomizations",
    NamespaceResourceScope, KustomizationSpec
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KustomizationSpec {
    pub source_ref: SourceRef,
    pub path: String,
    pub interval: String,
    pub retry_interval: Option<String>,
    pub timeout: Option<String>,
    pub prune: bool,
    pub wait: Option<bool>,
    pub force: Option<bool>,
    pub suspend: Option<bool>,
    pub target_namespace: Option<String>,
    pub service_account_name: Option<String>,
    pub depends_on: Option<Vec<Dependency>>,
    pub health_checks: Option<Vec<HealthCheck>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SourceRef {
    pub kind: String,
    pub name: String,
    pub namespace: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Dependency {
    pub name: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HealthCheck {
    pub api_version: String,
    pub kind: String,
    pub name: String,
    pub namespace: String,
}
