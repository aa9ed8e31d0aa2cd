//! Where objects live: the namespaces of a system.

use crate::scalar::DnsLabel;

use super::decode::At;
use super::shape::record;
use super::system::{Annotations, Labels};

record! {
    /// The namespace of the system: where everything lives that names no other.
    "namespace" pub struct Namespace {
        /// Its name.
        name "name": Option<At<DnsLabel>>, else "the system's name", eg "shop";
    }
    include settings: NamespaceSettings;
    short "name";
}

record! {
    /// A namespace.
    "namespace" pub struct NamespaceSettings {
        /// Labels of the Namespace object.
        labels "labels": Labels;
        /// Annotations of the Namespace object.
        annotations "annotations": Annotations;
        /// Whether the Namespace object is part of the output.
        create "create": bool = "true";
    }
}
