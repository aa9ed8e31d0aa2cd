//! PodTemplates, which nothing but a few controllers reads.

use crate::check::api::pod::{RULE, validate_template};
use crate::check::at::At;

/// `ValidatePodTemplate`.
pub fn validate(object: At<'_>) {
    validate_template(object.under(&RULE).field("template"), None);
}
