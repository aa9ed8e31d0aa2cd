//! What a container may know of its pod: fields of the pod, and resources of its
//! containers, as environment variables and as files.

use crate::check::api::formats::{meant, shown};
use crate::check::at::At;
use crate::diagnostic::choices;
use crate::scalar::{AnnotationKey, LabelKey};

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Variable,
    File,
}

impl Reader {
    /// The fields of a pod that it can have.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Reader::Variable => &[
                "metadata.name",
                "metadata.namespace",
                "metadata.uid",
                "spec.nodeName",
                "spec.serviceAccountName",
                "status.hostIP",
                "status.hostIPs",
                "status.podIP",
                "status.podIPs",
            ],
            Reader::File => &[
                "metadata.name",
                "metadata.namespace",
                "metadata.labels",
                "metadata.annotations",
                "metadata.uid",
            ],
        }
    }
}

const RESOURCES: [&str; 6] = [
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
];

/// `validateObjectFieldSelector`.
pub fn validate_field(at: At<'_>, reader: Reader) {
    let (version, path) = (at.field("apiVersion"), at.field("fieldPath"));
    let text = path.text_or_empty();
    if !path.required() {
        return;
    }
    if version.text_or("v1") != "v1" {
        path.fault_with(
            format!("pods have no API version {}", shown(version.text_or_empty())),
            "drop `apiVersion`: it is `v1`",
        );
        return;
    }
    match subscript(text) {
        Some(("metadata.labels", key)) => at.must_be_text::<LabelKey>(key),
        Some(("metadata.annotations", key)) => at.must_be_text::<AnnotationKey>(key),
        Some((field, _)) => path.fault(format!("{} has no keys", shown(field))),
        // The name that it had once.
        None if text == "spec.host" && reader == Reader::Variable => {}
        None if reader.fields().contains(&text) => {}
        None => unknown_field(path, text, reader),
    }
}

fn unknown_field(path: At<'_>, text: &str, reader: Reader) {
    let help = match text {
        "metadata.labels" | "metadata.annotations" => format!("name one of them: `{text}['KEY']`"),
        _ => meant(text, reader.fields()),
    };
    let message = match reader {
        Reader::Variable => format!("a variable cannot be the pod's {}", shown(text)),
        Reader::File => format!("a file cannot hold the pod's {}", shown(text)),
    };
    path.fault_with(message, help);
}

/// `metadata.labels['app']` in its two parts: `SplitMaybeSubscriptedPath`.
fn subscript(path: &str) -> Option<(&str, &str)> {
    let (field, key) = path.strip_suffix("']")?.split_once("['")?;
    if field.is_empty() { None } else { Some((field, key)) }
}

/// `validateContainerResourceFieldSelector`. A file must say of which container.
pub fn validate_resource(at: At<'_>, reader: Reader) {
    let resource = at.field("resource");
    let name = resource.text_or_empty();
    let huge_pages =
        ["limits.hugepages-", "requests.hugepages-"].iter().any(|start| name.starts_with(start));
    if reader == Reader::File && at.field("containerName").is_empty() {
        at.field("containerName").missing();
    } else if resource.required() && !huge_pages {
        resource.must_be_one_of(&RESOURCES);
    }
    validate_divisor(at.field("divisor"), name, huge_pages);
}

/// `validateContainerResourceDivisor`.
fn validate_divisor(at: At<'_>, resource: &str, huge_pages: bool) {
    const OF_CPU: &[&str] = &["1m", "1"];
    const OF_BYTES: &[&str] =
        &["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];
    let Some(divisor) = at.quantity().filter(|divisor| !divisor.is_zero()) else { return };
    let allowed = match resource.split_once('.').map(|(_, resource)| resource) {
        Some("cpu") => OF_CPU,
        Some("memory" | "ephemeral-storage") => OF_BYTES,
        _ if huge_pages => OF_BYTES,
        _ => return,
    };
    if !RESOURCES.contains(&resource) && !huge_pages {
        return;
    }
    if !allowed.contains(&divisor.canonical().as_str()) {
        at.fault(format!("{divisor} is none of {}", choices(allowed.iter().copied())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subscripts() {
        assert_eq!(subscript("metadata.labels['app']"), Some(("metadata.labels", "app")));
        assert_eq!(subscript("metadata.labels['']"), Some(("metadata.labels", "")));
        assert_eq!(subscript("metadata.labels[app]"), None);
        assert_eq!(subscript("metadata.labels"), None);
        assert_eq!(subscript("['app']"), None);
        assert_eq!(subscript("']"), None);
    }
}
