//! Which devices are meant: `validateSelector`.

use crate::check::at::At;

const MOST_SELECTORS: usize = 32;
const LONGEST_EXPRESSION: usize = 10 * 1_024;

/// What an expression says is not looked at here; this is the place to read it.
pub fn validate_selectors(selectors: At<'_>) {
    selectors.must_not_have_more_than(MOST_SELECTORS);
    for selector in selectors.items().take(MOST_SELECTORS) {
        let cel = selector.field("cel");
        if cel.must_be_set() {
            let expression = cel.field("expression");
            expression.required();
            expression.must_not_be_longer_than(LONGEST_EXPRESSION);
        }
    }
}
