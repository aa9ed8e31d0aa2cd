//! Layer 1: Secrets. A plaintext value leaves the profile only in a
//! development tier, and only into the Secret itself.

use std::collections::BTreeMap;

use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1 as core;

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::object::Object;
use crate::object::value::Value;
use crate::profile::config::{Secret, SecretText};
use crate::profile::decode::{At, Item, Named, place};
use crate::profile::index::Index;
use crate::profile::system::Tier;
use crate::scalar::{ConfigKey, DnsName};

use super::config::LARGEST;
use super::context::{Context, Held};
use super::meta::extend;

type Literals = At<Named<ConfigKey, SecretText>>;

/// What every literal Secret holds.
pub fn contents<'p>(index: &'p Index<'p>) -> BTreeMap<&'p str, Held> {
    let literal = |(name, secret): (&'p DnsName, &'p Item<Secret>)| {
        let values = literals(secret)?.iter();
        let values = values.map(|(key, text)| (key.to_string(), text.0.clone()));
        Some((name.as_str(), Held::new(values.collect(), BTreeMap::new())))
    };
    index.system.secrets.iter().filter_map(literal).collect()
}

/// The plaintext values of a Secret, where the profile has them.
fn literals(secret: &Secret) -> Option<&Literals> {
    secret.from.as_ref()?.literals.as_ref()
}

pub fn secrets(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let all = &context.index.system.secrets;
    all.iter().flat_map(|(name, secret)| objects_of(context, name, secret, report)).collect()
}

/// The Secret in each namespace that has it.
fn objects_of(
    context: &Context<'_>,
    name: &DnsName,
    secret: &Item<Secret>,
    report: &mut Report,
) -> Vec<Object> {
    let Some(from) = &secret.from else {
        report.add(
            Diagnostic::missing(format!("nothing says where the values of `{name}` come from"))
                .at(secret.key)
                .help(format!(
                    "in the environment's overlay: `secrets: {{{name}: {{from: existing}}}}` for \
                     one that is made elsewhere, or `from: {{literals: …}}` in a development tier"
                )),
        );
        return Vec::new();
    };
    let Some(values) = &from.literals else {
        refuse_settings(secret, report);
        return Vec::new();
    };
    if context.index.system.tier != Tier::Development {
        report.add(
            Diagnostic::new(format!("the values of `{name}` stand in the profile in plain text"))
                .at(values.place)
                .label(format!("not in a {} tier", context.index.system.tier.as_str()))
                .help("take them from elsewhere: `from: existing`"),
        );
        return Vec::new();
    }
    check_keys(name, secret, values, report);
    check_type(secret, values, report);
    let homes = context.index.homes_of_secret(name, secret);
    homes.iter().filter_map(|home| literal(context, home, name, secret, values, report)).collect()
}

/// A Secret with its values.
fn literal(
    context: &Context<'_>,
    home: &str,
    name: &DnsName,
    secret: &Item<Secret>,
    values: &Literals,
    report: &mut Report,
) -> Option<Object> {
    let mut labels = context.common_labels();
    extend(&mut labels, &secret.labels);
    let bytes = |text: &SecretText| ByteString(text.0.clone().into_bytes());
    let data: BTreeMap<String, ByteString> =
        values.iter().map(|(key, text)| (key.to_string(), bytes(text))).collect();
    let size: usize = data.values().map(|value| value.0.len()).sum();
    if size > LARGEST {
        report.error(secret.key, format!("the Secret `{name}` holds more than 1 MiB"));
    }
    let object = core::Secret {
        metadata: context.namespaced(home, name.as_str(), labels, &secret.annotations),
        type_: Some(secret.secret_type.as_ref().map_or("Opaque", |kind| kind.as_str()).to_owned()),
        immutable: secret.immutable.as_ref().map(|flag| flag.value),
        data: (!data.is_empty()).then_some(data),
        string_data: None,
    };
    super::raw::object(&object, secret.key, report)
}

/// Where the profile lists keys, the values have all of them and no others.
fn check_keys(name: &DnsName, secret: &Secret, values: &Literals, report: &mut Report) {
    for key in &secret.keys {
        if !values.contains_key(&key.value) {
            report.add(
                Diagnostic::missing(format!("`{name}` has no value for `{}`", key.value))
                    .at(values.place)
                    .related(key.place, "it is listed here"),
            );
        }
    }
    if secret.keys.is_empty() && secret.optional_keys.is_empty() {
        return;
    }
    let listed = || secret.keys.iter().chain(&secret.optional_keys);
    for (key, value) in values.iter() {
        if !listed().any(|known| known.value == *key) {
            let known = listed().map(|known| known.as_str());
            let message = format!("`{name}` does not list the key `{key}`");
            report.add(Unknown::new(message, key.as_str(), known).at(value.key));
        }
    }
}

/// What Kubernetes' own types of Secrets must hold: ValidateSecret.
fn check_type(secret: &Secret, values: &Literals, report: &mut Report) {
    let Some(kind) = &secret.secret_type else { return };
    let json = |key: &str| {
        values
            .get(key)
            .is_none_or(|text| serde_json::from_str::<serde_json::Value>(&text.0).is_ok())
    };
    let (needed, is_json): (&[&str], bool) = match kind.as_str() {
        "kubernetes.io/tls" => (&["tls.crt", "tls.key"], false),
        "kubernetes.io/dockerconfigjson" => (&[".dockerconfigjson"], true),
        "kubernetes.io/dockercfg" => (&[".dockercfg"], true),
        "kubernetes.io/ssh-auth" => (&["ssh-privatekey"], false),
        "kubernetes.io/service-account-token" => {
            report.error(kind.place, "Kubernetes makes these itself, for an account");
            return;
        }
        _ => return,
    };
    for key in needed {
        if !values.contains_key(*key) {
            let missing = Diagnostic::missing(format!("a Secret of this type has a key `{key}`"));
            report.add(missing.at(kind.place).related(values.place, "its values"));
        }
        if is_json && !json(key) {
            report.error(kind.place, format!("the value of `{key}` is not JSON"));
        }
    }
}

/// What is made elsewhere has its settings there.
fn refuse_settings(secret: &Item<Secret>, report: &mut Report) {
    let labels = secret.labels.values().map(|item| item.key);
    let annotations = secret.annotations.values().map(|item| item.key);
    let immutable = place(&secret.immutable);
    let kind = place(&secret.secret_type);
    for place in labels.chain(annotations).chain(immutable).chain(kind) {
        report.error(place, "this Secret is made elsewhere, and its settings with it");
    }
}

/// Manifests and patches may bring plaintext too; the rule is the same.
pub fn refuse_plaintext(context: &Context<'_>, objects: &[Object], report: &mut Report) {
    let tier = context.index.system.tier;
    if tier == Tier::Development {
        return;
    }
    for object in objects.iter().filter(|object| object.identity.kind == "Secret") {
        let holds = |key: &str| {
            object.content.get(key).and_then(Value::as_map).is_some_and(|map| !map.is_empty())
        };
        if holds("data") || holds("stringData") {
            let name = &object.identity.name;
            report.add(
                Diagnostic::new(format!(
                    "the values of `{name}` stand in the profile in plain text"
                ))
                .at(object.place)
                .label(format!("not in a {} tier", tier.as_str())),
            );
        }
    }
}
