//! Projects of Argo CD that nobody defines.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::check::subject::Subject;

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
    let spec = match (subject.group(), subject.kind()) {
        (GROUP, "Application") => object.field("spec"),
        (GROUP, "ApplicationSet") => object.down(&["spec", "template", "spec"]),
        _ => return,
    };
    if subject.is_made() {
        return;
    }
    let project = spec.field("project");
    let name = project.text_or_empty();
    if name != "default" && !is_filled_in(name) {
        let wanted = Wanted::of(GROUP, "AppProject", scene.namespace_of(subject), name);
        absent::lead(scene, project, wanted);
    }
    destination(scene, spec.field("destination").field("namespace"));
}

/// A generator fills in what stands in braces.
fn is_filled_in(text: &str) -> bool {
    text.contains("{{")
}

/// Most often the Application itself brings the namespace along: only a name that is
/// nearly one of those here is odd.
fn destination<'a>(scene: &Scene<'a>, at: At<'a>) {
    let namespace = at.text_or_empty();
    if namespace.is_empty()
        || is_filled_in(namespace)
        || scene.namespaces().exists(namespace)
        || scene.is_elsewhere("Namespace", "", namespace)
    {
        return;
    }
    let names = scene.of_kind("", "Namespace").map(Subject::name);
    if let Some(near) = absent::near(scene, namespace, names) {
        at.warn_with(
            format!("there is no Namespace {}", shown(namespace)),
            format!("did you mean `{near}`?"),
        );
    }
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

    #[test]
    fn a_mistyped_destination() {
        let to = |namespace: &str| {
            let text = format!(
                "{{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {{name: a}}, spec: {{project: default, destination: {{namespace: {namespace}}}}}}}\n---\n{{apiVersion: v1, kind: Namespace, metadata: {{name: shop}}}}"
            );
            said(RULE.name, &text)
        };
        assert!(to("shop").is_empty());
        assert!(to("monitoring").is_empty());
        assert!(to("shopp")[0].starts_with("warning "));
    }
}
