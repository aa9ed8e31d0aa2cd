//! How the cluster's monitoring finds what is here: said once for all workloads
//! of an environment.

use crate::scalar::{AnnotationKey, DnsLabel, Duration, LabelKey, LabelValue};

use super::decode::At;
use super::scrape::ScrapeBy;
use super::shape::record;
use super::system::Labels;

record! {
    /// How the monitoring of the cluster finds what this system gives it.
    "monitoring" pub struct Monitoring {
        /// Whether the cluster has a monitoring at all: without one there are no monitors, rules and dashboards.
        enabled "enabled": bool = "true";
        /// How Prometheus learns which pods to scrape, where a workload says nothing else.
        by "by": Option<At<ScrapeBy>>, else "annotations", eg "service";
        /// The namespace of monitors, rules and dashboards; one under `namespaces`. What lies there has the name of its home before its own.
        namespace "namespace": Option<At<DnsLabel>>, else "that of the workload, or the system's own", eg "monitoring";
        /// Labels of monitors and rules: Prometheus selects them by these.
        labels "labels": Labels, eg "{release: prometheus}";
        /// How often monitors scrape; Prometheus' own interval where nothing is said.
        interval "interval": Option<At<Duration>>, eg "30s";
        /// How Grafana finds dashboards.
        dashboards "dashboards": Option<At<DashboardSettings>>;
    }
    hint "scrapeInterval" => "did you mean `interval`?";
    hint "release" => "write it as `labels: {release: …}`";
}

record! {
    /// How the sidecar of Grafana finds dashboards.
    "set of dashboard settings" pub struct DashboardSettings {
        /// The label that it looks for.
        label "label": LabelKey = "grafana_dashboard";
        /// The value of that label.
        value "value": LabelValue = "1";
        /// The annotation that names the folder.
        folder_annotation "folderAnnotation": At<AnnotationKey> = "grafana_folder", eg "k8s-sidecar-target-directory";
    }
}
