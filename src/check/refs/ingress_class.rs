//! Ingress classes that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/ingress-class",
    weight: Weight::WARNING,
    summary: "an Ingress names a class that is not there",
    page: "An Ingress whose class no controller serves is taken by a server, and nothing comes of it: it has no address, and nobody says why. The class comes with the controller: what is named here is neither defined nor one that controllers are known for. Mend the name, or declare the class under `checks.elsewhere`.",
    bad: "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: ngnix
  defaultBackend: {service: {name: web, port: {number: 80}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: ExternalName, externalName: web.example.com, ports: [{port: 80}]}
",
    good: "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: web, port: {number: 80}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: ExternalName, externalName: web.example.com, ports: [{port: 80}]}
",
    look: Look::Object(look),
};

/// What controllers bring.
const WELL_KNOWN: [&str; 21] = [
    "nginx",
    "traefik",
    "alb",
    "haproxy",
    "kong",
    "contour",
    "istio",
    "cilium",
    "gce",
    "gce-internal",
    "azure-application-gateway",
    "azure-alb-external",
    "webapprouting.kubernetes.azure.com",
    "openshift-default",
    "apisix",
    "ambassador",
    "tailscale",
    "cloudflare-tunnel",
    "public",
    "nginx-internal",
    "nginx-external",
];

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    if !object.subject().is("networking.k8s.io", "Ingress") || object.subject().is_made() {
        return;
    }
    let class = object.field("spec").field("ingressClassName");
    let name = class.text_or_empty();
    if name.is_empty() || WELL_KNOWN.contains(&name) {
        return;
    }
    let wanted = Wanted::of_cluster("networking.k8s.io", "IngressClass", name);
    // Only a defined class tells a name that is wrong from one that is not known here.
    let known = absent::near(scene, name, WELL_KNOWN.into_iter());
    let is_meant = |known: &&str| {
        !name.starts_with(*known) && wanted.find(scene).is_none() && !is_elsewhere(scene, name)
    };
    match known.filter(is_meant) {
        Some(known) => class.warn_with(
            format!("there is no IngressClass `{name}`"),
            format!("did you mean `{known}`?"),
        ),
        None => {
            absent::lead(scene, class, wanted.usual());
        }
    }
}

fn is_elsewhere(scene: &Scene<'_>, name: &str) -> bool {
    scene.is_elsewhere("IngressClass", "", name)
}
