//! Custom resources against the schema of their definition.

use crate::cel::Budget;
use crate::check::at::{At, Fault};
use crate::check::rule::{Look, Rule, Severity, Weight};
use crate::diagnostic::nearest;
use crate::object::value::Value;

use super::definition::Version;
use super::lookup::Found;
use super::place::{Keys, Place};
use super::schema::Schema;
use super::values::{Fault as Wrong, FaultWeight};
use super::{defaults, embedded, lists, prune, unchecked, values};

pub static RULE: Rule = Rule {
    name: "api/custom-resource",
    weight: Weight::ERROR,
    summary: "a custom resource that is not as its CustomResourceDefinition describes it",
    page: "A server knows custom resources by their definitions: which versions there are, which fields they have, and what those may hold. It refuses what does not fit, and without strict validation drops unknown fields without a word. k8sgen has the definitions of the kinds that it makes itself; give it those that your cluster has with `--crds`.",
    bad: "
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  endpoints:
    - {port: http, intervall: 30s}
",
    good: "
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  endpoints:
    - {port: http, interval: 30s}
",
    look: Look::Validation,
};

/// An object as a server looks at it: pruned, with its defaults.
pub struct Completed {
    pub content: Value,
    /// Something is wrong that rules presume to be right.
    pub blocked: bool,
}

/// Validates an object of a version, and gives it completed.
pub fn validate(
    object: At<'_>,
    found: &Found,
    version: &Version,
    schema: &Schema,
    budget: &mut Budget,
) -> Completed {
    let mut content = object.subject().content.clone();
    prune::prune(&mut content, schema, &mut |place, around| {
        unknown_field(object, found, version, place, around);
    });
    defaults::drop_nulls(&mut content, Some(schema));
    defaults::fill_in(&mut content, schema);
    // Who creates an object does not say how it is.
    if version.status_apart
        && let Value::Map(map) = &mut content
    {
        map.remove("status");
    }
    let verdict = values::validate(&content, schema, &Place::OBJECT, budget);
    let mut blocked = verdict.blocks() || has_no_name(object);
    let mut say = |place: &Place<'_>, message: String| {
        add(object, place.path(), place.text(Keys::Bracketed), message);
    };
    if let Some(scale) = &version.scale {
        scale.validate(&content, &mut |place, message| {
            let field = place.text(Keys::Dotted);
            if !verdict.faults.iter().any(|wrong| wrong.field == field) {
                say(place, message);
            }
        });
    }
    for wrong in verdict.faults {
        report(object, wrong);
    }
    blocked |= embedded::validate(&content, schema, &mut say);
    lists::validate(&content, schema, &Place::OBJECT, &mut say);
    Completed { content, blocked }
}

fn add(object: At<'_>, path: Vec<crate::object::from_value::Step>, field: String, message: String) {
    let at_most = Severity::Error;
    object.add(Fault { rule: &RULE, path, field, message, help: None, at_most });
}

fn report(object: At<'_>, wrong: Wrong) {
    let rule = match wrong.weight {
        FaultWeight::Unknown => &unchecked::RULE,
        FaultWeight::Light | FaultWeight::Blocking => &RULE,
    };
    let Wrong { path, field, message, .. } = wrong;
    object.add(Fault { rule, path, field, message, help: None, at_most: Severity::Error });
}

fn unknown_field(
    object: At<'_>,
    found: &Found,
    version: &Version,
    place: &Place<'_>,
    around: &Schema,
) {
    let path = place.path();
    let name = match path.last() {
        Some(crate::object::from_value::Step::Key(name)) => name.clone(),
        _ => String::new(),
    };
    let own =
        "k8sgen goes by its own copy of the definition: if yours is another, give it with `--crds`";
    let help = match nearest(&name, around.field_names()) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None => found.is_own.then(|| own.to_owned()),
    };
    // What a controller of another version wrote there is not the user's fault.
    let of_status = version.status_apart && place.text(Keys::Dotted).starts_with("status.");
    let at_most = if of_status && found.is_own { Severity::Warning } else { Severity::Error };
    let message = format!("{} has no such field", found.definition.kind);
    let field = place.text(Keys::Dotted);
    object.add(Fault { rule: &RULE, path, field, message, help, at_most });
}

/// The name is looked at elsewhere; without one, rules are not evaluated.
fn has_no_name(object: At<'_>) -> bool {
    let metadata = object.field("metadata");
    metadata.field("name").is_empty() && metadata.field("generateName").is_empty()
}
