//! `anyOf`, `oneOf`, `allOf` and `not` of a schema.

use crate::cel::Budget;
use crate::object::value::Value;

use super::place::{Keys, Place};
use super::schema::Limits;
use super::values::{Verdict, validate};

impl Verdict {
    /// `anyOf`, `oneOf`, `allOf` and `not`.
    pub fn alternatives(
        &mut self,
        value: &Value,
        limits: &Limits,
        place: &Place<'_>,
        budget: &mut Budget,
    ) {
        self.passed += 1;
        if !limits.any_of.is_empty() {
            let mut best: Option<Verdict> = None;
            let mut found = false;
            for schema in &limits.any_of {
                let verdict = validate(value, schema, place, budget);
                if verdict.is_good() {
                    self.passed += verdict.passed;
                    found = true;
                    break;
                }
                best = better(best, verdict);
            }
            if !found {
                self.no_alternative(best.unwrap_or_default(), place);
            }
        }
        if !limits.one_of.is_empty() {
            let mut best: Option<Verdict> = None;
            let mut good = 0;
            for schema in &limits.one_of {
                let verdict = validate(value, schema, place, budget);
                if verdict.is_good() {
                    good += 1;
                    self.passed += if good == 1 { verdict.passed } else { 0 };
                } else if good == 0 {
                    best = better(best, verdict);
                }
            }
            match good {
                0 => self.no_alternative(best.unwrap_or_default(), place),
                1 => {}
                _ => {
                    let message = format!(
                        "fits {good} of the forms that its definition allows, and must fit one"
                    );
                    self.light(place, message);
                }
            }
        }
        for schema in &limits.all_of {
            self.add(validate(value, schema, place, budget));
        }
        if let Some(not) = &limits.not
            && validate(value, not, place, budget).is_good()
        {
            self.light(place, "is what its definition excludes".to_owned());
        }
    }

    /// Says that none fits, unless what is wrong with the best of them says so there.
    #[cold]
    fn no_alternative(&mut self, best: Verdict, place: &Place<'_>) {
        let field = place.text(Keys::Dotted);
        if best.faults.iter().all(|fault| fault.field != field) {
            self.light(place, "fits none of the forms that its definition allows".to_owned());
        }
        self.add(best);
    }
}

/// Of two failures the one that passed more checks.
fn better(best: Option<Verdict>, next: Verdict) -> Option<Verdict> {
    match best {
        Some(best) if best.passed >= next.passed => Some(best),
        _ => Some(next),
    }
}
