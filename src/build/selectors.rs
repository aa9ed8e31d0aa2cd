//! Controllers whose selectors reach into each other's pods: both would count
//! them, and each would delete what the other makes.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::object::value::{Map, Value};

/// What one controller selects and what its pods are labelled with.
struct Controller<'o> {
    object: &'o Object,
    selector: &'o Map,
    labels: &'o Map,
}

pub fn refuse_overlaps(objects: &[Object], report: &mut Report) {
    let controllers: Vec<Controller> = objects.iter().filter_map(controller).collect();
    // By each label of its pods, so that a selector is held only against
    // controllers that share a label with it.
    let mut by_label: HashMap<(&str, &str, Option<&str>), Vec<usize>> = HashMap::new();
    for (at, controller) in controllers.iter().enumerate() {
        for (key, value) in controller.labels.iter() {
            let namespace = controller.object.identity.namespace.as_deref();
            by_label.entry((key, value.as_str().unwrap_or(""), namespace)).or_default().push(at);
        }
    }
    for (at, controller) in controllers.iter().enumerate() {
        let namespace = controller.object.identity.namespace.as_deref();
        let candidates = controller.selector.iter().map(|(key, value)| {
            let found = by_label.get(&(key, value.as_str().unwrap_or(""), namespace));
            found.map_or(&[][..], Vec::as_slice)
        });
        let Some(fewest) = candidates.min_by_key(|found| found.len()) else { continue };
        let reaches = |other: &&usize| {
            let labels = controllers[**other].labels;
            **other != at
                && controller.selector.iter().all(|(key, value)| labels.get(key) == Some(value))
        };
        if let Some(other) = fewest.iter().find(reaches) {
            let other = controllers[*other].object;
            let (own, other_name) = (&controller.object.identity, &other.identity);
            report.add(
                Diagnostic::new(format!("`{own}` selects the pods of `{other_name}` too"))
                    .at(controller.object.place)
                    .related(other.place, "its pods have all labels of the selector"),
            );
        }
    }
}

fn controller(object: &Object) -> Option<Controller<'_>> {
    let spec = object.content.get("spec")?;
    let selector = spec.get("selector")?.get("matchLabels").and_then(Value::as_map)?;
    let labels = spec.get("template")?.get("metadata")?.get("labels").and_then(Value::as_map)?;
    Some(Controller { object, selector, labels })
}
