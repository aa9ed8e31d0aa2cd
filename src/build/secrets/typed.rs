//! What Kubernetes' own types of Secrets demand, and a registry's password in
//! the form that its type has.

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::profile::secret::Secret;
use crate::profile::secret_type::Needs;
use crate::scalar::{ConfigKey, DnsName};
use crate::source::Place;

/// What a registry's password is made from.
pub const LOGIN: [&str; 2] = ["username", "password"];
/// The key that holds passwords of registries.
pub const DOCKER_CONFIG: &str = ".dockerconfigjson";

/// ValidateSecret: a type has its keys. `has` says which ones there are.
pub fn check_type(secret: &Secret, values: Place, has: &dyn Fn(&str) -> bool, report: &mut Report) {
    let Some(kind) = &secret.secret_type else { return };
    let missing: Vec<&ConfigKey> = kind.keys().iter().filter(|key| !has(key.as_str())).collect();
    if kind.needs() == Needs::Any && missing.len() < kind.keys().len() {
        return;
    }
    for key in missing {
        let missing = Diagnostic::missing(format!("a Secret of this type has a key `{key}`"));
        report.add(missing.at(kind.place).related(values, "its values"));
    }
}

/// Where the profile lists keys, the source has all of them and no others.
pub fn check_keys(
    name: &DnsName,
    secret: &Secret,
    values: Place,
    written: &[(&ConfigKey, Place)],
    report: &mut Report,
) {
    let has = |wanted: &ConfigKey| written.iter().any(|(key, _)| *key == wanted);
    for key in secret.keys.iter().filter(|key| !has(key)) {
        report.add(
            Diagnostic::missing(format!("`{name}` has no value for `{}`", key.value))
                .at(values)
                .related(key.place, "it is listed here"),
        );
    }
    if secret.keys.is_empty() && secret.optional_keys.is_empty() {
        return;
    }
    let listed = || secret.keys.iter().chain(&secret.optional_keys);
    for (key, place) in written {
        if !listed().any(|known| known.value == **key) {
            let known = listed().map(|known| known.as_str());
            let message = format!("`{name}` does not list the key `{key}`");
            report.add(Unknown::new(message, key.as_str(), known).at(*place));
        }
    }
}

/// A `server` asks for a registry's Secret, which has one key.
pub fn check_server(secret: &Secret, report: &mut Report) {
    let Some(server) = &secret.server else { return };
    if !secret.secret_type.as_ref().is_some_and(|kind| kind.is_registry()) {
        report.error(server.place, "`server` belongs to the type `registry`");
    }
    let listed = secret.keys.iter().chain(&secret.optional_keys);
    for key in listed.filter(|key| key.as_str() != DOCKER_CONFIG) {
        let other = format!("with a `server` the Secret has the one key `{DOCKER_CONFIG}`");
        report.add(Diagnostic::new(other).at(key.place).related(server.place, "the server"));
    }
}
