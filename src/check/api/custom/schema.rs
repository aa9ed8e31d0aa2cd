//! What a definition says of one place in its objects: a structural schema, as an API
//! server keeps it.

use std::sync::{Arc, OnceLock};

use crate::cel::shape::{Form, Shape, Uniqueness};
use crate::cel::{self, Expression, SyntaxError};
use crate::object::value::Value;
use crate::re2::{Flaw, Regex};

use super::text_formats::TextFormat;

/// What is said of one place.
#[derive(Debug, Default)]
pub struct Schema {
    pub kind: Option<Kind>,
    /// `null` is a value here.
    pub nullable: bool,
    /// Fields that are not listed stay.
    pub keeps_unknown: bool,
    /// It is an object with `apiVersion`, `kind` and `metadata`.
    pub is_resource: bool,
    pub is_root: bool,
    /// By name. Nothing where none are listed at all.
    pub fields: Option<Fields>,
    pub others: Others,
    pub items: Option<Arc<Schema>>,
    pub default: Option<Value>,
    pub unique: Unique,
    pub rules: Box<[CelRule]>,
    pub limits: Option<Box<Limits>>,
    /// Whether there are rules here or below.
    pub has_rules: bool,
    /// Whether there are default values below.
    pub has_defaults: bool,
}

/// Fields and what is said of them, in the order of their names.
pub type Fields = Box<[(Box<str>, Arc<Schema>)]>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Object,
    Array,
    Text,
    Integer,
    Number,
    Boolean,
    /// `x-kubernetes-int-or-string`.
    IntOrText,
}

/// What fields that are not listed must be.
#[derive(Debug, Default)]
pub enum Others {
    /// There are none.
    #[default]
    None,
    /// Anything.
    Any,
    Of(Arc<Schema>),
}

/// What tells the items of a list apart.
#[derive(Debug, Default)]
pub enum Unique {
    #[default]
    No,
    /// All of it: a set.
    Whole,
    /// These fields: a map.
    Keys(Box<[Box<str>]>),
}

/// What values are limited to.
#[derive(Debug, Default)]
pub struct Limits {
    pub text_format: Option<TextFormat>,
    pub number_format: Option<NumberFormat>,
    pub pattern: Option<Arc<Pattern>>,
    pub least_length: Option<usize>,
    pub most_length: Option<usize>,
    pub minimum: Option<Bound>,
    pub maximum: Option<Bound>,
    pub multiple_of: Option<f64>,
    pub least_items: Option<usize>,
    pub most_items: Option<usize>,
    pub unique_items: bool,
    pub least_fields: Option<usize>,
    pub most_fields: Option<usize>,
    pub required: Box<[Box<str>]>,
    pub one_of_values: Box<[Value]>,
    pub all_of: Box<[Arc<Schema>]>,
    pub any_of: Box<[Arc<Schema>]>,
    pub one_of: Box<[Arc<Schema>]>,
    pub not: Option<Arc<Schema>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFormat {
    Int32,
    Int64,
    Float,
}

#[derive(Clone, Copy, Debug)]
pub struct Bound {
    pub at: f64,
    /// The bound itself is too much.
    pub exclusive: bool,
}

/// A pattern; places with the same one share it.
#[derive(Debug)]
pub struct Pattern {
    pub text: Box<str>,
    regex: OnceLock<Result<Regex, Flaw>>,
}

/// An entry of `x-kubernetes-validations`.
#[derive(Debug)]
pub struct CelRule {
    pub rule: Box<str>,
    pub message: Option<Box<str>>,
    pub message_expression: Option<Box<str>>,
    /// A field below this one that is reported instead.
    pub field_path: Option<Box<str>>,
    pub reason: Option<Box<str>>,
    pub optional_old_self: bool,
    compiled: OnceLock<Result<Compiled, SyntaxError>>,
    compiled_message: OnceLock<Option<Expression>>,
}

/// A rule that could be read.
#[derive(Debug)]
pub struct Compiled {
    pub expression: Expression,
    /// Whether it asks about what the object was before.
    pub uses_old_self: bool,
}

impl Schema {
    pub fn field(&self, name: &str) -> Option<&Arc<Schema>> {
        let fields = self.fields.as_deref()?;
        let index = fields.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
        fields.get(index).map(|(_, schema)| schema)
    }

    /// What is said of a field, listed or not.
    pub fn field_or_other(&self, name: &str) -> Option<&Arc<Schema>> {
        self.field(name).or(match &self.others {
            Others::Of(schema) => Some(schema),
            Others::None | Others::Any => None,
        })
    }

    pub fn field_names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().flatten().map(|(name, _)| &**name)
    }

