//! Projects of Argo CD that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/argo-project",
    weight: Weight::ERROR,
    summary: "an Application is of a project that is not there",
    page: "Argo CD syncs no Application whose AppProject does not exist. Each installation has the project `default`; every other one must be defined, in the namespace of Argo CD.",
    bad: "
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  project: shops
  source: {repoURL: 'https://git.example.com/shop.git', path: manifests}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
---
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop}
spec: {}
",
    good: "
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  project: shop
  source: {repoURL: 'https://git.example.com/shop.git', path: manifests}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
---
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop}
spec: {}
",
    look: Look::Object(look),
};

const GROUP: &str = "argoproj.io";

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let at = match (subject.group(), subject.kind()) {
        (GROUP, "Application") => object.field("spec").field("project"),
        (GROUP, "ApplicationSet") => object.down(&["spec", "template", "spec", "project"]),
        _ => return,
    };
    let name = at.text_or_empty();
    // A generator fills in what stands in braces.
    if name == "default" || name.contains("{{") || subject.is_made() {
        return;
    }
    absent::lead(scene, at, Wanted::of(GROUP, "AppProject", scene.namespace_of(subject), name));
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    #[test]
    fn templates_are_filled_in_later() {
        let set = |project: &str| {
            let text = format!(
                "{{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {{name: a, namespace: argocd}}, spec: {{template: {{spec: {{project: '{project}'}}}}}}}}"
            );
            said(RULE.name, &text)
        };
        assert!(set("{{team}}").is_empty());
        assert!(set("default").is_empty());
        // The namespace of Argo CD belongs to others.
        assert!(set("shop")[0].starts_with("warning "));
    }
}
