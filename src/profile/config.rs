//! ConfigMaps and Secrets.

use std::fmt;

use crate::diagnostic::Report;
use crate::scalar::{ConfigKey, DnsLabel, RelativePath};
use crate::tree::Node;

use super::decode::{At, Decode, Named, wrong_type};
use super::env::Addressed;
use super::shape::{Shape, choice, record};
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

record! {
    /// A Secret. An environment says in `from` where its values come from.
    "secret" pub struct Secret {
        /// Kubernetes' type of it.
        secret_type "type": Option<At<String>>, eg "kubernetes.io/tls";
        /// The keys that it has.
        keys "keys": Vec<At<ConfigKey>>;
        /// Keys that it may have; pods start without them.
        optional_keys "optionalKeys": Vec<At<ConfigKey>>;
        /// Where its values come from in this environment.
        from "from": Option<At<SecretFrom>>;
        /// The namespace it lives in; wherever it is read where nothing is said.
        namespace "namespace": Option<At<DnsLabel>>, else "that of each workload that reads it", eg "jobs";
        /// Whether Kubernetes refuses to change it.
        immutable "immutable": Option<At<bool>>;
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    hint "data" => "values stand in `from: {literals: …}`, in an environment's overlay";
    hint "stringData" => "values stand in `from: {literals: …}`, in an environment's overlay";
}

record! {
    /// Where the values of a Secret come from.
    "source" pub struct SecretFrom {
        /// It is made elsewhere: `from: existing`.
        existing "existing": Option<Existing>, eg "true";
        /// The values themselves. In a development tier only.
        literals "literals": Option<At<Named<ConfigKey, SecretText>>>;
    }
    short "existing";
    one_of ["existing", "literals"];
    needs_one "one way";
}

choice! {
    /// The word for what is made elsewhere.
    "source" pub enum Existing {
        /// It is made elsewhere.
        Existing "existing",
        /// It is made elsewhere.
        True "true",
    }
}

/// A plaintext value of a Secret. It shows itself to nobody.
#[derive(Clone)]
pub struct SecretText(pub String);

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(…)")
    }
}

impl Decode for SecretText {
    fn shape() -> Shape {
        Shape::Text
    }

    fn decode(node: &Node, report: &mut Report) -> Option<SecretText> {
        match node.as_text() {
            Some(text) => Some(SecretText(text.to_owned())),
            None => {
                report.add(wrong_type(node, "a string"));
                None
            }
        }
    }
}
