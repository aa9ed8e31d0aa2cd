//! Volumes that are files made of ConfigMaps, Secrets and fields of the pod.

use crate::check::api::pod::field_reference::{Reader, validate_field, validate_resource};
use crate::check::at::At;

/// A whole ConfigMap or Secret, whose name stands there.
pub fn validate<'a>(source: At<'a>, name: At<'a>) {
    name.required();
    source.field("defaultMode").must_be_file_mode();
    source.field("items").items().for_each(validate_item);
}

/// `validateKeyToPath`.
pub fn validate_item(item: At<'_>) {
    item.field("key").required();
    if item.field("path").required() {
        item.field("path").must_be_path_in_volume();
    }
    item.field("mode").must_be_file_mode();
}

/// `validateDownwardAPIVolumeFile`. A server names the volume, not the item.
pub fn validate_downward(source: At<'_>) {
    for file in source.field("items").items().map(|file| file.named(source)) {
        if file.field("path").required() {
            file.field("path").must_be_path_in_volume();
        }
        let (field, resource) = (file.field("fieldRef"), file.field("resourceFieldRef"));
        match (field.is_set(), resource.is_set()) {
            (true, both) => {
                validate_field(field, Reader::File);
                if both {
                    file.fault("a file holds either a field or a resource");
                }
            }
            (false, true) => validate_resource(resource, Reader::File),
            (false, false) => file.fault_with(
                "the file has nothing to hold",
                "name a field with `fieldRef`, or a resource with `resourceFieldRef`",
            ),
        }
        file.field("mode").must_be_file_mode();
    }
}
