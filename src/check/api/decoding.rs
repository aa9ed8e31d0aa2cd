//! Whether an object can be read as its type: known kind and version, no field too
//! many, none of the wrong type.

use crate::check::at::{At, Fault};
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::diagnostic::{choices, nearest};
use crate::object::from_value::{self, Step};
use crate::object::value::Value;
use crate::object::{kinds, types};

use super::formats::shown;
use super::versions::{self, Known};

pub static RULE: Rule = Rule {
    name: "api/decoding",
    weight: Weight::ERROR,
    summary: "a kind, version or field that Kubernetes does not have, or a value of the wrong type",
    page: "A server reads each object as its type before it looks at anything else. A field that the type does not have is most often one that is mistyped or indented wrongly; without strict validation it would be dropped without a word.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replica: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Validation,
};

/// Reads an object as its type. Whether its fields can be looked at.
pub fn decode<'a>(scene: &Scene<'a>, object: At<'a>) -> bool {
    let object = object.under(&RULE);
    let (version, kind) = (object.field("apiVersion"), object.field("kind"));
    if [version, kind].map(is_word).contains(&false) {
        return false;
    }
    let (api_version, name) = (version.text_or_empty(), kind.text_or_empty());
    if !kinds::is_built_in(api_version) && !versions::is_of_kubernetes(api_version, name) {
        let served = matches!(versions::of_custom(scene, object), Known::Served | Known::Unknown);
        return served && typed(object, metadata_faults(object.subject().content));
    }
    match (versions::of_built_in(scene, object), types::of(api_version, name)) {
        (Known::Refused | Known::File, _) => false,
        (_, Some(of)) => typed(object, types::faults(of, object.subject().content)),
        (Known::Served, None) => typed(object, metadata_faults(object.subject().content)),
        (Known::Unknown, None) => {
            unknown_kind(version, kind);
            false
        }
    }
}

/// The same for what a profile gives: it has been read as its type, where the type is known.
pub fn decode_of_profile(object: At<'_>) -> bool {
    let object = object.under(&RULE);
    kinds::is_built_in(object.field("apiVersion").text_or_empty())
        || versions::may_be_defined(object)
            && typed(object, metadata_faults(object.subject().content))
}

/// Whether an API version or a kind is there at all.
fn is_word(at: At<'_>) -> bool {
    if at.text().is_some_and(|text| !text.is_empty()) {
        return true;
    }
    let message = match at.is_empty() {
        true => "a manifest needs it",
        false => "it must be a text",
    };
    at.fault_with(message, "such as `apiVersion: apps/v1` and `kind: Deployment`");
    false
}

/// What is wrong with the metadata of an object whose own type is not known here: a
/// server reads it as strictly as any.
fn metadata_faults(content: &Value) -> Vec<from_value::Fault> {
    let metadata = content.get("metadata").filter(|value| !matches!(value, Value::Null));
    let read = metadata.map(|metadata| types::faults(&types::OBJECT_META, metadata));
    let mut faults = read.unwrap_or_default();
    for fault in &mut faults {
        fault.path.insert(0, Step::Key("metadata".to_owned()));
    }
    faults
}

/// Reports what reading the type found. Unknown fields alone leave the others good
/// to be looked at.
fn typed(object: At<'_>, faults: Vec<from_value::Fault>) -> bool {
    let mut readable = true;
    for fault in faults {
        readable &= fault.is_unknown_field();
        object.add(Fault::of_type(&RULE, fault));
    }
    readable
}

fn unknown_kind(version: At<'_>, kind: At<'_>) {
    let (api_version, name) = (version.text_or_empty(), kind.text_or_empty());
    let message = format!("Kubernetes has no {} in {}", shown(name), shown(api_version));
    let versions: Vec<&str> =
        kinds::all().filter(|known| known.kind == name).map(|known| known.api_version).collect();
    if !versions.is_empty() {
        version.fault_with(message, format!("it is in {}", choices(versions)));
        return;
    }
    match nearest(name, kinds::all().map(|known| known.kind)) {
        Some(near) => kind.fault_with(message, format!("did you mean `{near}`?")),
        None => kind.fault(message),
    }
}
