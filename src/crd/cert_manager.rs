//! `cert-manager.io`: certificates and who issues them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

super::custom! {
    /// A certificate that is kept valid in a Secret.
    Certificate, "cert-manager.io", "v1", "certificates",
    NamespaceResourceScope, CertificateSpec
}

super::custom! {
    /// Who issues certificates in one namespace.
    Issuer, "cert-manager.io", "v1", "issuers",
    NamespaceResourceScope, IssuerForm
}

super::custom! {
    /// Who issues certificates in the cluster.
    ClusterIssuer, "cert-manager.io", "v1", "clusterissuers",
    ClusterResourceScope, IssuerForm
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CertificateSpec {
    pub secret_name: String,
    pub issuer_ref: IssuerRef,
    pub common_name: Option<String>,
    pub dns_names: Option<Vec<String>>,
    pub ip_addresses: Option<Vec<String>>,
    pub duration: Option<String>,
    pub renew_before: Option<String>,
    pub renew_before_percentage: Option<i32>,
    pub usages: Option<Vec<String>>,
    #[serde(rename = "isCA")]
    pub is_ca: Option<bool>,
    pub private_key: Option<PrivateKey>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct IssuerRef {
    pub name: String,
    pub kind: String,
    pub group: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PrivateKey {
    pub algorithm: Option<String>,
    pub size: Option<i32>,
    pub encoding: Option<String>,
    pub rotation_policy: Option<String>,
}

/// What an issuer says of itself: typed, or as the user wrote it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum IssuerForm {
    Typed(Box<IssuerSpec>),
    Raw(Value),
}

impl Default for IssuerForm {
    fn default() -> IssuerForm {
        IssuerForm::Typed(Box::default())
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IssuerSpec {
    pub acme: Option<AcmeIssuer>,
    pub ca: Option<CaIssuer>,
    pub self_signed: Option<BTreeMap<String, String>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CaIssuer {
    pub secret_name: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AcmeIssuer {
    pub server: String,
    pub email: Option<String>,
    pub preferred_chain: Option<String>,
    pub private_key_secret_ref: SecretKey,
    pub external_account_binding: Option<ExternalAccount>,
    pub solvers: Option<Vec<SolverForm>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SecretKey {
    pub name: String,
    pub key: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAccount {
    #[serde(rename = "keyID")]
    pub key_id: String,
    pub key_secret_ref: SecretKey,
}

/// A solver: typed, or as the user wrote it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum SolverForm {
    Typed(Box<Solver>),
    Raw(Value),
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Solver {
    pub selector: Option<SolverSelector>,
    pub http01: Option<Http01>,
    pub dns01: Option<Dns01>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SolverSelector {
    pub dns_names: Option<Vec<String>>,
    pub dns_zones: Option<Vec<String>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Http01 {
    pub ingress: Http01Ingress,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Http01Ingress {
    pub ingress_class_name: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Dns01 {
    pub cloudflare: Option<Cloudflare>,
    pub route53: Option<Route53>,
    #[serde(rename = "cloudDNS")]
    pub cloud_dns: Option<CloudDns>,
    #[serde(rename = "azureDNS")]
    pub azure_dns: Option<AzureDns>,
    pub digitalocean: Option<DigitalOcean>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cloudflare {
    pub api_token_secret_ref: SecretKey,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DigitalOcean {
    pub token_secret_ref: SecretKey,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Route53 {
    pub region: Option<String>,
    #[serde(rename = "hostedZoneID")]
    pub hosted_zone_id: Option<String>,
    pub role: Option<String>,
    #[serde(rename = "accessKeyIDSecretRef")]
    pub access_key_id_secret_ref: Option<SecretKey>,
    pub secret_access_key_secret_ref: Option<SecretKey>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CloudDns {
    pub project: String,
    pub hosted_zone_name: Option<String>,
    pub service_account_secret_ref: Option<SecretKey>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AzureDns {
    #[serde(rename = "subscriptionID")]
    pub subscription_id: String,
    pub resource_group_name: String,
    pub hosted_zone_name: Option<String>,
    #[serde(rename = "tenantID")]
    pub tenant_id: Option<String>,
    #[serde(rename = "clientID")]
    pub client_id: Option<String>,
    pub client_secret_secret_ref: Option<SecretKey>,
    pub managed_identity: Option<ManagedIdentity>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ManagedIdentity {
    #[serde(rename = "clientID")]
    pub client_id: String,
    #[serde(rename = "tenantID")]
    pub tenant_id: Option<String>,
}
