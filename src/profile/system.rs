//! The whole profile of an environment: what `k8sgen.yaml` and the overlays
//! say together.

use crate::scalar::{
    AnnotationKey, DnsLabel, DnsName, KubernetesVersion, LabelKey, LabelValue, ServiceName,
};

use super::analysis::Analysis;
use super::config::{Config, Secret};
use super::decode::{At, Named, Raw};
use super::image::Image;
use super::namespace::{Namespace, NamespaceSettings};
use super::refs::{ImageUse, ObjectRef};
use super::service::Service;
use super::shape::{choice, record};
use super::snapshot::{Snapshot, SnapshotClass};
use super::storage::{PersistentVolume, StandaloneClaim, StorageClass};
use super::workload::Workload;

/// The user's own labels.
pub type Labels = Named<LabelKey, LabelValue>;
/// The user's own annotations.
pub type Annotations = Named<AnnotationKey, String>;

record! {
    /// The system and one environment of it. `k8sgen.yaml` says what is the same
    /// everywhere, `overlays/ENV.yaml` what differs; both take these keys.
    "profile" pub struct System {
        /// The name of the system: the label `app.kubernetes.io/part-of` of every object.
        system "system": At<DnsLabel>, eg "shop";
        /// The overlay that this one lies on. Only in an overlay.
        extends "extends": Option<At<DnsLabel>>, eg "staging";
        /// How much is at stake. Literal secrets are for development only.
        tier "tier": Tier = "production";
        /// The namespace of everything that names no other.
        namespace "namespace": Option<Namespace>, else "the system's name", eg "shop";
        /// More namespaces by name, for what says that it lives there.
        namespaces "namespaces": Named<DnsLabel, NamespaceSettings>;
        /// The Kubernetes version of the cluster.
        kubernetes "kubernetes": At<KubernetesVersion> = "1.34";
        /// The DNS domain of the cluster.
        cluster_domain "clusterDomain": DnsName = "cluster.local";
        /// Labels of every generated object and pod.
        labels "labels": Labels;
        /// Annotations of every generated object.
        annotations "annotations": Annotations;
        /// Images by name, so that a tag or digest is written once.
        images "images": Named<DnsLabel, Image>;
        /// The image that `waitFor` waits with. It needs `sh` and `nc`.
        wait_image "waitImage": At<ImageUse> = "busybox:1.37";
        /// ConfigMaps by name.
        config "config": Named<DnsName, Config>;
        /// Secrets by name.
        secrets "secrets": Named<DnsName, Secret>;
        /// Workloads by name.
        workloads "workloads": Named<DnsLabel, Workload>;
        /// Services that belong to no workload: external names, and those with a selector of their own.
        services "services": Named<ServiceName, Service>;
        /// What Argo Rollouts measure before they go on, by name.
        analysis "analysis": Named<DnsName, Analysis>;
        /// StorageClasses by name.
        storage_classes "storageClasses": Named<DnsName, StorageClass>;
        /// PersistentVolumes that are made by hand, by name.
        persistent_volumes "persistentVolumes": Named<DnsName, PersistentVolume>;
        /// PersistentVolumeClaims by themselves, by name: mounts name them with `existingClaim`.
        claims "claims": Named<DnsName, StandaloneClaim>;
        /// VolumeSnapshotClasses by name.
        snapshot_classes "snapshotClasses": Named<DnsName, SnapshotClass>;
        /// Snapshots of claims by name: single ones, and those of a schedule.
        snapshots "snapshots": Named<DnsName, Snapshot>;
        /// Manifests of any kind, as Kubernetes defines them, each under a name of your choice.
        objects "objects": Named<DnsLabel, Raw>;
        /// Changes to generated objects, each under a name of your choice, applied in this order.
        patches "patches": Named<DnsLabel, Patch>;
    }
    hint "configMaps" => "did you mean `config`?";
    hint "deployments" => "did you mean `workloads`?";
    hint "env" => "the environment is the overlay's file name; variables stand in a workload's `env`";
}

choice! {
    /// How much is at stake in an environment.
    "tier" pub enum Tier {
        /// Where people try things out.
        Development "development",
        /// Like production, without its data.
        Staging "staging",
        /// What users depend on.
        Production "production",
    }
}

record! {
    /// A change to one generated object. It must hit an object, and the object
    /// must be valid afterwards.
    "patch" pub struct Patch {
        /// The object to change.
        target "target": At<ObjectRef>, eg "StatefulSet/miner";
        /// The namespace of the object, where several of one name are in different ones.
        namespace "namespace": Option<DnsLabel>;
        /// A strategic merge patch: a part of the object, laid on it. Lists of named things merge by name.
        merge "merge": Option<Raw>;
        /// JSON 6902 operations.
        json "json": Option<Raw>;
    }
    one_of ["merge", "json"];
    needs_one "a change";
}