    /// Whether a field stands outside of what the definition describes: those that each
    /// object has.
    pub fn is_own_of_resource(&self, name: &str) -> bool {
        (self.is_resource || self.is_root) && matches!(name, "apiVersion" | "kind" | "metadata")
    }
}

impl Pattern {
    pub fn new(text: &str) -> Pattern {
        Pattern { text: text.into(), regex: OnceLock::new() }
    }

    pub fn regex(&self) -> &Result<Regex, Flaw> {
        self.regex.get_or_init(|| Regex::new(&self.text))
    }
}

impl CelRule {
    pub fn new(rule: &str) -> CelRule {
        CelRule {
            rule: rule.into(),
            message: None,
            message_expression: None,
            field_path: None,
            reason: None,
            optional_old_self: false,
            compiled: OnceLock::new(),
            compiled_message: OnceLock::new(),
        }
    }

    pub fn compiled(&self) -> &Result<Compiled, SyntaxError> {
        self.compiled.get_or_init(|| {
            let expression = cel::parse(&self.rule)?;
            Ok(Compiled { uses_old_self: expression.uses("oldSelf"), expression })
        })
    }

    pub fn message_expression(&self) -> Option<&Expression> {
        let text = self.message_expression.as_ref()?;
        self.compiled_message.get_or_init(|| cel::parse(text).ok()).as_ref()
    }
}

impl Shape for Schema {
    fn form(&self) -> Form {
        match self.kind {
            Some(Kind::Object) if self.is_resource || self.is_root => Form::Fields,
            Some(Kind::Object) if self.fields.is_some() => Form::Fields,
            Some(Kind::Object) if matches!(self.others, Others::Of(_)) => Form::Map,
            // A server takes it for an object without fields.
            Some(Kind::Object) => Form::Fields,
            Some(Kind::Array) => Form::List,
            Some(Kind::Text) => match self.limits.as_ref().and_then(|limits| limits.text_format) {
                Some(TextFormat::Duration) => Form::Duration,
                Some(TextFormat::Date) => Form::Date,
                Some(TextFormat::DateTime) => Form::DateTime,
                Some(TextFormat::Bytes) => Form::Bytes,
                _ => Form::Text,
            },
            Some(Kind::Integer) => Form::Integer,
            Some(Kind::Number) => Form::Number,
            Some(Kind::Boolean) => Form::Boolean,
            Some(Kind::IntOrText) => Form::IntOrText,
            None => Form::Opaque,
        }
    }

    fn field(&self, name: &str) -> Option<&dyn Shape> {
        match name {
            _ if !self.is_own_of_resource(name) => {
                Schema::field(self, name).map(|schema| &**schema as &dyn Shape)
            }
            "metadata" => Some(&RESOURCE_METADATA),
            _ => Some(&PLAIN_TEXT),
        }
    }

    fn item(&self) -> Option<&dyn Shape> {
        let of_map = match &self.others {
            Others::Of(schema) => Some(schema),
            Others::None | Others::Any => None,
        };
        self.items.as_ref().or(of_map).map(|schema| &**schema as &dyn Shape)
    }

    fn is_nullable(&self) -> bool {
        self.nullable
    }

    fn uniqueness(&self) -> Uniqueness<'_> {
        match &self.unique {
            Unique::No => Uniqueness::None,
            Unique::Whole => Uniqueness::Whole,
            Unique::Keys(keys) => Uniqueness::Keys(keys),
        }
    }
}

/// What rules see of each object's metadata: its name alone.
struct ResourceMetadata;

static RESOURCE_METADATA: ResourceMetadata = ResourceMetadata;

impl Shape for ResourceMetadata {
    fn form(&self) -> Form {
        Form::Fields
    }

    fn field(&self, name: &str) -> Option<&dyn Shape> {
        matches!(name, "name" | "generateName").then_some(&PLAIN_TEXT as &dyn Shape)
    }

    fn item(&self) -> Option<&dyn Shape> {
        None
    }

    fn is_nullable(&self) -> bool {
        false
    }

    fn uniqueness(&self) -> Uniqueness<'_> {
        Uniqueness::None
    }
}

struct PlainText;

static PLAIN_TEXT: PlainText = PlainText;

impl Shape for PlainText {
    fn form(&self) -> Form {
        Form::Text
    }

    fn field(&self, _: &str) -> Option<&dyn Shape> {
        None
    }

    fn item(&self) -> Option<&dyn Shape> {
        None
    }

    fn is_nullable(&self) -> bool {
        false
    }

    fn uniqueness(&self) -> Uniqueness<'_> {
        Uniqueness::None
    }
}
