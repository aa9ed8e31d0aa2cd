//! Default values must be such as their own schema takes.

use crate::check::api::custom::part::Part;
use crate::check::at::{At, Fault};
use crate::check::rule::Severity;

use super::RULE;
use super::paths::below;

/// All of a schema: `structuraldefaulting.ValidateDefaults`.
pub fn validate(root: At<'_>) {
    let mut open = vec![root];
    while let Some(at) = open.pop() {
        let default = at.field("default");
        if let (true, Some(schema)) = (default.is_set(), at.value()) {
            one(default, &Part::read(schema, false));
        }
        open.extend(below(at));
    }
}

fn one(default: At<'_>, part: &Part) {
    for wrong in part.faults_of_default() {
        let (mut path, mut field) = (default.path(), default.field_text());
        path.extend(wrong.path);
        if !wrong.field.is_empty() && !wrong.field.starts_with('[') {
            field.push('.');
        }
        field.push_str(&wrong.field);
        let message = format!("the default value is refused by its own schema: {}", wrong.message);
        let at_most = Severity::Error;
        default.add(Fault { rule: &RULE, path, field, message, help: None, at_most });
    }
}
