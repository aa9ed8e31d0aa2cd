//! CustomResourceDefinitions: how their kinds are called, and which versions they have.

mod conversion;
mod nested;
mod schema;
mod version;

use std::collections::HashSet;

use crate::check::api::formats::{not_a, shown};
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsName, Scalar, ServiceName};

pub static RULE: Rule = Rule {
    name: "api/custom-resource-definition",
    weight: Weight::ERROR,
    summary: "a CustomResourceDefinition that a server refuses",
    page: "A definition has a group with a dot, a scope (`Namespaced` or `Cluster`) and names. Exactly one of its versions is stored (`storage: true`), and each has a schema. The schema is structural: each field, each item and each value of a map has a `type`, and `anyOf`, `oneOf`, `allOf` and `not` only constrain what is described outside of them.",
    bad: "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
    - name: v1
      served: true
      storage: false
      schema: {openAPIV3Schema: {type: object}}
",
    good: "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object}}
",
    look: Look::Validation,
};

/// `ValidateCustomResourceDefinition`.
pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    let group = spec.field("group");
    if group.required() {
        group.must_be::<DnsName>();
        let text = group.text_or_empty();
        if DnsName::parse(text).is_ok() && !text.contains('.') {
            group.fault_with("a group is a domain, with a dot", "such as `example.com`");
        }
    }
    if spec.field("scope").required() {
        spec.field("scope").must_be_one_of(&["Namespaced", "Cluster"]);
    }
    names(spec.field("names"));
    versions(spec);
    conversion::validate(spec.field("conversion"));
    if spec.field("preserveUnknownFields").is_true() {
        spec.field("preserveUnknownFields").fault_with(
            "this is gone with v1beta1",
            "write `x-kubernetes-preserve-unknown-fields: true` into the schema",
        );
    }
    approval(object, group.text_or_empty());
}

/// `ValidateCustomResourceDefinitionNames`. What can be left out is filled in:
/// `SetDefaults_CustomResourceDefinitionSpec`.
fn names(names: At<'_>) {
    let [plural, singular, kind, list] =
        ["plural", "singular", "kind", "listKind"].map(|field| names.field(field));
    if plural.required() {
        plural.must_be::<ServiceName>();
    }
    singular.may_be::<ServiceName>();
    kind.required();
    for at in [kind, list].into_iter().filter(|at| !at.is_empty()) {
        if let Some(reason) = not_a::<ServiceName>(&at.text_or_empty().to_lowercase()) {
            at.fault(reason);
        }
    }
    if !kind.is_empty() && kind.text() == list.text() {
        list.fault("a list is called otherwise than what it lists");
    }
    for field in ["shortNames", "categories"] {
        for name in names.field(field).items() {
            name.must_be_text::<ServiceName>(name.text_or_empty());
        }
    }
}

fn versions(spec: At<'_>) {
    let versions = spec.field("versions");
    let mut names = HashSet::new();
    let mut stored = 0;
    // What is the same in all versions stands beside them for a server, which names it so.
    let hoisted = |field: &'static str| {
        let mut all = versions.items().map(|version| version.field(field).value());
        let first = all.next().flatten();
        first.is_some() && all.all(|other| other == first)
    };
    let [same_schema, same_subresources, same_columns] =
        ["schema", "subresources", "additionalPrinterColumns"].map(hoisted);
    for version in versions.items() {
        let name = version.field("name");
        name.must_be_text::<ServiceName>(name.text_or_empty());
        if !names.insert(name.text_or_empty()) {
            let message = format!("{} is there twice", shown(name.text_or_empty()));
            name.named(versions).fault(message);
        }
        stored += usize::from(version.field("storage").is_true());
        let called = |field: &'static str, outside: &'static str, is_hoisted: bool| {
            let at = version.field(field);
            if is_hoisted { at.named(spec.field(outside)) } else { at }
        };
        version::validate(
            version,
            called("schema", "validation", same_schema),
            called("subresources", "subresources", same_subresources),
            called("additionalPrinterColumns", "additionalPrinterColumns", same_columns),
        );
    }
    if stored != 1 {
        versions.fault_with(
            format!("{stored} versions are stored, and exactly one must be"),
            "write `storage: true` for one, and `storage: false` for the others",
        );
    }
}

/// Groups of Kubernetes' own must be approved: `validateAPIApproval`.
fn approval(object: At<'_>, group: &str) {
    const APPROVED: &str = "api-approved.kubernetes.io";
    let is_protected = ["k8s.io", "kubernetes.io"]
        .iter()
        .any(|domain| group == *domain || group.ends_with(&format!(".{domain}")));
    if !is_protected {
        return;
    }
    let at = object.down(&["metadata", "annotations"]).key(APPROVED);
    let text = at.text_or_empty();
    if text.starts_with("unapproved") {
        return;
    }
    let is_address = text.split_once("://").is_some_and(|(scheme, rest)| {
        !scheme.is_empty() && !rest.is_empty() && !rest.starts_with('/')
    });
    if !is_address {
        at.fault_with(
            format!("the group `{group}` belongs to Kubernetes, which must have approved it"),
            "name the pull request, or use a group of your own",
        );
    }
}

#[cfg(test)]
mod tests;
