//! `external-secrets.io`: what the External Secrets Operator reads.

use std::collections::BTreeMap;

use serde::Serialize;

super::custom! {
    /// A copy of secrets that are kept elsewhere.
    ExternalSecret, "external-secrets.io", "v1", "externalsecrets",
    NamespaceResourceScope, ExternalSecretSpec
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretSpec {
    pub refresh_interval: Option<String>,
    pub secret_store_ref: SecretStoreRef,
    pub target: ExternalSecretTarget,
    pub data: Option<Vec<ExternalSecretData>>,
    pub data_from: Option<Vec<ExternalSecretDataFrom>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SecretStoreRef {
    pub name: String,
    pub kind: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretTarget {
    pub name: String,
    pub creation_policy: Option<String>,
    pub deletion_policy: Option<String>,
    pub immutable: Option<bool>,
    pub template: ExternalSecretTemplate,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ExternalSecretTemplate {
    #[serde(rename = "type")]
    pub type_: Option<String>,
    pub metadata: TemplateMetadata,
    pub data: Option<BTreeMap<String, String>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TemplateMetadata {
    pub labels: Option<BTreeMap<String, String>>,
    pub annotations: Option<BTreeMap<String, String>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalSecretData {
    pub secret_key: String,
    pub remote_ref: RemoteRef,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ExternalSecretDataFrom {
    pub extract: RemoteRef,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RemoteRef {
    pub key: String,
    pub property: Option<String>,
    pub version: Option<String>,
    pub decoding_strategy: Option<String>,
    pub conversion_strategy: Option<String>,
    pub metadata_policy: Option<String>,
}
