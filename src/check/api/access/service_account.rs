//! ServiceAccounts: a server looks at nothing but their metadata.

use crate::check::api::server_warning;
use crate::check::at::At;

/// `warnIfHasEnforceMountableSecretsAnnotation`.
pub fn warn(object: At<'_>) {
    let annotation = object
        .under(&server_warning::RULE)
        .down(&["metadata", "annotations"])
        .key("kubernetes.io/enforce-mountable-secrets");
    if annotation.is_set() {
        annotation.warn_with(
            "this annotation is deprecated since 1.32",
            "keep apart in Namespaces what must not mount each other's Secrets",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::server_warning;
    use crate::check::settings::Settings;
    use crate::check::testing::found_by;

    #[test]
    fn an_annotation_is_deprecated() {
        let count = |annotation: &str| {
            let metadata = format!("{{name: a, annotations: {{{annotation}: 'true'}}}}");
            let account = format!("apiVersion: v1\nkind: ServiceAccount\nmetadata: {metadata}\n");
            found_by(server_warning::RULE.name, &account, &Settings::default()).len()
        };
        assert_eq!(count("a.b/c"), 0);
        assert_eq!(count("kubernetes.io/enforce-mountable-secrets"), 1);
    }
}
