//! Controllers and their pods, whoever wrote them: selectors that miss their
//! own pods or reach into another's, and containers that cannot run.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::object::value::{Map, Value};

/// What one controller selects and what its pods are labelled with.
struct Controller<'o> {
    object: &'o Object,
    selector: &'o Map,
    labels: &'o Map,
    pod: &'o Value,
}

pub fn check(objects: &[Object], report: &mut Report) {
    let controllers: Vec<Controller> = objects.iter().filter_map(controller).collect();
    for controller in &controllers {
        check_pods(controller, report);
    }
    refuse_overlaps(&controllers, report);
}

/// ValidatePodTemplateSpecForX: the selector selects the template's own pods,
/// and each container has an image.
fn check_pods(controller: &Controller<'_>, report: &mut Report) {
    let fault = |message: String| {
        let name = &controller.object.identity;
        let fault = Diagnostic::new(format!("`{name}` {message}")).at(controller.object.place);
        match controller.object.patched {
            Some(patch) => fault.related(patch, "a patch changes it"),
            None => fault,
        }
    };
    let missed =
        controller.selector.iter().find(|(key, value)| controller.labels.get(key) != Some(value));
    if let Some((key, _)) = missed {
        report.add(fault(format!("selects by the label `{key}`, which its own pods do not have")));
    }
    let list = |field: &str| match controller.pod.get(field) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    let containers = list("containers");
    if containers.is_empty() {
        report.add(fault("has no container".to_owned()));
    }
    for container in containers.iter().chain(list("initContainers")) {
        if container.get("image").and_then(Value::as_str).is_none_or(str::is_empty) {
            let name = container.get("name").and_then(Value::as_str).unwrap_or_default();
            // Where its image could not be read, that is said already.
            let missing = fault(format!("has a container `{name}` without an image"));
            report.add(missing.only_where_all_is_read());
        }
    }
}

/// Both would count the pods, and each would delete what the other makes.
fn refuse_overlaps(controllers: &[Controller<'_>], report: &mut Report) {
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
    let template = spec.get("template")?;
    let labels = template.get("metadata")?.get("labels").and_then(Value::as_map)?;
    Some(Controller { object, selector, labels, pod: template.get("spec")? })
}
