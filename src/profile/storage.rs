//! Storage that belongs to no single workload: classes, volumes that are made
//! by hand, and claims by themselves.

use std::fmt;

use crate::scalar::{
    AbsolutePath, DnsLabel, DnsName, IpAddress, LabelKey, LabelValue, Quantity, Scalar, kept_text,
};

use super::decode::{At, Named, Raw};
use super::mount::{AccessMode, HostPath};
use super::shape::{choice, record, scalars};
use super::system::{Annotations, Labels};
use super::words::StorageClassName;

record! {
    /// A StorageClass: how volumes are made for claims.
    "storage class" pub struct StorageClass {
        /// Who makes the volumes: a driver, or a word for a usual one.
        provisioner "provisioner": At<Driver>, eg "aws-ebs"|"local"|"csi.example.com";
        /// The driver's kind of disk. For `aws-ebs`, `azure-disk` and `gce-pd`.
        disk_type "type": Option<At<String>>, eg "gp3"|"Premium_LRS"|"pd-ssd";
        /// Whether disks are encrypted. For `aws-ebs`; the other clouds always do.
        encrypted "encrypted": Option<At<bool>>;
        /// The file system of the volumes.
        fs_type "fsType": Option<At<DnsLabel>>, eg "xfs";
        /// The driver's own parameters.
        parameters "parameters": Named<ParameterName, String>, eg "{iops: \"5000\"}";
        /// What becomes of a volume whose claim is deleted; Kubernetes' `Delete` where nothing is said.
        reclaim_policy "reclaimPolicy": Option<At<ReclaimPolicy>>, eg "Retain";
        /// When a volume is made. Volumes of zones and nodes wait for the pod, or it may not reach them.
        binding_mode "volumeBindingMode": BindingMode = "WaitForFirstConsumer";
        /// Whether claims may grow.
        allow_expansion "allowVolumeExpansion": Option<bool>;
        /// Options with which volumes are mounted.
        mount_options "mountOptions": Option<At<Vec<String>>>, eg "[noatime]";
        /// The zones in which volumes are made.
        zones "zones": Option<At<Vec<LabelValue>>>, eg "[eu-west-1a, eu-west-1b]";
        /// Where volumes are made, as Kubernetes defines it.
        allowed_topologies "allowedTopologies": Option<Raw>;
        /// Whether it is the class of claims that name none.
        default "default": Option<At<bool>>, eg "true";
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    one_of ["zones", "allowedTopologies"];
    hint "bindingMode" => "did you mean `volumeBindingMode`?";
    hint "allowExpansion" => "did you mean `allowVolumeExpansion`?";
}

choice! {
    /// When a volume is made.
    "binding mode" pub enum BindingMode {
        /// When a pod needs it, where the pod can run.
        WaitForFirstConsumer "WaitForFirstConsumer",
        /// At once.
        Immediate "Immediate",
    }
}

choice! {
    /// What becomes of a volume whose claim is deleted.
    "reclaim policy" pub enum ReclaimPolicy {
        /// It goes, with its data.
        Delete "Delete",
        /// It stays.
        Retain "Retain",
    }
}

record! {
    /// A PersistentVolume that is made by hand, or one for each pod of a StatefulSet.
    "persistent volume" pub struct PersistentVolume {
        /// The claim that it is for, and that no other gets.
        for_claim "for": Option<At<ClaimRef>>, eg "miner/data"|"shared-data";
        /// Which pod of a StatefulSet; with `nodes`, each of these is for one pod, in their order.
        pod "pod": Option<At<u32>>, eg "0";
        /// The nodes that it can be reached from.
        nodes "nodes": Option<At<Vec<LabelValue>>>, eg "[node-a, node-b, node-c]";
        /// Where it can be reached from, as Kubernetes defines it.
        node_affinity "nodeAffinity": Option<Raw>;
        /// A disk or directory of one node, where pods then run.
        local "local": Option<At<AbsolutePath>>, eg "/mnt/miner";
        /// A path of whichever node a pod runs on.
        host_path "hostPath": Option<At<HostPath>>, eg "/srv/data";
        /// A directory of a file server.
        nfs "nfs": Option<At<Nfs>>;
        /// A volume of a driver, as Kubernetes defines it.
        csi "csi": Option<Raw>, eg "{driver: ebs.csi.aws.com, volumeHandle: vol-0a1b}";
        /// How much it holds.
        capacity "capacity": Option<At<Quantity>>, else "the size of the claim that it is for", eg "100Gi";
        /// How nodes may use it.
        access_modes "accessModes": Option<At<Vec<AccessMode>>>, else "those of the claim that it is for, or [ReadWriteOnce]";
        /// Its class; claims of the same class get it.
        storage_class "storageClassName": Option<At<StorageClassName>>, else "that of the claim that it is for", eg "local";
        /// What becomes of it when its claim is deleted; Kubernetes' `Retain` where nothing is said.
        reclaim_policy "reclaimPolicy": Option<ReclaimPolicy>;
        /// Whether it is a file system or a bare device.
        volume_mode "volumeMode": Option<At<VolumeMode>>, else "that of the claim that it is for";
        /// Options with which it is mounted.
        mount_options "mountOptions": Option<At<Vec<String>>>, eg "[noatime]";
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    one_of ["local", "hostPath", "nfs", "csi"];
    one_of ["nodes", "nodeAffinity"];
    hint "claimRef" => "write it as `for: WORKLOAD/CLAIM`, or `for: CLAIM`";
    hint "path" => "a directory of a node is `local: /path`";
    hint "persistentVolumeReclaimPolicy" => "did you mean `reclaimPolicy`?";
}

choice! {
    /// What a volume is to a pod.
    "volume mode" pub enum VolumeMode {
        /// A directory.
        Filesystem "Filesystem",
        /// A bare device.
        Block "Block",
    }
}

record! {
    /// A directory of a file server.
    "nfs" pub struct Nfs {
        /// The server.
        server "server": NfsServer, eg "nfs.example.com";
        /// The directory.
        path "path": AbsolutePath, eg "/exports/data";
        /// Whether nobody may write.
        read_only "readOnly": Option<bool>;
    }
}

record! {
    /// A PersistentVolumeClaim by itself: mounts name it with `existingClaim`.
    "claim" pub struct StandaloneClaim {
        /// The namespace it lives in: that of the pods that mount it.
        namespace "namespace": Option<At<DnsLabel>>, else "the system's own", eg "jobs";
        /// How much it holds.
        size "size": At<Quantity>, eg "50Gi";
        /// Its storage class; the cluster's default where nothing is said.
        storage_class "storageClassName": Option<At<StorageClassName>>, eg "fast-ssd";
        /// How nodes may use it.
        access_modes "accessModes": Option<At<Vec<AccessMode>>>, else "[ReadWriteOnce]";
        /// Whether it is a file system or a bare device.
        volume_mode "volumeMode": Option<At<VolumeMode>>;
        /// The snapshot that it starts from.
        restore_from "restoreFrom": Option<At<DnsName>>, eg "miner-0-before";
        /// The volume that it gets.
        volume_name "volumeName": Option<At<DnsName>>, eg "pv-0";
        /// Labels of the volumes that it may get.
        selector "selector": Option<At<Named<LabelKey, LabelValue>>>, eg "{disk: fast}";
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    one_of ["restoreFrom", "volumeName", "selector"];
    hint "dataSource" => "write it as `restoreFrom: SNAPSHOT`";
    hint "storage" => "did you mean `size`?";
}

/// A driver that makes volumes, by its name or a word for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Driver(String);

/// Words for drivers, and where each of them says in which zone a node is.
const DRIVERS: [(&str, &str, &str); 4] = [
    ("aws-ebs", "ebs.csi.aws.com", "topology.ebs.csi.aws.com/zone"),
    ("azure-disk", "disk.csi.azure.com", "topology.disk.csi.azure.com/zone"),
    ("gce-pd", "pd.csi.storage.gke.io", "topology.gke.io/zone"),
    ("local", "kubernetes.io/no-provisioner", "topology.kubernetes.io/zone"),
];

impl Driver {
    /// The driver's own name.
    pub fn name(&self) -> &str {
        DRIVERS.iter().find(|(word, _, _)| *word == self.0).map_or(&self.0, |(_, name, _)| name)
    }

