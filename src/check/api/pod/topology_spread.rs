//! How pods are spread over zones and nodes.

use std::collections::{HashMap, HashSet};

use crate::check::api::formats::shown;
use crate::check::api::selector::{must_be_label_key, validate_label_selector};
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

pub static RULE: Rule = Rule {
    name: "api/topology-spread",
    weight: Weight::ERROR,
    summary: "a topology spread constraint that a server refuses",
    page: "A constraint says how uneven the spread may be (`maxSkew`, 1 at least), over what (`topologyKey`), and what happens otherwise (`whenUnsatisfiable`: `DoNotSchedule` or `ScheduleAnyway`). There is one for each pair of the last two. `minDomains` goes with `DoNotSchedule` alone, `matchLabelKeys` with a `labelSelector` alone.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  topologySpreadConstraints:
    - {maxSkew: 0, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  topologySpreadConstraints:
    - {maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Validation,
};

/// `validateTopologySpreadConstraints`.
pub fn validate(constraints: At<'_>) {
    let constraints = constraints.under(&RULE);
    let mut last = HashMap::new();
    for (index, constraint) in constraints.items().enumerate() {
        last.insert(pair(constraint), index);
    }
    for (index, constraint) in constraints.items().enumerate() {
        let skew = constraint.field("maxSkew");
        if skew.int().unwrap_or(0) < 1 {
            skew.fault("must be more than zero");
        }
        constraint.field("topologyKey").required();
        let (key, action) = pair(constraint);
        let unsatisfiable = constraint.field("whenUnsatisfiable");
        if unsatisfiable.required() {
            unsatisfiable.must_be_one_of(&["DoNotSchedule", "ScheduleAnyway"]);
        }
        if last.get(&(key, action)).is_some_and(|last| *last != index) {
            constraint.field("{topologyKey, whenUnsatisfiable}").fault(format!(
                "there is another constraint for {} with {}",
                shown(key),
                shown(action)
            ));
        }
        validate_min_domains(constraint.field("minDomains"), action);
        for policy in ["nodeAffinityPolicy", "nodeTaintsPolicy"] {
            constraint.field(policy).must_be_one_of(&["Honor", "Ignore"]);
        }
        let selector = constraint.field("labelSelector");
        validate_match_label_keys(constraint.field("matchLabelKeys"), selector);
        validate_label_selector(selector);
    }
}

/// What there is one constraint for.
fn pair(constraint: At<'_>) -> (&str, &str) {
    let text = |name| constraint.field(name).text_or_empty();
    (text("topologyKey"), text("whenUnsatisfiable"))
}

fn validate_min_domains(domains: At<'_>, action: &str) {
    if !domains.is_set() {
        return;
    }
    domains.must_be_at_least(1);
    if action != "DoNotSchedule" {
        domains.fault("goes with `whenUnsatisfiable: DoNotSchedule` alone");
    }
}

fn validate_match_label_keys<'a>(keys: At<'a>, selector: At<'a>) {
    if keys.is_empty() {
        return;
    }
    must_have_selector(keys, selector);
    let selected: HashSet<&str> = selected_keys(selector).collect();
    for key in keys.items() {
        must_be_label_key(key);
        if selected.contains(key.text_or_empty()) {
            key.fault(format!("`labelSelector` selects {} already", shown(key.text_or_empty())));
        }
    }
}

/// Keys of labels that are added to a selector need one.
pub fn must_have_selector(keys: At<'_>, selector: At<'_>) {
    if !selector.is_set() {
        keys.forbid("there is no `labelSelector` that it adds to");
    }
}

/// The keys that a selector looks at.
pub fn selected_keys<'a>(selector: At<'a>) -> impl Iterator<Item = &'a str> {
    let labels = selector.field("matchLabels").entries().map(|(key, _)| key);
    let expressions = selector.field("matchExpressions").items();
    labels.chain(expressions.map(|expression| expression.field("key").text_or_empty()))
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn with(constraints: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  containers: [{{name: a, image: 'a:1'}}]\n  topologySpreadConstraints: [{constraints}]\n"
        )
    }

    const ZONE: &str = "maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway";

    #[test]
    fn constraints() {
        none(&with(&format!("{{{ZONE}, nodeTaintsPolicy: Honor}}")));
        none(&with(&format!(
            "{{{ZONE}}}, {{{}}}",
            ZONE.replace("ScheduleAnyway", "DoNotSchedule")
        )));
        for (fields, field) in [
            ("minDomains: 2", "minDomains"),
            ("nodeAffinityPolicy: honor", "nodeAffinityPolicy"),
            ("matchLabelKeys: [a]", "matchLabelKeys"),
            ("labelSelector: {matchLabels: {a: b}}, matchLabelKeys: [a]", "matchLabelKeys[0]"),
        ] {
            assert_eq!(
                faults(&with(&format!("{{{ZONE}, {fields}}}"))),
                [format!("spec.topologySpreadConstraints[0].{field}")],
                "{fields}"
            );
        }
        assert_eq!(
            faults(&with(&format!("{{{ZONE}}}, {{{ZONE}}}"))),
            ["spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}"]
        );
    }
}
