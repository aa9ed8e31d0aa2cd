//! What a server warns of in a Service: `GetWarningsForService`.

use crate::check::api::server_warning;
use crate::check::at::At;

use super::{Type, addresses};

pub fn warn(object: At<'_>, spec: At<'_>, kind: Type, minor: u8) {
    let (object, spec) = (object.under(&server_warning::RULE), spec.under(&server_warning::RULE));
    let annotations = object.field("metadata").field("annotations");
    let hints = annotations.key("service.kubernetes.io/topology-aware-hints");
    if hints.is_set() {
        hints.warn_with(
            "this annotation is deprecated",
            "use `service.kubernetes.io/topology-mode`",
        );
    }
    let headless = kind == Type::ClusterIp && addresses::is_headless(spec);
    if headless {
        warn_of_headless(spec);
    }
    let external = spec.field("externalIPs");
    if !external.is_empty() {
        match kind {
            Type::ExternalName => {
                external.warn("a Service of type `ExternalName` does nothing with it");
            }
            _ if headless => external.warn("a Service without an address does nothing with it"),
            _ if minor < 36 => {}
            _ => external.warn("it is deprecated, and some clusters do nothing with it"),
        }
    }
    let name = spec.field("externalName");
    if kind != Type::ExternalName && !name.is_empty() {
        name.warn("only a Service of type `ExternalName` does something with it");
    }
    let distribution = spec.field("trafficDistribution");
    if distribution.text() == Some("PreferClose") && minor >= 35 {
        distribution.warn_with("`PreferClose` is deprecated", "use `PreferSameZone`");
    }
    warn_of_long_addresses(spec);
}

fn warn_of_headless(spec: At<'_>) {
    let address = spec.field("loadBalancerIP");
    if !address.is_empty() {
        address.warn("a Service without an address does nothing with it");
    }
    let affinity = spec.field("sessionAffinity");
    if affinity.text_or("None") != "None" {
        affinity.warn("a Service without an address does nothing with it");
    }
}

fn warn_of_long_addresses(spec: At<'_>) {
    for list in ["clusterIPs", "externalIPs"] {
        spec.field(list).items().for_each(At::warn_of_long_address);
    }
    if spec.field("clusterIPs").is_empty() {
        spec.field("clusterIP").warn_of_long_address();
    }
    spec.field("loadBalancerIP").warn_of_long_address();
    spec.field("loadBalancerSourceRanges").items().for_each(At::warn_of_long_block);
}
