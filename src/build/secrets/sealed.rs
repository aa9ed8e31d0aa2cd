//! SealedSecrets: ciphertext that only the controller in the cluster can read.

use std::collections::BTreeMap;

use k8s_openapi::ByteString;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;

use crate::build::context::Context;
use crate::build::meta::some;
use crate::crd::external_secrets::TemplateMetadata;
use crate::crd::sealed_secrets::{SealedSecret, SealedSecretSpec, SealedSecretTemplate};
use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::{At, Item, Named};
use crate::profile::secret::{SealedScope, Secret, SecretText};
use crate::scalar::{ConfigKey, DnsName};
use crate::source::Place;

use super::typed;

const NAMESPACE_WIDE: &str = "sealedsecrets.bitnami.com/namespace-wide";
const CLUSTER_WIDE: &str = "sealedsecrets.bitnami.com/cluster-wide";

pub fn objects(
    context: &Context<'_>,
    homes: &[&str],
    name: &DnsName,
    secret: &Item<Secret>,
    values: &At<Named<ConfigKey, SecretText>>,
    report: &mut Report,
) -> Vec<Object> {
    if let Some(server) = &secret.server {
        report.add(
            Diagnostic::new("sealed values cannot be put together")
                .at(server.place)
                .help(format!("seal `{}` as a whole", typed::DOCKER_CONFIG)),
        );
    }
    let written: Vec<(&ConfigKey, Place)> =
        values.iter().map(|(key, item)| (key, item.key)).collect();
    typed::check_keys(name, secret, values.place, &written, report);
    let has = |key: &str| values.contains_key(key);
    typed::check_type(secret, values.place, &has, report);
    if values.is_empty() {
        report.error(values.place, "at least one sealed value");
    }
    for (key, text) in values.iter() {
        if !is_sealed(&text.0) {
            report.add(
                Diagnostic::new(format!("the value of `{key}` is not sealed"))
                    .at(text.key)
                    .label("kubeseal gives base64 of a session key and what it encrypts")
                    .help("`kubeseal --raw --name … --namespace …` prints it"),
            );
        }
    }
    let scope = secret.from.as_ref().and_then(|from| from.scope.as_ref());
    let scope = scope.map_or(SealedScope::Strict, |scope| scope.value);
    if homes.len() > 1 && scope != SealedScope::ClusterWide {
        report.add(
            Diagnostic::new(format!(
                "`{name}` is read in several namespaces: {}",
                homes.join(", ")
            ))
            .at(values.place)
            .label("and sealed for one")
            .help("seal it for all of them and say `scope: cluster-wide`"),
        );
    }
    homes
        .iter()
        .filter_map(|home| object(context, home, name, secret, values, scope, report))
        .collect()
}

fn object(
    context: &Context<'_>,
    home: &str,
    name: &DnsName,
    secret: &Item<Secret>,
    values: &Named<ConfigKey, SecretText>,
    scope: SealedScope,
    report: &mut Report,
) -> Option<Object> {
    let labels = super::labels(context, secret);
    let mut metadata = context.namespaced(home, name.as_str(), labels.clone(), &secret.annotations);
    // The controller looks here, and not at the template.
    let wide = match scope {
        SealedScope::Strict => None,
        SealedScope::NamespaceWide => Some(NAMESPACE_WIDE),
        SealedScope::ClusterWide => Some(CLUSTER_WIDE),
    };
    for written in [NAMESPACE_WIDE, CLUSTER_WIDE] {
        if let Some(annotation) = secret.annotations.get(written) {
            report.error(annotation.key, "`scope` says this");
        }
    }
    if let Some(wide) = wide {
        let annotations = metadata.annotations.get_or_insert_default();
        annotations.insert(wide.to_owned(), "true".to_owned());
    }
    let encrypted_data: BTreeMap<String, String> =
        values.iter().map(|(key, text)| (key.to_string(), text.0.clone())).collect();
    let object = SealedSecret {
        metadata,
        spec: SealedSecretSpec {
            encrypted_data,
            template: SealedSecretTemplate {
                type_: secret.secret_type.as_ref().map(|kind| kind.as_str().to_owned()),
                immutable: secret.immutable.as_ref().map(|flag| flag.value),
                metadata: TemplateMetadata {
                    labels: some(labels),
                    annotations: some(super::annotations(context, secret)),
                },
            },
        },
    };
    crate::build::raw::object(&object, secret.key, report)
}

/// Whether a text can be what kubeseal gives: two bytes that hold a length, a
/// session key of that length under RSA, and what AES-GCM made of the value,
/// which is 16 bytes longer than that.
fn is_sealed(text: &str) -> bool {
    let decoded = ByteString::deserialize(IntoDeserializer::<Error>::into_deserializer(text));
    let Ok(ByteString(bytes)) = decoded else { return false };
    let [high, low, rest @ ..] = bytes.as_slice() else { return false };
    let session_key = usize::from(u16::from_be_bytes([*high, *low]));
    // RSA of 1024 to 8192 bits.
    (128..=1024).contains(&session_key) && rest.len() >= session_key + 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_kubeseal_gives() {
        let made = |bytes: &[u8]| {
            let text = serde_json::to_value(ByteString(bytes.to_vec())).unwrap();
            is_sealed(text.as_str().unwrap())
        };
        let sealed = |length: u16, rest: usize| {
            let head = length.to_be_bytes();
            made(&head.iter().copied().chain(std::iter::repeat_n(7, rest)).collect::<Vec<_>>())
        };
        assert!(sealed(512, 512 + 16) && sealed(256, 256 + 40));
        assert!(!sealed(512, 512) && !sealed(0, 400) && !sealed(9000, 9100));
        assert!(!is_sealed("hunter2") && !is_sealed("") && !is_sealed("aHVudGVyMg=="));
    }
}
