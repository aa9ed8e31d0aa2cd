//! ExternalSecrets: the operator in the cluster makes the Secret from what a
//! store holds. The output has names in that store, and no values.

use crate::build::context::Context;
use crate::build::meta::{Pairs, some, some_list};
use crate::crd::external_secrets as crd;
use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::object::Object;
use crate::profile::decode::{At, Item};
use crate::profile::external::{CreationPolicy, DeletionPolicy, ExternalSecret, RemoteRef};
use crate::profile::secret::Secret;
use crate::scalar::DnsName;

use super::typed::{self, DOCKER_CONFIG, LOGIN};

pub fn objects(
    context: &Context<'_>,
    homes: &[&str],
    name: &DnsName,
    secret: &Item<Secret>,
    external: &At<ExternalSecret>,
    report: &mut Report,
) -> Vec<Object> {
    typed::check_server(secret, report);
    check_policies(secret, external, report);
    let data = data(name, secret, external, report);
    if data.is_empty() && external.extract.is_none() {
        let nothing = Diagnostic::missing(format!("no key of `{name}` is asked for"));
        let help = "list its `keys`, or say with `extract` what holds all of them";
        report.add(nothing.at(external.place).help(help));
    }
    if external.extract.is_none() && secret.server.is_none() {
        let has = |key: &str| data.iter().any(|entry| entry.secret_key == key);
        typed::check_type(secret, external.place, &has, report);
    }
    let spec = spec(context, name, secret, external, data);
    let own = external.name.as_ref().unwrap_or(name);
    let make = |home: &&str| {
        let labels = super::labels(context, secret);
        let metadata = context.namespaced(home, own.as_str(), labels, &secret.annotations);
        let object = crd::ExternalSecret { metadata, spec: spec.clone() };
        crate::build::raw::object(&object, secret.key, report)
    };
    homes.iter().filter_map(make).collect()
}

fn spec(
    context: &Context<'_>,
    name: &DnsName,
    secret: &Secret,
    external: &ExternalSecret,
    data: Vec<crd::ExternalSecretData>,
) -> crd::ExternalSecretSpec {
    let extract = external.extract.as_ref().map(|of| crd::ExternalSecretDataFrom {
        extract: crd::RemoteRef {
            conversion_strategy: of.conversion.as_ref().map(|what| what.as_str().to_owned()),
            ..remote_ref(of)
        },
    });
    crd::ExternalSecretSpec {
        refresh_interval: external.refresh.as_ref().map(|time| time.to_go()),
        secret_store_ref: crd::SecretStoreRef {
            name: external.store.name.to_string(),
            kind: external.store.kind.as_str().to_owned(),
        },
        target: crd::ExternalSecretTarget {
            name: name.to_string(),
            creation_policy: external.creation_policy.as_ref().map(|p| p.as_str().to_owned()),
            deletion_policy: external.deletion_policy.as_ref().map(|p| p.as_str().to_owned()),
            immutable: secret.immutable.as_ref().map(|flag| flag.value),
            template: template(context, secret),
        },
        data: some_list(data),
        data_from: extract.map(|extract| vec![extract]),
    }
}

/// What the Secret looks like. Without a template the operator would copy all
/// labels and annotations of the ExternalSecret, also those by which a delivery
/// tool knows what it may prune.
fn template(context: &Context<'_>, secret: &Secret) -> crd::ExternalSecretTemplate {
    let annotations = super::annotations(context, secret);
    let annotations: Pairs =
        annotations.into_iter().map(|(key, text)| (key, literal(&text))).collect();
    let kind = secret.secret_type.as_ref().map(|kind| kind.as_str().to_owned());
    let data = secret.server.as_ref().map(|server| docker_config(server.as_str()));
    crd::ExternalSecretTemplate {
        type_: kind,
        metadata: crd::TemplateMetadata {
            labels: some(super::labels(context, secret)),
            annotations: some(annotations),
        },
        data: data.map(|text| [(DOCKER_CONFIG.to_owned(), text)].into()),
    }
}

/// The operator takes annotations for templates; ours are none.
fn literal(text: &str) -> String {
    text.replace("{{", "{{ \"{{\" }}")
}

/// The operator puts a registry's login together where it knows the values.
fn docker_config(server: &str) -> String {
    let [username, password] = LOGIN.map(|key| format!("{{{{ .{key} | toJson }}}}"));
    let auth = r#"{{ printf "%s:%s" .username .password | b64enc | toJson }}"#;
    let server = serde_json::Value::from(server);
    format!(
        r#"{{"auths":{{{server}:{{"username":{username},"password":{password},"auth":{auth}}}}}}}"#
    )
}

