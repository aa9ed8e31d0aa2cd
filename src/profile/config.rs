//! ConfigMaps.

use crate::scalar::{ConfigKey, DnsLabel, RelativePath};

use super::decode::{At, Named};
use super::env::Addressed;
use super::shape::record;
use super::system::{Annotations, Labels};

record! {
    /// A ConfigMap. A change of it restarts the workloads that read it.
    "config" pub struct Config {
        /// Values by key.
        data "data": Named<ConfigKey, DataValue>;
        /// Contents of files by key. What is not UTF-8 becomes `binaryData`.
        files "files": Named<ConfigKey, ConfigFile>;
        /// Whether Kubernetes refuses to change it. A change then needs a new name.
        immutable "immutable": Option<At<bool>>;
        /// The namespace it lives in; wherever it is read where nothing is said.
        namespace "namespace": Option<At<DnsLabel>>, else "that of each workload that reads it", eg "jobs";
        /// Whether it is made elsewhere. References to it are checked against `keys`.
        existing "existing": bool = "false";
        /// The keys that it has, where it is made elsewhere.
        keys "keys": Vec<At<ConfigKey>>;
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    hint "binaryData" => "write it under `files`; what is not UTF-8 becomes `binaryData`";
}

record! {
    /// A value of a ConfigMap: text as it stands, or an address.
    "value" pub struct DataValue {
        /// The text.
        value "value": Option<String>, eg "info";
    }
    include address: Addressed;
    short "value";
    one_of ["value", "address"];
    needs_one "a value";
}

record! {
    /// A file of a ConfigMap.
    "file" pub struct ConfigFile {
        /// A file of the project, taken as it is.
        file "file": Option<At<RelativePath>>, eg "files/app.toml";
        /// A file below `templates/`, rendered.
        template "template": Option<At<RelativePath>>, eg "web/app.toml";
    }
    short "file";
    one_of ["file", "template"];
    needs_one "a file or a template";
}
