//! Keys that a ConfigMap or a Secret does not have.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::check::scene::stores::Holding;
use crate::diagnostic::choices;

use super::lookup::absent;
use super::lookup::kept::{self, Keys, Reference};

pub static RULE: Rule = Rule {
    name: "refs/key",
    weight: Weight::ERROR,
    summary: "a key is read that the ConfigMap or Secret does not have",
    page: "The object is there, and what is read of it is not: a container that takes an environment variable from such a key stays in `CreateContainerConfigError`, and one that mounts it stays in `ContainerCreating`. Mend the key, add it to the object (for an ExternalSecret, to its `data`), or say `optional: true`.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      env: [{name: MODE, valueFrom: {configMapKeyRef: {name: settings, key: MODUS}}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {MODE: fast}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      env: [{name: MODE, valueFrom: {configMapKeyRef: {name: settings, key: MODE}}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {MODE: fast}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    kept::references(scene, object, &mut |reference| {
        if matches!(reference.keys, Keys::All) || reference.optional {
            return;
        }
        let Some(holding) = reference.find(scene).filter(|holding| !holding.open) else { return };
        match reference.keys {
            Keys::One(at) => must_have(holding, at.text_or_empty(), reference, at),
            Keys::Items(items) => {
                for at in items.items().map(|item| item.field("key")) {
                    must_have(holding, at.text_or_empty(), reference, at);
                }
            }
            Keys::Fixed(keys) => {
                for key in keys {
                    must_have(holding, key, reference, reference.name);
                }
            }
            Keys::All => {}
        }
    });
}

fn must_have<'a>(holding: &Holding<'a>, key: &str, reference: Reference<'a>, at: At<'a>) {
    if key.is_empty() || holding.keys.contains(key) {
        return;
    }
    let (kind, name) = (reference.store.kind(), reference.name.text_or_empty());
    if holding.keys.is_empty() {
        // An empty one is often a place for what somebody fills in by hand.
        let message = format!("{kind} {} has no keys, and {} is read", shown(name), shown(key));
        at.warn_with(message, "give it the key, or mend the reference");
        return;
    }
    let mut known: Vec<&str> = holding.keys.iter().copied().collect();
    known.sort_unstable();
    let help = match absent::near_of_few(key, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it has {}", choices(known)),
    };
    at.fault_with(format!("{kind} {} has no key {}", shown(name), shown(key)), help);
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn reading(kind: &str, key: &str, maker: &str) -> Vec<String> {
        let text = format!(
            "
apiVersion: v1
kind: Pod
metadata: {{name: web}}
spec:
  containers:
    - name: web
      image: web
      env: [{{name: A, valueFrom: {{{kind}: {{name: it, {key}}}}}}}]
---
{maker}
"
        );
        said(RULE.name, &text)
    }

    fn secret(key: &str, maker: &str) -> Vec<String> {
        reading("secretKeyRef", &format!("key: {key}"), maker)
    }

    #[test]
    fn all_parts_of_an_object_have_keys() {
        let map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: it}, data: {a: x}, binaryData: {b: eA==}}";
        for key in ["a", "b"] {
            assert!(reading("configMapKeyRef", &format!("key: {key}"), map).is_empty());
        }
        let found = reading("configMapKeyRef", "key: c", map);
        assert_eq!(
            found,
            [
                "error Pod/web spec.containers[0].env[0].valueFrom.configMapKeyRef.key: ConfigMap `it` has no key `c`"
            ]
        );
        assert!(reading("configMapKeyRef", "key: c, optional: true", map).is_empty());
        let own = "{apiVersion: v1, kind: Secret, metadata: {name: it}, data: {a: eA==}, stringData: {b: x}}";
        assert!(secret("a", own).is_empty() && secret("b", own).is_empty());
        assert_eq!(secret("c", own).len(), 1);
    }

    #[test]
    fn keys_that_others_make() {
        let token = "{apiVersion: v1, kind: Secret, type: kubernetes.io/service-account-token, metadata: {name: it}}";
        assert!(secret("token", token).is_empty() && secret("ca.crt", token).is_empty());
        let certificate = "{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: c}, spec: {secretName: it, keystores: {pkcs12: {create: true}}}}";
        assert!(secret("keystore.p12", certificate).is_empty());
        assert_eq!(secret("keystore.jks", certificate).len(), 1);
        let sealed = "{apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: {name: it}, spec: {encryptedData: {a: x}, template: {data: {b: y}}}}";
        assert!(secret("a", sealed).is_empty() && secret("b", sealed).is_empty());
        assert_eq!(secret("c", sealed).len(), 1);
    }

    #[test]
    fn keys_of_an_external_secret() {
        let external = |spec: &str| {
            format!(
                "{{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {{name: it}}, spec: {{{spec}}}}}"
            )
        };
        let data = "data: [{secretKey: a, remoteRef: {key: x}}]";
        assert!(secret("a", &external(data)).is_empty());
        assert_eq!(secret("b", &external(data)).len(), 1);
        let from = "data: [{secretKey: a}], dataFrom: [{extract: {key: x}}]";
        assert!(secret("b", &external(from)).is_empty());
        let template = "dataFrom: [{extract: {key: x}}], target: {template: {data: {b: y}}}";
        assert!(secret("b", &external(template)).is_empty());
        assert_eq!(secret("a", &external(template)).len(), 1);
        let merged = "dataFrom: [{extract: {key: x}}], target: {template: {mergePolicy: Merge, data: {b: y}}}";
        assert!(secret("a", &external(merged)).is_empty());
        let labels = "data: [{secretKey: a}], target: {template: {metadata: {labels: {b: c}}}}";
        assert!(secret("a", &external(labels)).is_empty());
        // It adds to one that is there.
        let added = format!(
            "{}\n---\n{{apiVersion: v1, kind: Secret, metadata: {{name: it}}, stringData: {{b: x}}}}",
            external("data: [{secretKey: a}], target: {creationPolicy: Merge}")
        );
        assert!(secret("a", &added).is_empty() && secret("b", &added).is_empty());
    }

    #[test]
    fn an_empty_one_is_only_odd() {
        let empty = "{apiVersion: v1, kind: Secret, metadata: {name: it}}";
        assert!(secret("a", empty)[0].starts_with("warning "));
        let filled = "{apiVersion: v1, kind: Secret, metadata: {name: it, annotations: {reflector.v1.k8s.emberstack.com/reflects: a/b}}}";
        assert!(secret("a", filled).is_empty());
    }

    #[test]
    fn certificates_have_two_keys() {
        let text = "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {tls: [{hosts: [a.example.com], secretName: it}]}
---
apiVersion: v1
kind: Secret
metadata: {name: it}
type: kubernetes.io/tls
data: {tls.crt: eA==, key: eA==}
";
        assert_eq!(
            said(RULE.name, text),
            ["error Ingress/web spec.tls[0].secretName: Secret `it` has no key `tls.key`"]
        );
    }
}
