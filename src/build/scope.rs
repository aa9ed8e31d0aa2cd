//! Layer 0: where objects live, and what bounds them there.

use k8s_openapi::api::core::v1 as core;

use crate::diagnostic::Report;
use crate::object::Object;
use crate::profile::decode::place;
use crate::profile::namespace::NamespaceSettings;
use crate::source::Place;

use super::context::Context;
use super::governance;
use super::meta::{Pairs, extend};

/// Namespaces that every cluster has.
const GIVEN: [&str; 4] = ["default", "kube-system", "kube-public", "kube-node-lease"];

/// The namespaces of the system that are not made elsewhere.
pub fn namespaces(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let system = context.index.system;
    let written = system.namespace.as_ref();
    let place = written.and_then(|own| own.name.as_ref()).map_or(system.system.place, |n| n.place);
    let settings = written.map(|namespace| &namespace.settings);
    let own = namespace(context, context.index.namespace, settings, place, report);
    let mut objects: Vec<Object> = own.into_iter().collect();
    if let Some(settings) = settings {
        objects.extend(governance::bounds(context, context.index.namespace, settings, report));
    }
    for (name, settings) in &system.namespaces {
        objects.extend(namespace(
            context,
            name.as_str(),
            Some(&settings.value),
            settings.key,
            report,
        ));
        objects.extend(governance::bounds(context, name.as_str(), settings, report));
    }
    objects
}

fn namespace(
    context: &Context<'_>,
    name: &str,
    settings: Option<&NamespaceSettings>,
    at: Place,
    report: &mut Report,
) -> Option<Object> {
    if GIVEN.contains(&name) || settings.is_some_and(|settings| !settings.create) {
        if let Some(settings) = settings {
            let labels = settings.labels.values().map(|item| item.key);
            let labels = labels.chain(settings.annotations.values().map(|item| item.key));
            for place in labels.chain(place(&settings.pod_security)) {
                report.error(place, "this Namespace is made elsewhere; its labels are set there");
            }
        }
        return None;
    }
    let mut labels = context.common_labels();
    let mut metadata = context.cluster_wide(name, Pairs::new(), &Default::default());
    if let Some(settings) = settings {
        if let Some(security) = &settings.pod_security {
            refuse_twice(settings, &governance::pod_security_labels(security), report);
            labels.extend(governance::pod_security_labels(security));
        }
        extend(&mut labels, &settings.labels);
        metadata = context.cluster_wide(name, Pairs::new(), &settings.annotations);
    }
    metadata.labels = Some(labels);
    let object = core::Namespace { metadata, ..core::Namespace::default() };
    super::raw::object(&object, at, report)
}

/// A label of the user's would silently win over the level beside it.
fn refuse_twice(settings: &NamespaceSettings, derived: &Pairs, report: &mut Report) {
    for (key, label) in &settings.labels {
        if derived.contains_key(key.as_str()) {
            report.error(label.key, "`podSecurity` says this already");
        }
    }
}
