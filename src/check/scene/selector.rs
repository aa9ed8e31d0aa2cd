//! Label selectors, and what they take.

use crate::object::value::{Map, Value};

use super::Pod;
use super::workload_labels::Label;

/// Which pods a label selector takes.
#[derive(Clone, Copy)]
pub enum Selector<'a> {
    /// All of these labels, as Services have it.
    Labels(&'a Map),
    /// `matchLabels` and `matchExpressions`.
    Full(&'a Map),
}

impl<'a> Selector<'a> {
    pub(super) fn labels(self) -> Option<&'a Map> {
        match self {
            Selector::Labels(labels) => Some(labels),
            Selector::Full(selector) => selector.get("matchLabels").and_then(Value::as_map),
        }
    }

    /// Whether it takes what has these labels.
    pub fn takes(self, labels: Option<&Map>) -> bool {
        let value = |label: &str| labels.and_then(|map| map.get(label)).and_then(Value::as_str);
        self.holds(|label| value(label).map_or(Label::Missing, Label::Is))
    }

    /// Whether it takes a pod, with the labels that it gets when it runs.
    pub fn takes_pod(self, pod: &Pod<'_>) -> bool {
        self.holds(|label| pod.label(label))
    }

    /// The map that it is written as.
    pub fn map(self) -> &'a Map {
        match self {
            Selector::Labels(map) | Selector::Full(map) => map,
        }
    }

    /// Whether it has no requirement: it takes everything.
    pub fn is_empty(self) -> bool {
        let Selector::Full(selector) = self else { return false };
        let none = |key| match selector.get(key) {
            Some(Value::Map(map)) => map.is_empty(),
            Some(Value::List(items)) => items.is_empty(),
            _ => true,
        };
        none("matchLabels") && none("matchExpressions")
    }

    pub(super) fn holds<'l>(self, value: impl Fn(&str) -> Label<'l>) -> bool {
        let all = self.labels().is_none_or(|wanted| {
            wanted
                .iter()
                .all(|(label, wanted)| value(label).may_be(wanted.as_str().unwrap_or_default()))
        });
        let Selector::Full(selector) = self else { return all };
        let Some(Value::List(expressions)) = selector.get("matchExpressions") else { return all };
        all && expressions.iter().all(|expression| {
            let word = |key| expression.word(key);
            let found = value(word("key"));
            let listed = || match expression.get("values") {
                Some(Value::List(values)) => {
                    values.iter().filter_map(Value::as_str).any(|value| found.may_be(value))
                }
                _ => false,
            };
            let unsure = matches!(found, Label::Something | Label::Numbered(_));
            match word("operator") {
                "In" => listed(),
                "NotIn" => unsure || !listed(),
                "Exists" => found != Label::Missing,
                "DoesNotExist" => found == Label::Missing,
                _ => false,
            }
        })
    }
}