    /// The label of nodes that says their zone to this driver.
    pub fn zone_label(&self) -> &'static str {
        let known = DRIVERS.iter().find(|(_, name, _)| *name == self.name());
        known.map_or("topology.kubernetes.io/zone", |(_, _, label)| label)
    }

    /// The word for it, where it has one.
    pub fn word(&self) -> Option<&'static str> {
        DRIVERS.iter().find(|(_, name, _)| *name == self.name()).map(|(word, _, _)| *word)
    }
}

impl Scalar for Driver {
    const NAME: &'static str = "driver";
    const DOC: &'static str = "`aws-ebs`, `azure-disk`, `gce-pd`, `local` for volumes that are made by hand, or the name of another driver.";
    const EXAMPLES: &'static [&'static str] = &["aws-ebs", "local", "csi.example.com"];
    const PATTERN: &'static str = "^[A-Za-z0-9._/-]+$";

    fn parse(text: &str) -> Result<Driver, String> {
        // ValidateStorageClass: a qualified name, whatever its case.
        LabelKey::parse(&text.to_lowercase())?;
        let known = DRIVERS.iter().any(|(word, _, _)| *word == text);
        if !known && !text.contains(['.', '/']) {
            let words = DRIVERS.iter().map(|(word, _, _)| *word);
            return Err(match crate::diagnostic::nearest(text, words.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("a driver's name has a domain; words for them are {}", {
                    words.collect::<Vec<_>>().join(", ")
                }),
            });
        }
        Ok(Driver(text.to_owned()))
    }
}

