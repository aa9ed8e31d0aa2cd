//! Secrets whose values stand in a manifest.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::diagnostic::all_of;
use crate::profile::system::Tier;

use super::stand_ins::{is_public, is_stand_in};

pub static RULE: Rule = Rule {
    name: "policy/plaintext-secret",
    weight: Weight::RISING,
    summary: "a Secret holds its values in plain text",
    page: "base64 hides nothing: whoever reads the manifest, in Git, in a pull request or in a build log, reads the value, also years later and after it was taken out again. Keep values where they are guarded, and commit only what leads there: an ExternalSecret, a SealedSecret, or a file that SOPS encrypted. A value that was ever committed must be replaced.\n\nPlaceholders, certificates and public keys are not taken for secrets, and neither is what was read from a cluster.",
    bad: "
apiVersion: v1
kind: Secret
metadata: {name: db}
stringData: {password: hunter2}
",
    good: "
apiVersion: v1
kind: Secret
metadata: {name: db}
stringData: {password: '${DB_PASSWORD}'}
",
    look: Look::Object(look),
};

/// Why the profile lets plain text out.
const WAIVER: &str = "k8sgen/waiver";

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if !subject.is("", "Secret") || subject.is_from_cluster() || subject.is_made() {
        return;
    }
    let waived = subject.annotation(WAIVER).is_some() && scene.settings.tier != Tier::Production;
    // Helm and the cluster write these.
    let kind = object.field("type").text_or_empty();
    if waived || matches!(kind, "helm.sh/release.v1" | "kubernetes.io/service-account-token") {
        return;
    }
    for (holder, is_encoded) in [("data", true), ("stringData", false)] {
        let at = object.field(holder);
        let secret = |value: &str| match is_encoded {
            false => is_secret(value),
            true if is_stand_in(value) => false,
            true => {
                let packed: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                let bytes = STANDARD.decode(packed).unwrap_or_default();
                // What is no text at all is a key, or something packed.
                !bytes.is_empty() && std::str::from_utf8(&bytes).map_or(true, is_secret)
            }
        };
        let keys: Vec<&str> = at
            .entries()
            .filter(|(_, value)| value.text().is_some_and(secret))
            .map(|(key, _)| key)
            .collect();
        if !keys.is_empty() {
            at.fault_with(
                format!(
                    "the value of {} stands here for everybody to read",
                    all_of(keys)
                ),
                "take it from a store (an ExternalSecret), or seal it; and replace it, if it was ever committed",
            );
        }
    }
}

fn is_secret(value: &str) -> bool {
    !is_stand_in(value) && !is_public(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::{findings, findings_with};

    fn found(rest: &str) -> Vec<String> {
        findings(&RULE, &format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: db}}\n{rest}\n"))
    }

    #[test]
    fn values_are_never_shown() {
        // aHVudGVyMg== is `hunter2`.
        let found = found("data: {password: aHVudGVyMg==, user: YXBw, empty: ''}");
        assert_eq!(
            found,
            ["error data: the value of `password` and `user` stands here for everybody to read"]
        );
    }

    #[test]
    fn what_hides_nothing() {
        for rest in [
            "",
            "data: {}",
            "stringData: {password: ''}",
            "stringData: {password: changeme}",
            "stringData: {password: '{{ .Values.password }}'}",
            "data: {password: '${PASSWORD_BASE64}'}",
            "data: {password: '<path:kv/db#password | base64encode>'}",
            "data: {password: 'ENC[AES256_GCM,data:abc]'}",
            // `changeme` and `vault:kv/data/db#password`.
            "data: {password: Y2hhbmdlbWU=}",
            "data: {password: dmF1bHQ6a3YvZGF0YS9kYiNwYXNzd29yZA==}",
            "stringData: {ca.crt: \"-----BEGIN CERTIFICATE-----\\nMIIB\"}",
            "type: helm.sh/release.v1\ndata: {release: SDRzSUFBQUFBQUFB}",
        ] {
            assert!(found(rest).is_empty(), "{rest}");
        }
        let live = "apiVersion: v1\nkind: Secret\nmetadata: {name: db, uid: 1-2}\ndata: {a: aHVudGVyMg==}\n";
        assert!(findings(&RULE, live).is_empty());
    }

    #[test]
    fn a_waiver_holds_below_production() {
        let waived = RULE
            .bad
            .replace("{name: db}", "{name: db, annotations: {k8sgen/waiver: shared test account}}");
        assert_eq!(findings(&RULE, &waived).len(), 1);
        let staging = findings_with(&RULE, &waived, |settings| settings.tier = Tier::Staging);
        assert!(staging.is_empty());
        let plain = findings_with(&RULE, RULE.bad, |settings| settings.tier = Tier::Staging);
        assert!(plain.iter().all(|one| one.starts_with("warning")) && plain.len() == 1);
    }
}
