//! Dashboards of Grafana.

use crate::scalar::{DnsLabel, DnsName, RelativePath};

use super::decode::{At, Named};
use super::shape::record;
use super::system::{Annotations, Labels};

/// Dashboards by name.
pub type Dashboards = Named<DnsName, Dashboard>;

record! {
    /// A dashboard: a ConfigMap that the sidecar of Grafana finds.
    "dashboard" pub struct Dashboard {
        /// A file of the project with the dashboard's JSON, taken as it is.
        file "file": Option<At<RelativePath>>, eg "dashboards/nodes.json";
        /// A file below `templates/`, rendered.
        template "template": Option<At<RelativePath>>, eg "dashboards/nodes.json";
        /// The folder in Grafana.
        folder "folder": Option<At<String>>, eg "Blockchain";
        /// The namespace of the ConfigMap; one under `namespaces`.
        namespace "namespace": Option<At<DnsLabel>>, else "that of `monitoring`, or the system's own", eg "monitoring";
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    short "file";
    one_of ["file", "template"];
    needs_one "a file or a template";
}
