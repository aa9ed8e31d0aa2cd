//! Whose an object is, and what must happen before it goes.

use crate::check::api::formats::{not_a, shown};
use crate::check::at::At;
use crate::object::kinds;
use crate::scalar::LabelKey;

/// `ValidateOwnerReferences` and `ValidateFinalizers`.
pub fn validate<'a>(object: At<'a>, metadata: At<'a>) {
    let owners = metadata.field("ownerReferences");
    let mut controllers = 0;
    for owner in owners.items() {
        self::owner(owners, owner);
        if owner.field("controller").is_true() {
            controllers += 1;
            if controllers == 2 {
                owner.named(owners).fault("two owners are controllers, and an object has one");
            }
        }
    }
    finalizers(object, metadata.field("finalizers"));
}

/// A server does not say which of the owners it means.
fn owner<'a>(owners: At<'a>, owner: At<'a>) {
    for field in ["kind", "name", "uid"] {
        if owner.field(field).is_empty() {
            owner.named(owners.field(field)).fault(format!("an owner has no `{field}`"));
        }
    }
    let version = owner.field("apiVersion").text_or_empty();
    let parts = version.split('/').count();
    if version.is_empty() || parts > 2 || version.ends_with('/') {
        let message = format!("{} is not an API version, such as `apps/v1`", shown(version));
        owner.field("apiVersion").named(owners.field("apiVersion")).fault(message);
    }
    if version == "v1" && owner.field("kind").text() == Some("Event") {
        owner.named(owners).fault("an Event owns nothing");
    }
}

fn finalizers<'a>(object: At<'a>, finalizers: At<'a>) {
    let mut cascades = Vec::new();
    for finalizer in finalizers.items() {
        let text = finalizer.text_or_empty();
        if let Some(reason) = not_a::<LabelKey>(text) {
            finalizer.named(finalizers).fault(reason);
        }
        match text {
            "orphan" | "foregroundDeletion" if !cascades.contains(&text) => cascades.push(text),
            _ => {}
        }
        if !text.contains('/') && !is_standard(text) {
            unqualified(object, finalizer);
        }
    }
    if cascades.len() == 2 {
        finalizers.fault("`orphan` and `foregroundDeletion` exclude each other");
    }
}

/// `validateKubeFinalizerName` is asked of most of Kubernetes' own kinds; of custom
/// resources a server only warns.
fn unqualified<'a>(object: At<'a>, finalizer: At<'a>) {
    let message = format!("{} has no domain", shown(finalizer.text_or_empty()));
    let help = "write it as `example.com/name`";
    let subject = object.subject();
    let strict = match subject.group() {
        "admissionregistration.k8s.io"
        | "apiextensions.k8s.io"
        | "apiregistration.k8s.io"
        | "coordination.k8s.io"
        | "node.k8s.io"
        | "policy" => false,
        "" => !matches!(subject.kind(), "Binding" | "Event"),
        _ => kinds::is_built_in(&subject.identity.api_version),
    };
    match strict {
        true => finalizer.fault_with(message, help),
        false => finalizer.warn_with(message, help),
    }
}

/// `IsStandardFinalizerName`.
fn is_standard(name: &str) -> bool {
    matches!(name, "kubernetes" | "orphan" | "foregroundDeletion")
}
