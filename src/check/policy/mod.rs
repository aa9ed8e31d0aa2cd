//! What hurts later: one rule a file.

mod latest_tag;

use super::rule::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[&latest_tag::RULE];
