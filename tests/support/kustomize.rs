//! What kubectl makes of Kustomize trees, to be held against what is rendered.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

/// Objects by what tells them apart.
pub type Objects = BTreeMap<String, Json>;

pub fn by_identity(objects: impl IntoIterator<Item = Json>) -> Objects {
    let name = |object: &Json| {
        let metadata = &object["metadata"];
        let parts =
            [&object["apiVersion"], &object["kind"], &metadata["namespace"], &metadata["name"]];
        parts.map(ToString::to_string).join(" ")
    };
    objects.into_iter().map(|object| (name(&object), object)).collect()
}

/// The items of a `List` in JSON.
pub fn of_list(json: &[u8]) -> Objects {
    let list: Json = serde_json::from_slice(json).unwrap();
    by_identity(list["items"].as_array().unwrap().iter().cloned())
}

/// The documents of a stream of YAML.
pub fn of_stream(stream: &str) -> Objects {
    let documents = serde_yaml::Deserializer::from_str(stream);
    let objects = documents.map(|document| serde::Deserialize::deserialize(document).unwrap());
    by_identity(objects.filter(|object: &Json| !object.is_null()))
}

/// What kubectl prints of an overlay. A warning is an error.
pub fn build(kubectl: &Path, overlay: &Path) -> Result<String, String> {
    let output = Command::new(kubectl).arg("kustomize").arg(overlay).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    match output.status.success() && said.is_empty() {
        true => Ok(String::from_utf8(output.stdout).unwrap()),
        false => Err(format!("{} of {}: {said}", kubectl.display(), overlay.display())),
    }
}
