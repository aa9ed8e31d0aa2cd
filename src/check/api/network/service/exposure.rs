//! How a Service is reached from outside of a cluster, and which way its traffic
//! goes.

use crate::check::at::At;
use crate::scalar::Cidr;

use super::Type;

const SOURCE_RANGES: &str = "service.beta.kubernetes.io/load-balancer-source-ranges";
const BALANCED_ONLY: &str = "only Services of type `LoadBalancer` have it";

pub fn validate(object: At<'_>, spec: At<'_>, kind: Type, minor: u8) {
    for address in spec.field("externalIPs").items() {
        address.must_be_reachable_address();
    }
    validate_source_ranges(object, spec, kind);
    let class = spec.field("loadBalancerClass");
    if kind == Type::LoadBalancer {
        class.must_be_qualified_name();
    } else {
        class.forbid(BALANCED_ONLY);
        spec.field("allocateLoadBalancerNodePorts").forbid(BALANCED_ONLY);
    }
    validate_traffic(spec, kind);
    // The newer words are known since 1.34.
    let words: &[&str] = match minor < 34 {
        true => &["PreferClose"],
        false => &["PreferClose", "PreferSameZone", "PreferSameNode"],
    };
    spec.field("trafficDistribution").must_be_one_of(words);
}

/// A server calls the field by another name in what it says of it.
fn validate_source_ranges(object: At<'_>, spec: At<'_>, kind: Type) {
    let ranges = spec.field("loadBalancerSourceRanges");
    let ranges = ranges.named(spec.field("LoadBalancerSourceRanges"));
    if !ranges.is_empty() {
        if kind != Type::LoadBalancer {
            ranges.forbid(BALANCED_ONLY);
        }
        for range in ranges.items() {
            range.must_be_text::<Cidr>(range.text_or_empty().trim());
        }
        return;
    }
    let annotation = object.field("metadata").field("annotations").key(SOURCE_RANGES);
    let Some(text) = annotation.text() else { return };
    if kind != Type::LoadBalancer {
        annotation.forbid(BALANCED_ONLY);
    }
    let text = text.trim();
    if !text.is_empty() {
        text.split(',').for_each(|range| annotation.must_be_text::<Cidr>(range.trim()));
    }
}

/// `validateServiceExternalTrafficPolicy`, and its like for traffic from inside.
fn validate_traffic(spec: At<'_>, kind: Type) {
    let external = spec.field("externalTrafficPolicy");
    let from_outside = match kind {
        Type::NodePort | Type::LoadBalancer => true,
        Type::ClusterIp => !spec.field("externalIPs").is_empty(),
        Type::ExternalName | Type::Unknown => false,
    };
    if !external.is_empty() {
        if from_outside {
            external.must_be_one_of(&["Cluster", "Local"]);
        } else {
            external.forbid("no traffic from outside reaches this Service");
        }
    }
    let health = spec.field("healthCheckNodePort");
    if health.int().is_some_and(|number| number != 0) {
        if kind == Type::LoadBalancer && external.text() == Some("Local") {
            health.required_port();
        } else {
            health.forbid(
                "only Services of type `LoadBalancer` with `externalTrafficPolicy: Local` have it",
            );
        }
    }
    spec.field("internalTrafficPolicy").must_be_one_of(&["Cluster", "Local"]);
}
