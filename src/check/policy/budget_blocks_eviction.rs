//! Disruption budgets that let no pod go.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene, Selector};

use super::budgets::selector;
use super::scale_range::is_scaled;
use super::share::Share;

pub static RULE: Rule = Rule {
    name: "policy/budget-blocks-eviction",
    weight: Weight::RISING,
    summary: "a disruption budget lets no pod be evicted at the smallest scale",
    page: "A PodDisruptionBudget says how many pods may go at once when a node is drained. One that lets none go stops every drain and every upgrade of a node at that pod, until somebody deletes the budget by hand. What counts is the smallest scale: the `minReplicas` of the autoscaler, or `replicas`. Percentages are rounded up, so `minAvailable: 50%` of one pod is that pod.\n\nLet one pod go at least: `maxUnavailable: 1`, or a `minAvailable` below the smallest scale. If a pod truly must not be moved without a person, waive this rule and say so.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  minAvailable: 2
  selector: {matchLabels: {app: web}}
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: web}}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if !subject.is("policy", "PodDisruptionBudget") {
        return;
    }
    let spec = object.field("spec");
    let Some(selector) = selector(subject) else { return };
    let (most, least) = (spec.field("maxUnavailable"), spec.field("minAvailable"));
    if !most.is_set() && !least.is_set() {
        // `getExpectedPodCount` of the disruption controller then expects no pods.
        return spec.fault_with(
            "neither `maxUnavailable` nor `minAvailable` is there: then no pod may be evicted",
            "say `maxUnavailable: 1`",
        );
    }
    let namespace = scene.namespace_of(subject);
    let pods: Vec<&Pod<'a>> = scene.selected(namespace, Selector::Full(selector)).collect();
    let Some(total) = smallest(scene, &pods).filter(|total| *total > 0) else { return };
    let lets_go = "let one go: `maxUnavailable: 1`";
    if let Some(share) = Share::read(most.value()) {
        if share.up(total) == 0 {
            most.fault_with(format!("of {} none may be evicted", count(total)), lets_go);
        }
    } else if let Some(share) = Share::read(least.value())
        && share.up(total) >= total
    {
        let help = match (total, scaler(scene, &pods)) {
            (1, Some(scaler)) => format!("{scaler} must keep two at least, or drop the budget"),
            (1, None) => "run two pods at least, or drop the budget".to_owned(),
            _ => lets_go.to_owned(),
        };
        let all = if total == 1 { "it" } else { "all of them" };
        let message = format!(
            "there may be only {}, and {share} keeps {all}: none may be evicted",
            count(total)
        );
        match may_be_more(scene, &pods) {
            true => least.warn_with(message, help),
            false => least.fault_with(message, help),
        }
    }
}

fn count(total: i64) -> String {
    match total {
        1 => "1 pod".to_owned(),
        total => format!("{total} pods"),
    }
}

/// How few pods there may be while there are any; nothing where one cannot tell.
fn smallest(scene: &Scene<'_>, pods: &[&Pod<'_>]) -> Option<i64> {
    let counted = pods.iter().filter(|pod| !pod.owner.is_made());
    counted.map(|pod| scene.scale_of(pod)).try_fold(0_i64, |total, range| {
        let range = range?;
        Some(total.saturating_add(range.least.max(i64::from(range.most > 0))))
    })
}

/// Whether what says how many there are may stand where we do not look.
fn may_be_more(scene: &Scene<'_>, pods: &[&Pod<'_>]) -> bool {
    pods.iter().any(|pod| {
        let said = pod.owner.content.get("spec").and_then(|spec| spec.get("replicas")).is_some();
        let name = pod.owner.name();
        let elsewhere = scene.is_elsewhere("HorizontalPodAutoscaler", pod.namespace, name);
        is_scaled(pod.owner)
            && scene.autoscalers_of(pod).next().is_none()
            && (elsewhere || !said && !scene.settings.complete)
    })
}

