//! What a server makes of the name of a Job: its selector, and labels of its pods.

use crate::check::api::formats::shown;
use crate::check::api::selector::{validate_label_selector, validate_labels};
use crate::check::at::At;
use crate::check::scene::Selector;
use crate::object::value::{Key, Map, Value};
use crate::scalar::{DnsLabel, LabelValue, Scalar};

/// The labels that a server gives the pods of a Job, by its name and by its number.
const NAME_LABELS: [&str; 2] = ["batch.kubernetes.io/job-name", "job-name"];
const UID_LABELS: [&str; 2] = ["batch.kubernetes.io/controller-uid", "controller-uid"];

/// The selector, and the labels that it goes by, are made by a server:
/// `validateGeneratedSelector`. An object that was read from a server has them, and its
/// number.
pub fn validate_selector<'a>(object: At<'a>, selector: At<'a>, template: At<'a>) {
    let can_be_read = validate_label_selector(selector);
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
    let Some(wanted) = selector.map().filter(|_| can_be_read && !selector.is_empty()) else {
        return;
    };
    // Pods of the Job are told from others by these labels alone.
    let given = |key: &'static str, at: At<'_>| {
        (Key::Borrowed(key), Value::String(at.text_or_empty().to_owned()))
    };
    let names = NAME_LABELS.map(|key| given(key, name));
    let made = Map(names.into_iter().chain(UID_LABELS.map(|key| given(key, uid))).collect());
    let wanted = Selector::Full(wanted);
    if !wanted.takes(Some(&made)) {
        selector.fault_with(
            "the selector of a Job is made by the server",
            "drop it, or set `manualSelector: true`",
        );
    }
    // What the template has of its own stands.
    let mut pods = labels.map().cloned().unwrap_or_default();
    for (key, value) in made.0 {
        if pods.get(&key).is_none() {
            pods.0.push((key, value));
        }
    }
    if !wanted.takes(Some(&pods)) {
        labels.fault("the selector does not take pods with these labels");
    }
}

/// The name of a Job is a label of its pods, and a part of the names of indexed ones.
pub fn validate_name<'a>(object: At<'a>, spec: At<'a>) {
    let metadata = object.field("metadata");
    let (name, start) = (metadata.field("name"), metadata.field("generateName"));
    let is_manual = spec.field("manualSelector").is_true();
    if !is_manual && LabelValue::parse(name.text_or_empty()).is_err() {
        let template = spec.field("template");
        name.named(template.field("labels")).must_be::<LabelValue>();
        let own = metadata.field("labels");
        if own.is_empty() && labels_of_template(spec).is_set() {
            name.named(own).must_be::<LabelValue>();
        }
    }
    if metadata.field("labels").is_empty() {
        validate_labels(labels_of_template(spec).named(metadata.field("labels")));
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
        // What is better is of no use: it is the name of the pod, not of the Job.
        let reason = reason.split(';').next().unwrap_or_default();
        name.fault(format!("its last pod would be called {}, which {reason}", shown(&last)));
    }
}

/// They are the Job's own as well where it has none.
fn labels_of_template(spec: At<'_>) -> At<'_> {
    spec.field("template").field("metadata").field("labels")
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn job(metadata: &str, spec: &str, template: &str) -> String {
        format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{{metadata}}}\nspec:\n  {spec}\n  template:\n    metadata: {{{template}}}\n    spec: {{restartPolicy: Never, containers: [{{name: a, image: 'a:1'}}]}}\n"
        )
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
            faults(&job("name: work", "selector: {matchLabels: {app: a}}", "labels: {app: b}")),
            ["spec.selector", "spec.template.metadata.labels"]
        );
        assert_eq!(
            faults(&job("name: work", "selector: {matchLabels: {app: a b}}", "")),
            ["spec.selector.matchLabels"]
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
}
