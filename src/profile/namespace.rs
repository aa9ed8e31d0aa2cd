//! Where objects live: the namespaces of a system.

use crate::scalar::{DnsLabel, DnsName};

use super::decode::{At, Named};
use super::governance::{LimitRange, PodSecurity, Quota};
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
        /// How much its pods may do to their nodes; a level alone is enforced.
        pod_security "podSecurity": Option<At<PodSecurity>>, eg "restricted"|"{enforce: baseline, warn: restricted}";
        /// What all of it may use together, by the quota's name.
        quotas "quotas": Named<DnsName, Quota>;
        /// Bounds and defaults of each container, pod or claim, by name.
        limit_ranges "limitRanges": Named<DnsName, LimitRange>;
    }
}
