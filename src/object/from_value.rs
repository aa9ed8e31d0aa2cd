//! From the content of an object to its type, through `serde::Deserialize`, as
//! strictly as a server reads it: a field that the type does not have is a
//! fault, and every fault knows its path.

use std::cell::RefCell;
use std::fmt;
use std::sync::LazyLock;

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor};

use crate::diagnostic::{choices, nearest};

use crate::scalar::{Quantity, Scalar};

use super::value::{Key, Map, Value};

/// One step into an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Key(String),
    Index(usize),
}

/// What is wrong with an object, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub path: Vec<Step>,
    pub message: String,
    /// The nearest right name, or what is expected.
    pub hint: Option<String>,
}

impl Fault {
    /// Whether the field is not one of its type's: nothing is wrong with the others.
    pub fn is_unknown_field(&self) -> bool {
        self.message == UNKNOWN
    }
}

const UNKNOWN: &str = "Kubernetes has no such field";

/// `spec.template.spec.containers[0].image`.
pub fn path_text(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Index(index) => text.push_str(&format!("[{index}]")),
            Step::Key(key) if key.contains(['.', '/']) => text.push_str(&format!("[{key}]")),
            Step::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
        }
    }
    text
}

/// Gives content its type, or says everything that is found wrong with it.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Vec<Fault>> {
    read(value, Trace::default())
}

/// The same as a server does it: `null` in a list or a map is the zero of its type.
pub fn from_value_as_server<T: DeserializeOwned>(value: &Value) -> Result<T, Vec<Fault>> {
    read(value, Trace { null_is_zero: true, ..Trace::default() })
}

fn read<T: DeserializeOwned>(value: &Value, trace: Trace) -> Result<T, Vec<Fault>> {
    let typed = T::deserialize(Reader { value, trace: &trace });
    match typed {
        Ok(typed) if trace.faults.borrow().is_empty() => Ok(typed),
        end => Err(trace.faults(end.err())),
    }
}

/// Where reading stands, and what it found.
#[derive(Default)]
struct Trace {
    path: RefCell<Vec<Step>>,
    faults: RefCell<Vec<Fault>>,
    failed: RefCell<Option<Vec<Step>>>,
    /// Whether `null` is read as the zero of any type.
    null_is_zero: bool,
}

impl Trace {
    fn enter(&self, step: Step) {
        self.path.borrow_mut().push(step);
    }

    fn leave(&self, failed: bool) {
        if failed && self.failed.borrow().is_none() {
            *self.failed.borrow_mut() = Some(self.path.borrow().clone());
        }
        self.path.borrow_mut().pop();
    }

    /// What was found, with what reading ended with.
    fn faults(self, end: Option<Untyped>) -> Vec<Fault> {
        let mut faults = self.faults.into_inner();
        if let Some(Untyped(message)) = end {
            let path = self.failed.into_inner().unwrap_or_else(|| self.path.into_inner());
            faults.push(Fault { path, message, hint: None });
        }
        faults
    }
}

/// Why content has not the type; the place is in the trace.
#[derive(Debug)]
struct Untyped(String);

impl fmt::Display for Untyped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Untyped {}

impl de::Error for Untyped {
    fn custom<T: fmt::Display>(message: T) -> Untyped {
        Untyped(message.to_string())
    }

    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Untyped {
        let found = match found {
            de::Unexpected::Bool(_) => "a boolean",
            de::Unexpected::Unsigned(_) | de::Unexpected::Signed(_) => "a whole number",
            de::Unexpected::Float(_) => "a number",
            de::Unexpected::Str(_) => "a string",
            de::Unexpected::Unit => "nothing",
            de::Unexpected::Seq => "a list",
            de::Unexpected::Map => "a map",
            _ => "something else",
        };
        let expected = match expected.to_string().as_str() {
            "i32" | "i64" | "u32" | "u64" => "a whole number".to_owned(),
            "f64" => "a number".to_owned(),
            "IntOrString" => "a whole number or a string".to_owned(),
            "a boolean" | "a string" | "a sequence" | "a map" => expected.to_string(),
            "Quantity" => "a quantity".to_owned(),
            name if name.starts_with(char::is_uppercase) => format!("a map ({name})"),
            other => other.to_owned(),
        };
        Untyped(format!("expected {expected}, found {found}"))
    }
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    value: &'a Value,
    trace: &'a Trace,
}

