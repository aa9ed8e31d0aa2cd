//! The one source of a volume, and the sources that pods have and PersistentVolumes
//! have not.

use crate::check::api::claim::validate_claim_spec;
use crate::check::api::metadata;
use crate::check::at::At;
use crate::object::value::{Map, Value};
use crate::scalar::DnsName;

use super::{files, projected, storage};

/// All of them, in the order in which a server looks at them: the first one counts.
const SOURCES: [&str; 30] = [
    "emptyDir",
    "hostPath",
    "gitRepo",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "secret",
    "nfs",
    "iscsi",
    "glusterfs",
    "flocker",
    "persistentVolumeClaim",
    "rbd",
    "cinder",
    "cephfs",
    "quobyte",
    "downwardAPI",
    "fc",
    "flexVolume",
    "configMap",
    "azureFile",
    "vsphereVolume",
    "photonPersistentDisk",
    "portworxVolume",
    "azureDisk",
    "storageos",
    "projected",
    "scaleIO",
    "csi",
    "ephemeral",
    "image",
];

/// The sources that a volume has.
pub fn of(volume: At<'_>) -> impl Iterator<Item = &'static str> {
    let there = |map: &Map, name| map.get(name).is_some_and(|value| *value != Value::Null);
    let map = volume.map();
    SOURCES.into_iter().filter(move |name| map.is_some_and(|map| there(map, name)))
}

/// `validateVolumeSource`.
pub fn validate<'a>(volume: At<'a>, pod: Option<&'a str>) {
    let mut sources = of(volume);
    let Some(first) = sources.next() else { return };
    validate_one(volume, first, volume.field(first), pod);
    for name in sources {
        volume
            .field(name)
            .named(volume.field(named_when_second(name)))
            .forbid(&format!("there is `{first}`, and a volume has one source"));
    }
}

/// Two sources are misspelt where they come second.
fn named_when_second(name: &'static str) -> &'static str {
    match name {
        "cephfs" => "cephFS",
        "downwardAPI" => "downwarAPI",
        name => name,
    }
}

fn validate_one<'a>(volume: At<'a>, name: &str, source: At<'a>, pod: Option<&'a str>) {
    match name {
        "emptyDir" => source.field("sizeLimit").must_not_be_less_than_nothing(),
        "gitRepo" => {
            source.field("repository").required();
            source.field("directory").must_stay_below();
        }
        "secret" => files::validate(source, source.field("secretName")),
        "configMap" => files::validate(source, source.field("name")),
        "downwardAPI" => {
            source.field("defaultMode").must_be_file_mode();
            files::validate_downward(source);
        }
        "projected" => projected::validate(source),
        "persistentVolumeClaim" => {
            source.field("claimName").required();
        }
        "csi" => {
            storage::validate_driver(source.field("driver"));
            let secret = source.field("nodePublishSecretRef");
            if secret.is_set() && secret.field("name").required() {
                secret.field("name").named(source.field("name")).must_be::<DnsName>();
            }
        }
        "ephemeral" => validate_ephemeral(volume, source, pod),
        "image" => validate_image(source, pod.is_some()),
        "iscsi" => {
            storage::validate(name, source);
            let portal = source.field("targetPortal").text_or_empty();
            let length = volume.field("name").text_or_empty().len() + 1 + portal.len();
            storage::validate_initiator(source, length, volume.field("name"));
        }
        // A server calls it otherwise than its users do.
        "gcePersistentDisk" => {
            storage::validate(name, source.named(volume.field("persistentDisk")));
        }
        _ => storage::validate(name, source),
    }
}

fn validate_image(source: At<'_>, is_pod: bool) {
    // Who makes pods of a template may fill it in.
    if is_pod {
        source.field("reference").required();
    }
    source.field("pullPolicy").may_be_one_of(&["Always", "IfNotPresent", "Never"]);
}

fn validate_ephemeral<'a>(volume: At<'a>, source: At<'a>, pod: Option<&'a str>) {
    let template = source.field("volumeClaimTemplate");
    if template.must_be_set() {
        metadata::validate_of_template(template.field("metadata"));
        validate_claim_spec(template.field("spec"));
    }
    if let Some(pod) = pod {
        super::validate_name_of_claim(volume.field("name"), pod);
    }
}
