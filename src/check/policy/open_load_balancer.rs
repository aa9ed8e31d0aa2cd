//! Load balancers that anybody reaches.

use std::net::IpAddr;

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::check::subject::Subject;
use crate::object::value::Value;

pub static RULE: Rule = Rule {
    name: "policy/open-load-balancer",
    weight: Weight::ADVICE,
    summary: "a load balancer is open to the whole internet",
    page: "A Service of type LoadBalancer gets an address that the whole internet reaches, if nothing says otherwise, and what listens behind it is not shielded by an Ingress. Say from where it may be reached (`loadBalancerSourceRanges`), make it internal with the annotation of your cloud, or put an Ingress or a Gateway before it. Where the whole world is meant, waive this rule for that Service and say so.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24], selector: {app: web}, ports: [{port: 80}]}
",
    look: Look::Object(look),
};

/// Annotations that make it internal, with the value that does so; an empty one stands
/// for any value.
const INTERNAL: [(&str, &str); 14] = [
    ("service.beta.kubernetes.io/aws-load-balancer-internal", ""),
    ("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"),
    ("service.beta.kubernetes.io/azure-load-balancer-internal", "true"),
    ("networking.gke.io/load-balancer-type", "internal"),
    ("cloud.google.com/load-balancer-type", "internal"),
    ("service.beta.kubernetes.io/openstack-internal-load-balancer", "true"),
    ("loadbalancer.openstack.org/internal", "true"),
    ("service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", "private"),
    ("service.beta.kubernetes.io/oci-load-balancer-internal", "true"),
    ("oci-network-load-balancer.oraclecloud.com/internal", "true"),
    ("service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type", "intranet"),
    ("service.kubernetes.io/qcloud-loadbalancer-internal-subnetid", ""),
    ("load-balancer.hetzner.cloud/disable-public-network", "true"),
    ("tailscale.com/expose", "true"),
];

/// Annotations that say from where it is reached.
const RANGES: [&str; 3] = [
    "service.beta.kubernetes.io/load-balancer-source-ranges",
    "service.beta.kubernetes.io/azure-allowed-ip-ranges",
    "service.beta.kubernetes.io/azure-allowed-service-tags",
];

/// Annotations with the addresses it gets.
const ADDRESSES: [&str; 4] = [
    "metallb.universe.tf/loadBalancerIPs",
    "metallb.io/loadBalancerIPs",
    "kube-vip.io/loadbalancerIPs",
    "io.cilium/lb-ipam-ips",
];

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let spec = object.field("spec");
    if !subject.is("", "Service") || spec.field("type").text() != Some("LoadBalancer") {
        return;
    }
    let help = "say from where: `loadBalancerSourceRanges: […]`, or make it internal with the annotation of your cloud";
    let ranges = spec.field("loadBalancerSourceRanges");
    if let Some(open) = ranges.items().find(|range| range.text().is_some_and(is_everywhere)) {
        open.fault_with("this is the whole internet", help);
    } else if ranges.is_empty() && !is_shielded(subject, spec) {
        spec.field("type")
            .fault_with("whoever reaches its address reaches the pods behind it", help);
    }
}

fn is_everywhere(range: &str) -> bool {
    matches!(range.trim(), "0.0.0.0/0" | "::/0")
}

fn is_shielded(subject: &Subject<'_>, spec: At<'_>) -> bool {
    let annotation = |key: &str| subject.annotation(key);
    let internal = INTERNAL.iter().any(|(key, wanted)| {
        annotation(key).is_some_and(|value| {
            value != "false" && (wanted.is_empty() || value.eq_ignore_ascii_case(wanted))
        })
    });
    let from = RANGES
        .iter()
        .filter_map(|key| annotation(key))
        .any(|ranges| !ranges.is_empty() && !ranges.split(',').any(is_everywhere));
    // A class of its own says where it is reached from better than we know.
    let class = spec.field("loadBalancerClass").text_or_empty();
    let private_class =
        ["internal", "private", "tailscale"].iter().any(|word| class.contains(word));
    let own = spec.field("loadBalancerIP").value().and_then(Value::as_str);
    let given = ADDRESSES.iter().filter_map(|key| annotation(key)).chain(own);
    let mut given = given.flat_map(|addresses| addresses.split(',')).peekable();
    let private_address = given.peek().is_some() && given.all(is_private);
    internal || from || private_class || private_address
}

fn is_private(address: &str) -> bool {
    match address.trim().parse() {
        Ok(IpAddr::V4(address)) => address.is_private() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => address.is_unique_local(),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    fn found(annotations: &str, spec: &str) -> usize {
        findings(
            &RULE,
            &format!(
                "
apiVersion: v1
kind: Service
metadata: {{name: web, annotations: {{{annotations}}}}}
spec: {{type: LoadBalancer, {spec} ports: [{{port: 80}}]}}
"
            ),
        )
        .len()
    }

    #[test]
    fn what_shields_it() {
        for (annotations, spec, count) in [
            ("", "", 1),
            ("", "loadBalancerSourceRanges: [],", 1),
            ("", "loadBalancerSourceRanges: [10.0.0.0/8],", 0),
            ("", "loadBalancerSourceRanges: [10.0.0.0/8, 0.0.0.0/0],", 1),
            ("service.beta.kubernetes.io/aws-load-balancer-scheme: internal", "", 0),
            ("service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing", "", 1),
            ("service.beta.kubernetes.io/aws-load-balancer-internal: 'true'", "", 0),
            ("service.beta.kubernetes.io/aws-load-balancer-internal: 'false'", "", 1),
            ("networking.gke.io/load-balancer-type: Internal", "", 0),
            ("service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.0/8", "", 0),
            ("service.beta.kubernetes.io/load-balancer-source-ranges: '0.0.0.0/0'", "", 1),
            ("", "loadBalancerClass: tailscale,", 0),
            ("", "loadBalancerIP: 192.168.1.10,", 0),
            ("", "loadBalancerIP: 198.51.100.7,", 1),
            ("metallb.universe.tf/loadBalancerIPs: '10.0.0.5,10.0.0.6'", "", 0),
        ] {
            assert_eq!(found(annotations, spec), count, "{annotations} {spec}");
        }
    }
}
