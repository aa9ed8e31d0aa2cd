//! Services that take over addresses.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/external-ips",
    weight: Weight::ADVICE,
    summary: "a Service takes over addresses with `externalIPs`",
    page: "With `externalIPs` a Service catches what the nodes send to these addresses, whoever owns them: whoever may write Services may read other people's traffic (CVE-2020-8554). Many clusters refuse the field, and Kubernetes is taking leave of it. Use a LoadBalancer, on one's own machines with MetalLB or kube-vip.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {externalIPs: [203.0.113.7], selector: {app: web}, ports: [{port: 80}]}
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
spec: {selector: {app: web}, ports: [{port: 80}]}
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let addresses = object.field("spec").field("externalIPs");
    if object.subject().is("", "Service") && !addresses.is_empty() {
        addresses.fault_with(
            "it takes over these addresses on every node, whoever owns them",
            "use a Service of type `LoadBalancer`",
        );
    }
}
