//! Where the `spec` of a pod names ConfigMaps and Secrets.

use crate::check::at::At;

use super::{Keys, Reference};

type Each<'e, 'a> = &'e mut dyn FnMut(Reference<'a>);

pub(super) fn references<'a>(namespace: &'a str, spec: At<'a>, each: Each<'_, 'a>) {
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for container in spec.field(list).items() {
            of_container(namespace, container, each);
        }
    }
    for volume in spec.field("volumes").items() {
        of_volume(namespace, volume, each);
    }
    for pull in spec.field("imagePullSecrets").items() {
        each(Reference::secret(namespace, pull.field("name")));
    }
}

fn of_container<'a>(namespace: &'a str, container: At<'a>, each: Each<'_, 'a>) {
    for variable in container.field("env").items() {
        let from = variable.field("valueFrom");
        if !from.is_set() {
            continue;
        }
        let config = from.field("configMapKeyRef");
        if config.is_set() {
            let reference = Reference::config_map(namespace, config.field("name"));
            let key = Keys::One(config.field("key"));
            each(reference.keys(key).optional(config.field("optional")));
        }
        let secret = from.field("secretKeyRef");
        if secret.is_set() {
            let reference = Reference::secret(namespace, secret.field("name"));
            let key = Keys::One(secret.field("key"));
            each(reference.keys(key).optional(secret.field("optional")));
        }
    }
    for all in container.field("envFrom").items() {
        let config = all.field("configMapRef");
        let reference = Reference::config_map(namespace, config.field("name"));
        each(reference.optional(config.field("optional")));
        let secret = all.field("secretRef");
        let reference = Reference::secret(namespace, secret.field("name"));
        each(reference.optional(secret.field("optional")));
    }
}

fn of_volume<'a>(namespace: &'a str, volume: At<'a>, each: Each<'_, 'a>) {
    let Some(entries) = volume.map() else { return };
    // A volume has its name, and what it is.
    for (kind, _) in entries.iter().filter(|(key, _)| *key != "name") {
        let source = volume.field(kind);
        match kind {
            "configMap" => each(of_config_map(namespace, source)),
            "secret" => {
                let reference = Reference::secret(namespace, source.field("secretName"));
                let keys = Keys::Items(source.field("items"));
                each(reference.keys(keys).optional(source.field("optional")));
            }
            "projected" => {
                for part in source.field("sources").items() {
                    each(of_config_map(namespace, part.field("configMap")));
                    let secret = part.field("secret");
                    let reference = Reference::secret(namespace, secret.field("name"));
                    let keys = Keys::Items(secret.field("items"));
                    each(reference.keys(keys).optional(secret.field("optional")));
                }
            }
            "azureFile" => each(Reference::secret(namespace, source.field("secretName"))),
            "csi" => {
                let name = source.field("nodePublishSecretRef").field("name");
                each(Reference::secret(namespace, name));
            }
            "cephfs" | "rbd" | "iscsi" | "flexVolume" | "scaleIO" | "storageos" | "cinder" => {
                each(Reference::secret(namespace, source.field("secretRef").field("name")));
            }
            _ => {}
        }
    }
}

fn of_config_map<'a>(namespace: &'a str, source: At<'a>) -> Reference<'a> {
    Reference::config_map(namespace, source.field("name"))
        .keys(Keys::Items(source.field("items")))
        .optional(source.field("optional"))
}
