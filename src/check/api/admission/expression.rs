//! Expressions in CEL: that they are there, can be read, ask about what there is and give
//! what is wanted.

use crate::cel;
use crate::cel::types::Type;
use crate::check::at::At;

use super::environment::Environment;

const MOST_CONDITIONS: usize = 64;

/// What an expression must give. A server wants just this type: one that only evaluating
/// tells is none of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    Anything,
    Bool,
    Text,
    /// A text or `null`.
    TextOrNothing,
    List,
    /// An object that is written out.
    Object,
}

/// `validateMatchConditions`.
pub fn validate_conditions(conditions: At<'_>, environment: &Environment<'_>) {
    conditions.must_not_have_more_than(MOST_CONDITIONS);
    for condition in conditions.items() {
        validate(condition.field("expression"), environment, Gives::Bool);
        let name = condition.field("name");
        if name.required() {
            name.must_be_qualified_name();
        }
    }
    conditions.must_differ_in("name");
}

/// An expression must be there.
pub fn required(expression: At<'_>) -> bool {
    let there = !expression.text_or_empty().trim().is_empty();
    if !there {
        expression.missing();
    }
    there
}

/// An expression must be there, and be good where these names are given: `CompileCELExpression`.
/// Gives its type, as far as those behind it see it.
pub fn validate(expression: At<'_>, environment: &Environment<'_>, gives: Gives) -> Type<'static> {
    if required(expression) {
        match compile(expression.text_or_empty(), environment, gives) {
            Ok(found) => return found,
            Err(reason) => expression.fault(reason),
        }
    }
    Type::Dynamic
}

fn compile(
    text: &str,
    environment: &Environment<'_>,
    gives: Gives,
) -> Result<Type<'static>, String> {
    let cannot = |reason: String| format!("the expression does not compile: {reason}");
    let read = match cel::parse(text) {
        Err(error) if error.is_limit => return Ok(Type::Dynamic),
        read => read.map_err(|error| cannot(error.to_string()))?,
    };
    let found = read.type_with(&environment.names()).map_err(cannot)?;
    match gives.fault(found) {
        Some(reason) => Err(reason),
        None => Ok(found.alone()),
    }
}

impl Gives {
    fn fault(self, found: Type<'_>) -> Option<String> {
        let fits = matches!(
            (self, found),
            (Gives::Anything, _)
                | (_, Type::Unknown)
                | (Gives::Bool, Type::Bool)
                | (Gives::List, Type::List)
                | (Gives::Text, Type::Text)
                | (Gives::TextOrNothing, Type::Text | Type::Null)
        );
        let wanted = match self {
            Gives::Bool => "true or false",
            Gives::Text => "a text",
            Gives::TextOrNothing => "a text or `null`",
            Gives::List => "a list",
            Gives::Object | Gives::Anything => "an object",
        };
        let found = found.name().unwrap_or("whatever is there");
        (!fits).then(|| format!("the expression must give {wanted}, and gives {found}"))
    }
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