/// Where each key is kept.
fn data(
    name: &DnsName,
    secret: &Secret,
    external: &ExternalSecret,
    report: &mut Report,
) -> Vec<crd::ExternalSecretData> {
    let wanted = wanted(secret);
    let mut data = Vec::new();
    let mut derived = false;
    for key in &wanted {
        let own = external.keys.get(*key).map(|item| single(item, report));
        derived |= own.is_none();
        let Some(remote_ref) = own.or_else(|| derived_ref(key, external)) else {
            if external.extract.is_none() {
                report.add(
                    Diagnostic::missing(format!("nothing says where `{key}` of `{name}` is kept"))
                        .at(external.store.name.place)
                        .help("with a `prefix`, with `propertiesOf`, or by itself under `keys`"),
                );
            }
            continue;
        };
        data.push(crd::ExternalSecretData { secret_key: (*key).to_owned(), remote_ref });
    }
    let lists = !wanted.is_empty() || !secret.optional_keys.is_empty();
    let is_optional = |key: &str| secret.optional_keys.iter().any(|own| own.as_str() == key);
    for (key, item) in &external.keys {
        if wanted.contains(&key.as_str()) {
            continue;
        }
        if lists && !is_optional(key.as_str()) {
            let optional = secret.optional_keys.iter().map(|own| own.as_str());
            let known = wanted.iter().copied().chain(optional);
            let message = format!("`{name}` does not list the key `{key}`");
            report.add(Unknown::new(message, key.as_str(), known).at(item.key));
        }
        let remote_ref = single(item, report);
        data.push(crd::ExternalSecretData { secret_key: key.to_string(), remote_ref });
    }
    let prefix = external.prefix.as_ref().map(|prefix| prefix.place);
    let whole = external.properties_of.as_ref();
    if let Some(place) = prefix.or(whole.map(|of| of.place)).filter(|_| !derived) {
        report.error(place, "this leads to no key: each one says itself where it is kept");
    }
    if let Some(property) = whole.and_then(|of| of.property.as_ref()) {
        report.error(property.place, "with `propertiesOf` each key is a property of its own");
    }
    if let Some(conversion) = whole.and_then(|of| of.conversion.as_ref()) {
        report.error(conversion.place, "`conversionStrategy` belongs to `extract`");
    }
    data
}

/// The keys that the Secret must have.
fn wanted(secret: &Secret) -> Vec<&str> {
    if secret.server.is_some() {
        return LOGIN.to_vec();
    }
    let listed = secret.keys.iter().map(|key| key.as_str());
    listed.chain(secret.implied_keys().map(|key| key.as_str())).collect()
}

/// Where a key is kept that does not say so itself.
fn derived_ref(key: &str, external: &ExternalSecret) -> Option<crd::RemoteRef> {
    if let Some(prefix) = &external.prefix {
        let name = format!("{}{key}", prefix.as_str());
        return Some(crd::RemoteRef { key: name, ..crd::RemoteRef::default() });
    }
    let of = external.properties_of.as_ref()?;
    Some(crd::RemoteRef { property: Some(key.to_owned()), ..remote_ref(of) })
}

fn single(of: &RemoteRef, report: &mut Report) -> crd::RemoteRef {
    if let Some(conversion) = &of.conversion {
        report.error(conversion.place, "`conversionStrategy` belongs to `extract`");
    }
    remote_ref(of)
}

fn remote_ref(of: &RemoteRef) -> crd::RemoteRef {
    crd::RemoteRef {
        key: of.key.as_str().to_owned(),
        property: of.property.as_ref().map(|property| property.as_str().to_owned()),
        version: of.version.as_ref().map(|version| version.as_str().to_owned()),
        decoding_strategy: of.decoding.map(|how| how.as_str().to_owned()),
        conversion_strategy: None,
        metadata_policy: of.metadata.map(|what| what.as_str().to_owned()),
    }
}

/// The operator's webhook refuses these.
fn check_policies(secret: &Secret, external: &ExternalSecret, report: &mut Report) {
    let Some(creation) = &external.creation_policy else { return };
    if creation.value != CreationPolicy::Merge {
        return;
    }
    if let Some(deletion) = &external.deletion_policy
        && deletion.value == DeletionPolicy::Delete
    {
        report.add(
            Diagnostic::new("only what the ExternalSecret owns is deleted with it")
                .at(deletion.place)
                .related(creation.place, "the Secret is somebody else's"),
        );
    }
    if let Some(immutable) = &secret.immutable {
        report.error(immutable.place, "somebody else makes this Secret, and its settings with it");
    }
}
