//! The taints of nodes that a pod puts up with.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{LabelKey, LabelValue};

pub static RULE: Rule = Rule {
    name: "api/toleration",
    weight: Weight::ERROR,
    summary: "a toleration that a server refuses",
    page: "A toleration with `operator: Exists` has no value; without a key it tolerates everything. `tolerationSeconds` says how long a pod stays after a taint with `effect: NoExecute`, and goes with no other effect.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  tolerations: [{key: dedicated, operator: Exists, value: web}]
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  tolerations: [{key: dedicated, operator: Equal, value: web}]
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Validation,
};

/// `ValidateTolerations`.
pub fn validate(tolerations: At<'_>) {
    for toleration in tolerations.under(&RULE).items() {
        let [key, operator, value, effect] =
            ["key", "operator", "value", "effect"].map(|name| toleration.field(name));
        key.may_be::<LabelKey>();
        let word = operator.text_or("Equal");
        if key.is_empty() && word != "Exists" {
            operator.fault_with(
                "without a `key` it must be `Exists`",
                "that tolerates every taint; name the key for one",
            );
        }
        if toleration.field("tolerationSeconds").is_set() && effect.text() != Some("NoExecute") {
            effect.fault("must be `NoExecute` where `tolerationSeconds` is set");
        }
        if operator.may_be_one_of(&["Equal", "Exists"]) {
            // A server names the operator for what is wrong with the value.
            let value = value.named(operator);
            match word {
                "Exists" if !value.is_empty() => {
                    value.fault_with("with `Exists` there is no value", "drop it, or use `Equal`");
                }
                "Exists" => {}
                _ => value.must_be::<LabelValue>(),
            }
        }
        effect.may_be_one_of(&["NoSchedule", "PreferNoSchedule", "NoExecute"]);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn with(toleration: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  tolerations: [{{{toleration}}}]\n  containers: [{{name: a, image: 'a:1'}}]\n"
        )
    }

    #[test]
    fn tolerations() {
        none(&with("operator: Exists"));
        none(&with("key: a, operator: '', value: ''"));
        none(&with("key: a, operator: Exists, effect: NoExecute, tolerationSeconds: -1"));
        for (toleration, field) in [
            ("value: a", "operator"),
            ("key: a, value: a b", "operator"),
            ("key: a, operator: Gt, value: '3'", "operator"),
            ("key: a, operator: Exists, tolerationSeconds: 3", "effect"),
            ("key: a, effect: Never", "effect"),
            ("key: a b", "key"),
        ] {
            assert_eq!(faults(&with(toleration)), [format!("spec.tolerations[0].{field}")]);
        }
    }
}