kept_text! {
    /// The name of a driver's parameter.
    ParameterName
}

impl Scalar for ParameterName {
    const NAME: &'static str = "parameter";
    const DOC: &'static str = "The name of a driver's parameter.";
    const EXAMPLES: &'static [&'static str] = &["iops", "csi.storage.k8s.io/fstype"];
    const PATTERN: &'static str = "^\\S+$";

    fn parse(text: &str) -> Result<ParameterName, String> {
        match text.is_empty() || text.contains(char::is_whitespace) {
            true => Err("a name without blanks".to_owned()),
            false => Ok(ParameterName(text.into())),
        }
    }
}

kept_text! {
    /// The name or address of a file server.
    NfsServer
}

impl Scalar for NfsServer {
    const NAME: &'static str = "server";
    const DOC: &'static str = "A host name or an address.";
    const EXAMPLES: &'static [&'static str] = &["nfs.example.com", "10.0.0.7"];
    const PATTERN: &'static str = "^[A-Za-z0-9.:-]+$";

    fn parse(text: &str) -> Result<NfsServer, String> {
        if text.contains(':') {
            IpAddress::parse(text)?;
        } else {
            DnsName::parse(text)?;
        }
        Ok(NfsServer(text.into()))
    }
}

/// A claim of a workload, or one that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ClaimRef {
    Of { workload: DnsLabel, claim: DnsLabel },
    Alone(DnsName),
}

impl fmt::Display for ClaimRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ClaimRef::Of { workload, claim } => write!(f, "{workload}/{claim}"),
            ClaimRef::Alone(name) => name.fmt(f),
        }
    }
}

impl Scalar for ClaimRef {
    const NAME: &'static str = "claim reference";
    const DOC: &'static str =
        "A claim of a workload, `WORKLOAD/CLAIM`, or the name of one under `claims`.";
    const EXAMPLES: &'static [&'static str] = &["miner/data", "shared-data"];
    const PATTERN: &'static str = "^[a-z0-9.-]+(/[a-z0-9-]+)?$";

    fn parse(text: &str) -> Result<ClaimRef, String> {
        Ok(match text.split_once('/') {
            None => ClaimRef::Alone(DnsName::parse(text)?),
            Some((workload, claim)) => ClaimRef::Of {
                workload: DnsLabel::parse(workload)?,
                claim: DnsLabel::parse(claim)?,
            },
        })
    }
}

scalars!(Driver, ParameterName, NfsServer, ClaimRef);
