//! `snapshot.storage.k8s.io`: snapshots of volumes.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

super::custom! {
    /// What a claim held at one time.
    VolumeSnapshot, "snapshot.storage.k8s.io", "v1", "volumesnapshots", NamespaceResourceScope,
    VolumeSnapshotSpec
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VolumeSnapshotSpec {
    pub volume_snapshot_class_name: Option<String>,
    pub source: VolumeSnapshotSource,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VolumeSnapshotSource {
    pub persistent_volume_claim_name: Option<String>,
}

/// How snapshots are made. Like all classes it has no `spec`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VolumeSnapshotClass {
    pub metadata: ObjectMeta,
    pub driver: String,
    pub deletion_policy: String,
    pub parameters: Option<BTreeMap<String, String>>,
}

impl k8s_openapi::Resource for VolumeSnapshotClass {
    const API_VERSION: &'static str = "snapshot.storage.k8s.io/v1";
    const GROUP: &'static str = "snapshot.storage.k8s.io";
    const KIND: &'static str = "VolumeSnapshotClass";
    const VERSION: &'static str = "v1";
    const URL_PATH_SEGMENT: &'static str = "volumesnapshotclasses";
    type Scope = k8s_openapi::ClusterResourceScope;
}

impl k8s_openapi::Metadata for VolumeSnapshotClass {
    type Ty = ObjectMeta;

    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }
}

impl Serialize for VolumeSnapshotClass {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("VolumeSnapshotClass", 6)?;
        object.serialize_field("apiVersion", <Self as k8s_openapi::Resource>::API_VERSION)?;
        object.serialize_field("kind", <Self as k8s_openapi::Resource>::KIND)?;
        object.serialize_field("metadata", &self.metadata)?;
        object.serialize_field("driver", &self.driver)?;
        object.serialize_field("deletionPolicy", &self.deletion_policy)?;
        object.serialize_field("parameters", &self.parameters)?;
        object.end()
    }
}
