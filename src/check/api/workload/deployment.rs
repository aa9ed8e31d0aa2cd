//! Deployments.

use crate::check::api::server_warning;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

use super::{must_be_selected, validate_running_template, validate_selector};

pub static RULE: Rule = Rule {
    name: "api/deployment",
    weight: Weight::ERROR,
    summary: "a Deployment that a server refuses",
    page: "The selector of a Deployment takes the pods that its template makes. While pods are replaced, there must be room for a change: `maxUnavailable` and `maxSurge` cannot both be 0.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 0}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Validation,
};

/// How many seconds a rollout has where it does not say so.
const DEADLINE: i64 = 600;
/// A quarter of the pods, where nothing is said.
const DEFAULT_SHARE: i64 = 25;

/// `ValidateDeploymentSpec`.
pub fn validate(object: At<'_>) {
    let spec = object.under(&RULE).field("spec");
    for name in ["replicas", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"] {
        spec.field(name).must_not_be_negative();
    }
    let (selector, template) = (spec.field("selector"), spec.field("template"));
    // Nothing more is said of pods that are not selected.
    if validate_selector(selector) {
        must_be_selected(template, selector);
        validate_running_template(template, None);
    }
    validate_strategy(spec.field("strategy"));
    server_warning::of_name_of_hosts(object);
    let ready = spec.field("minReadySeconds").int().unwrap_or(0);
    let deadline = spec.field("progressDeadlineSeconds");
    let seconds = deadline.int().unwrap_or(DEADLINE);
    if seconds <= ready {
        deadline.fault_with(
            format!("a rollout of {seconds} seconds ends before a pod is ready for {ready}"),
            "it must be more than `minReadySeconds`",
        );
    }
}

/// `ValidateDeploymentStrategy`.
fn validate_strategy(strategy: At<'_>) {
    let (kind, rolling) = (strategy.field("type"), strategy.field("rollingUpdate"));
    // A server names the whole strategy.
    if !kind.named(strategy).may_be_one_of(&["RollingUpdate", "Recreate"]) {
        return;
    }
    if kind.text() == Some("Recreate") {
        rolling.forbid("with `type: Recreate` nothing rolls");
        return;
    }
    let (fewer, more) = (rolling.field("maxUnavailable"), rolling.field("maxSurge"));
    fewer.must_be_count_or_share();
    more.must_be_count_or_share();
    if fewer.count_or_share(DEFAULT_SHARE) == 0 && more.count_or_share(DEFAULT_SHARE) == 0 {
        fewer.fault_with("no pod could ever be replaced", "it cannot be 0 where `maxSurge` is 0");
    }
    fewer.must_not_be_more_than_all();
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn with(fields: &str) -> String {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n  {fields}\n  template:\n    metadata: {{labels: {{app: web}}}}\n    spec: {{containers: [{{name: a, image: 'a:1'}}]}}\n"
        )
    }

    const SELECTOR: &str = "selector: {matchLabels: {app: web}}";

    #[test]
    fn strategies() {
        for good in [
            "strategy: {type: Recreate}",
            "strategy: {type: '', rollingUpdate: null}",
            "strategy: {rollingUpdate: {maxUnavailable: 100%, maxSurge: 200%}}",
            "strategy: {rollingUpdate: {maxUnavailable: 0}}",
            "minReadySeconds: 599",
            "progressDeadlineSeconds: 2147483647",
        ] {
            none(&with(&format!("{SELECTOR}\n  {good}")));
        }
        for (bad, field) in [
            ("strategy: {type: Recreate, rollingUpdate: {}}", "strategy.rollingUpdate"),
            ("strategy: {type: Rolling}", "strategy"),
            (
                "strategy: {rollingUpdate: {maxUnavailable: 101%}}",
                "strategy.rollingUpdate.maxUnavailable",
            ),
            ("strategy: {rollingUpdate: {maxSurge: '1'}}", "strategy.rollingUpdate.maxSurge"),
            (
                "strategy: {rollingUpdate: {maxUnavailable: 0%, maxSurge: 0}}",
                "strategy.rollingUpdate.maxUnavailable",
            ),
            ("minReadySeconds: 600", "progressDeadlineSeconds"),
            ("replicas: -1", "replicas"),
        ] {
            let found = faults(&with(&format!("{SELECTOR}\n  {bad}")));
            assert_eq!(found, [format!("spec.{field}")], "{bad}");
        }
    }

    #[test]
    fn selectors() {
        assert_eq!(
            faults(&with("selector: {matchLabels: {app: api}}")),
            ["spec.template.metadata.labels"]
        );
        assert_eq!(faults(&with("selector: {}")), ["spec.selector"]);
        assert_eq!(
            faults(&with("selector: null")),
            ["spec.selector", "spec.template.metadata.labels"]
        );
        let broken = "selector: {matchExpressions: [{key: app, operator: In}]}";
        assert_eq!(
            faults(&with(broken)),
            ["spec.selector.matchExpressions[0].values", "spec.selector"]
        );
    }
}
