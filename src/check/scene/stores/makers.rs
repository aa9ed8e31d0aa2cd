//! The objects that make ConfigMaps and Secrets, and the keys that these will have.

use crate::check::subject::Subject;
use crate::object::value::{Map, Value, list_of};

use super::{EVERYWHERE, Scene, Store, Stores};

pub(super) fn add_all<'a>(scene: &Scene<'a>, stores: &mut Stores<'a>) {
    // In their order: what one adds must not depend on which of two kinds came first.
    for subject in scene.subjects {
        let Some(add) = maker(subject.group(), subject.kind()) else { continue };
        let spec = subject.content.get("spec").unwrap_or(&Value::Null);
        add(&Made { subject, namespace: scene.namespace_of(subject), spec }, stores);
    }
}

/// An object, and where it makes others.
struct Made<'a> {
    subject: &'a Subject<'a>,
    namespace: &'a str,
    spec: &'a Value,
}

type Add = for<'a> fn(&Made<'a>, &mut Stores<'a>);

fn maker(group: &str, kind: &str) -> Option<Add> {
    Some(match (group, kind) {
        ("external-secrets.io", "ExternalSecret") => external_secret,
        ("external-secrets.io", "ClusterExternalSecret") => cluster_external_secret,
        ("bitnami.com", "SealedSecret") => sealed_secret,
        ("cert-manager.io", "Certificate") => certificate,
        ("cert-manager.io", "Issuer" | "ClusterIssuer") => issuer,
        ("trust.cert-manager.io", "Bundle") => bundle,
        ("networking.k8s.io", "Ingress") => ingress,
        ("gateway.networking.k8s.io", "Gateway") => gateway,
        ("secrets-store.csi.x-k8s.io", "SecretProviderClass") => provider_class,
        ("isindir.github.com", "SopsSecret") => sops_secret,
        ("onepassword.com", "OnePasswordItem") => |made, stores| {
            stores.hold(Store::Secret, made.namespace, made.subject.name()).open = true;
        },
        (custom, _) if custom.contains('.') && !custom.ends_with(".k8s.io") => named_secret,
        _ => return None,
    })
}

fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, key| value.get(key))
}

fn text<'a>(value: &'a Value, path: &[&str]) -> Option<&'a str> {
    at(value, path).and_then(Value::as_str).filter(|text| !text.is_empty())
}

fn keys<'a>(value: &'a Value, path: &[&str]) -> impl Iterator<Item = &'a str> + use<'a> {
    let map = at(value, path).and_then(Value::as_map);
    map.into_iter().flat_map(Map::iter).map(|(key, _)| key)
}

fn external_secret<'a>(made: &Made<'a>, stores: &mut Stores<'a>) {
    add_external(made.spec, made.namespace, made.subject.name(), stores);
}

fn cluster_external_secret<'a>(made: &Made<'a>, stores: &mut Stores<'a>) {
    let name = text(made.spec, &["externalSecretName"]).unwrap_or_else(|| made.subject.name());
    if let Some(spec) = at(made.spec, &["externalSecretSpec"]) {
        add_external(spec, EVERYWHERE, name, stores);
    }
}

fn add_external<'a>(
    spec: &'a Value,
    namespace: &'a str,
    own_name: &'a str,
    stores: &mut Stores<'a>,
) {
    let name = text(spec, &["target", "name"]).unwrap_or(own_name);
    let holding = match text(spec, &["target", "creationPolicy"]) {
        Some("None") => return,
        Some("Merge") => stores.hold_if_there(Store::Secret, namespace, name),
        _ => stores.hold(Store::Secret, namespace, name),
    };
    let templated = !list_of(at(spec, &["target", "template", "templateFrom"])).is_empty();
    let mut own = keys(spec, &["target", "template", "data"]).peekable();
    // A template that gives data replaces what was fetched, unless it says otherwise.
    let replaces = (own.peek().is_some() || templated)
        && text(spec, &["target", "template", "mergePolicy"]) != Some("Merge");
    holding.keys.extend(own);
    holding.open |= templated;
    if !replaces {
        let fetched = spec.items("data").iter();
        holding.keys.extend(fetched.filter_map(|one| text(one, &["secretKey"])));
        holding.open |= !spec.items("dataFrom").is_empty();
    }
    holding.has_type(text(spec, &["target", "template", "type"]).unwrap_or("Opaque"));
}

fn sealed_secret<'a>(made: &Made<'a>, stores: &mut Stores<'a>) {
    let holding = stores.hold(Store::Secret, made.namespace, made.subject.name());
    holding.keys.extend(keys(made.spec, &["encryptedData"]));
    holding.keys.extend(keys(made.spec, &["template", "data"]));
    // The first version sealed all of it into one text.
    holding.open |= text(made.spec, &["data"]).is_some();
    holding.has_type(text(made.spec, &["template", "type"]).unwrap_or("Opaque"));
}

