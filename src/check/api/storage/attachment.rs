//! Which volume is attached to which node.

use crate::check::api::pod::volume::storage::validate_driver;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::DnsName;

use super::volume;

pub static RULE: Rule = Rule {
    name: "api/volume-attachment",
    weight: Weight::ERROR,
    summary: "a VolumeAttachment that a server refuses",
    page: "It names the driver that attaches (`attacher`), the node, and one volume: a PersistentVolume by its name, or one that stands in it.",
    bad: "
apiVersion: storage.k8s.io/v1
kind: VolumeAttachment
metadata: {name: data}
spec: {attacher: csi.example.com, nodeName: node-1, source: {}}
",
    good: "
apiVersion: storage.k8s.io/v1
kind: VolumeAttachment
metadata: {name: data}
spec: {attacher: csi.example.com, nodeName: node-1, source: {persistentVolumeName: data}}
",
    look: Look::Validation,
};

/// `ValidateVolumeAttachment` and `ValidateVolumeAttachmentV1`.
pub fn validate(object: At<'_>) {
    let spec = object.under(&RULE).field("spec");
    validate_driver(spec.field("attacher"));
    let source = spec.field("source");
    let (name, inline) = (source.field("persistentVolumeName"), source.field("inlineVolumeSpec"));
    match (name.is_set(), inline.is_set()) {
        (true, false) => name.required_as::<DnsName>(),
        (false, true) => volume::validate_inline(inline),
        _ => source.fault("it has one of `persistentVolumeName` and `inlineVolumeSpec`"),
    }
    let node = spec.field("nodeName");
    node.must_be_text::<DnsName>(node.text_or_empty());
}
