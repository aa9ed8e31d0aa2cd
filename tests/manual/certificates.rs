//! Issuers and certificates of cert-manager.

use crate::support::shop;

#[test]
fn an_issuer_by_acme() {
    shop("
        secrets: {dns: {from: existing, keys: [token, id, secret]}}
        issuers:
          letsencrypt:
            acme:
              server: letsencrypt
              email: ops@example.com
              solvers:
                web: {http01: nginx}
                internal: {cloudflare: dns/token, zones: [internal.example.com]}
                aws: {route53: {region: eu-west-1, accessKey: dns/id, secretKey: dns/secret}, hosts: [a.example.com]}
                own: {raw: {dns01: {webhook: {groupName: acme.example.com, solverName: own}}}}
        ")
    .render("")
    .has(
        "Issuer/letsencrypt",
        "
        apiVersion: cert-manager.io/v1
        metadata: {namespace: shop}
        spec:
          acme:
            server: https://acme-v02.api.letsencrypt.org/directory
            email: ops@example.com
            privateKeySecretRef: {name: letsencrypt-account-key}
            solvers:
            - http01: {ingress: {ingressClassName: nginx}}
            - selector: {dnsZones: [internal.example.com]}
              dns01: {cloudflare: {apiTokenSecretRef: {name: dns, key: token}}}
            - selector: {dnsNames: [a.example.com]}
              dns01:
                route53:
                  region: eu-west-1
                  accessKeyIDSecretRef: {name: dns, key: id}
                  secretAccessKeySecretRef: {name: dns, key: secret}
            - dns01: {webhook: {groupName: acme.example.com, solverName: own}}
        ",
    );
}

#[test]
fn other_issuers() {
    let project = shop("
        secrets: {root: {from: existing, keys: [tls.crt, tls.key]}}
        issuers:
          self: {kind: ClusterIssuer, selfSigned: true}
          ca: {ca: root}
          vault: {spec: {vault: {path: pki/sign/web, server: 'https://vault.example.com', auth: {tokenSecretRef: {name: v, key: t}}}}}
          elsewhere: {kind: ClusterIssuer, existing: true}
        ");
    project
        .render("")
        .has("ClusterIssuer/self", "{metadata: {namespace: null}, spec: {selfSigned: {}}}");
    project.render("").has("Issuer/ca", "spec: {ca: {secretName: root}}");
    project.render("").has("Issuer/vault", "spec: {vault: {path: pki/sign/web}}");
    let names = project.render("").names();
    assert!(!names.iter().any(|name| name.ends_with("/elsewhere")), "{names:?}");
}

#[test]
fn a_certificate_and_who_reads_it() {
    let project = shop(
        "
        issuers: {own: {selfSigned: true}}
        certificates:
          web:
            hosts: [web.example.com, '*.web.example.com']
            issuer: own
            duration: 90d
            renewBefore: 15d
            usages: [server auth]
            privateKey: {algorithm: ECDSA, size: 256, rotationPolicy: Always}
        workloads:
          web: {image: 'nginx:1', mounts: {/tls: {secret: web}, /ca.crt: {secret: web/ca.crt}}}
        ",
    );
    project.render("").has(
        "Certificate/web",
        "
        spec:
          secretName: web
          issuerRef: {group: cert-manager.io, kind: Issuer, name: own}
          dnsNames: [web.example.com, '*.web.example.com']
          duration: 2160h
          renewBefore: 360h
          usages: [server auth]
          privateKey: {algorithm: ECDSA, size: 256, rotationPolicy: Always}
        ",
    );
    assert!(!project.render("").names().contains(&"Secret/web".to_owned()));
}

/// The Secret of an Ingress that an issuer fills needs no words of its own either.
#[test]
fn the_secret_of_an_ingress_is_known() {
    let text = |mount: &str| {
        format!(
            "
issuers: {{own: {{selfSigned: true}}}}
ingresses: {{web: {{hosts: {{web.example.com: {{/: web/http}}}}, tls: own}}}}
workloads:
  web: {{image: 'nginx:1', ports: {{http: 80}}, services: {{web: {{}}}}, mounts: {{/tls: {{secret: {mount}}}}}}}
"
        )
    };
    shop(&text("web-tls/tls.crt")).render("").succeeds();
    shop(&text("web-tls/tls.pem")).render("").mentions(&["no key `tls.pem`"]);
    shop(&text("web-tsl")).render("").mentions(&["did you mean `web-tls`?"]);
}

#[test]
fn a_secret_is_made_once() {
    shop(
        "
        issuers: {own: {selfSigned: true}}
        certificates:
          a: {hosts: [a.example.com], issuer: own, secret: one}
          b: {hosts: [b.example.com], issuer: own, secret: one}
        ",
    )
    .render("")
    .mentions(&[
        "two certificates are kept in the Secret `one`",
        "k8sgen.yaml:4:",
        "k8sgen.yaml:5:",
    ]);
    shop(
        "
        secrets: {one: {from: {literals: {tls.crt: a, tls.key: b}}}}
        issuers: {own: {selfSigned: true}}
        certificates: {a: {hosts: [a.example.com], issuer: own, secret: one}}
        ",
    )
    .render("")
    .mentions(&["cert-manager makes the Secret `one`"]);
}

#[test]
fn a_certificate_is_read_in_its_own_namespace() {
    let text = "
namespaces: {edge: {}, jobs: {}}
issuers: {own: {kind: ClusterIssuer, selfSigned: true}}
certificates: {cert: {namespace: edge, hosts: [a.example.com], issuer: own}}
workloads: {web: {image: 'nginx:1', namespace: edge, mounts: {/tls: {secret: cert}}}}
";
    shop(text).render("").succeeds();
    shop(&text.replace("namespace: edge, mounts", "namespace: jobs, mounts"))
        .render("")
        .mentions(&["`cert` lives in the namespace `edge`"]);
    shop(&text.replace("kind: ClusterIssuer, ", ""))
        .render("")
        .mentions(&["serves the namespace `shop`"]);
}

#[test]
fn a_wildcard_needs_dns() {
    let text = |solver: &str| {
        format!(
            "
secrets: {{dns: {{from: existing, keys: [token]}}}}
issuers: {{le: {{acme: {{server: letsencrypt, solvers: {{a: {solver}}}}}}}}}
certificates: {{c: {{hosts: ['*.example.com'], issuer: le}}}}
"
        )
    };
    shop(&text("{http01: nginx}")).render("").mentions(&["proved by DNS", "k8sgen.yaml:4:"]);
    shop(&text("{digitalocean: dns/token}")).render("").succeeds();
}

#[test]
fn what_cert_manager_would_refuse() {
    for text in [
        "issuers: {x: {}}",
        "issuers: {x: {selfSigned: true, ca: root}}",
        "issuers: {x: {ca: root}}",
        "issuers: {x: {existing: true, labels: {a: b}}}",
        "issuers: {x: {kind: ClusterIssuer, namespace: shop, selfSigned: true}}",
        "issuers: {x: {acme: {server: letsencrypt}}}",
        "issuers: {x: {acme: {server: le, solvers: {a: {http01: nginx}}}}}",
        "issuers: {x: {acme: {server: letsencrypt, email: nobody, solvers: {a: {http01: nginx}}}}}",
        "issuers: {x: {acme: {server: letsencrypt, solvers: {a: {}}}}}",
        "issuers: {x: {acme: {server: letsencrypt, solvers: {a: {cloudflare: dns/token}}}}}",
        "issuers: {x: {spec: {}}}",
        "certificates: {c: {hosts: [a.example.com], issuer: nope}}",
    ] {
        shop(text).render("").mentions(&["--> k8sgen.yaml:2:"]);
    }
    for text in [
        "",
        "hosts: [a.example.com, a.example.com]",
        "hosts: ['*']",
        "hosts: [a.example.com], duration: 30m",
        "hosts: [a.example.com], duration: 2h, renewBefore: 2h",
        "hosts: [a.example.com], renewBefore: 1m",
        "hosts: [a.example.com], renewBefore: 1d, renewBeforePercentage: 10%",
        "hosts: [a.example.com], renewBeforePercentage: 100%",
        "hosts: [a.example.com], usages: [serving]",
        "hosts: [a.example.com], usages: [any, any]",
        "hosts: [a.example.com], privateKey: {algorithm: RSA, size: 1024}",
        "hosts: [a.example.com], privateKey: {algorithm: Ed25519, size: 256}",
        "hosts: [a.example.com], privateKey: {}",
    ] {
        shop(&format!(
            "issuers: {{own: {{selfSigned: true}}}}\ncertificates: {{c: {{issuer: own, {text}}}}}\n"
        ))
        .render("")
        .mentions(&["--> k8sgen.yaml:3:"]);
    }
}
