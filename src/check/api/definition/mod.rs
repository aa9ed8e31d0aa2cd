//! CustomResourceDefinitions: how their kinds are called, and which versions they have.

mod conversion;
mod defaults;
mod expressions;
mod nested;
mod paths;
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
    versions(object);
    let strategy = spec.down(&["conversion", "strategy"]);
    conversion::validate(spec.field("conversion"));
    if spec.field("preserveUnknownFields").is_true() {
        spec.field("preserveUnknownFields").fault_with(
            "this is gone with v1beta1",
            "write `x-kubernetes-preserve-unknown-fields: true` into the schema",
        );
        if spec.field("conversion").is_set() && strategy.text() != Some("None") {
            strategy.fault("nothing is converted where unknown fields are kept");
        }
    }
    approval(object, group.text_or_empty());
}

/// `ValidateCustomResourceDefinitionNames`. What can be left out is made of the kind:
/// `SetDefaults_CustomResourceDefinitionSpec`.
fn names(names: At<'_>) {
    let [plural, singular, kind, list] =
        ["plural", "singular", "kind", "listKind"].map(|field| names.field(field));
    if plural.required() {
        plural.must_be::<ServiceName>();
    }
    let text = kind.text_or_empty();
    kind.required();
    let (own_singular, own_list) = (text.to_lowercase(), format!("{text}List"));
    for (at, made) in [(singular, &own_singular), (list, &own_list)] {
        if text.is_empty() && at.is_empty() {
            at.missing();
        } else if at.is_empty() {
            may_have_capitals(at, made);
        }
    }
    singular.may_be::<ServiceName>();
    for at in [kind, list].into_iter().filter(|at| !at.is_empty()) {
        may_have_capitals(at, at.text_or_empty());
    }
    if !text.is_empty() && kind.text() == list.text() {
        list.fault("a list is called otherwise than what it lists");
    }
    for field in ["shortNames", "categories"] {
        for name in names.field(field).items() {
            name.must_be_text::<ServiceName>(name.text_or_empty());
        }
    }
}

fn may_have_capitals(at: At<'_>, text: &str) {
    if let Some(reason) = not_a::<ServiceName>(&text.to_lowercase()) {
        at.fault(reason);
    }
}

fn versions(object: At<'_>) {
    let spec = object.field("spec");
    let versions = spec.field("versions");
    let mut names = HashSet::new();
    let mut stored = 0;
    // What is the same in all versions stands beside them for a server, which names it so.
    let hoisted = |field: &'static str| {
        let mut all = versions.items().map(|version| version.field(field).value());
        let first = all.next().flatten();
        first.is_some() && all.all(|other| other == first)
    };
    let [same_schema, same_subresources, same_columns, same_fields] =
        ["schema", "subresources", "additionalPrinterColumns", "selectableFields"].map(hoisted);
    let has_status = |version: At<'_>| version.down(&["subresources", "status"]).is_set();
    let some_status = versions.items().any(has_status);
    for (index, version) in versions.items().enumerate() {
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
            called("subresources", "subresources", same_subresources),
            called("additionalPrinterColumns", "additionalPrinterColumns", same_columns),
        );
        let schema = called("schema", "validation", same_schema);
        // What is the same is looked at once.
        if !same_schema || index == 0 {
            let status = if same_schema { some_status } else { has_status(version) };
            version::validate_schema(version, schema, status);
        }
        let selectable = called("selectableFields", "selectableFields", same_fields);
        paths::validate_selectable(selectable, schema);
    }
    if stored == 0 {
        let stored = object.down(&["status", "storedVersions"]);
        stored.fault("a server keeps in it the version that is stored, and none is");
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
