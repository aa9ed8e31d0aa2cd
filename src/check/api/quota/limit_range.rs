//! What each pod, container and claim of a namespace may ask for.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::check::api::formats::shown;
use crate::check::api::quantities::is_overcommitted;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{LabelKey, Quantity, Scalar};

use super::{RESOURCES, is_huge_pages, kept, must_be_resource, must_be_resource_of_containers};

pub static RULE: Rule = Rule {
    name: "api/limit-range",
    weight: Weight::ERROR,
    summary: "a LimitRange whose amounts contradict each other",
    page: "For each resource `min` is at most `defaultRequest`, that at most `default`, and that at most `max`. What a container's range leaves out is filled in: `default` from `max`, and `defaultRequest` from `default` or `min`. A pod's range has no defaults, and a claim's has `min` or `max` of `storage`.",
    bad: "
apiVersion: v1
kind: LimitRange
metadata: {name: limits}
spec:
  limits:
    - type: Container
      default: {memory: 256Mi}
      defaultRequest: {memory: 512Mi}
",
    good: "
apiVersion: v1
kind: LimitRange
metadata: {name: limits}
spec:
  limits:
    - type: Container
      default: {memory: 512Mi}
      defaultRequest: {memory: 256Mi}
",
    look: Look::Validation,
};

const TYPES: [&str; 3] = ["Pod", "Container", "PersistentVolumeClaim"];

/// The amounts of a field, by resource.
type Amounts<'a> = HashMap<&'a str, Quantity>;

/// The amounts of an item, with what a server fills in.
struct Range<'a> {
    min: Amounts<'a>,
    max: Amounts<'a>,
    default: Amounts<'a>,
    request: Amounts<'a>,
    ratio: Amounts<'a>,
}

/// `ValidateLimitRange`.
pub fn validate(object: At<'_>) {
    let limits = object.under(&RULE).down(&["spec", "limits"]);
    let mut types = HashSet::new();
    for item in limits.items() {
        let kind = item.field("type");
        let name = kind.text_or_empty();
        must_be_type(kind, name);
        if !types.insert(name) {
            kind.fault(format!("{} is there twice", shown(name)));
        }
        resources(item, name);
        if name == "PersistentVolumeClaim"
            && !["min", "max"].iter().any(|field| has_storage(item.field(field)))
        {
            item.field("limits").fault("a claim's range has `min` or `max` of `storage`");
        }
        amounts(item, &Range::of(item, name));
    }
}

/// `validateLimitRangeTypeName`.
fn must_be_type(at: At<'_>, name: &str) {
    if let Err(reason) = LabelKey::parse(name) {
        at.fault(format!("{} is not a type: it {reason}", shown(name)));
    } else if !name.contains('/') && !TYPES.contains(&name) {
        at.fault_with(
            format!("there is no type {}", shown(name)),
            "use `Pod`, `Container` or `PersistentVolumeClaim`",
        );
    }
}

fn has_storage(amounts: At<'_>) -> bool {
    amounts.map().is_some_and(|amounts| amounts.get("storage").is_some())
}

/// Each amount is of a resource that its type has: `validateLimitRangeResourceName`.
fn resources<'a>(item: At<'a>, kind: &str) {
    let of_pods = matches!(kind, "Pod" | "Container");
    for field in ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"] {
        let amounts = item.field(field);
        if kind == "Pod" && matches!(field, "default" | "defaultRequest") {
            if !amounts.is_empty() {
                amounts.forbid("a pod has no amounts of its own");
            }
            continue;
        }
        for (resource, amount) in amounts.entries() {
            if of_pods {
                must_be_resource_of_containers(amount, resource);
            } else {
                let known = |name: &str| RESOURCES.contains(&name) || is_huge_pages(name);
                must_be_resource(amount, resource, known);
            }
        }
    }
}

impl<'a> Range<'a> {
    fn of(item: At<'a>, kind: &str) -> Range<'a> {
        let amounts = |field| -> Amounts<'a> {
            let entries = item.field(field).entries();
            // `null` is nothing of it.
            entries
                .filter_map(|(key, at)| match at.is_set() {
                    true => Some((key, at.quantity()?)),
                    false => Some((key, Quantity::zero())),
                })
                .collect()
        };
        let mut range = Range {
            min: amounts("min"),
            max: amounts("max"),
            default: amounts("default"),
            request: amounts("defaultRequest"),
            ratio: amounts("maxLimitRequestRatio"),
        };
        match kind {
            "Container" => range.fill_in(),
            "Pod" => {
                range.default.clear();
                range.request.clear();
            }
            _ => {}
        }
        range
    }

    /// `SetDefaults_LimitRangeItem`.
    fn fill_in(&mut self) {
        let fill = |into: &mut Amounts<'a>, from: &Amounts<'a>| {
            for (resource, amount) in from {
                into.entry(resource).or_insert_with(|| amount.clone());
            }
        };
        fill(&mut self.default, &self.max);
        fill(&mut self.request, &self.default);
        fill(&mut self.request, &self.min);
    }
}

