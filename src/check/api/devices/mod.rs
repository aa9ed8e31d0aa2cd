//! Devices that pods ask for, in the words of `resource.k8s.io`.

mod configuration;
pub mod device_class;
mod request;
pub mod resource_claim;
pub mod resource_slice;
mod selection;

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::at::At;

const TAINT_EFFECTS: [&str; 3] = ["NoSchedule", "NoExecute", "None"];

/// No two items of a list are called the same; a server names the second one as a whole.
/// `validateSet`.
fn must_differ(list: At<'_>, field: &'static str) {
    let mut seen = HashSet::new();
    for item in list.items() {
        let name = item.field(field).text_or_empty();
        if !seen.insert(name) {
            item.fault(format!("{} is there twice", shown(name)));
        }
    }
}
