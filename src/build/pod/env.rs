//! Environment variables: where their values come from, and the order in
//! which Kubernetes must see them.

use std::collections::{HashMap, HashSet};

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::profile::container::Container;
use crate::profile::decode::{At, Item, place};
use crate::profile::env::{EnvFrom, EnvValue};
use crate::profile::index::no_key;
use crate::profile::refs::KeyRef;
use crate::profile::words::ResourceField;
use crate::scalar::{self, ConfigKey, DnsLabel, EnvName, Scalar};

use super::{Gather, all_containers};

/// The variables of a container. Those that others refer to come first.
pub fn variables<'p>(
    gather: &mut Gather<'_, 'p>,
    name: &DnsLabel,
    container: &'p Container,
    report: &mut Report,
) -> Vec<core::EnvVar> {
    let order = order(container, report);
    order
        .into_iter()
        .filter_map(|at| {
            let (variable, value) = container.env.get_index(at)?;
            self::variable(gather, name, variable, value, report)
        })
        .collect()
}

fn variable<'p>(
    gather: &mut Gather<'_, 'p>,
    container_name: &DnsLabel,
    name: &EnvName,
    variable: &'p Item<EnvValue>,
    report: &mut Report,
) -> Option<core::EnvVar> {
    check_companions(variable, report);
    let name = name.to_string();
    let from = |source: core::EnvVarSource| core::EnvVar {
        name: name.clone(),
        value: None,
        value_from: Some(source),
    };
    let optional = variable.optional.as_ref().map(|flag| **flag);
    let base = core::EnvVarSource::default();
    if let Some(text) = &variable.value.value {
        gather.context.index.address_text(&variable.address, report);
        return Some(core::EnvVar { name, value: Some(text.value.clone()), value_from: None });
    }
    if variable.address.address.is_some() {
        let value = gather.context.index.address_text(&variable.address, report);
        return Some(core::EnvVar { name, value, value_from: None });
    }
    gather.context.index.address_text(&variable.address, report);
    if let Some(reference) = &variable.config {
        config_key(gather, reference, report)?;
        let selector = core::ConfigMapKeySelector {
            name: reference.name.to_string(),
            key: reference.key.to_string(),
            optional,
        };
        return Some(from(core::EnvVarSource { config_map_key_ref: Some(selector), ..base }));
    }
    if let Some(reference) = &variable.secret {
        let may_be_missing = secret_key(gather, reference, report)?;
        let selector = core::SecretKeySelector {
            name: reference.name.to_string(),
            key: reference.key.to_string(),
            optional: optional.or(may_be_missing.then_some(true)),
        };
        return Some(from(core::EnvVarSource { secret_key_ref: Some(selector), ..base }));
    }
    if let Some(field) = &variable.field {
        let path = field.as_str();
        if path == "status.hostIPs" {
            gather.context.since(29, "this field", field.place, report);
        }
        if matches!(path, "metadata.labels" | "metadata.annotations") {
            report.add(
                Diagnostic::new("a variable holds one label or annotation, not all of them")
                    .at(field.place)
                    .help(format!("`{path}['KEY']`, or a mount with `projected: [{{fields: …}}]`")),
            );
        }
        let selector = core::ObjectFieldSelector { api_version: None, field_path: path.to_owned() };
        return Some(from(core::EnvVarSource { field_ref: Some(selector), ..base }));
    }
    let resource = variable.resource.as_ref()?;
    if let Some(other) = &variable.container {
        check_container(gather, other, report);
    }
    if let Some(divisor) = &variable.divisor {
        check_divisor(resource, divisor, report);
    }
    let container = variable.container.as_ref().map_or(container_name, |other| &other.value);
    let selector = core::ResourceFieldSelector {
        container_name: Some(container.to_string()),
        divisor: variable.divisor.as_ref().map(|divisor| Quantity(divisor.to_string())),
        resource: resource.as_str().to_owned(),
    };
    Some(from(core::EnvVarSource { resource_field_ref: Some(selector), ..base }))
}

