//! Names, labels and annotations of objects.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};

use crate::diagnostic::Report;
use crate::profile::system::{Annotations, Labels};
use crate::profile::workload::Workload;
use crate::scalar::{DnsLabel, LabelValue, Scalar};

use super::access::identity;
use super::context::Context;

pub type Pairs = BTreeMap<String, String>;

const NAME: &str = "app.kubernetes.io/name";
const INSTANCE: &str = "app.kubernetes.io/instance";
const VERSION: &str = "app.kubernetes.io/version";
const PART_OF: &str = "app.kubernetes.io/part-of";
const MANAGED_BY: &str = "app.kubernetes.io/managed-by";

impl Context<'_> {
    /// The labels that every object has.
    pub fn common_labels(&self) -> Pairs {
        let mut labels = self.recommended_labels();
        extend(&mut labels, &self.index.system.labels);
        labels
    }

    fn recommended_labels(&self) -> Pairs {
        let name = self.index.system.system.as_str();
        let own = [(INSTANCE, name), (PART_OF, name), (MANAGED_BY, "k8sgen")];
        own.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    /// Metadata of an object that lives in a namespace.
    pub fn namespaced(
        &self,
        namespace: &str,
        name: &str,
        labels: Pairs,
        annotations: &Annotations,
    ) -> ObjectMeta {
        ObjectMeta {
            namespace: Some(namespace.to_owned()),
            ..self.cluster_wide(name, labels, annotations)
        }
    }

    /// Metadata of an object that lives in no namespace.
    pub fn cluster_wide(&self, name: &str, labels: Pairs, annotations: &Annotations) -> ObjectMeta {
        let mut all = Pairs::new();
        add(&mut all, &self.index.system.annotations);
        add(&mut all, annotations);
        ObjectMeta {
            name: Some(name.to_owned()),
            labels: some(labels),
            annotations: some(all),
            ..ObjectMeta::default()
        }
    }
}

/// The labels of one workload: those that select its pods, which never change,
/// and those that its objects bear.
pub struct WorkloadLabels {
    pub selector: Pairs,
    /// Of its Services, claims, autoscaler and budget.
    pub object: Pairs,
    /// Of the controller: with the version that it runs.
    pub controller: Pairs,
    pub pod: Pairs,
}

impl WorkloadLabels {
    pub fn new(
        context: &Context<'_>,
        name: &DnsLabel,
        workload: &Workload,
        version: Option<&str>,
        report: &mut Report,
    ) -> WorkloadLabels {
        if let Some(given) = workload.selector.as_ref().filter(|given| given.is_empty()) {
            report.error(given.place, "a selector without labels would select every pod");
        }
        let selector = selector_labels(context, name, workload);
        let mut object = context.recommended_labels();
        object.insert(NAME.to_owned(), name.to_string());
        extend(&mut object, &context.index.system.labels);
        extend(&mut object, &workload.labels);
        let mut controller = object.clone();
        // A tag may be what no label can hold.
        if let Some(version) = version.and_then(|tag| LabelValue::parse(tag).ok()) {
            controller.entry(VERSION.to_owned()).or_insert_with(|| version.to_string());
        }
        let mut pod = controller.clone();
        pod.extend(identity::pod_labels(context, workload, report));
        extend(&mut pod, &workload.pod_labels);
        let systems = &context.index.system.labels;
        for own in [systems, &workload.labels, &workload.pod_labels] {
            refuse_other_values(own, &selector, report);
        }
        pod.extend(selector.clone());
        WorkloadLabels { selector, object, controller, pod }
    }

    pub fn selector(&self) -> LabelSelector {
        selector(self.selector.clone())
    }
}

fn own_selector(context: &Context<'_>, name: &DnsLabel) -> Pairs {
    [(NAME, name.as_str()), (INSTANCE, context.index.system.system.as_str())]
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

/// The labels that select a workload's pods, and that its claims bear.
pub fn selector_labels(context: &Context<'_>, name: &DnsLabel, workload: &Workload) -> Pairs {
    match &workload.selector {
        Some(given) => {
            given.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
        }
        None => own_selector(context, name),
    }
}

pub fn selector(labels: Pairs) -> LabelSelector {
    LabelSelector { match_labels: some(labels), match_expressions: None }
}

/// A label of the user's that the selector holds at another value would cut
/// the pods off from what selects them.
fn refuse_other_values(labels: &Labels, selector: &Pairs, report: &mut Report) {
    for (key, value) in labels {
        let fixed = selector.get(key.as_str());
        if let Some(fixed) = fixed.filter(|fixed| *fixed != value.value.as_str()) {
            report.error(
                value.key,
                format!("`{key}` selects the pods and stands at `{fixed}`; it cannot be set here"),
            );
        }
    }
}

/// Lays the user's labels on top.
pub fn extend(labels: &mut Pairs, own: &Labels) {
    labels.extend(own.iter().map(|(key, value)| (key.to_string(), value.value.to_string())));
}

/// Lays the user's annotations on top.
pub fn add(annotations: &mut Pairs, own: &Annotations) {
    annotations.extend(own.iter().map(|(key, value)| (key.to_string(), value.value.clone())));
}

/// Nothing instead of an empty map.
pub fn some(pairs: Pairs) -> Option<Pairs> {
    (!pairs.is_empty()).then_some(pairs)
}

/// Nothing instead of an empty list.
pub fn some_list<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}
