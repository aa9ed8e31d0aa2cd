//! What every object is called and labelled, whose it is, and what must happen before
//! it goes.

pub mod names;
mod owners;

pub use names::fault_of_segment;

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::object::kinds;
use crate::scalar::{AnnotationKey, DnsLabel};

use super::formats::not_a;
use super::selector::validate_labels;

pub static RULE: Rule = Rule {
    name: "api/metadata",
    weight: Weight::ERROR,
    summary: "a name, namespace, label, annotation, owner or finalizer that a server refuses",
    page: "Names end up in host names, file paths and URLs, and labels in indexes: a server takes only what works in all of them. What a name may hold depends on the kind: most are DNS names, Services DNS labels, roles path segments.",
    bad: "
apiVersion: v1
kind: ConfigMap
metadata: {name: Web_Settings}
data: {MODE: fast}
",
    good: "
apiVersion: v1
kind: ConfigMap
metadata: {name: web-settings}
data: {MODE: fast}
",
    look: Look::Validation,
};

/// `TotalAnnotationSizeLimitB`.
const MOST_OF_ANNOTATIONS: usize = 256 * 1024;

/// `ValidateObjectMetaAccessor`, with what the strategies of kinds add to it.
pub fn validate<'a>(scene: &Scene<'a>, object: At<'a>) {
    let metadata = object.field("metadata");
    names::validate(scene, object, metadata);
    namespace(object, metadata);
    validate_labels(metadata.field("labels"));
    annotations(metadata.field("annotations"));
    owners::validate(object, metadata);
    // Whoever looks at what is in a cluster need not hear where it comes from.
    if !object.subject().is_from_cluster() {
        written_by_a_server(metadata);
    }
}

fn namespace<'a>(object: At<'a>, metadata: At<'a>) {
    let at = metadata.field("namespace");
    if at.is_empty() {
        return;
    }
    let subject = object.subject();
    let known = kinds::find(&subject.identity.api_version, subject.kind());
    match known.map(|known| known.namespaced) {
        // `EnsureObjectNamespaceMatchesRequestNamespace` clears it.
        Some(false) => at.warn_with(
            format!("a {} lives in no namespace: a server drops this", subject.kind()),
            "leave it out",
        ),
        _ => at.must_be::<DnsLabel>(),
    }
}

/// What is made of a template is called otherwise, and has labels and annotations alone:
/// `ValidateTemplateObjectMeta`.
pub fn validate_of_template(metadata: At<'_>) {
    annotations(metadata.field("annotations"));
    validate_labels(metadata.field("labels"));
    let is_allowed = |name: &str| matches!(name, "annotations" | "labels");
    for (name, value) in metadata.entries().filter(|(name, _)| !is_allowed(name)) {
        if !value.is_empty() {
            metadata.field(name).forbid("a template has labels and annotations alone");
        }
    }
}

/// `ValidateAnnotations`: keys, and how large they are together.
pub fn annotations(annotations: At<'_>) {
    let mut size = 0;
    for (key, value) in annotations.entries() {
        size += key.len() + value.text_or_empty().len();
        if let Some(reason) = not_a::<AnnotationKey>(key) {
            value.named(annotations).fault(reason);
        }
    }
    if size > MOST_OF_ANNOTATIONS {
        annotations.fault_with(
            format!("annotations have {size} bytes together, the limit is {MOST_OF_ANNOTATIONS}"),
            "put what is large into a ConfigMap",
        );
    }
}

