//! `argoproj.io`, of Argo CD: what is brought from a repository to a cluster.

use std::collections::BTreeMap;

use serde::Serialize;

super::custom! {
    /// One environment, brought to a cluster.
    Application, "argoproj.io", "v1alpha1", "applications",
    NamespaceResourceScope, ApplicationSpec
}

super::custom! {
    /// One Application for each of several environments.
    ApplicationSet, "argoproj.io", "v1alpha1", "applicationsets",
    NamespaceResourceScope, ApplicationSetSpec
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSpec {
    pub project: String,
    pub source: Source,
    pub destination: Destination,
    pub sync_policy: Option<SyncPolicy>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    #[serde(rename = "repoURL")]
    pub repo_url: String,
    pub target_revision: String,
    pub path: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Destination {
    pub name: Option<String>,
    pub server: Option<String>,
    pub namespace: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncPolicy {
    pub automated: Option<Automated>,
    pub sync_options: Option<Vec<String>>,
    pub retry: Option<Retry>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Automated {
    pub prune: Option<bool>,
    pub self_heal: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Retry {
    pub limit: i32,
    pub backoff: Option<Backoff>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Backoff {
    pub duration: Option<String>,
    pub factor: Option<i32>,
    pub max_duration: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSetSpec {
    pub go_template: bool,
    pub go_template_options: Vec<String>,
    pub generators: Vec<Generator>,
    pub template: ApplicationTemplate,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Generator {
    pub list: ListGenerator,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ListGenerator {
    pub elements: Vec<BTreeMap<String, String>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ApplicationTemplate {
    pub metadata: TemplateMetadata,
    pub spec: ApplicationSpec,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TemplateMetadata {
    pub name: String,
    pub labels: Option<BTreeMap<String, String>>,
}
