//! Profiles of seccomp and AppArmor, as fields and as the annotations that they once
//! were.

use crate::check::api::formats::shown;
use crate::check::at::At;

const TYPES: [&str; 3] = ["Localhost", "RuntimeDefault", "Unconfined"];
const LOCALHOST: &str = "Localhost";
/// The node's own name for a profile cannot be longer than a path.
const LONGEST_PROFILE: usize = 4095;

/// The annotation of a pod, and how those of its containers start.
pub const SECCOMP_OF_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
pub const SECCOMP_OF_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
pub const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";

/// `validateSeccompProfileField`.
pub fn validate_seccomp(profile: At<'_>) {
    if !profile.is_set() {
        return;
    }
    let local = profile.field("localhostProfile");
    if must_have_type(profile.field("type")) && local.must_be_set() {
        local.must_stay_below();
    } else if profile.field("type").text() != Some(LOCALHOST) {
        local.forbid("it goes with `type: Localhost` alone");
    }
}

/// `ValidateAppArmorProfileField`.
pub fn validate_app_armor(profile: At<'_>) {
    if !profile.is_set() {
        return;
    }
    let (kind, local) = (profile.field("type"), profile.field("localhostProfile"));
    if must_have_type(kind) {
        let text = local.text_or_empty();
        if text.trim() != text {
            local.fault_with(format!("{} has spaces around it", shown(text)), "drop them");
        } else {
            local.required();
        }
        local.must_not_be_longer_than(LONGEST_PROFILE);
    } else if TYPES.contains(&kind.text_or_empty()) {
        local.forbid("it goes with `type: Localhost` alone");
    }
}

/// Whether it names a profile of the node.
fn must_have_type(kind: At<'_>) -> bool {
    kind.required() && kind.must_be_one_of(&TYPES) && kind.text() == Some(LOCALHOST)
}

/// What an annotation says, against the field that it stands for: they must not differ.
pub fn must_match(profile: At<'_>, annotation: &str) {
    if !profile.is_set() {
        return;
    }
    let (kind, local) = (profile.field("type"), profile.field("localhostProfile"));
    let says = match kind.text_or_empty() {
        "Unconfined" => annotation == "unconfined",
        "RuntimeDefault" => matches!(annotation, "runtime/default" | "docker/default"),
        LOCALHOST => annotation.starts_with("localhost/"),
        _ => true,
    };
    if !says {
        kind.fault(format!("an annotation says {}", shown(annotation)));
    } else if kind.text() == Some(LOCALHOST)
        && annotation.strip_prefix("localhost/") != local.text()
    {
        local.fault(format!("an annotation says {}", shown(annotation)));
    }
}

/// The words of an annotation: `ValidateSeccompProfile`.
pub fn must_be_seccomp(annotation: At<'_>) {
    let text = annotation.text_or_empty();
    match text.strip_prefix("localhost/") {
        Some(path) if path.starts_with('/') || path.split('/').any(|part| part == "..") => {
            annotation.fault(format!("{} is not below the profiles of the node", shown(path)));
        }
        Some(_) => {}
        None if ["runtime/default", "docker/default", "unconfined"].contains(&text) => {}
        None => annotation.fault(format!("{} is not a seccomp profile", shown(text))),
    }
}

/// `ValidateAppArmorProfileFormat`.
pub fn must_be_app_armor(annotation: At<'_>) {
    let text = annotation.text_or_empty();
    if !["", "runtime/default", "unconfined"].contains(&text) && !text.starts_with("localhost/") {
        annotation.fault(format!("{} is not an AppArmor profile", shown(text)));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn with(context: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  containers: [{{name: a, image: 'a:1', securityContext: {{{context}}}}}]\n"
        )
    }

    #[test]
    fn profiles() {
        for good in [
            "seccompProfile: {type: Localhost, localhostProfile: a/b.json}",
            "seccompProfile: {type: RuntimeDefault}",
            "appArmorProfile: {type: Localhost, localhostProfile: /a}",
            "appArmorProfile: null",
        ] {
            none(&with(good));
        }
        for (bad, field) in [
            ("seccompProfile: {}", "seccompProfile.type"),
            ("seccompProfile: {type: Localhost}", "seccompProfile.localhostProfile"),
            (
                "seccompProfile: {type: Localhost, localhostProfile: /a}",
                "seccompProfile.localhostProfile",
            ),
            (
                "seccompProfile: {type: Unconfined, localhostProfile: a}",
                "seccompProfile.localhostProfile",
            ),
            ("appArmorProfile: {type: Localhost}", "appArmorProfile.localhostProfile"),
            (
                "appArmorProfile: {type: Localhost, localhostProfile: ' a'}",
                "appArmorProfile.localhostProfile",
            ),
            ("appArmorProfile: {type: default}", "appArmorProfile.type"),
        ] {
            let wanted = format!("spec.containers[0].securityContext.{field}");
            assert_eq!(faults(&with(bad)), [wanted], "{bad}");
        }
    }
}