/// What `kubectl get -o yaml` shows and nobody is to write.
fn written_by_a_server(metadata: At<'_>) {
    let help = "it comes from a server: leave it out";
    let version = metadata.field("resourceVersion");
    if !version.is_empty() {
        version.warn_with("a server refuses to create what has a resource version", help);
    }
    let managed = metadata.field("managedFields");
    if !managed.is_empty() {
        managed.warn_with("`kubectl apply --server-side` refuses what has managed fields", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::settings::Settings;
    use crate::check::testing::{findings_for, refused};
    use crate::scalar::{KubernetesVersion, Scalar};

    fn config_map(metadata: &str) -> String {
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {metadata}\n")
    }

    #[test]
    fn of_a_config_map() {
        for (metadata, fields) in [
            ("{name: a.b-c}", vec![]),
            ("{generateName: web-}", vec![]),
            ("{}", vec!["metadata.name"]),
            ("{name: A}", vec!["metadata.name"]),
            ("{generateName: A-}", vec!["metadata.generateName"]),
            ("{name: a, namespace: shop}", vec![]),
            ("{name: a, namespace: a.b}", vec!["metadata.namespace"]),
            ("{name: a, labels: {app: '', a/b: c}}", vec![]),
            ("{name: a, labels: {'a b': c}}", vec!["metadata.labels"]),
            ("{name: a, labels: {a: 'b c'}}", vec!["metadata.labels"]),
            ("{name: a, annotations: {Example.com/A: 'b c'}}", vec![]),
            ("{name: a, annotations: {'a b': c}}", vec!["metadata.annotations"]),
            ("{name: a, finalizers: [example.com/a, orphan]}", vec![]),
            ("{name: a, finalizers: [protect]}", vec!["metadata.finalizers[0]"]),
            ("{name: a, finalizers: [a/b/c]}", vec!["metadata.finalizers"]),
            ("{name: a, finalizers: [orphan, foregroundDeletion]}", vec!["metadata.finalizers"]),
            (
                "{name: a, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: a, uid: b}]}",
                vec![],
            ),
            (
                "{name: a, ownerReferences: [{apiVersion: a/b/c, kind: D, name: a}]}",
                vec!["metadata.ownerReferences.uid", "metadata.ownerReferences.apiVersion"],
            ),
        ] {
            assert_eq!(refused(&config_map(metadata)), fields, "{metadata}");
        }
    }

    /// What `kubectl get -o yaml` shows can be given back.
    #[test]
    fn what_a_server_wrote_is_no_error() {
        let metadata = "{name: a, uid: b, resourceVersion: '1', generation: 3, creationTimestamp: null, selfLink: /x, managedFields: [{manager: kubectl, operation: Update, apiVersion: v1, time: '2024-01-01T00:00:00Z', fieldsType: FieldsV1, fieldsV1: {'f:data': {}}}]}";
        assert!(refused(&config_map(metadata)).is_empty());
    }

    #[test]
    fn annotations_have_a_limit_together() {
        let long = "x".repeat(200 * 1024);
        let both = format!("{{name: a, annotations: {{a: {long}, b: {long}}}}}");
        assert_eq!(refused(&config_map(&both)), ["metadata.annotations"]);
        let one = format!("{{name: a, annotations: {{a: {long}}}}}");
        assert!(refused(&config_map(&one)).is_empty());
    }

    #[test]
    fn of_other_kinds() {
        let long = "x".repeat(53);
        for (version, kind, metadata, fields) in [
            ("rbac.authorization.k8s.io/v1", "ClusterRole", "{name: 'system:Node x'}", vec![]),
            ("rbac.authorization.k8s.io/v1", "ClusterRole", "{name: a/b}", vec!["metadata.name"]),
            ("v1", "LimitRange", "{}", vec![]),
            ("v1", "Namespace", "{name: a.b}", vec!["metadata.name"]),
            ("batch/v1", "CronJob", &format!("{{name: {long}}}"), vec!["metadata.name"]),
            (
                "batch/v1",
                "CronJob",
                &format!("{{generateName: {long}}}"),
                vec!["metadata.generateName"],
            ),
            // A namespace on what lives in none is dropped.
            ("rbac.authorization.k8s.io/v1", "ClusterRole", "{name: a, namespace: A}", vec![]),
            ("example.org/v1", "Widget", "{name: A}", vec!["metadata.name"]),
            ("example.org/v1", "Widget", "{name: a, finalizers: [protect]}", vec![]),
            ("coordination.k8s.io/v1", "Lease", "{name: a, finalizers: [protect]}", vec![]),
            ("example.org/v1", "Widget", "{name: a, labels: {k: 1}}", vec!["metadata.labels.k"]),
            ("example.org/v1", "Widget", "{name: a, nam: b}", vec!["metadata.nam"]),
        ] {
            let text = format!("apiVersion: {version}\nkind: {kind}\nmetadata: {metadata}\n");
            let found: Vec<String> =
                refused(&text).into_iter().filter(|f| f.starts_with("metadata")).collect();
            assert_eq!(found, fields, "{kind} {metadata}");
        }
    }

    #[test]
    fn services_were_stricter_before() {
        let text =
            "apiVersion: v1\nkind: Service\nmetadata: {name: 1st}\nspec: {ports: [{port: 80}]}\n";
        let names = |version: &str| {
            let kubernetes = KubernetesVersion::parse(version).unwrap();
            let settings = Settings { kubernetes, ..Settings::default() };
            let found = findings_for(text, &settings);
            found.iter().filter(|finding| finding.field == "metadata.name").count()
        };
        assert_eq!((names("1.35"), names("1.36")), (1, 0));
    }
}
