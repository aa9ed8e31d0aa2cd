//! What all objects of a namespace may use together.

use crate::check::api::formats::shown;
use crate::check::api::server_warning;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::diagnostic::choices;
use crate::scalar::Quantity;

use super::{RESOURCES, is_huge_pages, must_be_resource};

pub static RULE: Rule = Rule {
    name: "api/resource-quota",
    weight: Weight::ERROR,
    summary: "a ResourceQuota with a resource, an amount or a scope that a server refuses",
    page: "A quota limits sums (`requests.cpu`, `limits.memory`, `requests.storage`) and counts (`pods`, `services`, `count/deployments.apps`). Counts are whole. A scope takes only some pods, and then only what is counted of pods can be limited: `pods`, and CPU and memory; with the scope `BestEffort` `pods` alone.",
    bad: "
apiVersion: v1
kind: ResourceQuota
metadata: {name: batch}
spec:
  scopes: [BestEffort]
  hard: {pods: '10', requests.cpu: '4'}
",
    good: "
apiVersion: v1
kind: ResourceQuota
metadata: {name: batch}
spec:
  scopes: [NotBestEffort]
  hard: {pods: '10', requests.cpu: '4'}
",
    look: Look::Validation,
};

const SCOPES: [&str; 7] = [
    "Terminating",
    "NotTerminating",
    "BestEffort",
    "NotBestEffort",
    "PriorityClass",
    "CrossNamespacePodAffinity",
    "VolumeAttributesClass",
];

/// What excludes each other.
const OPPOSITES: [[&str; 2]; 2] =
    [["BestEffort", "NotBestEffort"], ["Terminating", "NotTerminating"]];

/// `ValidateResourceQuotaSpec`.
pub fn validate(object: At<'_>) {
    let spec = object.under(&RULE).field("spec");
    let hard = spec.field("hard");
    for (resource, amount) in hard.entries() {
        must_be_resource(amount, resource, is_standard);
        amount.must_be_amount_of(resource);
    }
    let scopes = spec.field("scopes");
    for scope in scopes.items() {
        let at = scope.named(scopes);
        must_be_scope(at, scope.text_or_empty());
        must_go_with(at, hard, scope.text_or_empty());
    }
    let names: Vec<&str> = scopes.items().map(At::text_or_empty).collect();
    must_not_exclude(scopes, &names);
    selector(spec, hard);
    requests_and_limits(hard);
}

/// `IsStandardQuotaResourceName`: all but `storage`, which claims alone ask for.
fn is_standard(resource: &str) -> bool {
    resource != "storage" && RESOURCES.contains(&resource) || is_huge_pages(resource)
}

/// `validateScopedResourceSelectorRequirement`. A server does not say which expression
/// it means.
fn selector<'a>(spec: At<'a>, hard: At<'a>) {
    let expressions = spec.down(&["scopeSelector", "matchExpressions"]);
    for expression in expressions.items() {
        let [scope, operator, values] = ["scopeName", "operator", "values"]
            .map(|field| expression.field(field).named(expressions.field(field)));
        let (name, word) = (scope.text_or_empty(), operator.text_or_empty());
        must_be_scope(scope, name);
        must_go_with(expression.named(expressions), hard, name);
        let alone = !matches!(name, "PriorityClass" | "VolumeAttributesClass");
        if alone && SCOPES.contains(&name) && word != "Exists" {
            operator.fault(format!("the scope `{name}` has only the operator `Exists`"));
        }
        match word {
            "In" | "NotIn" if values.is_empty() => {
                values.fault(format!("`{word}` needs values"));
            }
            "Exists" | "DoesNotExist" if !values.is_empty() => {
                values.fault(format!("`{word}` has no values"));
            }
            "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
            _ => operator.fault_with(
                format!("there is no operator {}", shown(word)),
                "use `In`, `NotIn`, `Exists` or `DoesNotExist`",
            ),
        }
    }
    let names = expressions.items().map(|one| one.field("scopeName").text_or_empty());
    must_not_exclude(expressions, &names.collect::<Vec<&str>>());
}

fn must_be_scope(at: At<'_>, scope: &str) {
    if !SCOPES.contains(&scope) {
        at.fault(format!("{} is none of {}", shown(scope), choices(SCOPES)));
    }
}

/// `IsResourceQuotaScopeValidForResource`.
fn must_go_with(at: At<'_>, hard: At<'_>, scope: &str) {
    for (resource, _) in hard.entries().filter(|(resource, _)| is_standard(resource)) {
        let of_pods = matches!(
            resource,
            "cpu" | "memory" | "limits.cpu" | "limits.memory" | "requests.cpu" | "requests.memory"
        );
        let (fits, allowed) = match scope {
            "BestEffort" => (resource == "pods", "`pods`"),
            "VolumeAttributesClass" => (
                matches!(resource, "persistentvolumeclaims" | "requests.storage"),
                "`persistentvolumeclaims` and `requests.storage`",
            ),
            _ if SCOPES.contains(&scope) => {
                (resource == "pods" || of_pods, "`pods`, and CPU and memory")
            }
            _ => (true, ""),
        };
        if !fits {
            at.fault_with(
                format!("a quota of the scope `{scope}` does not limit `{resource}`"),
                format!("it limits {allowed}: make another quota"),
            );
        }
    }
}

