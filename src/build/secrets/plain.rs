//! Secrets whose values are known: literals, and what was read of environment
//! variables and files.

use std::collections::BTreeMap;

use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1 as core;

use crate::build::config::LARGEST;
use crate::build::context::{Context, Held};
use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::Item;
use crate::profile::index::Index;
use crate::profile::secret::{Secret, SecretFrom};
use crate::profile::secret_values::SecretValues;
use crate::scalar::{ConfigKey, DnsName};
use crate::source::Place;

use super::typed::{self, DOCKER_CONFIG, LOGIN};

/// What every Secret holds whose values are known. Of a sealed one that is its
/// ciphertext: new ciphertext is a change, though it may hide the same value.
pub fn contents<'p>(index: &'p Index<'p>, mut read: SecretValues) -> BTreeMap<&'p str, Held> {
    let mut all = BTreeMap::new();
    for (name, secret) in &index.system.secrets {
        let Some(from) = &secret.from else { continue };
        if let Some(texts) = from.sealed.as_ref().or(from.literals.as_ref()) {
            let texts = texts.iter().map(|(key, text)| (key.to_string(), text.0.clone()));
            all.insert(name.as_str(), held(secret, texts.collect(), BTreeMap::new()));
        } else if from.is_read() {
            let (mut texts, mut binary) = (BTreeMap::new(), BTreeMap::new());
            for key in from.env.keys().chain(from.files.keys()) {
                // What could not be read is in the report.
                let value = read.remove(&(name.to_string(), key.to_string()));
                match value.map(String::from_utf8) {
                    Some(Ok(text)) => drop(texts.insert(key.to_string(), text)),
                    Some(Err(bytes)) => drop(binary.insert(key.to_string(), bytes.into_bytes())),
                    None => {}
                }
            }
            all.insert(name.as_str(), held(secret, texts, binary));
        }
    }
    all
}

/// The values as the Secret has them: a registry's parts are one.
fn held(
    secret: &Secret,
    texts: BTreeMap<String, String>,
    binary: BTreeMap<String, Vec<u8>>,
) -> Held {
    let [username, password] = LOGIN.map(|key| texts.get(key));
    if let (Some(server), Some(username), Some(password)) = (&secret.server, username, password) {
        let config = docker_config(server.as_str(), username, password);
        return Held::new([(DOCKER_CONFIG.to_owned(), config)].into(), BTreeMap::new());
    }
    Held::new(texts, binary)
}

/// As `kubectl create secret docker-registry` writes it.
fn docker_config(server: &str, username: &str, password: &str) -> String {
    let auth = ByteString(format!("{username}:{password}").into_bytes());
    let login = serde_json::json!({ "username": username, "password": password, "auth": auth });
    serde_json::json!({ "auths": { server: login } }).to_string()
}

pub fn objects(
    context: &Context<'_>,
    homes: &[&str],
    name: &DnsName,
    secret: &Item<Secret>,
    from: &SecretFrom,
    report: &mut Report,
) -> Vec<Object> {
    let Some(held) = context.secrets.get(name.as_str()) else { return Vec::new() };
    let written = written(from);
    let place = values_place(secret, from);
    for (at, (key, place)) in written.iter().enumerate() {
        if let Some((_, first)) = written[..at].iter().find(|(other, _)| other == key) {
            let twice = format!("the key `{key}` stands under `env` and under `files`");
            report.add(Diagnostic::new(twice).at(*place).related(*first, "and here"));
        }
    }
    typed::check_server(secret, report);
    if secret.server.is_some() {
        check_login(&written, place, report);
    } else {
        typed::check_keys(name, secret, place, &written, report);
        let has = |key: &str| written.iter().any(|(own, _)| own.as_str() == key);
        typed::check_type(secret, place, &has, report);
    }
    check_json(secret, held, report);
    homes.iter().filter_map(|home| object(context, home, name, secret, held, report)).collect()
}

/// The keys that have a value, each with its place.
fn written(from: &SecretFrom) -> Vec<(&ConfigKey, Place)> {
    let literals = from.literals.iter().flat_map(|texts| texts.value.iter());
    let literals = literals.map(|(key, item)| (key, item.key));
    let variables = from.env.iter().map(|(key, item)| (key, item.key));
    let files = from.files.iter().map(|(key, item)| (key, item.key));
    literals.chain(variables).chain(files).collect()
}

fn values_place(secret: &Item<Secret>, from: &SecretFrom) -> Place {
    let literals = from.literals.as_ref().map(|values| values.place);
    let read = || secret.from.as_ref().map(|from| from.place);
    literals.or_else(read).unwrap_or(secret.key)
}

/// With a `server` there is a user and a password, and nothing else.
fn check_login(written: &[(&ConfigKey, Place)], values: Place, report: &mut Report) {
    for key in LOGIN {
        if !written.iter().any(|(own, _)| own.as_str() == key) {
            let missing = format!("a registry needs a `{key}` beside its `server`");
            report.add(Diagnostic::missing(missing).at(values));
        }
    }
    for (key, place) in written.iter().filter(|(key, _)| !LOGIN.contains(&key.as_str())) {
        let other = format!("with a `server` the keys are `username` and `password`, not `{key}`");
        report.error(*place, other);
    }
}

fn check_json(secret: &Secret, held: &Held, report: &mut Report) {
    let Some(kind) = secret.secret_type.as_ref().filter(|kind| kind.is_json()) else { return };
    for key in kind.keys() {
        let is_json = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).is_ok();
        if held.bytes(key.as_str()).is_some_and(|bytes| !is_json(bytes)) {
            report.error(kind.place, format!("the value of `{key}` is not JSON"));
        }
    }
}

/// A Secret with its values.
fn object(
    context: &Context<'_>,
    home: &str,
    name: &DnsName,
    secret: &Item<Secret>,
    held: &Held,
    report: &mut Report,
) -> Option<Object> {
    let texts = held.text.iter().map(|(key, text)| (key, text.clone().into_bytes()));
    let binary = held.binary.iter().map(|(key, bytes)| (key, bytes.clone()));
    let data: BTreeMap<String, ByteString> =
        texts.chain(binary).map(|(key, bytes)| (key.clone(), ByteString(bytes))).collect();
    let size: usize = data.values().map(|value| value.0.len()).sum();
    if size > LARGEST {
        report.error(secret.key, format!("the Secret `{name}` holds more than 1 MiB"));
    }
    let labels = super::labels(context, secret);
    let mut metadata = context.namespaced(home, name.as_str(), labels, &secret.annotations);
    let waiver = secret.from.as_ref().and_then(|from| from.waiver.as_ref());
    if let Some(waiver) = waiver {
        let annotations = metadata.annotations.get_or_insert_default();
        if annotations.insert(super::WAIVER.to_owned(), waiver.value.clone()).is_some() {
            report.error(waiver.place, format!("this is the annotation `{}`", super::WAIVER));
        }
    }
    let object = core::Secret {
        metadata,
        type_: Some(secret.secret_type.as_ref().map_or("Opaque", |kind| kind.as_str()).to_owned()),
        immutable: secret.immutable.as_ref().map(|flag| flag.value),
        data: (!data.is_empty()).then_some(data),
        string_data: None,
    };
    crate::build::raw::object(&object, secret.key, report)
}
