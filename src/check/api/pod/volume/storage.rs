//! Storage that a node reaches by itself. Pods and PersistentVolumes name it alike.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::scalar::{DnsLabel, DnsName, Scalar};

const MOST_LUN: i64 = 255;

/// A source by its name.
pub fn validate(name: &str, at: At<'_>) {
    match name {
        "hostPath" => validate_host_path(at),
        "nfs" => validate_nfs(at),
        "iscsi" => validate_iscsi(at),
        "fc" => validate_fc(at),
        "flexVolume" => validate_flex(at),
        "flocker" => validate_flocker(at),
        "quobyte" => validate_quobyte(at),
        "azureDisk" => validate_azure_disk(at),
        "storageos" => validate_storage_os(at),
        "gcePersistentDisk" | "awsElasticBlockStore" => validate_disk(name, at),
        "cinder" => {
            at.field("volumeID").required();
            if at.field("secretRef").is_set() {
                at.field("secretRef").field("name").required();
            }
        }
        _ => needed(name).iter().for_each(|field| {
            at.field(field).required();
        }),
    }
}

/// What the simpler sources must have.
fn needed(name: &str) -> &'static [&'static str] {
    match name {
        "glusterfs" => &["endpoints", "path"],
        "rbd" => &["monitors", "image"],
        "cephfs" => &["monitors"],
        "azureFile" => &["secretName", "shareName"],
        "vsphereVolume" => &["volumePath"],
        "photonPersistentDisk" => &["pdID"],
        "portworxVolume" => &["volumeID"],
        "scaleIO" => &["gateway", "system", "volumeName"],
        _ => &[],
    }
}

pub fn validate_host_path(at: At<'_>) {
    const TYPES: [&str; 8] = [
        "",
        "DirectoryOrCreate",
        "Directory",
        "FileOrCreate",
        "File",
        "Socket",
        "CharDevice",
        "BlockDevice",
    ];
    if at.field("path").required() {
        at.field("path").must_not_step_back();
        at.field("type").must_be_one_of(&TYPES);
    }
}

pub fn validate_nfs(at: At<'_>) {
    at.field("server").required();
    let path = at.field("path");
    if path.required() && !path.text_or_empty().starts_with('/') {
        path.fault(format!("{} does not start with `/`", shown(path.text_or_empty())));
    }
}

pub fn validate_iscsi(at: At<'_>) {
    at.field("targetPortal").required();
    if at.field("iqn").required() {
        must_be_iscsi_name(at.field("iqn"));
    }
    at.field("lun").must_be_within(0, MOST_LUN);
    let logs_in = ["chapAuthDiscovery", "chapAuthSession"].iter().any(|f| at.field(f).is_true());
    if logs_in {
        at.field("secretRef").must_be_set();
    }
}

/// The name of the one who asks; `length` is that of the volume's name, a colon and the
/// portal, and `volume` is where a server says that it is too much.
pub fn validate_initiator<'a>(at: At<'a>, length: usize, volume: At<'a>) {
    let initiator = at.field("initiatorName");
    if !initiator.is_set() {
        return;
    }
    if length > 64 {
        volume.fault("with an `initiatorName`, its name and `targetPortal` have 63 bytes at most");
    }
    must_be_iscsi_name(initiator.named(at.field("initiatorname")));
}

/// An iSCSI qualified name, an EUI or an NAA.
fn must_be_iscsi_name(at: At<'_>) {
    let text = at.text_or_empty();
    let coded = |length: usize| {
        let mut rest = text.chars().skip(3);
        rest.next().is_some()
            && text.chars().count() == length + 4
            && rest.all(|c| c.is_ascii_alphanumeric())
    };
    let good = match text.get(..3) {
        Some("iqn") => is_qualified(text),
        Some("eui") => coded(16),
        Some("naa") => coded(32),
        _ => false,
    };
    if !good {
        at.fault_with(
            format!("{} is not an iSCSI name", shown(text)),
            "such as `iqn.2001-04.com.example:storage`",
        );
    }
}

