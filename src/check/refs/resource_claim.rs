//! Devices that are claimed by what is not there.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/resource-claim",
    weight: Weight::ERROR,
    summary: "a pod names a ResourceClaim, or a template of one, that is not there",
    page: "A pod whose ResourceClaim, or ResourceClaimTemplate, does not exist is not scheduled. Both must be in the namespace of the pod.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: train}
spec:
  resourceClaims: [{name: gpu, resourceClaimTemplateName: gpus}]
  containers: [{name: train, image: 'registry.example.com/train:v1.4.2', resources: {claims: [{name: gpu}]}}]
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: train}
spec:
  resourceClaims: [{name: gpu, resourceClaimTemplateName: gpus}]
  containers: [{name: train, image: 'registry.example.com/train:v1.4.2', resources: {claims: [{name: gpu}]}}]
---
apiVersion: resource.k8s.io/v1
kind: ResourceClaimTemplate
metadata: {name: gpus}
spec: {spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: gpu.example.com}}]}}}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    if pod.is_made() {
        return;
    }
    for claim in spec.field("resourceClaims").items() {
        for (field, kind) in [
            ("resourceClaimName", "ResourceClaim"),
            ("resourceClaimTemplateName", "ResourceClaimTemplate"),
        ] {
            let name = claim.field(field);
            let wanted = Wanted::of("resource.k8s.io", kind, pod.namespace, name.text_or_empty());
            absent::lead(scene, name, wanted);
        }
    }
}