fn certificate<'a>(made: &Made<'a>, stores: &mut Stores<'a>) {
    let Some(name) = text(made.spec, &["secretName"]) else { return };
    let holding = stores.hold(Store::Secret, made.namespace, name);
    holding.keys.extend(["tls.crt", "tls.key", "ca.crt"]);
    holding.has_type("kubernetes.io/tls");
    if at(made.spec, &["keystores", "jks"]).is_some() {
        holding.keys.extend(["keystore.jks", "truststore.jks"]);
    }
    if at(made.spec, &["keystores", "pkcs12"]).is_some() {
        holding.keys.extend(["keystore.p12", "truststore.p12"]);
    }
    for format in made.spec.items("additionalOutputFormats") {
        match text(format, &["type"]) {
            Some("CombinedPEM") => holding.keys.insert("tls-combined.pem"),
            Some("DER") => holding.keys.insert("key.der"),
            _ => continue,
        };
    }
}

/// The key of an ACME account.
fn issuer<'a>(made: &Made<'a>, stores: &mut Stores<'a>) {
    if let Some(name) = text(made.spec, &["acme", "privateKeySecretRef", "name"]) {
        let key = text(made.spec, &["acme", "privateKeySecretRef", "key"]).unwrap_or("tls.key");
        stores.hold(Store::Secret, made.namespace, name).keys.insert(key);
    }
}

fn bundle<'a>(made: &Made<'a>, stores: &mut Stores<'a>) {
    for (target, store) in [("configMap", Store::ConfigMap), ("secret", Store::Secret)] {
        if let Some(key) = text(made.spec, &["target", target, "key"]) {
            let holding = stores.hold(store, EVERYWHERE, made.subject.name());
            holding.keys.insert(key);
            holding.open |= at(made.spec, &["target", "additionalFormats"]).is_some();
        }
    }
}

/// Whether cert-manager makes the certificates that it names.
fn has_issuer(subject: &Subject<'_>) -> bool {
    let metadata = subject.content.get("metadata");
    let annotations = metadata.and_then(|all| all.get("annotations")?.as_map());
    annotations.into_iter().flat_map(Map::iter).any(|(key, value)| {
        matches!(key, "cert-manager.io/issuer" | "cert-manager.io/cluster-issuer")
            || key == "kubernetes.io/tls-acme" && value.as_str() == Some("true")
    })
}

fn add_certificate<'a>(namespace: &'a str, name: &'a str, stores: &mut Stores<'a>) {
    let holding = stores.hold(Store::Secret, namespace, name);
    holding.keys.extend(["tls.crt", "tls.key", "ca.crt"]);
    holding.has_type("kubernetes.io/tls");
}

fn ingress<'a>(made: &Made<'a>, stores: &mut Stores<'a>) {
    if has_issuer(made.subject) {
        for name in made.spec.items("tls").iter().filter_map(|tls| text(tls, &["secretName"])) {
            add_certificate(made.namespace, name, stores);
        }
    }
}

fn gateway<'a>(made: &Made<'a>, stores: &mut Stores<'a>) {
    if has_issuer(made.subject) {
        let listeners = made.spec.items("listeners").iter();
        let certificates =
            listeners.flat_map(|listener| list_of(at(listener, &["tls", "certificateRefs"])));
        for name in certificates.filter_map(|certificate| text(certificate, &["name"])) {
            add_certificate(made.namespace, name, stores);
        }
    }
}

fn provider_class<'a>(made: &Made<'a>, stores: &mut Stores<'a>) {
    for secret in made.spec.items("secretObjects") {
        let Some(name) = text(secret, &["secretName"]) else { continue };
        let holding = stores.hold(Store::Secret, made.namespace, name);
        let data = secret.items("data").iter();
        holding.keys.extend(data.filter_map(|one| text(one, &["key"])));
        if let Some(own) = text(secret, &["type"]) {
            holding.has_type(own);
        }
    }
}

fn sops_secret<'a>(made: &Made<'a>, stores: &mut Stores<'a>) {
    for template in made.spec.items("secretTemplates") {
        let Some(name) = text(template, &["name"]) else { continue };
        let holding = stores.hold(Store::Secret, made.namespace, name);
        holding.keys.extend(keys(template, &["data"]));
        holding.keys.extend(keys(template, &["stringData"]));
    }
}

/// Where other custom resources name the Secret that their controller makes: its name,
/// and where its namespace may stand.
const NAMED: [(&[&str], &[&str]); 8] = [
    (&["destination", "name"], &[]),
    (&["writeConnectionSecretToRef", "name"], &["writeConnectionSecretToRef", "namespace"]),
    (&["managedSecretReference", "secretName"], &["managedSecretReference", "secretNamespace"]),
    (&["managedSecret", "name"], &["managedSecret", "namespace"]),
    (&["output", "secret", "name"], &[]),
    (&["secretName"], &[]),
    (&["credentialsSecret", "name"], &[]),
    (&["passwordSecret", "name"], &[]),
];

/// Groups that read a Secret under one of these names, and make none.
const READERS: [&str; 4] = ["monitoring.coreos.com", "argoproj.io", "keda.sh", "traefik.io"];

fn named_secret<'a>(made: &Made<'a>, stores: &mut Stores<'a>) {
    if READERS.contains(&made.subject.group()) {
        return;
    }
    for (name, namespace) in NAMED {
        if let Some(name) = text(made.spec, name) {
            let own = text(made.spec, namespace).filter(|_| !namespace.is_empty());
            stores.hold(Store::Secret, own.unwrap_or(made.namespace), name).open = true;
        }
    }
}
