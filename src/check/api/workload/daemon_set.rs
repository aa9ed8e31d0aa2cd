//! DaemonSets.

use crate::check::api::selector::validate_label_selector;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

use super::{must_be_selected, validate_running_template};

pub static RULE: Rule = Rule {
    name: "api/daemon-set",
    weight: Weight::ERROR,
    summary: "a DaemonSet that a server refuses",
    page: "The selector of a DaemonSet takes the pods that its template makes. While pods are replaced, a node is either without its pod for a while (`maxUnavailable`) or has two for a while (`maxSurge`): one of them is 0, and the other is not.",
    bad: "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  updateStrategy: {rollingUpdate: {maxSurge: 1}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      containers:
        - {name: agent, image: 'registry.example.com/agent:v1.4.2'}
",
    good: "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      containers:
        - {name: agent, image: 'registry.example.com/agent:v1.4.2'}
",
    look: Look::Validation,
};

/// `ValidateDaemonSetSpec`.
pub fn validate(object: At<'_>) {
    let spec = object.under(&RULE).field("spec");
    let (selector, template) = (spec.field("selector"), spec.field("template"));
    if validate_label_selector(selector) {
        must_be_selected(template, selector);
    }
    if selector.is_set() && selector.entries().all(|(_, value)| value.is_empty()) {
        selector.fault_with("an empty selector would take all pods", "select labels of its own");
    }
    validate_running_template(template, None);
    spec.field("minReadySeconds").must_not_be_negative();
    spec.field("revisionHistoryLimit").must_not_be_negative();
    validate_strategy(spec.field("updateStrategy"));
}

/// `ValidateDaemonSetUpdateStrategy`.
fn validate_strategy(strategy: At<'_>) {
    let kind = strategy.field("type");
    if !kind.named(strategy).may_be_one_of(&["RollingUpdate", "OnDelete"])
        || kind.text() == Some("OnDelete")
    {
        return;
    }
    let rolling = strategy.field("rollingUpdate");
    let (fewer, more) = (rolling.field("maxUnavailable"), rolling.field("maxSurge"));
    for count in [fewer, more] {
        count.must_be_count_or_share();
        count.must_not_be_more_than_all();
    }
    match (fewer.count_or_share(1), more.count_or_share(0)) {
        (0, 0) => fewer
            .fault_with("no pod could ever be replaced", "it cannot be 0 where `maxSurge` is 0"),
        (0, _) | (_, 0) => {}
        _ => more.fault_with(
            "does not go with `maxUnavailable`, which is 1 where it is missing",
            "set `maxUnavailable: 0`",
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn with(fields: &str) -> String {
        format!(
            "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {{name: web}}\nspec:\n  {fields}\n  template:\n    metadata: {{labels: {{app: web}}}}\n    spec: {{containers: [{{name: a, image: 'a:1'}}]}}\n"
        )
    }

    #[test]
    fn strategies() {
        let with_strategy = |strategy: &str| {
            with(&format!("selector: {{matchLabels: {{app: web}}}}\n  updateStrategy: {strategy}"))
        };
        none(&with_strategy("null"));
        none(&with_strategy("{type: OnDelete, rollingUpdate: {maxUnavailable: 0}}"));
        none(&with_strategy("{rollingUpdate: {maxUnavailable: 100%}}"));
        let start = "spec.updateStrategy.rollingUpdate";
        assert_eq!(
            faults(&with_strategy("{rollingUpdate: {maxUnavailable: 0}}")),
            [format!("{start}.maxUnavailable")]
        );
        assert_eq!(
            faults(&with_strategy("{rollingUpdate: {maxSurge: 1}}")),
            [format!("{start}.maxSurge")]
        );
    }

    #[test]
    fn selectors() {
        assert_eq!(faults(&with("selector: {matchLabels: {}}")), ["spec.selector"]);
        assert_eq!(
            faults(&with("selector: {matchLabels: {app: api}}")),
            ["spec.template.metadata.labels"]
        );
    }
}
