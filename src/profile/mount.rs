//! What a container sees at a path.

use crate::scalar::{
    AbsolutePath, ConfigKey, DnsLabel, DnsName, Duration, OctalMode, Quantity, RelativePath,
};

use super::decode::{At, Named};
use super::refs::FileRef;
use super::shape::{choice, record};
use super::words::{FieldPath, ResourceField, StorageClassName};

record! {
    /// One path of a container and what lies there.
    "mount" pub struct Mount {
        /// Storage that outlives the pod: one claim per pod in a StatefulSet, one for all pods elsewhere.
        claim "claim": Option<At<DnsLabel>>, eg "data";
        /// The size of the claim.
        size "size": Option<At<Quantity>>, eg "50Gi";
        /// The storage class of the claim; the cluster's default where nothing is said.
        storage_class "storageClassName": Option<At<StorageClassName>>, eg "fast-ssd";
        /// How nodes may use the claim.
        access_modes "accessModes": Option<At<Vec<AccessMode>>>, else "[ReadWriteOnce]", eg "[ReadWriteOnce]";
        /// The snapshot that the claim starts from; in a StatefulSet, the claim of every new pod.
        restore_from "restoreFrom": Option<At<DnsName>>, eg "miner-0-before";
        /// A claim under the profile's `claims`, or one that is made elsewhere.
        existing_claim "existingClaim": Option<At<DnsName>>;
        /// A ConfigMap as a directory, or one file of it.
        config "config": Option<At<FileRef>>, eg "app-config"|"app-config/settings.toml";
        /// A Secret as a directory, or one file of it.
        secret "secret": Option<At<FileRef>>, eg "app-tls";
        /// Keys of the ConfigMap or Secret and the files they become; all of them where nothing is said.
        items "items": Option<At<Named<ConfigKey, RelativePath>>>;
        /// The mode of the files.
        mode "mode": Option<At<OctalMode>>, eg "0440";
        /// Whether the pod starts where the ConfigMap or Secret is missing.
        optional "optional": Option<At<bool>>;
        /// Scratch space of this container alone, which goes with the pod.
        empty_dir "emptyDir": Option<EmptyDir>, eg "{}";
        /// A path of the node.
        host_path "hostPath": Option<HostPath>, eg "/var/log";
        /// Several sources in one directory.
        projected "projected": Option<At<Vec<ProjectedSource>>>;
        /// A volume under the workload's `volumes`.
        volume "volume": Option<At<DnsLabel>>;
        /// Whether the container may only read.
        read_only "readOnly": Option<bool>;
        /// A path inside the volume.
        sub_path "subPath": Option<At<RelativePath>>;
        /// A path inside the volume with `$(NAME)` of environment variables.
        sub_path_expr "subPathExpr": Option<At<String>>;
        /// How mounts on either side reach the other.
        propagation "mountPropagation": Option<At<Propagation>>;
    }
    one_of ["claim", "existingClaim", "config", "secret", "emptyDir", "hostPath", "projected", "volume"];
    one_of ["subPath", "subPathExpr"];
    companions ["size", "storageClassName", "accessModes", "restoreFrom", "items", "mode", "optional"];
    hint "configMap" => "did you mean `config`?";
    hint "persistentVolumeClaim" => "did you mean `claim`, or `existingClaim`?";
    hint "dataSource" => "write it as `restoreFrom: SNAPSHOT`";
    hint "storage" => "did you mean `size`?";
    hint "storageClass" => "did you mean `storageClassName`?";
}

choice! {
    /// How nodes may use a claim.
    "access mode" pub enum AccessMode {
        /// One node reads and writes.
        ReadWriteOnce "ReadWriteOnce",
        /// Many nodes read.
        ReadOnlyMany "ReadOnlyMany",
        /// Many nodes read and write.
        ReadWriteMany "ReadWriteMany",
        /// One pod reads and writes.
        ReadWriteOncePod "ReadWriteOncePod",
    }
}

choice! {
    /// How mounts on either side reach the other.
    "mount propagation" pub enum Propagation {
        /// Not at all.
        None "None",
        /// From the node to the container.
        HostToContainer "HostToContainer",
        /// Both ways; the container is privileged.
        Bidirectional "Bidirectional",
    }
}

record! {
    /// Scratch space of a pod.
    "emptyDir" pub struct EmptyDir {
        /// The most it may hold.
        size "size": Option<At<Quantity>>, eg "1Gi";
        /// `Memory` for a RAM disk.
        medium "medium": Option<Medium>;
    }
    short "size";
    hint "sizeLimit" => "did you mean `size`?";
}

choice! {
    /// What scratch space is made of.
    "medium" pub enum Medium {
        /// A RAM disk, which counts as memory of the container.
        Memory "Memory",
        /// Huge pages.
        HugePages "HugePages",
    }
}

record! {
    /// A path of the node.
    "hostPath" pub struct HostPath {
        /// The path.
        path "path": AbsolutePath, eg "/var/log";
        /// What must be there.
        path_type "type": Option<HostPathType>;
    }
    short "path";
}

choice! {
    /// What must be at a path of the node.
    "hostPath type" pub enum HostPathType {
        /// A directory, made where there is none.
        DirectoryOrCreate "DirectoryOrCreate",
        /// A directory.
        Directory "Directory",
        /// A file, made where there is none.
        FileOrCreate "FileOrCreate",
        /// A file.
        File "File",
        /// A UNIX socket.
        Socket "Socket",
        /// A character device.
        CharDevice "CharDevice",
        /// A block device.
        BlockDevice "BlockDevice",
    }
}

record! {
    /// One source of a projected directory.
    "source" pub struct ProjectedSource {
        /// A ConfigMap, or one file of it.
        config "config": Option<At<FileRef>>;
        /// A Secret, or one file of it.
        secret "secret": Option<At<FileRef>>;
        /// Keys and the files they become.
        items "items": Option<At<Named<ConfigKey, RelativePath>>>;
        /// Whether the pod starts where it is missing.
        optional "optional": Option<At<bool>>;
        /// A token of the pod's service account.
        token "token": Option<Token>;
        /// Files with fields of the pod.
        fields "fields": Option<Named<RelativePath, At<FieldPath>>>;
        /// Files with requests or limits of containers.
        resources "resources": Option<Named<RelativePath, ContainerResource>>;
    }
    one_of ["config", "secret", "token", "fields", "resources"];
    needs_one "a source";
    hint "serviceAccountToken" => "did you mean `token`?";
    hint "downwardAPI" => "did you mean `fields` or `resources`?";
}

record! {
    /// A token of the pod's service account.
    "token" pub struct Token {
        /// The file it becomes.
        path "path": RelativePath, eg "token";
        /// Whom it is for; the API server where nothing is said.
        audience "audience": Option<String>;
        /// How long it is valid: 10 minutes at least.
        expiration "expiration": Option<At<Duration>>, eg "1h";
    }
    short "path";
}

record! {
    /// A request or limit of a container.
    "resource of a container" pub struct ContainerResource {
        /// The container.
        container "container": At<DnsLabel>;
        /// The request or limit.
        resource "resource": ResourceField, eg "limits.cpu";
        /// The unit.
        divisor "divisor": Option<At<Quantity>>, eg "1m";
    }
}
