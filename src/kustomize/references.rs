//! Names in other objects of what has moved: Kustomize follows them at the end.

use crate::object::Identity;
use crate::object::value::Value;

use super::model::Made;

/// A name, where it was, and where it is.
pub type Moved = (String, String, String);

/// Whether it names Services of any namespace that the API server calls.
pub fn calls_services(identity: &Identity) -> bool {
    let kinds = [
        "APIService",
        "CustomResourceDefinition",
        "MutatingWebhookConfiguration",
        "ValidatingWebhookConfiguration",
    ];
    kinds.contains(&&*identity.kind)
}

/// A Service that has moved is followed. A `namespace` for all is taken for that
/// of every Service that an APIService or a definition names.
pub fn follow_services(made: &mut Made<'_>, moved: &[Moved], namespace: Option<&str>) {
    let Value::Map(content) = made.content.to_mut() else { return };
    let follow = |config: Option<&mut Value>, namespace: Option<&str>| {
        let Some(Value::Map(config)) = config else { return };
        let Some(Value::Map(service)) = config.get_mut("service") else { return };
        let text = |key: &str| service.get(key).and_then(Value::as_str);
        let (name, home) = (text("name"), text("namespace"));
        let is_this =
            |(known, from, _): &&Moved| Some(known.as_str()) == name && Some(from.as_str()) == home;
        let now = moved.iter().find(is_this).map(|(_, _, now)| now.as_str()).or(namespace);
        if let Some(now) = now.map(str::to_owned) {
            service.insert("namespace", Value::String(now));
        }
    };
    match &*made.identity.kind {
        "APIService" => follow(content.get_mut("spec"), namespace),
        "CustomResourceDefinition" => {
            let conversion = content.get_mut("spec").and_then(|spec| step(spec, "conversion"));
            let webhook = conversion.and_then(|conversion| step(conversion, "webhook"));
            follow(webhook.and_then(|webhook| step(webhook, "clientConfig")), namespace);
        }
        _ => {
            if let Some(Value::List(webhooks)) = content.get_mut("webhooks") {
                webhooks.iter_mut().for_each(|webhook| follow(step(webhook, "clientConfig"), None));
            }
        }
    }
}

fn step<'v>(value: &'v mut Value, key: &str) -> Option<&'v mut Value> {
    match value {
        Value::Map(map) => map.get_mut(key),
        _ => None,
    }
}

/// Accounts that bindings name where they were.
pub fn follow_accounts(made: &mut Made<'_>, moved: &[Moved]) {
    let text = |value: &Value, key: &str| Some(value.get(key)?.as_str()?.to_owned());
    // A binding of a namespace sees the accounts of its own.
    let home = made.identity.namespace.clone();
    let target = |subject: &Value| {
        // Users and groups of that name too, as they have no namespace.
        let (name, namespace) = (text(subject, "name")?, text(subject, "namespace"));
        let (_, _, now) = moved.iter().find(|(known, from, _)| {
            *known == name && namespace.as_ref().is_none_or(|namespace| namespace == from)
        })?;
        home.as_ref().is_none_or(|home| home == now).then(|| now.clone())
    };
    let Some(Value::List(subjects)) = made.content.get("subjects") else { return };
    let targets: Vec<Option<String>> = subjects.iter().map(target).collect();
    if targets.iter().all(Option::is_none) {
        return;
    }
    let Value::Map(content) = made.content.to_mut() else { return };
    let Some(Value::List(subjects)) = content.get_mut("subjects") else { return };
    for (subject, target) in subjects.iter_mut().zip(targets) {
        if let (Value::Map(subject), Some(target)) = (subject, target) {
            subject.insert("namespace", Value::String(target));
        }
    }
}
