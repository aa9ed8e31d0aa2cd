//! Secrets that nobody defines or makes.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::check::scene::stores::Store;

use super::lookup::kept;

pub static RULE: Rule = Rule {
    name: "refs/secret",
    weight: Weight::ERROR,
    summary: "a Secret is named that is not there, and that nothing makes",
    page: "A container whose Secret is missing does not start, an image whose pull secret is missing is not pulled, and an Ingress whose certificate is missing answers with one that no browser takes. Mend the name, define the Secret, or have it made: by an ExternalSecret, a SealedSecret, a Certificate. One that is made by hand is declared under `checks.elsewhere`. The namespace counts: each reads only what is in its own.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      env: [{name: API_KEY, valueFrom: {secretKeyRef: {name: web-key, key: API_KEY}}}]
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: web-key}
spec:
  secretStoreRef: {name: vault}
  target: {name: web-keys}
  data: [{secretKey: API_KEY, remoteRef: {key: web}}]
---
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: vault}
spec: {provider: {fake: {data: [{key: web, value: x}]}}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      env: [{name: API_KEY, valueFrom: {secretKeyRef: {name: web-keys, key: API_KEY}}}]
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: web-key}
spec:
  secretStoreRef: {name: vault}
  target: {name: web-keys}
  data: [{secretKey: API_KEY, remoteRef: {key: web}}]
---
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: vault}
spec: {provider: {fake: {data: [{key: web, value: x}]}}}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    kept::references(scene, object, &mut |reference| {
        if reference.store == Store::Secret {
            reference.must_lead_somewhere(scene);
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    const POD: &str = "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: web, envFrom: [{secretRef: {name: made}}]}]
---
";

    #[test]
    fn whatever_makes_it() {
        for maker in [
            "{apiVersion: v1, kind: Secret, metadata: {name: made}}",
            "{apiVersion: external-secrets.io/v1beta1, kind: ExternalSecret, metadata: {name: made}, spec: {dataFrom: [{extract: {key: x}}], secretStoreRef: {name: made, kind: Other}}}",
            "{apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: {name: made}, spec: {encryptedData: {a: b}}}",
            "{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: web}, spec: {secretName: made}}",
            "{apiVersion: secrets.hashicorp.com/v1beta1, kind: VaultStaticSecret, metadata: {name: web}, spec: {destination: {create: true, name: made}}}",
            "{apiVersion: secrets-store.csi.x-k8s.io/v1, kind: SecretProviderClass, metadata: {name: web}, spec: {secretObjects: [{secretName: made}]}}",
            "{apiVersion: acme.example.com/v1, kind: Database, metadata: {name: web}, spec: {writeConnectionSecretToRef: {name: made}}}",
            "{apiVersion: v1, kind: Secret, metadata: {name: made, namespace: other, annotations: {replicator.v1.mittwald.de/replicate-to: '*'}}}",
        ] {
            assert!(said(RULE.name, &format!("{POD}{maker}")).is_empty(), "{maker}");
        }
        let merged = "{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: made}, spec: {target: {creationPolicy: Merge}}}";
        assert_eq!(said(RULE.name, &format!("{POD}{merged}")).len(), 1);
    }

    #[test]
    fn certificates_of_an_ingress() {
        let ingress = |annotations: &str| {
            format!(
                "{{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {{name: web, annotations: {{{annotations}}}}}, spec: {{tls: [{{hosts: [a.example.com], secretName: web-tls}}, {{hosts: [b.example.com]}}]}}}}"
            )
        };
        assert!(
            said(RULE.name, &ingress("cert-manager.io/cluster-issuer: letsencrypt")).is_empty()
        );
        assert_eq!(
            said(RULE.name, &ingress("nginx.ingress.kubernetes.io/auth-secret: users")),
            [
                "error Ingress/web spec.tls[0].secretName: there is no Secret `web-tls` in namespace `default`",
                "error Ingress/web metadata.annotations[nginx.ingress.kubernetes.io/auth-secret]: there is no Secret `users` in namespace `default`",
            ]
        );
    }

    #[test]
    fn accounts_volumes_and_drivers() {
        let text = "
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
secrets: [{name: web-token-x8s2p}, {name: by-hand}]
imagePullSecrets: [{name: registry}]
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  imagePullSecrets: [{name: pull}]
  containers: [{name: web, image: web}]
  volumes:
    - {name: a, secret: {secretName: a, optional: true}}
    - {name: b, secret: {secretName: b}}
    - {name: c, csi: {driver: x, nodePublishSecretRef: {name: c}}}
    - {name: d, azureFile: {secretName: d, shareName: d}}
";
        let found = said(RULE.name, text);
        let names: Vec<&str> = found.iter().filter_map(|text| text.split('`').nth(1)).collect();
        assert_eq!(names, ["by-hand", "registry", "b", "c", "d", "pull"]);
    }

    #[test]
    fn monitors_issuers_and_stores() {
        let text = "
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec:
  selector: {}
  endpoints:
    - port: metrics
      basicAuth: {username: {name: scrape, key: user}, password: {name: scrape, key: password}}
      bearerTokenSecret: {key: ''}
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: {name: dns}
spec:
  acme:
    privateKeySecretRef: {name: account}
    solvers: [{dns01: {cloudflare: {apiTokenSecretRef: {name: cloudflare, key: token}}}}]
---
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: aws}
spec:
  provider:
    aws: {auth: {secretRef: {accessKeyIDSecretRef: {name: aws, key: id}}}}
";
        let mut found: Vec<String> = said(RULE.name, text)
            .iter()
            .filter_map(|text| Some(text.split('`').nth(1)?.to_owned()))
            .collect();
        found.sort();
        assert_eq!(found, ["aws", "cloudflare", "scrape", "scrape"]);
    }
}