/// Keys that belong to one source of a value and not to this one.
fn check_companions(variable: &EnvValue, report: &mut Report) {
    let reference = variable.config.is_some() || variable.secret.is_some();
    let resource = variable.resource.is_some();
    let rules = [
        ("optional", place(&variable.optional), reference),
        ("container", place(&variable.container), resource),
        ("divisor", place(&variable.divisor), resource),
    ];
    for (key, place, allowed) in rules {
        if let (Some(place), false) = (place, allowed) {
            report.error(place, format!("`{key}` has no meaning for this kind of value"));
        }
    }
}

/// validateContainerResourceDivisor: only round units divide.
pub fn check_divisor(
    resource: &ResourceField,
    divisor: &At<scalar::Quantity>,
    report: &mut Report,
) {
    let (cpu, bytes) = (["1", "1m"], "1 1k 1M 1G 1T 1P 1E 1Ki 1Mi 1Gi 1Ti 1Pi 1Ei");
    let allowed: Vec<&str> = match resource.as_str().ends_with(".cpu") {
        true => cpu.to_vec(),
        false => bytes.split(' ').collect(),
    };
    let same = |unit: &&str| scalar::Quantity::parse(unit).is_ok_and(|unit| unit == divisor.value);
    if !allowed.iter().any(same) {
        report.add(
            Diagnostic::new("this is no unit of that resource")
                .at(divisor.place)
                .help(format!("the units are {}", allowed.join(", "))),
        );
    }
}

/// A container that is named must be one of the pod's.
pub fn check_container(gather: &Gather<'_, '_>, named: &At<DnsLabel>, report: &mut Report) {
    let known: Vec<&str> = all_containers(gather.workload_name, gather.workload)
        .map(|(name, _)| name.as_str())
        .collect();
    if !known.contains(&named.as_str()) {
        let message = format!("the pod has no container `{}`", named.value);
        report.add(Unknown::new(message, named.as_str(), known).at(named.place));
    }
}

/// Checks a key of a ConfigMap, and notes that the pod reads it.
pub fn config_key<'p>(
    gather: &mut Gather<'_, 'p>,
    reference: &'p At<KeyRef>,
    report: &mut Report,
) -> Option<()> {
    let config = match gather.context.index.config(&reference.name) {
        Ok(config) => config,
        Err(unknown) => {
            report.add(unknown.at(reference.place));
            return None;
        }
    };
    gather.reads.config.key(reference.name.as_str(), reference.key.as_str());
    if config.existing && config.keys.is_empty() {
        return Some(());
    }
    if !config.all_keys().any(|key| *key == reference.key) {
        let known = config.all_keys().map(ConfigKey::as_str);
        report.add(no_key(&reference.name, &reference.key, known).at(reference.place));
        return None;
    }
    Some(())
}

/// Checks a key of a Secret, and notes that the pod reads it: whether the key
/// may be missing.
pub fn secret_key<'p>(
    gather: &mut Gather<'_, 'p>,
    reference: &'p At<KeyRef>,
    report: &mut Report,
) -> Option<bool> {
    let secret = match gather.context.index.secret(&reference.name) {
        Ok(secret) => secret,
        Err(unknown) => {
            report.add(unknown.at(reference.place));
            return None;
        }
    };
    gather.reads.secrets.key(reference.name.as_str(), reference.key.as_str());
    let found = secret.all_keys().find(|(key, _)| **key == reference.key);
    if found.is_none() {
        let known = secret.all_keys().map(|(key, _)| key.as_str());
        report.add(no_key(&reference.name, &reference.key, known).at(reference.place));
    }
    found.map(|(_, optional)| optional)
}

/// ConfigMaps and Secrets whose keys all become variables.
pub fn sources<'p>(
    gather: &mut Gather<'_, 'p>,
    container: &'p Container,
    report: &mut Report,
) -> Vec<core::EnvFromSource> {
    container.env_from.iter().filter_map(|source| self::source(gather, source, report)).collect()
}