fn must_not_exclude(at: At<'_>, scopes: &[&str]) {
    for pair in OPPOSITES {
        if pair.iter().all(|scope| scopes.contains(scope)) {
            at.fault(format!("`{}` and `{}` exclude each other", pair[0], pair[1]));
        }
    }
}

/// What a server warns of: nothing could use up such requests.
fn requests_and_limits(hard: At<'_>) {
    for resource in ["cpu", "memory", "ephemeral-storage"] {
        let find = |prefix: &str| {
            hard.entries()
                .find(|(key, _)| key.strip_prefix(prefix) == Some(resource))
                .and_then(|(_, amount)| Some((amount, amount.quantity()?)))
        };
        let (Some((at, requests)), Some((_, limits))) = (find("requests."), find("limits.")) else {
            continue;
        };
        let amount = |amount: Quantity| amount.canonical();
        if requests > limits {
            at.under(&server_warning::RULE).warn(format!(
                "requests of {} never come together with limits of {}",
                amount(requests),
                amount(limits)
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::refused;

    fn quota(spec: &str) -> Vec<String> {
        refused(&format!(
            "apiVersion: v1\nkind: ResourceQuota\nmetadata: {{name: a}}\nspec: {spec}\n"
        ))
    }

    #[test]
    fn resources_and_amounts() {
        for (spec, fields) in [
            ("{}", vec![]),
            ("{hard: {cpu: 1500m, memory: 1.5Gi, pods: 3, secrets: '0'}}", vec![]),
            ("{hard: {count/deployments.apps: '3', requests.nvidia.com/gpu: '2'}}", vec![]),
            ("{hard: {hugepages-2Mi: 4Mi, requests.hugepages-1Gi: 2Gi}}", vec![]),
            ("{hard: {fast.storageclass.storage.k8s.io/requests.storage: 1Ti}}", vec![]),
            ("{hard: {requests.cpu: '-1'}}", vec!["spec.hard[requests.cpu]"]),
            ("{hard: {pods: '1.5'}}", vec!["spec.hard[pods]"]),
            ("{hard: {count/jobs.batch: '1.5'}}", vec!["spec.hard[count/jobs.batch]"]),
            ("{hard: {storage: 1Gi, gpu: '1'}}", vec!["spec.hard[storage]", "spec.hard[gpu]"]),
            ("{hard: {'a b': '1'}}", vec!["spec.hard[a b]"]),
        ] {
            assert_eq!(quota(spec), fields, "{spec}");
        }
    }

    #[test]
    fn scopes() {
        let at = "spec.scopeSelector.matchExpressions";
        let select = |expression: &str, hard: &str| {
            let fields = quota(&format!(
                "{{scopeSelector: {{matchExpressions: [{expression}]}}, hard: {{{hard}}}}}"
            ));
            let short = |field: &String| field.replace(at, "");
            fields.iter().map(short).collect::<Vec<_>>()
        };
        assert_eq!(quota("{scopes: [Terminating], hard: {pods: 1, cpu: 1}}"), [""; 0]);
        assert_eq!(quota("{scopes: [Terminating], hard: {services: 1}}"), ["spec.scopes"]);
        assert_eq!(quota("{scopes: [Nope]}"), ["spec.scopes"]);
        assert_eq!(
            quota("{scopes: [BestEffort, NotBestEffort], hard: {pods: 1}}"),
            ["spec.scopes"]
        );
        let class = "{scopeName: PriorityClass, operator: In, values: [high]}";
        assert_eq!(select(class, "pods: 1, requests.cpu: 1"), [""; 0]);
        assert_eq!(select(class, "count/pods: 1"), [""; 0]);
        // The whole expression is meant.
        assert_eq!(select(class, "ephemeral-storage: 1Gi"), [""]);
        let volumes = "{scopeName: VolumeAttributesClass, operator: Exists}";
        assert_eq!(select(volumes, "requests.storage: 1Ti"), [""; 0]);
        assert_eq!(select("{scopeName: PriorityClass, operator: In}", ""), [".values"]);
        assert_eq!(select("{scopeName: PriorityClass, operator: Is}", ""), [".operator"]);
        assert_eq!(select("{scopeName: BestEffort, operator: In, values: [a]}", ""), [".operator"]);
        assert_eq!(select("{}", ""), [".scopeName", ".operator"]);
    }
}
