//! Issuers of certificates that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/issuer",
    weight: Weight::ERROR,
    summary: "a certificate is asked of an issuer that is not there",
    page: "A Certificate whose issuer does not exist is never issued: its Secret does not come, and what serves with it does not start, or shows a certificate that no browser takes. An `Issuer` is in the namespace of the Certificate, a `ClusterIssuer` in none; without `kind` an `Issuer` is meant.",
    bad: "
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: web}
spec: {secretName: web-tls, dnsNames: [www.example.com], issuerRef: {name: letsencrypt}}
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: letsencrypt}
spec: {selfSigned: {}}
",
    good: "
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: web}
spec: {secretName: web-tls, dnsNames: [www.example.com], issuerRef: {kind: ClusterIssuer, name: letsencrypt}}
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: letsencrypt}
spec: {selfSigned: {}}
",
    look: Look::Object(look),
};

const GROUP: &str = "cert-manager.io";

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.is_made() {
        return;
    }
    let namespace = scene.namespace_of(subject);
    match (subject.group(), subject.kind()) {
        (GROUP, "Certificate" | "CertificateRequest") => {
            let issuer = object.field("spec").field("issuerRef");
            // Other groups have issuers of their own.
            if issuer.field("group").text_or(GROUP) == GROUP {
                let kind = issuer.field("kind").text_or("Issuer");
                lead(scene, issuer.field("name"), namespace, kind);
            }
        }
        ("networking.k8s.io", "Ingress") | ("gateway.networking.k8s.io", "Gateway") => {
            let annotations = object.field("metadata").field("annotations");
            if annotations.is_set() && !annotations.key("cert-manager.io/issuer-group").is_set() {
                lead(scene, annotations.key("cert-manager.io/issuer"), namespace, "Issuer");
                let of_cluster = annotations.key("cert-manager.io/cluster-issuer");
                lead(scene, of_cluster, namespace, "ClusterIssuer");
            }
        }
        _ => {}
    }
}

fn lead<'a>(scene: &Scene<'a>, at: At<'a>, namespace: &'a str, kind: &'a str) {
    let name = at.text_or_empty();
    let wanted = match kind {
        "ClusterIssuer" => Wanted::of_cluster(GROUP, kind, name),
        "Issuer" => Wanted::of(GROUP, kind, namespace, name),
        _ => return,
    };
    let other = match kind {
        "Issuer" => Wanted::of_cluster(GROUP, "ClusterIssuer", name),
        _ => Wanted::of(GROUP, "Issuer", namespace, name),
    };
    if !name.is_empty() && wanted.find(scene).is_none() && other.find(scene).is_some() {
        at.fault_with(format!("there is no {kind} `{name}`"), format!("it is a {}", other.kind));
        return;
    }
    absent::lead(scene, at, wanted);
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    #[test]
    fn annotations_of_an_ingress() {
        let ingress = |annotation: &str| {
            let text = format!(
                "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: web, namespace: shop, annotations: {{{annotation}}}}}
spec: {{}}
---
{{apiVersion: cert-manager.io/v1, kind: Issuer, metadata: {{name: own, namespace: shop}}}}
---
{{apiVersion: cert-manager.io/v1, kind: Issuer, metadata: {{name: foreign, namespace: other}}}}
"
            );
            said(RULE.name, &text)
        };
        assert!(ingress("cert-manager.io/issuer: own").is_empty());
        assert_eq!(ingress("cert-manager.io/issuer: foreign").len(), 1);
        assert_eq!(
            ingress("cert-manager.io/cluster-issuer: own"),
            [
                "error Ingress/web metadata.annotations[cert-manager.io/cluster-issuer]: there is no ClusterIssuer `own`"
            ]
        );
        let group =
            "cert-manager.io/issuer: x, cert-manager.io/issuer-group: awspca.cert-manager.io";
        assert!(ingress(group).is_empty());
    }
}
