//! Jobs, and the Jobs that a CronJob makes.

use crate::check::api::formats::shown;
use crate::check::api::pod::{restart_policy, validate_template};
use crate::check::api::selector::validate_label_selector;
use crate::check::api::server_warning;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsName, Scalar};

use super::{job_identity, must_be_selected, pod_failure_policy, success_policy};

pub static RULE: Rule = Rule {
    name: "api/job",
    weight: Weight::ERROR,
    summary: "a Job that a server refuses",
    page: "The pods of a Job end: their `restartPolicy` is `Never` or `OnFailure`. Its selector is made for it, and its name becomes a label of its pods. What counts by index (`backoffLimitPerIndex`, `maxFailedIndexes`, `successPolicy`) needs `completionMode: Indexed`, and that needs `completions`.",
    bad: "
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec:
      containers:
        - {name: migrate, image: 'registry.example.com/migrate:v1.4.2'}
",
    good: "
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - {name: migrate, image: 'registry.example.com/migrate:v1.4.2'}
",
    look: Look::Validation,
};

/// With more indexes than this there are fewer of other things.
const MANY: i64 = 100_000;
const FEW_OF_MANY: i64 = 10_000;

/// `ValidateJob`.
pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    validate_spec(spec);
    let (selector, template) = (spec.field("selector"), spec.field("template"));
    if spec.field("manualSelector").is_true() {
        if !selector.is_set() {
            selector.fault("`manualSelector: true` needs a selector");
        }
        if validate_label_selector(selector) {
            must_be_selected(template, selector);
        }
    } else {
        job_identity::validate_selector(object, selector, template);
    }
    job_identity::validate_name(object, spec);
    server_warning::of_name_of_hosts(object);
    warn_of_many(spec);
}

/// What so many indexes do to a server.
fn warn_of_many(spec: At<'_>) {
    let (completions, parallelism) = (spec.field("completions"), spec.field("parallelism"));
    let is_more = |at: At<'_>, most| at.int().is_some_and(|number| number > most);
    if spec.field("completionMode").text() == Some("Indexed")
        && is_more(completions, MANY)
        && is_more(parallelism, FEW_OF_MANY)
    {
        completions
            .under(&server_warning::RULE)
            .warn("with so many completions in parallel, not all of them may be kept track of");
    }
}

/// The Jobs of a CronJob: `ValidateJobTemplateSpec`.
pub fn validate_template_of_job(template: At<'_>) {
    let spec = template.under(&RULE).field("spec");
    validate_spec(spec);
    spec.field("selector").forbid("it is made for each Job");
    if spec.field("manualSelector").is_true() {
        spec.field("manualSelector").fault("must not be here: each Job has a selector of its own");
    }
}

/// `validateJobSpec`.
fn validate_spec(spec: At<'_>) {
    for name in [
        "parallelism",
        "completions",
        "activeDeadlineSeconds",
        "backoffLimit",
        "ttlSecondsAfterFinished",
        "backoffLimitPerIndex",
        "maxFailedIndexes",
    ] {
        spec.field(name).must_not_be_negative();
    }
    let manager = spec.field("managedBy");
    if manager.is_set() {
        validate_manager(manager);
    }
    let mode = spec.field("completionMode");
    mode.must_be_one_of(&["NonIndexed", "Indexed"]);
    let of_indexes: &[&str] = match mode.text() {
        Some("Indexed") => &[],
        None | Some("NonIndexed") => &["backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"],
        Some(_) => &["successPolicy"],
    };
    for field in of_indexes.iter().map(|name| spec.field(name)) {
        field.forbid("it needs `completionMode: Indexed`");
    }
    if of_indexes.is_empty() {
        validate_indexed(spec);
    }
    let per_index = spec.field("backoffLimitPerIndex");
    if spec.field("maxFailedIndexes").is_set() && !per_index.is_set() {
        per_index.fault("`maxFailedIndexes` needs it");
    }
    pod_failure_policy::validate(spec);
    let replacement = spec.field("podReplacementPolicy");
    match spec.field("podFailurePolicy").is_set() {
        true => replacement.must_be_one_of(&["Failed"]),
        false => replacement.must_be_one_of(&["Failed", "TerminatingOrFailed"]),
    };
    let template = spec.field("template");
    validate_template(template, None);
    validate_restart_policy(spec, template.field("spec"));
}

