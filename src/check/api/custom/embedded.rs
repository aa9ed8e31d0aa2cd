//! Objects within objects (`x-kubernetes-embedded-resource`): a server looks at their
//! `apiVersion`, `kind` and `metadata` as at those of any object.

use crate::check::api::formats::shown;
use crate::object::types;
use crate::object::value::Value;
use crate::scalar::{AnnotationKey, DnsLabel, LabelKey, LabelValue, Scalar, ServiceName};

use super::place::Place;
use super::schema::{Others, Schema};

type Tell<'t> = dyn FnMut(&Place<'_>, String) + 't;

/// Validates all of them. Whether anything is missing that rules presume.
pub fn validate(content: &Value, schema: &Schema, tell: &mut Tell<'_>) -> bool {
    walk(content, schema, &Place::OBJECT, tell)
}

fn walk(value: &Value, schema: &Schema, place: &Place<'_>, tell: &mut Tell<'_>) -> bool {
    let mut blocked = false;
    match value {
        Value::Map(map) => {
            if schema.is_resource {
                blocked |= resource(value, place, tell);
            }
            for (key, value) in map.iter() {
                if let Some(field) = schema.field(key) {
                    blocked |= walk(value, field, &place.field(key), tell);
                } else if let Others::Of(below) = &schema.others {
                    blocked |= walk(value, below, &place.key(key), tell);
                }
            }
        }
        Value::List(items) => {
            let Some(below) = &schema.items else { return false };
            for (index, item) in items.iter().enumerate() {
                blocked |= walk(item, below, &place.index(index), tell);
            }
        }
        _ => {}
    }
    blocked
}

/// A server's `validateEmbeddedResource`.
fn resource(value: &Value, place: &Place<'_>, tell: &mut Tell<'_>) -> bool {
    let mut blocked = false;
    for name in ["apiVersion", "kind"] {
        match value.get(name) {
            Some(Value::String(text)) if !text.is_empty() => {}
            Some(Value::String(_)) | None => {
                blocked = true;
                tell(&place.field(name), format!("`{name}` is missing"));
            }
            Some(_) => tell(&place.field(name), "expected a string".to_owned()),
        }
    }
    if let Some(version) = value.get("apiVersion").and_then(Value::as_str)
        && version.matches('/').count() > 1
    {
        tell(&place.field("apiVersion"), format!("{} has two slashes", shown(version)));
    }
    if let Some(kind) = value.get("kind").and_then(Value::as_str).filter(|kind| !kind.is_empty())
        && let Err(reason) = ServiceName::parse(&kind.to_lowercase())
    {
        tell(&place.field("kind"), format!("{} is not a kind: it {reason}", shown(kind)));
    }
    if let Some(metadata) = value.get("metadata") {
        let place = place.field("metadata");
        let faults = types::faults(&types::OBJECT_META, metadata);
        if faults.is_empty() {
            self::metadata(metadata, &place, tell);
        }
        for fault in faults {
            tell(&place, fault.message);
        }
    }
    blocked
}

fn metadata(metadata: &Value, place: &Place<'_>, tell: &mut Tell<'_>) {
    let text = |key| metadata.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    if let Some(name) = text("name")
        && (matches!(name, "." | "..") || name.contains(['/', '%']))
    {
        tell(&place.field("name"), format!("{} cannot be part of a path", shown(name)));
    }
    if let Some(namespace) = text("namespace")
        && let Err(reason) = DnsLabel::parse(namespace)
    {
        let message = format!("{} is not a {}: it {reason}", shown(namespace), DnsLabel::NAME);
        tell(&place.field("namespace"), message);
    }
    let entries = |key| metadata.get(key).and_then(Value::as_map);
    let labels = place.field("labels");
    for (key, value) in entries("labels").into_iter().flat_map(|map| map.iter()) {
        let faults =
            [LabelKey::parse(key).err(), LabelValue::parse(value.as_str().unwrap_or("")).err()];
        for reason in faults.into_iter().flatten() {
            tell(&labels, format!("the label {} is not good: it {reason}", shown(key)));
        }
    }
    let annotations = place.field("annotations");
    for (key, _) in entries("annotations").into_iter().flat_map(|map| map.iter()) {
        if let Err(reason) = AnnotationKey::parse(key) {
            tell(&annotations, format!("the annotation {} is not good: it {reason}", shown(key)));
        }
    }
}
