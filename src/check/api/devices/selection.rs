//! Which devices are meant: `validateSelector`.

use crate::cel::{self, types::Type};
use crate::check::at::At;

const MOST_SELECTORS: usize = 32;
const LONGEST_EXPRESSION: usize = 10 * 1_024;

/// What a selector may ask about: `newCompiler`.
const DEVICE: &[(&str, Type<'static>)] = &[
    ("driver", Type::Text),
    ("attributes", Type::Unknown),
    ("capacity", Type::Unknown),
    ("allowMultipleAllocations", Type::Bool),
];

/// Why a server's compiler refuses an expression about a device, which is true or false.
fn fault_of(expression: &str) -> Option<String> {
    let names = [("device", Type::Record(DEVICE)), ("cel", Type::Unknown)];
    let read = match cel::parse(expression) {
        Ok(read) => read,
        Err(error) => return Some(error.to_string()),
    };
    match read.type_with(&names) {
        Ok(Type::Bool | Type::Unknown | Type::Dynamic) => None,
        Ok(other) => Some(format!("it gives {}", other.name().unwrap_or_default())),
        Err(reason) => Some(reason),
    }
}

pub fn validate_selectors(selectors: At<'_>) {
    selectors.must_not_have_more_than(MOST_SELECTORS);
    for selector in selectors.items().take(MOST_SELECTORS) {
        let cel = selector.field("cel");
        if cel.must_be_set() {
            let expression = cel.field("expression");
            expression.must_not_be_longer_than(LONGEST_EXPRESSION);
            let text = expression.text_or_empty();
            if let Some(reason) = Some(text).filter(|_| expression.required()).and_then(fault_of) {
                expression.fault(format!("the expression does not compile: {reason}"));
            }
        }
    }
}