/// The amounts of each resource must go together.
fn amounts<'a>(item: At<'a>, range: &Range<'a>) {
    let Range { min, max, default, request, ratio } = range;
    let all = [min, max, default, request, ratio].into_iter().flat_map(Amounts::keys);
    let resources: BTreeSet<&'a str> = all.copied().collect();
    for resource in resources {
        let [least, most, usual, asked] = [min, max, default, request].map(|at| at.get(resource));
        let ordered = |field: &'static str, low: (&str, _), high: (&str, _)| {
            if let ((_, Some(less)), (_, Some(more))) = (low, high)
                && kept(less) > kept(more)
            {
                item.field(field).key(resource).fault(format!(
                    "the {} is {}, which is more than the {} of {}",
                    low.0, less, high.0, more
                ));
            }
        };
        ordered("min", ("least", least), ("most", most));
        ordered("defaultRequest", ("least", least), ("default request", asked));
        ordered("defaultRequest", ("default request", asked), ("most", most));
        ordered("defaultRequest", ("default request", asked), ("default limit", usual));
        ordered("default", ("least", least), ("default limit", usual));
        ordered("default", ("default limit", usual), ("most", most));
        let at = item.field("maxLimitRequestRatio").key(resource);
        if let Some(factor) = ratio.get(resource) {
            must_be_ratio(at, factor, least, most);
        }
        if let (Some(usual), Some(asked)) = (usual, asked)
            && !is_overcommitted(resource)
            && kept(usual) != kept(asked)
        {
            item.field("defaultRequest")
                .key(resource)
                .fault(format!("`{resource}` is not shared: both defaults must be the same"));
        }
    }
}

fn must_be_ratio(at: At<'_>, factor: &Quantity, least: Option<&Quantity>, most: Option<&Quantity>) {
    const ONE: i128 = 1_000_000_000;
    if kept(factor) < ONE {
        at.fault(format!("a limit is no less than its request: {factor} is less than 1"));
    }
    let (Some(least), Some(most)) = (least, most) else { return };
    // A server compares floating-point numbers here; what is divided by nothing is
    // without end.
    let number = |amount: i128| amount as f64;
    let widest = number(kept(most)) / number(kept(least));
    if number(kept(factor)) / number(ONE) > widest {
        at.fault(format!("no limit is {factor} times its request between {least} and {most}"));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::refused;

    fn limits(item: &str) -> Vec<String> {
        let fields = refused(&format!(
            "apiVersion: v1\nkind: LimitRange\nmetadata: {{name: a}}\nspec: {{limits: [{item}]}}\n"
        ));
        fields.iter().map(|field| field.replace("spec.limits[0].", "")).collect()
    }

    #[test]
    fn amounts_go_together() {
        for (item, fields) in [
            ("{type: Container}", vec![]),
            ("{type: Container, max: {cpu: 1}, min: {cpu: 1}}", vec![]),
            // Both are a thousandth once a server has rounded them up.
            ("{type: Pod, min: {cpu: 1m}, max: {cpu: 1n}}", vec![]),
            ("{type: Pod, min: {cpu: 2}, max: {cpu: 1}}", vec!["min[cpu]"]),
            // The default is the most, and the default request the default.
            (
                "{type: Container, min: {cpu: 2}, max: {cpu: 1}}",
                vec!["min[cpu]", "defaultRequest[cpu]", "default[cpu]"],
            ),
            (
                "{type: Container, default: {cpu: 1}, defaultRequest: {cpu: 2}}",
                vec!["defaultRequest[cpu]"],
            ),
            ("{type: Pod, default: {cpu: 1}}", vec!["default"]),
            ("{type: Pod, default: {}}", vec![]),
            ("{type: PersistentVolumeClaim, min: {storage: 1Gi}}", vec![]),
            ("{type: PersistentVolumeClaim}", vec!["limits"]),
            ("{type: Container, max: {storage: 1Gi}}", vec!["max[storage]"]),
            ("{type: PersistentVolumeClaim, max: {storage: 1Gi, gpu: 1}}", vec!["max[gpu]"]),
            ("{type: Container, max: {nvidia.com/gpu: 1}}", vec![]),
            (
                "{type: Container, default: {nvidia.com/gpu: 2}, defaultRequest: {nvidia.com/gpu: 1}}",
                vec!["defaultRequest[nvidia.com/gpu]"],
            ),
            ("{type: Container, maxLimitRequestRatio: {cpu: 2}}", vec![]),
            (
                "{type: Container, maxLimitRequestRatio: {cpu: 500m}}",
                vec!["maxLimitRequestRatio[cpu]"],
            ),
            (
                "{type: Pod, min: {cpu: 1}, max: {cpu: 2}, maxLimitRequestRatio: {cpu: 3}}",
                vec!["maxLimitRequestRatio[cpu]"],
            ),
            ("{type: example.com/Thing}", vec![]),
            ("{type: Thing}", vec!["type"]),
            ("{}", vec!["type"]),
        ] {
            assert_eq!(limits(item), fields, "{item}");
        }
    }
}
