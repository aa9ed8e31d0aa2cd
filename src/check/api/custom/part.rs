//! One part of a definition's schema, looked at for what the definition itself says there:
//! its default value, and what its rules may ask about.

use std::sync::Arc;

use crate::cel::Budget;
use crate::cel::types::Type;
use crate::object::from_value::Step;
use crate::object::value::Value;

use super::place::{Keys, Place};
use super::prune;
use super::schema::Schema;
use super::schema_reader::SchemaReader;
use super::values::{self, FaultWeight};

pub struct Part(Arc<Schema>);

/// What is wrong with a default value, and where in it.
pub struct Wrong {
    pub path: Vec<Step>,
    pub field: String,
    pub message: String,
}

impl Part {
    pub fn read(schema: &Value, is_root: bool) -> Part {
        let mut reader = SchemaReader::new(None);
        Part(if is_root { reader.root(schema) } else { reader.part(schema) })
    }

    /// What `self` is.
    pub fn own(&self) -> Type<'_> {
        Type::of(&*self.0)
    }

    /// The default value must be one that the part takes, with no field too many:
    /// `structuraldefaulting.ValidateDefaults`.
    pub fn faults_of_default(&self) -> Vec<Wrong> {
        let Some(default) = &self.0.default else { return Vec::new() };
        let mut wrong = Vec::new();
        let mut pruned = default.clone();
        prune::prune(&mut pruned, &self.0, &mut |place, _| {
            let message = format!("it has `{}`, which is no field there", place.text(Keys::Dotted));
            wrong.push(Wrong { path: Vec::new(), field: String::new(), message });
        });
        let verdict =
            values::validate(default, &self.0, &Place::OBJECT, &mut Budget::of_one_among(1));
        let known = verdict.faults.into_iter().filter(|one| one.weight != FaultWeight::Unknown);
        wrong.extend(known.map(|one| Wrong {
            path: one.path,
            field: one.field,
            message: one.message,
        }));
        wrong
    }
}
