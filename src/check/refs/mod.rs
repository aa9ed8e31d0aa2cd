//! What leads nowhere: one rule a file.

mod twins;

use super::rule::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[&twins::RULE];
