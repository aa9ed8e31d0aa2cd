//! Where objects that are no workloads name ConfigMaps and Secrets.

use crate::check::at::At;
use crate::check::scene::Scene;
use crate::check::subject::Subject;

use super::{Keys, Reference, custom};

type Each<'e, 'a> = &'e mut dyn FnMut(Reference<'a>);

const TLS: &[&str] = &["tls.crt", "tls.key"];

pub(super) fn references<'a>(scene: &Scene<'a>, object: At<'a>, each: Each<'_, 'a>) {
    let subject = object.subject();
    let namespace = scene.namespace_of(subject);
    let spec = object.field("spec");
    match (subject.group(), subject.kind()) {
        ("", "ServiceAccount") => of_account(namespace, object, each),
        ("", "PersistentVolume") => of_volume(spec, each),
        ("storage.k8s.io", "StorageClass") => of_class(object.field("parameters"), each),
        ("networking.k8s.io", "Ingress") => of_ingress(namespace, object, each),
        ("gateway.networking.k8s.io", "Gateway") => of_gateway(namespace, spec, each),
        ("cert-manager.io", "Issuer") => {
            each(
                Reference::secret(namespace, spec.down(&["ca", "secretName"]))
                    .keys(Keys::Fixed(TLS)),
            );
            custom::references(namespace, spec, each);
        }
        ("cert-manager.io", "Certificate")
        | ("external-secrets.io", "SecretStore")
        | ("keda.sh", "TriggerAuthentication")
        | (
            "monitoring.coreos.com",
            "ServiceMonitor" | "PodMonitor" | "Probe" | "ScrapeConfig" | "Prometheus"
            | "Alertmanager" | "AlertmanagerConfig",
        ) => custom::references(namespace, spec, each),
        (flux, _) if flux.ends_with(".toolkit.fluxcd.io") => {
            of_flux(namespace, subject, spec, each);
        }
        _ => {}
    }
}

fn of_account<'a>(namespace: &'a str, account: At<'a>, each: Each<'_, 'a>) {
    let own = account.subject().name();
    // Token and pull Secrets that a controller made bear the account's name.
    let is_made = |name: &str| {
        let rest = name.strip_prefix(own).unwrap_or_default();
        rest.starts_with("-token-") || rest.starts_with("-dockercfg-")
    };
    for list in ["secrets", "imagePullSecrets"] {
        let names = account.field(list).items().map(|one| one.field("name"));
        for name in names.filter(|name| !is_made(name.text_or_empty())) {
            each(Reference::secret(namespace, name));
        }
    }
}

/// The Secrets of a volume's driver live wherever it says.
fn of_volume<'a>(spec: At<'a>, each: Each<'_, 'a>) {
    let csi = spec.field("csi");
    for field in [
        "controllerPublishSecretRef",
        "controllerExpandSecretRef",
        "nodeStageSecretRef",
        "nodePublishSecretRef",
        "nodeExpandSecretRef",
    ] {
        let secret = csi.field(field);
        if let Some(namespace) = secret.field("namespace").text() {
            each(Reference::secret(namespace, secret.field("name")));
        }
    }
    let file = spec.field("azureFile");
    if let Some(namespace) = file.field("secretNamespace").text() {
        each(Reference::secret(namespace, file.field("secretName")));
    }
}

/// The parameters that the CSI sidecars read; what they hold may be a template.
fn of_class<'a>(parameters: At<'a>, each: Each<'_, 'a>) {
    const NAMES: [(&str, &str); 5] = [
        (
            "csi.storage.k8s.io/provisioner-secret-name",
            "csi.storage.k8s.io/provisioner-secret-namespace",
        ),
        (
            "csi.storage.k8s.io/controller-publish-secret-name",
            "csi.storage.k8s.io/controller-publish-secret-namespace",
        ),
        (
            "csi.storage.k8s.io/controller-expand-secret-name",
            "csi.storage.k8s.io/controller-expand-secret-namespace",
        ),
        (
            "csi.storage.k8s.io/node-stage-secret-name",
            "csi.storage.k8s.io/node-stage-secret-namespace",
        ),
        (
            "csi.storage.k8s.io/node-publish-secret-name",
            "csi.storage.k8s.io/node-publish-secret-namespace",
        ),
    ];
    if !parameters.is_set() {
        return;
    }
    for (name, namespace) in NAMES {
        let name = parameters.key(name);
        let Some(namespace) = parameters.key(namespace).text() else { continue };
        if !namespace.contains("${") && !name.text_or_empty().contains("${") {
            each(Reference::secret(namespace, name));
        }
    }
}

fn of_ingress<'a>(namespace: &'a str, ingress: At<'a>, each: Each<'_, 'a>) {
    for tls in ingress.field("spec").field("tls").items() {
        each(Reference::secret(namespace, tls.field("secretName")).keys(Keys::Fixed(TLS)));
    }
    let annotations = ingress.field("metadata").field("annotations");
    for (annotation, keys) in [
        ("nginx.ingress.kubernetes.io/auth-secret", Keys::All),
        ("nginx.ingress.kubernetes.io/auth-tls-secret", Keys::Fixed(&["ca.crt"])),
        ("nginx.ingress.kubernetes.io/proxy-ssl-secret", Keys::All),
    ] {
        let name = annotations.key(annotation);
        // `namespace/name` is in the hands of that namespace.
        if !name.text_or_empty().contains('/') {
            each(Reference::secret(namespace, name).keys(keys));
        }
    }
}

fn of_gateway<'a>(namespace: &'a str, spec: At<'a>, each: Each<'_, 'a>) {
    for listener in spec.field("listeners").items() {
        for certificate in listener.field("tls").field("certificateRefs").items() {
            let is_secret = certificate.field("kind").text_or("Secret") == "Secret"
                && certificate.field("group").text_or_empty().is_empty();
            if is_secret {
                let namespace = certificate.field("namespace").text_or(namespace);
                each(
                    Reference::secret(namespace, certificate.field("name")).keys(Keys::Fixed(TLS)),
                );
            }
        }
    }
}

fn of_flux<'a>(namespace: &'a str, subject: &'a Subject<'a>, spec: At<'a>, each: Each<'_, 'a>) {
    for list in [spec.field("valuesFrom"), spec.down(&["postBuild", "substituteFrom"])] {
        for source in list.items() {
            let name = source.field("name");
            let reference = match source.field("kind").text() {
                Some("ConfigMap") => Reference::config_map(namespace, name),
                Some("Secret") => Reference::secret(namespace, name),
                _ => continue,
            };
            let key = source.field("valuesKey");
            let keys = if key.is_empty() { Keys::All } else { Keys::One(key) };
            each(reference.keys(keys).optional(source.field("optional")));
        }
    }
    if subject.kind() != "Kustomization" {
        each(Reference::secret(namespace, spec.down(&["secretRef", "name"])));
    }
    each(Reference::secret(namespace, spec.down(&["decryption", "secretRef", "name"])));
}
