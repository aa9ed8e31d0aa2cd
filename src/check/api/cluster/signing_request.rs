//! CertificateSigningRequests: `ValidateCertificateSigningRequestCreate`. The
//! signature of the request itself is not verified.

use std::collections::HashSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsLabel, DnsName, Scalar};

pub static RULE: Rule = Rule {
    name: "api/signing-request",
    weight: Weight::ERROR,
    summary: "a CertificateSigningRequest that a server refuses",
    page: "A CertificateSigningRequest asks a signer for a certificate. `request` is a request in PEM (`BEGIN CERTIFICATE REQUEST`), in base64 once more; `signerName` is a domain and a path; `usages` says what the certificate is for.",
    bad: "
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: web}
spec:
  signerName: kubernetes.io/kube-apiserver-client
  request: bm90IGEgcmVxdWVzdA==
  usages: [client auth]
",
    good: "
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: web}
spec:
  signerName: kubernetes.io/kube-apiserver-client
  request: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlJPQotLS0tLUVORCBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K
  usages: [client auth]
",
    look: Look::Validation,
};

const USAGES: [&str; 23] = [
    "any",
    "cert sign",
    "client auth",
    "code signing",
    "content commitment",
    "crl sign",
    "data encipherment",
    "decipher only",
    "digital signature",
    "email protection",
    "encipher only",
    "ipsec end system",
    "ipsec tunnel",
    "ipsec user",
    "key agreement",
    "key encipherment",
    "microsoft sgc",
    "netscape sgc",
    "ocsp signing",
    "s/mime",
    "server auth",
    "signing",
    "timestamping",
];

const SHORTEST: i64 = 600;
const LONGEST_SIGNER: usize = 571;

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    let request = spec.field("request");
    if request.required() && !is_request(request.text_or_empty()) {
        request.fault_with(
            "it is not a certificate request in PEM",
            "encode the whole file, from `-----BEGIN CERTIFICATE REQUEST-----` on, in base64",
        );
    }
    let usages = spec.field("usages");
    usages.required();
    let mut seen = HashSet::new();
    for usage in usages.items() {
        let text = usage.text_or_empty();
        if !USAGES.contains(&text) {
            usage.fault_with(
                format!("there is no usage {}", shown(text)),
                "such as `client auth`, `server auth` or `digital signature`",
            );
        }
        if !seen.insert(text) {
            usage.fault(format!("{} is there twice", shown(text)));
        }
    }
    let signer = spec.field("signerName");
    if signer.required() {
        validate_signer(signer);
    }
    spec.field("expirationSeconds").must_be_at_least(SHORTEST);
}

/// `ParseCSR`, as far as the wrapping goes.
fn is_request(text: &str) -> bool {
    let packed: String = text.split_ascii_whitespace().collect();
    let Ok(bytes) = STANDARD.decode(packed) else { return false };
    let pem = String::from_utf8_lossy(&bytes);
    // The first block is the one that counts.
    let first = pem.split_once("-----BEGIN ").map(|(_, rest)| rest);
    first
        .and_then(|rest| rest.strip_prefix("CERTIFICATE REQUEST-----"))
        .is_some_and(|rest| rest.contains("-----END CERTIFICATE REQUEST-----"))
}

/// `ValidateSignerName`.
fn validate_signer(signer: At<'_>) {
    let text = signer.text_or_empty();
    if text == "kubernetes.io/legacy-unknown" {
        signer.fault("this signer belongs to older versions of the API");
        return;
    }
    let (domain, path) = match text.split_once('/') {
        Some((domain, path)) if !path.contains('/') => (domain, path),
        _ => {
            signer.fault_with(
                format!("{} is not a domain and a name", shown(text)),
                "such as `example.com/internal`",
            );
            return;
        }
    };
    if let Some(label) = domain.split('.').find(|label| DnsLabel::parse(label).is_err()) {
        signer.must_be_text::<DnsLabel>(label);
    }
    if !domain.contains('.') {
        signer.fault(format!("{} has no dot, and a domain has one", shown(domain)));
    }
    if let Some(label) = path.split('.').find(|label| DnsName::parse(label).is_err()) {
        signer.must_be_text::<DnsName>(label);
    }
    signer.must_not_be_longer_than(LONGEST_SIGNER);
}