fn source<'p>(
    gather: &mut Gather<'_, 'p>,
    source: &'p EnvFrom,
    report: &mut Report,
) -> Option<core::EnvFromSource> {
    let prefix = source.prefix.as_ref().map(ToString::to_string);
    let base = core::EnvFromSource { prefix, ..core::EnvFromSource::default() };
    if let Some(name) = &source.config {
        if let Err(unknown) = gather.context.index.config(name) {
            report.add(unknown.at(name.place));
            return None;
        }
        gather.reads.config.all(name.as_str());
        let config = core::ConfigMapEnvSource { name: name.to_string(), optional: source.optional };
        return Some(core::EnvFromSource { config_map_ref: Some(config), ..base });
    }
    let name = source.secret.as_ref()?;
    if let Err(unknown) = gather.context.index.secret(name) {
        report.add(unknown.at(name.place));
        return None;
    }
    gather.reads.secrets.all(name.as_str());
    let secret = core::SecretEnvSource { name: name.to_string(), optional: source.optional };
    Some(core::EnvFromSource { secret_ref: Some(secret), ..base })
}

/// Kubernetes replaces `$(NAME)` only by variables that stand before: an order
/// in which all do, and otherwise that of the profile.
fn order(container: &Container, report: &mut Report) -> Vec<usize> {
    let env = &container.env;
    let texts = |at: usize| env.get_index(at).and_then(|(_, item)| item.value.value.as_ref());
    let needs: HashMap<usize, Vec<usize>> = (0..env.len())
        .filter_map(|at| {
            let text = texts(at)?;
            check_references(container, text, report);
            let names = references(&text.value).into_iter();
            let found: Vec<usize> = names.filter_map(|name| env.get_index_of(name)).collect();
            (!found.is_empty()).then_some((at, found))
        })
        .collect();
    let mut ordered = Vec::with_capacity(env.len());
    let mut placed = HashSet::new();
    for start in 0..env.len() {
        // Depth first with a stack of its own: chains may be long.
        let mut stack = vec![(start, 0)];
        let mut open = HashSet::from([start]);
        while let Some((at, next)) = stack.pop() {
            if placed.contains(&at) {
                open.remove(&at);
                continue;
            }
            match needs.get(&at).and_then(|needs| needs.get(next)) {
                Some(need) => {
                    stack.push((at, next + 1));
                    if !placed.contains(need) {
                        if !open.insert(*need) {
                            if let Some(text) = texts(at) {
                                report.error(
                                    text.place,
                                    "these variables refer to each other in a circle",
                                );
                            }
                            return (0..env.len()).collect();
                        }
                        stack.push((*need, 0));
                    }
                }
                None => {
                    open.remove(&at);
                    placed.insert(at);
                    ordered.push(at);
                }
            }
        }
    }
    ordered
}

/// The names in `$(NAME)`; `$$` is a dollar sign.
fn references(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            rest = after;
        } else if let Some((name, after)) = rest.strip_prefix('(').and_then(|r| r.split_once(')')) {
            names.push(name);
            rest = after;
        }
    }
    names
}

/// Reports the variables that a text names and the container does not have.
pub fn check_references(container: &Container, text: &At<String>, report: &mut Report) {
    for name in references(&text.value) {
        if container.env.get_index_of(name).is_none() {
            refuse_unknown(container, text, name, report);
        }
    }
}

/// A reference to nothing stays in the text as it is, which nobody wants.
fn refuse_unknown(container: &Container, text: &At<String>, name: &str, report: &mut Report) {
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    // With whole ConfigMaps or Secrets as variables anything may be there, and
    // Kubernetes itself sets addresses of Services.
    let of_service =
        name.ends_with("_SERVICE_HOST") || name.contains("_SERVICE_PORT") || name.contains("_PORT");
    if !plain || name.is_empty() || of_service || !container.env_from.is_empty() {
        return;
    }
    let known = container.env.keys().map(EnvName::as_str);
    report.add(
        Unknown::new(format!("there is no variable `{name}` for `$({name})`"), name, known)
            .at(text.place)
            .help(format!("for the text itself write `$$({name})`")),
    );
}
