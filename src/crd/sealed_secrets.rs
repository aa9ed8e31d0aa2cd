//! `bitnami.com`: what the sealed-secrets controller reads.

use std::collections::BTreeMap;

use serde::Serialize;

use super::external_secrets::TemplateMetadata;

super::custom! {
    /// A Secret that only the controller can decrypt.
    SealedSecret, "bitnami.com", "v1alpha1", "sealedsecrets",
    NamespaceResourceScope, SealedSecretSpec
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SealedSecretSpec {
    pub encrypted_data: BTreeMap<String, String>,
    pub template: SealedSecretTemplate,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SealedSecretTemplate {
    #[serde(rename = "type")]
    pub type_: Option<String>,
    pub immutable: Option<bool>,
    pub metadata: TemplateMetadata,
}
