//! Jobs, and the Jobs that a CronJob makes.

use std::ops::RangeInclusive;

use crate::check::api::formats::shown;
use crate::check::api::pod::{restart_policy, validate_template};
use crate::check::api::selector::validate_label_selector;
use crate::check::api::server_warning;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Selector;
use crate::object::value::{Key, Map, Value};
use crate::scalar::{DnsLabel, DnsName, LabelValue, Scalar};

use super::{must_be_selected, pod_failure_policy, success_policy};

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

/// The labels that a server gives the pods of a Job, by its name and by its number.
const NAME_LABELS: [&str; 2] = ["batch.kubernetes.io/job-name", "job-name"];
const UID_LABELS: [&str; 2] = ["batch.kubernetes.io/controller-uid", "controller-uid"];

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
        validate_generated(object, selector, template);
    }
    validate_name(object, spec);
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
    if mode.text() == Some("Indexed") {
        validate_indexed(spec);
    } else if matches!(mode.text(), None | Some("NonIndexed")) {
        for name in ["backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"] {
            spec.field(name).forbid("it needs `completionMode: Indexed`");
        }
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
    let most: RangeInclusive<i64> = i64::MIN..=if many { FEW_OF_MANY } else { MANY };
    for number in [parallelism, failed] {
        if let Some(value) = number.int().filter(|value| !most.contains(value)) {
            number.fault(format!("must be at most {}, and is {value}", most.end()));
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
        if spec.field(field).is_set() && policy != "Never" {
            at.fault(format!("`{field}` needs `Never`"));
        }
    }
}

/// The selector, and the labels that it goes by, are made by a server:
/// `validateGeneratedSelector`. An object that was read from a server has them, and its
/// number.
fn validate_generated<'a>(object: At<'a>, selector: At<'a>, template: At<'a>) {
    validate_label_selector(selector);
    let metadata = object.field("metadata");
    let (name, uid) = (metadata.field("name"), metadata.field("uid"));
    let labels = template.field("metadata").field("labels");
    for label in NAME_LABELS.map(|key| labels.key(key)) {
        if label.is_set() && label.text() != name.text() {
            label.fault_with("it is not the name of the Job", "drop it: a server sets it");
        }
    }
    for label in UID_LABELS.map(|key| labels.key(key)) {
        if label.is_set() && (uid.is_empty() || label.text() != uid.text()) {
            label.fault_with("it is not the number of the Job", "drop it: a server sets it");
        }
    }
    let Some(wanted) = selector.map().filter(|_| !selector.is_empty()) else { return };
    // Pods of the Job are told from others by these labels alone.
    let given = |key: &'static str, at: At<'_>| {
        (Key::Borrowed(key), Value::String(at.text_or_empty().to_owned()))
    };
    let names = NAME_LABELS.map(|key| given(key, name));
    let made = Map(names.into_iter().chain(UID_LABELS.map(|key| given(key, uid))).collect());
    if !Selector::Full(wanted).takes(Some(&made)) {
        selector.fault_with(
            "the selector of a Job is made by the server",
            "drop it, or set `manualSelector: true`",
        );
    }
}

/// The name of a Job is a label of its pods, and a part of the names of indexed ones.
fn validate_name<'a>(object: At<'a>, spec: At<'a>) {
    let metadata = object.field("metadata");
    let (name, start) = (metadata.field("name"), metadata.field("generateName"));
    let is_manual = spec.field("manualSelector").is_true();
    if !is_manual && LabelValue::parse(name.text_or_empty()).is_err() {
        let template = spec.field("template");
        name.named(template.field("labels")).must_be::<LabelValue>();
        // The labels of the template are the Job's own where it has none.
        let own = metadata.field("labels");
        if own.is_empty() && template.field("metadata").field("labels").is_set() {
            name.named(own).must_be::<LabelValue>();
        }
    }
    let indexes = spec.field("completions").int().filter(|indexes| *indexes > 0);
    let is_indexed = spec.field("completionMode").text() == Some("Indexed");
    let Some(indexes) = indexes.filter(|_| is_indexed) else { return };
    let called = match name.text_or_empty() {
        "" if !start.is_empty() => format!("{}xxxxx", start.text_or_empty()),
        name => name.to_owned(),
    };
    let last = format!("{called}-{}", indexes - 1);
    if let Err(reason) = DnsLabel::parse(&last) {
        name.fault(format!("its last pod would be called {}, which {reason}", shown(&last)));
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
    fn what_a_server_adds_may_be_there_when_it_comes_from_one() {
        let labels = "labels: {controller-uid: 12ab, batch.kubernetes.io/controller-uid: 12ab, job-name: work, batch.kubernetes.io/job-name: work}";
        let selector = "selector: {matchLabels: {batch.kubernetes.io/controller-uid: 12ab}}";
        none(&job("name: work, uid: 12ab", selector, labels));
        let manual = "manualSelector: true\n  selector: {matchLabels: {app: a}}";
        none(&job("name: work", manual, "labels: {app: a}"));
        assert_eq!(
            faults(&job("name: work", "selector: {matchLabels: {app: a}}", "labels: {app: a}")),
            ["spec.selector"]
        );
        assert_eq!(
            faults(&job("name: work", "suspend: false", "labels: {job-name: other}")),
            ["spec.template.metadata.labels[job-name]"]
        );
    }

    #[test]
    fn the_name_is_a_label_and_a_part_of_the_names_of_pods() {
        let long = "a".repeat(64);
        let name = |name: &str| format!("name: {name}");
        let found = faults(&job(&name(&long), "suspend: false", ""));
        assert!(found.contains(&"spec.template.labels".to_owned()), "{found:?}");
        let indexed = "completionMode: Indexed\n  completions: 11";
        none(&job(&name(&"a".repeat(60)), indexed, ""));
        assert_eq!(faults(&job(&name(&"a".repeat(61)), indexed, "")), ["metadata.name"]);
        assert_eq!(faults(&job("name: a.b", indexed, "")), ["metadata.name"]);
        none(&job("generateName: work-", indexed, ""));
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
