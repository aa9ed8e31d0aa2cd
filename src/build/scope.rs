//! Layer 0: where objects live.

use k8s_openapi::api::core::v1 as core;

use crate::diagnostic::Report;
use crate::object::Object;
use crate::profile::system::{Annotations, Labels};

use super::context::Context;
use super::meta::extend;

/// Namespaces that every cluster has.
const GIVEN: [&str; 4] = ["default", "kube-system", "kube-public", "kube-node-lease"];

pub fn namespace(context: &Context<'_>, report: &mut Report) -> Option<Object> {
    let system = context.index.system;
    let name = context.index.namespace;
    let written = system.namespace.as_ref();
    if GIVEN.contains(&name) || written.is_some_and(|namespace| !namespace.create) {
        let labels = written.into_iter().flat_map(|namespace| namespace.labels.values());
        let annotations = written.into_iter().flat_map(|namespace| namespace.annotations.values());
        for place in labels.map(|item| item.key).chain(annotations.map(|item| item.key)) {
            report.error(place, "this Namespace is made elsewhere; its labels are set there");
        }
        return None;
    }
    let mut labels = context.common_labels();
    let (no_labels, no_annotations) = (Labels::default(), Annotations::default());
    extend(&mut labels, written.map_or(&no_labels, |namespace| &namespace.labels));
    let annotations = written.map_or(&no_annotations, |namespace| &namespace.annotations);
    let object = core::Namespace {
        metadata: context.cluster_wide(name, labels, annotations),
        ..core::Namespace::default()
    };
    let place = written
        .and_then(|namespace| namespace.name.as_ref())
        .map_or(system.system.place, |name| name.place);
    super::raw::object(&object, place, report)
}
