//! From the `openAPIV3Schema` of a definition to what it says of each place.

use std::collections::HashMap;
use std::sync::Arc;

use crate::object::value::{Map, Value};

use super::schema::{Bound, CelRule, Kind, Limits, NumberFormat, Others, Pattern, Schema, Unique};
use super::text_formats::TextFormat;

/// Deeper schemas are not read on.
const DEEPEST: usize = 100;

/// Reads the schemas of one definition.
pub struct SchemaReader<'v> {
    /// Parts that `$ref` names: only k8sgen's own definitions have them.
    parts: Option<&'v Map>,
    read: HashMap<&'v str, Arc<Schema>>,
    roots: HashMap<&'v str, Arc<Schema>>,
    patterns: HashMap<&'v str, Arc<Pattern>>,
}

impl<'v> SchemaReader<'v> {
    pub fn new(parts: Option<&'v Map>) -> SchemaReader<'v> {
        SchemaReader {
            parts,
            read: HashMap::new(),
            roots: HashMap::new(),
            patterns: HashMap::new(),
        }
    }

    /// The schema of a whole object. Versions of one definition may share it.
    pub fn root(&mut self, value: &'v Value) -> Arc<Schema> {
        let name = value.get("$ref").and_then(Value::as_str);
        if let Some(known) = name.and_then(|name| self.roots.get(name)) {
            return Arc::clone(known);
        }
        let part = name.and_then(|name| self.parts.and_then(|parts| parts.get(name)));
        let mut schema = self.schema(part.unwrap_or(value), 0);
        schema.is_root = true;
        let schema = Arc::new(schema);
        if let Some(name) = name {
            self.roots.insert(name, Arc::clone(&schema));
        }
        schema
    }

    /// What is said of one place in an object.
    pub fn part(&mut self, value: &'v Value) -> Arc<Schema> {
        self.shared(value, 0)
    }

    fn shared(&mut self, value: &'v Value, depth: usize) -> Arc<Schema> {
        let Some(name) = value.get("$ref").and_then(Value::as_str) else {
            return Arc::new(self.schema(value, depth));
        };
        if let Some(known) = self.read.get(name) {
            return Arc::clone(known);
        }
        let part = self.parts.and_then(|parts| parts.get(name));
        let schema = Arc::new(part.map(|part| self.schema(part, depth)).unwrap_or_default());
        self.read.insert(name, Arc::clone(&schema));
        schema
    }

    fn schema(&mut self, value: &'v Value, depth: usize) -> Schema {
        let mut schema = Schema::default();
        let Some(map) = value.as_map().filter(|_| depth <= DEEPEST) else { return schema };
        let mut limits = Limits::default();
        let mut limited = false;
        let mut exclusive = (false, false);
        for (key, value) in map.iter() {
            let known = self.structure(&mut schema, key, value, depth);
            if !known {
                limited |= self.limit(&mut limits, &mut exclusive, key, value, depth);
            }
        }
        if let Some(minimum) = &mut limits.minimum {
            minimum.exclusive = exclusive.0;
        }
        if let Some(maximum) = &mut limits.maximum {
            maximum.exclusive = exclusive.1;
        }
        if let Unique::Keys(keys) = &schema.unique
            && keys.is_empty()
        {
            schema.unique = Unique::No;
        }
        let rules_below = below(&schema).any(|below| below.has_rules)
            || limits.all_of.iter().any(|nested| nested.has_rules);
        let defaults_below =
            below(&schema).any(|below| below.default.is_some() || below.has_defaults);
        schema.has_rules = rules_below || !schema.rules.is_empty();
        schema.has_defaults = defaults_below;
        schema.limits = limited.then(|| Box::new(limits));
        schema
    }

    /// Takes a word that says how things are built; whether it is one.
    fn structure(
        &mut self,
        schema: &mut Schema,
        key: &str,
        value: &'v Value,
        depth: usize,
    ) -> bool {
        match key {
            "type" => {
                let kind = match value.as_str() {
                    Some("object") => Some(Kind::Object),
                    Some("array") => Some(Kind::Array),
                    Some("string") => Some(Kind::Text),
                    Some("integer") => Some(Kind::Integer),
                    Some("number") => Some(Kind::Number),
                    Some("boolean") => Some(Kind::Boolean),
                    _ => None,
                };
                schema.kind = schema.kind.or(kind);
            }
            "x-kubernetes-int-or-string" if is_true(value) => schema.kind = Some(Kind::IntOrText),
            "x-kubernetes-preserve-unknown-fields" => schema.keeps_unknown = is_true(value),
            "x-kubernetes-embedded-resource" => schema.is_resource = is_true(value),
            "nullable" => schema.nullable = is_true(value),
            "default" => schema.default = Some(value.clone()).filter(|v| *v != Value::Null),
            "properties" => {
                let fields = value.as_map().map(|map| map.0.as_slice()).unwrap_or_default();
                let mut fields: Vec<(Box<str>, Arc<Schema>)> = fields
                    .iter()
                    .map(|(name, value)| (Box::from(&**name), self.shared(value, depth + 1)))
                    .collect();
                fields.sort_by(|one, two| one.0.cmp(&two.0));
                schema.fields = Some(fields.into());
            }
            "additionalProperties" => {
                schema.others = match value {
                    Value::Bool(true) => Others::Any,
                    Value::Map(_) => Others::Of(self.shared(value, depth + 1)),
                    _ => Others::None,
                };
            }
            "items" => schema.items = Some(self.shared(value, depth + 1)),
            "x-kubernetes-list-type" => match (value.as_str(), &schema.unique) {
                (Some("set"), _) => schema.unique = Unique::Whole,
                (Some("map"), Unique::No) => schema.unique = Unique::Keys(Box::default()),
                _ => {}
            },
            "x-kubernetes-list-map-keys" => schema.unique = Unique::Keys(texts(value)),
            "x-kubernetes-validations" => {
                schema.rules = value.as_items().iter().map(rule).collect();
            }
            _ => return false,
        }
        true
    }

    /// Takes a word that limits values; whether it is one.
    fn limit(
        &mut self,
        limits: &mut Limits,
        exclusive: &mut (bool, bool),
        key: &str,
        value: &'v Value,
        depth: usize,
    ) -> bool {
        let bound = |value| number(value).map(|at| Bound { at, exclusive: false });
        match key {
            "format" => match value.as_str().unwrap_or_default() {
                "int32" => limits.number_format = Some(NumberFormat::Int32),
                "int64" => limits.number_format = Some(NumberFormat::Int64),
                "float" | "double" => limits.number_format = Some(NumberFormat::Float),
                name => limits.text_format = TextFormat::find(name),
            },
            "pattern" => {
                let Some(text) = value.as_str().filter(|text| !text.is_empty()) else {
                    return false;
                };
                let shared = self.patterns.entry(text);
                let pattern = shared.or_insert_with(|| Arc::new(Pattern::new(text)));
                limits.pattern = Some(Arc::clone(pattern));
            }
            "minLength" => limits.least_length = count(value),
            "maxLength" => limits.most_length = count(value),
            "minimum" => limits.minimum = bound(value),
            "maximum" => limits.maximum = bound(value),
            "exclusiveMinimum" => exclusive.0 = is_true(value),
            "exclusiveMaximum" => exclusive.1 = is_true(value),
            "multipleOf" => limits.multiple_of = number(value),
            "minItems" => limits.least_items = count(value),
            "maxItems" => limits.most_items = count(value),
            "uniqueItems" => limits.unique_items = is_true(value),
            "minProperties" => limits.least_fields = count(value),
            "maxProperties" => limits.most_fields = count(value),
            "required" => limits.required = texts(value),
            "enum" => limits.one_of_values = value.as_items().into(),
            "allOf" => limits.all_of = self.all(value, depth),
            "anyOf" => limits.any_of = self.all(value, depth),
            "oneOf" => limits.one_of = self.all(value, depth),
            "not" => limits.not = Some(self.shared(value, depth + 1)),
            _ => return false,
        }
        true
    }

    fn all(&mut self, value: &'v Value, depth: usize) -> Box<[Arc<Schema>]> {
        value.as_items().iter().map(|item| self.shared(item, depth + 1)).collect()
    }
}

/// What is below a schema in its objects.
fn below(schema: &Schema) -> impl Iterator<Item = &Schema> {
    let fields = schema.fields.iter().flatten().map(|(_, schema)| &**schema);
    let others = match &schema.others {
        Others::Of(schema) => Some(&**schema),
        Others::None | Others::Any => None,
    };
    fields.chain(others).chain(schema.items.as_deref())
}

fn rule(value: &Value) -> CelRule {
    let text = |key| value.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    let mut rule = CelRule::new(text("rule").unwrap_or("true"));
    rule.message = text("message").map(|message| message.trim().into());
    rule.message_expression = text("messageExpression").map(Into::into);
    rule.field_path = text("fieldPath").map(Into::into);
    rule.reason = text("reason").map(Into::into);
    rule.optional_old_self = value.get("optionalOldSelf").is_some_and(is_true);
    rule
}

fn is_true(value: &Value) -> bool {
    *value == Value::Bool(true)
}

fn texts(value: &Value) -> Box<[Box<str>]> {
    value.as_items().iter().filter_map(Value::as_str).map(Box::from).collect()
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

fn count(value: &Value) -> Option<usize> {
    match value {
        Value::Int(number) => usize::try_from(*number).ok(),
        Value::Float(number) if *number >= 0.0 => Some(*number as usize),
        _ => None,
    }
}
