//! Expressions in CEL, as far as they are there and have their names. What they say is
//! not looked at here.

use crate::cel;
use crate::check::at::At;

const MOST_CONDITIONS: usize = 64;

/// `validateMatchConditions`.
pub fn validate_conditions(conditions: At<'_>) {
    conditions.must_not_have_more_than(MOST_CONDITIONS);
    for condition in conditions.items() {
        validate(condition.field("expression"));
        let name = condition.field("name");
        if name.required() {
            name.must_be_qualified_name();
        }
    }
    conditions.must_differ_in("name");
}

/// An expression must be there.
pub fn validate(expression: At<'_>) -> bool {
    let there = !expression.text_or_empty().trim().is_empty();
    if !there {
        expression.missing();
    }
    there
}

/// Whether expressions can call something by this name: `isCELIdentifier`.
pub fn is_identifier(name: &str) -> bool {
    let belongs = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.starts_with(|c: char| belongs(c) && !c.is_ascii_digit())
        && name.chars().all(belongs)
        && !cel::is_reserved(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers() {
        assert!(["a", "_", "isProd", "a1"].into_iter().all(is_identifier));
        assert!(
            !["", "1a", "a-b", "a.b", "namespace", "while", "é"].into_iter().any(is_identifier)
        );
    }
}
