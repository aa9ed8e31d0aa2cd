//! The Common Expression Language as Kubernetes uses it: in the rules of custom
//! resources, the conditions of webhooks and the policies of admission. It is read and
//! evaluated here as an API server does it; nothing in it can loop for long.
//!
//! Not known: questions to the authorizer, named time zones, messages of protocol
//! buffers. Whoever meets them is told so.

mod arithmetic;
mod compare;
mod evaluate;
mod fold;
mod functions;
mod literal;
mod macros;
mod network;
mod parse;
mod primary;
mod semver;
pub mod shape;
mod syntax;
pub mod time;
mod token;
pub mod types;
pub mod url;
pub mod value;

use crate::re2::{Regex, TooLong};

use evaluate::Evaluator;
use syntax::Node;
use value::{Error, Outcome, Value};

pub use functions::base64;
pub use primary::is_reserved;

/// An expression that could be read.
#[derive(Clone, Debug)]
pub struct Expression {
    root: Node,
}

/// Why an expression cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub message: String,
    /// The byte at which it was found.
    pub at: usize,
    /// A server may well read it: it is only too much for us.
    pub is_limit: bool,
}

/// The steps of a search for a pattern are small: so many count as one.
const STEPS_OF_SEARCH: u64 = 16;

/// What evaluating may still cost, in steps: all patterns and rules of one object share it.
#[derive(Clone, Copy, Debug)]
pub struct Budget(u64);

impl Budget {
    /// What one object may cost.
    pub const OBJECT: Budget = Budget(10_000_000);
    /// What one may cost at least, however many there are.
    const LEAST: u64 = 500_000;
    /// What all objects may cost together.
    const ALL: u64 = 1_000_000_000;
    /// What one evaluation may cost.
    const EXPRESSION: u64 = 1_000_000;

    /// What one of so many objects may cost.
    pub fn of_one_among(objects: usize) -> Budget {
        Budget((Self::ALL / objects.max(1) as u64).clamp(Self::LEAST, Self::OBJECT.0))
    }

    pub fn is_spent(self) -> bool {
        self.0 == 0
    }

    /// Whether a pattern of a schema is found in a text.
    pub fn is_match(&mut self, regex: &Regex, text: &str) -> Result<bool, TooLong> {
        let mut steps = self.0.saturating_mul(STEPS_OF_SEARCH);
        let found = regex.is_match(text, &mut steps);
        self.0 = if found.is_err() { 0 } else { steps / STEPS_OF_SEARCH };
        found
    }
}

/// Reads an expression. What its names and types are is not looked at.
pub fn parse(text: &str) -> Result<Expression, SyntaxError> {
    Ok(Expression { root: parse::parse(text)? })
}

impl Expression {
    /// The names that it uses and does not give itself: variables and types.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.root.free_names(&mut |name| {
            if !names.contains(&name) {
                names.push(name);
            }
        });
        names
    }

    pub fn uses(&self, name: &str) -> bool {
        let mut used = false;
        self.root.free_names(&mut |found| used |= found == name);
        used
    }

    /// Its value, with these variables.
    pub fn evaluate<'a>(
        &'a self,
        variables: &[(&'a str, Value<'a>)],
        budget: &mut Budget,
    ) -> Outcome<'a> {
        let steps = budget.0.min(Budget::EXPRESSION);
        let mut evaluator = Evaluator::new(variables, steps);
        let outcome = evaluator.evaluate(&self.root);
        let left = evaluator.steps_left();
        budget.0 -= steps - left;
        if left == 0 {
            return Err(Error::TooCostly);
        }
        outcome
    }
}

impl std::fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

#[cfg(test)]
mod tests;
