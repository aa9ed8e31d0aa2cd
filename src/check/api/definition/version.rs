//! One version of a CustomResourceDefinition.

use crate::check::at::At;

use super::{defaults, expressions, schema};

/// `validateCustomResourceDefinitionVersion`, but for its schema. What may be named
/// otherwise is given.
pub fn validate<'a>(version: At<'a>, subresources: At<'a>, columns: At<'a>) {
    deprecation(version);
    scale(subresources.field("scale"));
    for column in columns.items() {
        self::column(column);
    }
}

/// `validateCustomResourceDefinitionValidation`. What is wrong with the schema itself comes
/// first: default values and rules are looked at only where it is good.
pub fn validate_schema<'a>(version: At<'a>, schema: At<'a>, has_status: bool) {
    let root = schema.field("openAPIV3Schema");
    if !root.is_set() {
        version.down(&["schema", "openAPIV3Schema"]).fault_with(
            "each version has a schema",
            "`{type: object, x-kubernetes-preserve-unknown-fields: true}` takes everything",
        );
        return;
    }
    let before = root.found();
    schema::validate(root, has_status);
    if root.found() == before {
        defaults::validate(root);
    }
    if root.found() == before {
        expressions::validate(root);
    }
}

/// `validateDeprecationWarning`.
fn deprecation(version: At<'_>) {
    const MOST: usize = 256;
    let warning = version.field("deprecationWarning");
    let Some(text) = warning.text() else { return };
    if !version.field("deprecated").is_true() {
        warning.fault_with("only deprecated versions warn", "write `deprecated: true`");
    } else if warning.required() {
        warning.must_not_be_longer_than(MOST);
        if text.contains(char::is_control) {
            warning.fault("has a control character, such as a line break");
        }
    }
}

/// `ValidateCustomResourceDefinitionSubresources`.
fn scale(scale: At<'_>) {
    if !scale.is_set() {
        return;
    }
    for (field, below) in [("specReplicasPath", ".spec."), ("statusReplicasPath", ".status.")] {
        let at = scale.field(field);
        if at.required() && !at.text_or_empty().starts_with(below) {
            at.fault_with(format!("it does not lead below `{below}`"), "such as `.spec.replicas`");
        }
    }
    let selector = scale.field("labelSelectorPath");
    let text = selector.text_or_empty();
    if !text.is_empty() && ![".spec.", ".status."].iter().any(|below| text.starts_with(below)) {
        selector.fault("it leads neither below `.spec.` nor below `.status.`");
    }
}

/// `ValidateCustomResourceColumnDefinition`.
fn column(column: At<'_>) {
    column.field("name").required();
    let kind = column.field("type");
    if kind.required() {
        kind.must_be_one_of(&["integer", "number", "string", "boolean", "date"]);
    }
    column.field("format").may_be_one_of(&[
        "int32",
        "int64",
        "float",
        "double",
        "byte",
        "date",
        "date-time",
        "password",
    ]);
    let path = column.field("jsonPath").named(column.field("JSONPath"));
    if path.is_empty() {
        path.fault("`jsonPath` is missing");
    } else if !path.text_or_empty().starts_with('.') {
        path.fault_with("a path starts with a dot", "such as `.spec.replicas`");
    }
}
