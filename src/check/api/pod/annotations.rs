//! Annotations of pods and their templates, as far as Kubernetes itself reads them.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::scalar::AnnotationKey;

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
    for (key, value) in annotations.entries() {
        let text = value.text_or_empty();
        match key {
            MIRROR if spec.field("nodeName").is_empty() => {
                value.fault("a mirror of a static pod has a `nodeName`");
            }
            DELETION_COST if !is_small_number(text) => {
                value.fault(format!("{} is not a whole number of 32 bits", shown(text)));
            }
            SECCOMP_OF_POD => {
                must_be_seccomp(value.named(annotations.field(key)));
                let profile = spec.field("securityContext").field("seccompProfile");
                if profile.is_set() {
                    must_match(profile, text);
                }
            }
            _ => validate_of_container(annotations, spec, key, value),
        }
    }
}

/// Those that name a container behind their `/`.
fn validate_of_container<'a>(annotations: At<'a>, spec: At<'a>, key: &'a str, value: At<'a>) {
    let text = value.text_or_empty();
    let profile_of = |name: &str, profile: &'static str| {
        let own = containers(spec).filter(|at| at.field("name").text_or_empty() == name);
        let own = own.map(|container| container.field("securityContext").field(profile)).next();
        let of_pod = spec.field("securityContext").field(profile);
        own.map(|own| if own.is_set() { own } else { of_pod })
    };
    if let Some(name) = key.strip_prefix(SECCOMP_OF_CONTAINER) {
        must_be_seccomp(value.named(annotations.field(key)));
        let own = containers(spec).find(|at| at.field("name").text_or_empty() == name);
        let own = own.map(|container| container.field("securityContext").field("seccompProfile"));
        if let Some(profile) = own.filter(|profile| profile.is_set()) {
            must_match(profile, text);
        }
    } else if let Some(name) = key.strip_prefix(APP_ARMOR) {
        must_be_app_armor(value);
        match profile_of(name, "appArmorProfile") {
            None => value.fault(format!("there is no container {}", shown(name))),
            Some(profile) if is_for_windows(spec) || !profile.is_set() => {}
            Some(profile) => must_match(profile, text),
        }
    }
}

fn is_for_windows(spec: At<'_>) -> bool {
    spec.field("os").field("name").text() == Some("windows")
}

fn containers(spec: At<'_>) -> impl Iterator<Item = At<'_>> {
    let lists = ["initContainers", "containers", "ephemeralContainers"];
    lists.into_iter().flat_map(move |list| spec.field(list).items())
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
