//! Annotations of pods and their templates, as far as Kubernetes itself reads them.

use std::collections::HashMap;

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::scalar::AnnotationKey;

use super::containers;
use super::security::profile::{
    APP_ARMOR, SECCOMP_OF_CONTAINER, SECCOMP_OF_POD, must_be_app_armor, must_be_seccomp, must_match,
};

const MIRROR: &str = "kubernetes.io/config.mirror";
const DELETION_COST: &str = "controller.kubernetes.io/pod-deletion-cost";
const MOST_BYTES: usize = 256 * 1024;

/// `ValidateAnnotations`: their keys, and how much they are together.
pub fn validate_keys(annotations: At<'_>) {
    let mut bytes = 0;
    for (key, value) in annotations.entries() {
        value.named(annotations).must_be_text::<AnnotationKey>(key);
        bytes += key.len() + value.text_or_empty().len();
    }
    if bytes > MOST_BYTES {
        annotations.fault(format!("they have {bytes} bytes together, the limit is {MOST_BYTES}"));
    }
}

/// `ValidatePodSpecificAnnotations`, and that they say what fields say.
pub fn validate<'a>(annotations: At<'a>, spec: At<'a>) {
    let contexts = Contexts::for_annotations(annotations, spec);
    for (key, value) in annotations.entries() {
        let text = value.text_or_empty();
        // A server names these as if they were fields.
        let seccomp = value.named(annotations.field(key));
        if key == MIRROR && spec.field("nodeName").is_empty() {
            value.fault("a mirror of a static pod has a `nodeName`");
        } else if key == DELETION_COST && !is_small_number(text) {
            value.fault(format!("{} is not a whole number of 32 bits", shown(text)));
        } else if key == SECCOMP_OF_POD {
            must_be_seccomp(seccomp);
            must_match(contexts.of_pod.field("seccompProfile"), text);
        } else if let Some(name) = key.strip_prefix(SECCOMP_OF_CONTAINER) {
            must_be_seccomp(seccomp);
            if let Some(context) = contexts.find(name) {
                must_match(context.field("seccompProfile"), text);
            }
        } else if let Some(name) = key.strip_prefix(APP_ARMOR) {
            must_be_app_armor(value);
            let is_for_windows = spec.field("os").field("name").text() == Some("windows");
            match contexts.find(name).map(|context| context.field("appArmorProfile")) {
                None => value.fault(format!("there is no container {}", shown(name))),
                Some(_) if is_for_windows => {}
                Some(own) if own.is_set() => must_match(own, text),
                Some(_) => must_match(contexts.of_pod.field("appArmorProfile"), text),
            }
        }
    }
}

/// The security contexts that annotations speak of.
pub struct Contexts<'a> {
    pub of_pod: At<'a>,
    by_container: HashMap<&'a str, At<'a>>,
}

impl<'a> Contexts<'a> {
    /// Looked up only where an annotation names a container.
    pub fn for_annotations(annotations: At<'a>, spec: At<'a>) -> Contexts<'a> {
        let names_one =
            |key: &str| key.starts_with(SECCOMP_OF_CONTAINER) || key.starts_with(APP_ARMOR);
        let mut by_container = HashMap::new();
        if annotations.entries().any(|(key, _)| names_one(key)) {
            for container in containers(spec) {
                let name = container.field("name").text_or_empty();
                by_container.entry(name).or_insert(container.field("securityContext"));
            }
        }
        Contexts { of_pod: spec.field("securityContext"), by_container }
    }

    pub fn find(&self, container: &str) -> Option<At<'a>> {
        self.by_container.get(container).copied()
    }
}

/// `GetDeletionCostFromPodAnnotations`: no sign but a minus, no zeros in front.
fn is_small_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = text == "0" || text.starts_with('-') || !digits.starts_with('0');
    plain && !text.starts_with('+') && text.parse::<i32>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::api::trial::{faults, none};

    #[test]
    fn small_numbers() {
        for text in ["0", "100", "-100", "2147483647"] {
            assert!(is_small_number(text), "{text}");
        }
        for text in ["", "+1", "01", "1.5", "2147483648", "much"] {
            assert!(!is_small_number(text), "{text}");
        }
    }

    fn with(annotations: &str, context: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web, annotations: {annotations}}}\nspec:\n  containers: [{{name: a, image: 'a:1', securityContext: {context}}}]\n"
        )
    }

    #[test]
    fn profiles_in_annotations() {
        let app_armor = "{container.apparmor.security.beta.kubernetes.io/a: localhost/x}";
        none(&with(app_armor, "{}"));
        none(&with(app_armor, "{appArmorProfile: {type: Localhost, localhostProfile: x}}"));
        assert_eq!(
            faults(&with(app_armor, "{appArmorProfile: {type: RuntimeDefault}}")),
            ["spec.containers[0].securityContext.appArmorProfile.type"]
        );
        let other = "{container.apparmor.security.beta.kubernetes.io/b: unconfined}";
        assert_eq!(
            faults(&with(other, "{}")),
            ["metadata.annotations[container.apparmor.security.beta.kubernetes.io/b]"]
        );
        let seccomp = "{seccomp.security.alpha.kubernetes.io/pod: everything}";
        assert_eq!(
            faults(&with(seccomp, "{}")),
            ["metadata.annotations.seccomp.security.alpha.kubernetes.io/pod"]
        );
    }
}
