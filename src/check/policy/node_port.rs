//! Services that open a port on every node.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/node-port",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "a Service opens a port on every node",
    page: "A Service of type NodePort is reached at a port of every node, past Ingress, TLS and whatever guards the front door, by everybody who reaches a node. That is for trying things out. Use ClusterIP behind an Ingress or a Gateway, or a LoadBalancer.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80}]}
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
spec: {type: ClusterIP, selector: {app: web}, ports: [{port: 80}]}
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let kind = object.field("spec").field("type");
    if object.subject().is("", "Service") && kind.text() == Some("NodePort") {
        kind.fault_with(
            "it opens a port on every node",
            "use `ClusterIP` behind an Ingress or a Gateway, or `LoadBalancer`",
        );
    }
}
