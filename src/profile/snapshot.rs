//! Snapshots of claims: classes, single ones, and those of a schedule.

use crate::scalar::{DnsLabel, DnsName};

use super::container::Resources;
use super::decode::{At, Named};
use super::refs::ImageUse;
use super::shape::{choice, record};
use super::storage::{ClaimRef, Driver, ParameterName};
use super::system::{Annotations, Labels};
use super::workload::Schedule;

record! {
    /// A VolumeSnapshotClass: how snapshots are made.
    "snapshot class" pub struct SnapshotClass {
        /// Who makes them: a driver, or a word for a usual one.
        driver "driver": At<Driver>, eg "aws-ebs"|"csi.example.com";
        /// What becomes of the data when a snapshot is deleted.
        deletion_policy "deletionPolicy": DeletionPolicy, eg "Retain";
        /// The driver's own parameters.
        parameters "parameters": Named<ParameterName, String>;
        /// Whether it is the class of snapshots that name none.
        default "default": Option<At<bool>>, eg "true";
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
}

choice! {
    /// What becomes of the data of a snapshot.
    "deletion policy" pub enum DeletionPolicy {
        /// It goes.
        Delete "Delete",
        /// It stays.
        Retain "Retain",
    }
}

record! {
    /// A VolumeSnapshot of a claim, or with `schedule` a CronJob that makes some
    /// and keeps the last ones.
    "snapshot" pub struct Snapshot {
        /// The claim.
        of "of": Option<At<ClaimRef>>, eg "miner/data"|"shared-data";
        /// Which pod's claim, of a StatefulSet; with `schedule`, those of all pods where nothing is said.
        pod "pod": Option<At<u32>>, eg "0";
        /// A claim that is made elsewhere.
        claim "claim": Option<At<DnsName>>, eg "data-db-0";
        /// The namespace of a claim that is made elsewhere.
        namespace "namespace": Option<At<DnsLabel>>, else "the system's own", eg "jobs";
        /// Its class; the cluster's default where nothing is said.
        class "volumeSnapshotClassName": Option<At<DnsName>>, eg "csi-snapshots";
        /// When snapshots are made, again and again.
        schedule "schedule": Option<At<Schedule>>, eg "0 2 * * *";
        /// How many of a claim are kept. With `schedule`.
        keep "keep": Option<At<u32>>, eg "7";
        /// What makes them: an image with `sh`, `date` and `kubectl`. With `schedule`.
        image "image": Option<At<ImageUse>>, eg "registry.example.com/kubectl:1.34";
        /// What the pod that makes them asks for. With `schedule`.
        resources "resources": Option<At<Resources>>, else "requests of 10m and 32Mi, limits of 200m and 128Mi";
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    one_of ["of", "claim"];
    companions ["namespace", "pod"];
    needs_one "a claim";
    hint "class" => "did you mean `volumeSnapshotClassName`?";
    hint "volumeSnapshotClass" => "did you mean `volumeSnapshotClassName`?";
}
