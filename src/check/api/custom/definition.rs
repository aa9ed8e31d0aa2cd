//! One CustomResourceDefinition, as far as its objects are judged by it.

use std::sync::Arc;

use crate::object::value::{Map, Value};

use super::scale::Scale;
use super::schema::Schema;
use super::schema_reader::SchemaReader;

#[derive(Debug)]
pub struct Definition {
    pub group: String,
    pub kind: String,
    pub namespaced: bool,
    pub versions: Vec<Version>,
}

/// A version that a definition has.
#[derive(Debug)]
pub struct Version {
    pub name: String,
    pub served: bool,
    /// What is said to those who still use it.
    pub deprecation: Option<String>,
    /// Whether `status` is written apart, and dropped from what users send.
    pub status_apart: bool,
    pub scale: Option<Scale>,
    /// Nothing where it has none, or is not served.
    pub schema: Option<Arc<Schema>>,
}

impl Definition {
    /// The group and kind that a CustomResourceDefinition defines.
    pub fn subject(content: &Value) -> Option<(&str, &str)> {
        let spec = content.get("spec")?;
        let kind = spec.get("names")?.get("kind")?.as_str()?;
        Some((spec.get("group")?.as_str()?, kind))
    }

    /// Reads a CustomResourceDefinition. `parts` are what its schemas refer to.
    pub fn read(content: &Value, parts: Option<&Map>) -> Option<Definition> {
        let (group, kind) = Definition::subject(content)?;
        let spec = content.get("spec")?;
        let Some(Value::List(versions)) = spec.get("versions") else { return None };
        let mut reader = SchemaReader::new(parts);
        Some(Definition {
            group: group.to_owned(),
            kind: kind.to_owned(),
            namespaced: spec.get("scope").and_then(Value::as_str) != Some("Cluster"),
            versions: versions.iter().filter_map(|one| version(one, &mut reader)).collect(),
        })
    }

    pub fn version(&self, name: &str) -> Option<&Version> {
        self.versions.iter().find(|version| version.name == name)
    }

    pub fn served(&self) -> impl Iterator<Item = &str> {
        self.versions.iter().filter(|version| version.served).map(|version| &*version.name)
    }
}

fn version<'v>(value: &'v Value, reader: &mut SchemaReader<'v>) -> Option<Version> {
    let flag = |key| value.get(key) == Some(&Value::Bool(true));
    let served = flag("served");
    let subresources = value.get("subresources");
    let schema = value.get("schema").and_then(|schema| schema.get("openAPIV3Schema"));
    let warning = value.get("deprecationWarning").and_then(Value::as_str).map(str::to_owned);
    Some(Version {
        name: value.get("name")?.as_str()?.to_owned(),
        served,
        deprecation: flag("deprecated").then(|| warning.unwrap_or_default()),
        status_apart: subresources.is_some_and(|all| all.get("status").is_some()),
        scale: subresources.and_then(|all| all.get("scale")).map(Scale::read),
        schema: schema.filter(|_| served).map(|schema| reader.root(schema)),
    })
}