/// What scales them.
fn scaler(scene: &Scene<'_>, pods: &[&Pod<'_>]) -> Option<String> {
    let scaler = pods.iter().find_map(|pod| scene.autoscalers_of(pod).next())?;
    Some(format!("the {} `{}`", scaler.kind(), scaler.name()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::{findings, findings_with};
    use crate::check::settings::Settings;

    /// A StatefulSet of so many pods, with a budget, and whatever else.
    fn found(replicas: &str, budget: &str, more: &str) -> Vec<String> {
        findings(
            &RULE,
            &format!(
                "
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: db}}
spec: {{{replicas} serviceName: db, template: {{metadata: {{labels: {{app: db}}}}, spec: {{containers: []}}}}}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {{name: db}}
spec: {{{budget} selector: {{matchLabels: {{app: db}}}}}}
{more}"
            ),
        )
    }

    const SCALED: &str = "
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: db}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: db}, minReplicas: MIN, maxReplicas: 9}
";

    #[test]
    fn the_smallest_scale_counts() {
        for (replicas, budget, min, fires) in [
            ("replicas: 3,", "minAvailable: 2,", "", false),
            ("replicas: 3,", "minAvailable: 3,", "", true),
            ("replicas: 3,", "minAvailable: 4,", "", true),
            ("", "minAvailable: 1,", "", true),
            ("replicas: 0,", "minAvailable: 1,", "", false),
            ("", "minAvailable: 1,", "1", true),
            ("", "minAvailable: 1,", "2", false),
            ("", "minAvailable: 2,", "2", true),
            ("replicas: 1,", "minAvailable: 1,", "2", false),
            ("replicas: 5,", "minAvailable: 1,", "1", true),
            // One at least, while there are any.
            ("", "minAvailable: 1,", "0", true),
            ("replicas: 2,", "minAvailable: 50%,", "", false),
            ("replicas: 3,", "minAvailable: 67%,", "", true),
            ("replicas: 3,", "minAvailable: 66%,", "", false),
            ("", "minAvailable: 1%,", "", true),
            ("", "minAvailable: 0,", "", false),
            ("replicas: 3,", "minAvailable: 100%,", "", true),
            ("replicas: 3,", "maxUnavailable: 0,", "", true),
            ("replicas: 3,", "maxUnavailable: 0%,", "", true),
            ("replicas: 3,", "maxUnavailable: 1%,", "", false),
            ("replicas: 3,", "maxUnavailable: 1,", "", false),
            ("replicas: 3,", "", "", true),
        ] {
            let more = if min.is_empty() { String::new() } else { SCALED.replace("MIN", min) };
            let found = found(replicas, budget, &more);
            assert_eq!(!found.is_empty(), fires, "{replicas} {budget} {min}: {found:?}");
        }
    }

    #[test]
    fn all_that_it_selects_counts() {
        let second = "
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: more}
spec: {template: {metadata: {labels: {app: db}}, spec: {containers: []}}}
";
        assert!(found("", "minAvailable: 1,", second).is_empty());
        assert!(!found("", "minAvailable: 2,", second).is_empty());
        // How many there are of a DaemonSet nobody says.
        let daemons = second.replace("Deployment", "DaemonSet");
        assert!(found("", "minAvailable: 1,", &daemons).is_empty());
        // What a controller made is counted with it.
        let made = "
---
apiVersion: v1
kind: Pod
metadata: {name: db-0, labels: {app: db}, ownerReferences: [{kind: StatefulSet, name: db, controller: true}]}
spec: {containers: []}
";
        assert!(!found("", "minAvailable: 1,", made).is_empty());
    }

    #[test]
    fn a_budget_for_nothing_here_is_left_alone() {
        assert!(found("", "minAvailable: 1, paused: x,", "").len() == 1);
        let elsewhere = "
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: db}
spec: {minAvailable: 1, selector: {matchLabels: {app: other}}}
";
        assert!(findings(&RULE, elsewhere).is_empty());
    }

    #[test]
    fn what_may_be_scaled_elsewhere_is_only_odd() {
        let open = |settings: &mut Settings| settings.complete = false;
        let bare = RULE.bad.replace("  replicas: 2\n", "");
        assert!(findings(&RULE, &bare)[0].starts_with("error"));
        assert!(findings_with(&RULE, &bare, open)[0].starts_with("warning"));
        assert!(findings_with(&RULE, RULE.bad, open)[0].starts_with("error"));
    }

    #[test]
    fn the_words() {
        assert_eq!(
            found("replicas: 2,", "minAvailable: 2,", ""),
            [
                "error spec.minAvailable: there may be only 2 pods, and 2 keeps all of them: none may be evicted"
            ]
        );
        assert_eq!(
            found("replicas: 2,", "maxUnavailable: 0,", ""),
            ["error spec.maxUnavailable: of 2 pods none may be evicted"]
        );
    }
}
