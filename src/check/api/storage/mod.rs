//! Volumes, the classes that they are made of, and the drivers that make them.

pub mod attachment;
pub mod capacity;
pub mod class;
pub mod driver;
pub mod source;
pub mod volume;

use crate::check::api::formats::not_a;
use crate::check::api::server_warning;
use crate::check::at::At;
use crate::scalar::LabelKey;

/// What a driver is told: `validateParameters`.
fn validate_parameters(parameters: At<'_>) {
    const MOST: usize = 512;
    const MOST_BYTES: usize = 256 * 1024;
    let count = parameters.entries().count();
    if count > MOST {
        parameters.fault(format!("has {count} entries, the limit is {MOST}"));
        return;
    }
    let mut size = 0;
    for (key, value) in parameters.entries() {
        if key.is_empty() {
            value.named(parameters).fault("a parameter has no name");
        }
        size += key.len() + value.text_or_empty().len();
    }
    if size > MOST_BYTES {
        parameters.fault(format!("has {size} bytes, the limit is {MOST_BYTES}"));
    }
}

/// Who makes volumes: a name with an optional domain, in letters of any case.
/// `validateProvisioner`.
fn must_be_provisioner(at: At<'_>) {
    if at.required()
        && let Some(reason) = not_a::<LabelKey>(&at.text_or_empty().to_ascii_lowercase())
    {
        at.fault(reason);
    }
}

/// What a server warns of: the class stood in an annotation once.
pub fn warn_of_annotation(object: At<'_>) {
    let class = object
        .under(&server_warning::RULE)
        .down(&["metadata", "annotations"])
        .key("volume.beta.kubernetes.io/storage-class");
    if class.is_set() {
        class.warn_with("this annotation is deprecated since 1.8", "use `spec.storageClassName`");
    }
}
