//! What leads nowhere: one rule a file.

mod config_map;
mod lookup;
mod secret;
mod twins;

use super::rule::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[&config_map::RULE, &secret::RULE, &twins::RULE];