/// `iqn.2001-04.com.example:storage`.
fn is_qualified(text: &str) -> bool {
    let Some((authority, name)) = text.split_once(':') else { return false };
    let mut parts = authority.splitn(3, '.');
    let (_, date, domain) = (parts.next(), parts.next(), parts.next());
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let dated = date
        .and_then(|date| date.split_once('-'))
        .is_some_and(|(year, month)| digits(year, 4) && digits(month, 2));
    let domain = domain.unwrap_or_default();
    dated
        && !domain.is_empty()
        && domain.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c))
        && !name.is_empty()
        && !name.contains(|c: char| ",;*&$|".contains(c) || c.is_ascii_whitespace())
}

pub fn validate_fc(at: At<'_>) {
    let (targets, ids) = (at.field("targetWWNs"), at.field("wwids"));
    match (targets.is_empty(), ids.is_empty()) {
        (true, true) => targets.fault("it needs either `targetWWNs` or `wwids`"),
        (false, false) => targets.fault("`targetWWNs` and `wwids` do not go together"),
        _ => {}
    }
    let lun = at.field("lun");
    if !targets.is_empty() && lun.must_be_set() {
        lun.must_be_within(0, MOST_LUN);
    }
}

fn validate_flex(at: At<'_>) {
    at.field("driver").required();
    for (key, option) in at.field("options").entries() {
        let owner = key.split_once('/').map_or(key, |(owner, _)| owner);
        let owner = format!(".{}", owner.to_lowercase());
        if owner.ends_with(".kubernetes.io") || owner.ends_with(".k8s.io") {
            option.fault("keys of `kubernetes.io` and `k8s.io` belong to Kubernetes");
        }
    }
}

fn validate_flocker(at: At<'_>) {
    let (name, id) = (at.field("datasetName"), at.field("datasetUUID"));
    match (name.is_empty(), id.is_empty()) {
        (true, true) => at.fault("it needs either `datasetName` or `datasetUUID`"),
        (false, false) => at.fault("`datasetName` and `datasetUUID` do not go together"),
        _ => {}
    }
    if name.text_or_empty().contains('/') {
        name.fault("has `/`");
    }
}

fn validate_quobyte(at: At<'_>) {
    let registry = at.field("registry");
    if registry.required() {
        at.field("tenant").must_not_be_longer_than(64);
        let is_address = |pair: &str| pair.rsplit_once(':').is_some();
        if !registry.text_or_empty().split(',').all(is_address) {
            registry.fault_with("it lists addresses", "such as `HOST:PORT,HOST:PORT`");
        }
    }
    at.field("volume").required();
}

fn validate_disk(name: &str, at: At<'_>) {
    at.field(if name == "gcePersistentDisk" { "pdName" } else { "volumeID" }).required();
    at.field("partition").must_be_within(0, 255);
}

fn validate_azure_disk(at: At<'_>) {
    at.field("diskName").required();
    let address = at.field("diskURI");
    address.required();
    at.field("cachingMode").must_be_one_of(&["None", "ReadOnly", "ReadWrite"]);
    let kind = at.field("kind");
    kind.must_be_one_of(&["Dedicated", "Managed", "Shared"]);
    // Without one it is `Shared`.
    let start = match kind.text().unwrap_or("Shared") {
        "Managed" => "/subscriptions/",
        _ => "https://",
    };
    if !address.is_empty() && !address.text_or_empty().starts_with(start) {
        address.fault(format!("a disk of this kind is at `{start}…`"));
    }
}

fn validate_storage_os(at: At<'_>) {
    at.field("volumeName").required_as::<DnsLabel>();
    at.field("volumeNamespace").may_be::<DnsLabel>();
    if at.field("secretRef").is_set() {
        at.field("secretRef").field("name").required();
    }
}

/// The name of a driver of the Container Storage Interface: `ValidateCSIDriverName`.
pub fn validate_driver(at: At<'_>) {
    if !at.required() {
        return;
    }
    must_be_driver(at, at.text_or_empty());
}

/// Letters of any case are taken.
pub fn must_be_driver(at: At<'_>, text: &str) {
    const LONGEST: usize = 63;
    if text.len() > LONGEST {
        at.fault(format!("{} has {} bytes, the limit is {LONGEST}", shown(text), text.len()));
    }
    if let Err(reason) = DnsName::parse(&text.to_lowercase()) {
        at.fault(format!("{} is not the name of a driver: it {reason}", shown(text)));
    }
}