/// A domain and a path: `acme.io/foo`. `IsDomainPrefixedPath`.
fn validate_manager(manager: At<'_>) {
    let text = manager.text_or_empty();
    let is_path = |path: &str| {
        !path.is_empty()
            && path.chars().all(|c| c.is_ascii_alphanumeric() || "/-._~%!$&'()*+,;=:".contains(c))
    };
    let good = text
        .split_once('/')
        .is_some_and(|(domain, path)| DnsName::parse(domain).is_ok() && is_path(path));
    if manager.required() && !good {
        manager.fault_with(
            format!("{} is not a domain and a path", shown(text)),
            "such as `example.com/controller`",
        );
    }
    manager.must_not_be_longer_than(63);
}

fn validate_indexed(spec: At<'_>) {
    let [completions, parallelism, failed] =
        ["completions", "parallelism", "maxFailedIndexes"].map(|name| spec.field(name));
    let per_index = spec.field("backoffLimitPerIndex").is_set();
    let total = completions.int();
    if total.is_none() {
        completions
            .fault_with("`completionMode: Indexed` needs it", "it says how many indexes there are");
    }
    let many = per_index && total.is_some_and(|total| total > MANY);
    let most = if many { FEW_OF_MANY } else { MANY };
    for number in [parallelism, failed] {
        if let Some(value) = number.int().filter(|value| *value > most) {
            number.fault(format!("must be at most {most}, and is {value}"));
        }
    }
    if let (Some(total), Some(value)) = (total, failed.int())
        && value > total
    {
        failed.fault(format!("{value} is more than the {total} completions"));
    }
    if many && !failed.is_set() {
        failed.fault(format!("with more than {MANY} completions it must be set"));
    }
    success_policy::validate(spec.field("successPolicy"), total);
}

/// The pods of a Job must come to an end.
fn validate_restart_policy(spec: At<'_>, pod: At<'_>) {
    let at = pod.field("restartPolicy");
    let policy = restart_policy(pod);
    match policy {
        "Always" => at.fault_with(
            "the pods of a Job end, and `Always` starts them again",
            "set `restartPolicy: Never` or `OnFailure`",
        ),
        "OnFailure" | "Never" => {}
        other => at.fault(format!("{} is neither `OnFailure` nor `Never`", shown(other))),
    }
    for field in ["podFailurePolicy", "backoffLimitPerIndex"] {
        if spec.field(field).is_set() && policy == "OnFailure" {
            at.fault(format!("`{field}` needs `Never`"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn job(metadata: &str, spec: &str, template: &str) -> String {
        format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{{metadata}}}\nspec:\n  {spec}\n  template:\n    metadata: {{{template}}}\n    spec: {{restartPolicy: Never, containers: [{{name: a, image: 'a:1'}}]}}\n"
        )
    }

    fn spec(spec: &str) -> String {
        job("name: work", spec, "")
    }

    #[test]
    fn what_counts_by_index_needs_indexes() {
        none(&spec(
            "completionMode: Indexed\n  completions: 5\n  backoffLimitPerIndex: 0\n  maxFailedIndexes: 5",
        ));
        for (fields, found) in [
            ("completionMode: Indexed", vec!["completions"]),
            ("backoffLimitPerIndex: 1", vec!["backoffLimitPerIndex"]),
            (
                "completionMode: Indexed\n  completions: 5\n  maxFailedIndexes: 1",
                vec!["backoffLimitPerIndex"],
            ),
            (
                "completionMode: Indexed\n  completions: 5\n  backoffLimitPerIndex: 1\n  maxFailedIndexes: 6",
                vec!["maxFailedIndexes"],
            ),
            (
                "completionMode: Indexed\n  completions: 100001\n  backoffLimitPerIndex: 1",
                vec!["maxFailedIndexes"],
            ),
            (
                "completionMode: Indexed\n  completions: 5\n  parallelism: 100001",
                vec!["parallelism"],
            ),
            ("completionMode: indexed", vec!["completionMode"]),
        ] {
            let found: Vec<String> = found.iter().map(|name| format!("spec.{name}")).collect();
            assert_eq!(faults(&spec(fields)), found, "{fields}");
        }
    }

    #[test]
    fn managers() {
        none(&spec("managedBy: kueue.x-k8s.io/multikueue"));
        for manager in ["''", "kueue", "kueue.x-k8s.io/", "Kueue.io/x", "a.io/b c"] {
            assert_eq!(faults(&spec(&format!("managedBy: {manager}"))), ["spec.managedBy"]);
        }
    }
}
