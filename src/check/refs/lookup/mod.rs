//! How the rules of this family find what something leads to: no rule is here.

pub mod absent;
pub mod kept;