impl<'de> de::Deserializer<'de> for Reader<'_> {
    type Error = Untyped;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Untyped> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(*flag),
            Value::Int(number) => visitor.visit_i64(*number),
            Value::Float(number) => visitor.visit_f64(*number),
            Value::String(text) => visitor.visit_str(text),
            Value::List(items) => {
                visitor.visit_seq(Items { items: items.iter(), index: 0, trace: self.trace })
            }
            Value::Map(map) => visitor.visit_map(Entries {
                entries: map.0.iter(),
                value: None,
                fields: &[],
                zero_time: None,
                trace: self.trace,
            }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Untyped> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Untyped> {
        match self.value {
            // apimachinery reads a quantity from a number too.
            Value::Int(number) if name == "Quantity" => {
                let text = Value::String(number.to_string());
                visitor.visit_newtype_struct(Reader { value: &text, trace: self.trace })
            }
            Value::Null if name == "Quantity" && self.is_zero() => {
                let zero = Value::String("0".to_owned());
                visitor.visit_newtype_struct(Reader { value: &zero, trace: self.trace })
            }
            Value::String(text) if name == "Quantity" => match Quantity::parse(text) {
                Ok(_) => visitor.visit_newtype_struct(self),
                Err(reason) => Err(Untyped(format!("this is not a quantity: {reason}"))),
            },
            Value::Float(number) if name == "Quantity" => {
                let text = Value::String(number.to_string());
                visitor.visit_newtype_struct(Reader { value: &text, trace: self.trace })
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Untyped> {
        match self.value {
            Value::Map(map) => visitor.visit_map(Entries {
                entries: map.0.iter(),
                value: None,
                fields,
                zero_time: self.zero_time(map, fields),
                trace: self.trace,
            }),
            Value::Null if self.is_zero() => visitor.visit_map(Entries::none(self.trace)),
            _ => self.deserialize_any(visitor),
        }
    }

    /// Types read the value of a field that they do not have as ignored.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Untyped> {
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Untyped> {
        if self.is_zero() { visitor.visit_bool(false) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Untyped> {
        if self.is_zero() { visitor.visit_i64(0) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Untyped> {
        if self.is_zero() { visitor.visit_i64(0) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Untyped> {
        if self.is_zero() { visitor.visit_str("") } else { self.deserialize_any(visitor) }
    }

    /// Bytes ask for this, which stand in base64, and times.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Untyped> {
        let Value::String(text) = self.value else { return self.deserialize_any(visitor) };
        let read: Result<V::Value, Untyped> = match strict_base64(text) {
            Some(strict) => visitor.visit_str(&strict),
            None => visitor.visit_str(text),
        };
        // What the decoder says shows a part of what may be secret.
        read.map_err(|Untyped(reason)| match reason.starts_with("Invalid ") {
            true => Untyped("this is not base64".to_owned()),
            false => Untyped(reason),
        })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Untyped> {
        match self.is_zero() {
            true => visitor.visit_seq(Items { items: [].iter(), index: 0, trace: self.trace }),
            false => self.deserialize_any(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Untyped> {
        match self.is_zero() {
            true => visitor.visit_map(Entries::none(self.trace)),
            false => self.deserialize_any(visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf
        unit unit_struct tuple tuple_struct enum identifier
    }
}

impl Reader<'_> {
    fn is_zero(self) -> bool {
        self.trace.null_is_zero && matches!(self.value, Value::Null)
    }

    /// The time that a type must have, and its content has not.
    fn zero_time(self, map: &Map, fields: &[&'static str]) -> Option<&'static str> {
        let wanted = TIMES.into_iter().find(|name| fields.contains(name))?;
        (self.trace.null_is_zero && map.get(wanted).is_none()).then_some(wanted)
    }
}

/// Base64 as Rust reads it, from what Go takes besides: line breaks, and bits that are
/// left at the end. Nothing where the text is as it should be, or is not base64.
fn strict_base64(text: &str) -> Option<String> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
    );
    let broken = text.contains(['\n', '\r']);
    if !broken && !text.ends_with('=') {
        return None;
    }
    let joined: String = text.chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
    Some(STANDARD.encode(LENIENT.decode(joined).ok()?))
}

struct Items<'a> {
    items: std::slice::Iter<'a, Value>,
    index: usize,
    trace: &'a Trace,
}

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = Untyped;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Untyped> {
        let Some(value) = self.items.next() else { return Ok(None) };
        self.trace.enter(Step::Index(self.index));
        self.index += 1;
        let read = seed.deserialize(Reader { value, trace: self.trace });
        self.trace.leave(read.is_err());
        read.map(Some)
    }
}

/// The times that types of `k8s-openapi` cannot do without. A server has a zero of them.
const TIMES: [&str; 2] = ["lastTransitionTime", "lastObservedTime"];
static ZERO_TIME: LazyLock<Value> =
    LazyLock::new(|| Value::String("0001-01-01T00:00:00Z".to_owned()));

struct Entries<'a> {
    entries: std::slice::Iter<'a, (Key, Value)>,
    value: Option<(&'a str, &'a Value)>,
    /// The fields of the type; empty where it is a map.
    fields: &'static [&'static str],
    /// A time that stands for itself where it is missing.
    zero_time: Option<&'static str>,
    trace: &'a Trace,
}

impl<'a> Entries<'a> {
    fn none(trace: &'a Trace) -> Entries<'a> {
        Entries { entries: [].iter(), value: None, fields: &[], zero_time: None, trace }
    }
}

impl Entries<'_> {
    fn report_unknown(&self, key: &str) {
        let mut path = self.trace.path.borrow().clone();
        path.push(Step::Key(key.to_owned()));
        let hint = match nearest(key, self.fields.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("its fields are {}", choices(self.fields.iter().copied())),
        };
        self.trace.faults.borrow_mut().push(Fault {
            path,
            message: UNKNOWN.to_owned(),
            hint: Some(hint),
        });
    }
}

impl<'de> de::MapAccess<'de> for Entries<'_> {
    type Error = Untyped;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Untyped> {
        let Some((key, value)) = self.entries.next() else {
            let Some(name) = self.zero_time.take() else { return Ok(None) };
            self.value = Some((name, &ZERO_TIME));
            return seed.deserialize(name.into_deserializer()).map(Some);
        };
        // Objects list `apiVersion` and `kind` among their fields, parts do not.
        if !self.fields.is_empty() && !self.fields.contains(&&**key) {
            self.report_unknown(key);
        }
        self.value = Some((key, value));
        seed.deserialize((&**key).into_deserializer()).map(Some)
    }

    /// Once for each type of a field, not once for each field: there are thousands.
    #[inline(never)]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Untyped> {
        let Some((key, value)) = self.value.take() else {
            return Err(de::Error::custom("a value without a key"));
        };
        self.trace.enter(Step::Key(key.to_owned()));
        let read = seed.deserialize(Reader { value, trace: self.trace });
        self.trace.leave(read.is_err());
        read
    }
}

impl Value {
    /// The value at a path, if it leads anywhere.
    pub fn at<'a>(&'a self, path: &[Step]) -> Option<&'a Value> {
        path.iter().try_fold(self, |value, step| match (value, step) {
            (Value::Map(Map(entries)), Step::Key(key)) => {
                entries.iter().find(|(k, _)| k == key).map(|(_, v)| v)
            }
            (Value::List(items), Step::Index(index)) => items.get(*index),
            _ => None,
        })
    }
}
