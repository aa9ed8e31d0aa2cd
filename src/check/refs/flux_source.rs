//! Sources of Flux that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/flux-source",
    weight: Weight::WARNING,
    summary: "Flux is to take from a source, or wait for a Kustomization, that is not there",
    page: "A Kustomization or HelmRelease whose source does not exist is never applied, and one that depends on a Kustomization which does not exist waits for good. Sources are most often in the repository that set Flux up, and not here: declare them under `checks.elsewhere`.",
    bad: "
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop}
spec: {interval: 10m, prune: true, path: ./shop, sourceRef: {kind: GitRepository, name: shops}}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: shop}
spec: {interval: 1m, url: 'https://git.example.com/shop.git'}
",
    good: "
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop}
spec: {interval: 10m, prune: true, path: ./shop, sourceRef: {kind: GitRepository, name: shop}}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: shop}
spec: {interval: 1m, url: 'https://git.example.com/shop.git'}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let spec = object.field("spec");
    match (subject.group(), subject.kind()) {
        ("kustomize.toolkit.fluxcd.io", "Kustomization") => source(scene, spec.field("sourceRef")),
        ("helm.toolkit.fluxcd.io", "HelmRelease") => {
            source(scene, spec.down(&["chart", "spec", "sourceRef"]));
            source(scene, spec.field("chartRef"));
        }
        _ => return,
    }
    for other in spec.field("dependsOn").items() {
        let namespace = other.field("namespace").text_or(scene.namespace_of(subject));
        let name = other.field("name");
        let wanted = Wanted::of(subject.group(), subject.kind(), namespace, name.text_or_empty());
        absent::lead(scene, name, wanted.usual());
    }
}

fn source<'a>(scene: &Scene<'a>, reference: At<'a>) {
    let own = scene.namespace_of(reference.subject());
    let namespace = reference.field("namespace").text_or(own);
    let (kind, name) = (reference.field("kind").text_or_empty(), reference.field("name"));
    if !kind.is_empty() {
        let group = "source.toolkit.fluxcd.io";
        absent::lead(scene, name, Wanted::of(group, kind, namespace, name.text_or_empty()).usual());
    }
}
