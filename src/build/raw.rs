//! Parts and objects that Kubernetes defines, as the user wrote them: they get
//! their types here, and their faults get places.

use k8s_openapi::Metadata;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::object::complete::complete;
use crate::object::from_value::{Fault, path_text};
use crate::profile::decode::Raw;
use crate::source::Place;
use crate::tree::Node;

/// An object of our own. That it cannot be written is never the user's fault.
pub fn object<T>(typed: &T, place: Place, report: &mut Report) -> Option<Object>
where
    T: Serialize + Metadata<Ty = ObjectMeta>,
{
    let annotations = typed.metadata().annotations.iter().flatten();
    let size: usize = annotations.map(|(key, value)| key.len() + value.len()).sum();
    // ValidateAnnotationsSize.
    if size > 256 << 10 {
        report.error(place, "the annotations of an object hold 256 KiB at most");
    }
    match Object::typed(typed, place) {
        Ok(object) => Some(object),
        Err(error) => {
            report.error(place, error.to_string());
            None
        }
    }
}

/// A part in Kubernetes' own form.
pub fn part<T: DeserializeOwned + Serialize>(raw: &Raw, report: &mut Report) -> Option<T> {
    match complete::<T>(&raw.0.to_value()) {
        Ok((typed, _)) => Some(typed),
        Err(faults) => {
            report_faults(faults, &raw.0, report);
            None
        }
    }
}

/// Reports faults at the nodes that their paths lead to.
pub fn report_faults(faults: Vec<Fault>, written: &Node, report: &mut Report) {
    for fault in faults {
        let path = path_text(&fault.path);
        let message = match path.is_empty() {
            true => fault.message,
            false => format!("{path}: {}", fault.message),
        };
        let diagnostic = Diagnostic::new(message).at(written.place_of(&fault.path));
        report.add(match fault.hint {
            Some(hint) => diagnostic.label(hint),
            None => diagnostic,
        });
    }
}
