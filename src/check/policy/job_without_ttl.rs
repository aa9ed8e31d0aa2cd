//! Jobs that nobody clears away.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/job-without-ttl",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "a Job stays when it is done, until somebody deletes it",
    page: "A Job that is done stays in the cluster with its pods, and one of the same name cannot be changed: the next release, with another image in it, is refused. `ttlSecondsAfterFinished` clears it away. Leave time to read its logs. Jobs that a tool clears away (hooks of Helm and Argo CD) or that a CronJob made are left alone, and so are all where Argo CD or Flux keep the objects as they are: those would make a Job that is gone anew.",
    bad: "
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec: {restartPolicy: Never, containers: [{name: migrate, image: registry.example.com/migrate:v1}]}
",
    good: "
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  ttlSecondsAfterFinished: 86400
  template:
    spec: {restartPolicy: Never, containers: [{name: migrate, image: registry.example.com/migrate:v1}]}
",
    look: Look::Object(look),
};

/// Annotations of tools that clear a Job away.
const HOOKS: [&str; 4] = [
    "helm.sh/hook",
    "argocd.argoproj.io/hook",
    "argocd.argoproj.io/hook-delete-policy",
    "kustomize.toolkit.fluxcd.io/force",
];

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let ttl = object.field("spec").field("ttlSecondsAfterFinished");
    if !subject.is("batch", "Job") || ttl.is_set() || subject.is_made() {
        return;
    }
    let is_hook = HOOKS.iter().any(|key| subject.annotation(key).is_some());
    if is_hook || subject.is_from_cluster() || is_kept(scene) {
        return;
    }
    object.field("spec").fault_with(
        "when it is done it stays, and the next one of its name is refused",
        "clear it away: `ttlSecondsAfterFinished: 86400`",
    );
}

/// Whether something makes anew what is cleared away.
fn is_kept(scene: &Scene<'_>) -> bool {
    [
        ("argoproj.io", "Application"),
        ("argoproj.io", "ApplicationSet"),
        ("kustomize.toolkit.fluxcd.io", "Kustomization"),
    ]
    .iter()
    .any(|(group, kind)| scene.of_kind(group, kind).next().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn what_is_cleared_away() {
        let hook = RULE.bad.replace(
            "{name: migrate}\nspec",
            "{name: migrate, annotations: {helm.sh/hook: pre-upgrade}}\nspec",
        );
        assert!(findings(&RULE, &hook).is_empty());
        let made = RULE.bad.replace(
            "{name: migrate}\nspec",
            "{name: migrate, ownerReferences: [{kind: CronJob, name: a, controller: true}]}\nspec",
        );
        assert!(findings(&RULE, &made).is_empty());
        let kept = format!(
            "{}---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: a}}\n",
            RULE.bad
        );
        assert!(findings(&RULE, &kept).is_empty());
    }
}
