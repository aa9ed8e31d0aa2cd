//! From a typed object to its content, through `serde::Serialize`. Fields of
//! types come in the order in which a person writes them; entries of maps stay
//! in the order of the map.

use std::fmt;

use serde::ser::{self, Serialize};

use super::key_order::rank;
use super::value::{Key, Map, Value};

/// Why something has no content: never for the types of k8s-openapi.
#[derive(Debug)]
pub struct Unwritable(String);

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: fmt::Display>(message: T) -> Unwritable {
        Unwritable(message.to_string())
    }
}

/// The content of a typed object.
pub fn to_value<T: Serialize + ?Sized>(typed: &T) -> Result<Value, Unwritable> {
    typed.serialize(Writer)
}

struct Writer;

fn unsupported<T>(what: &str) -> Result<T, Unwritable> {
    Err(Unwritable(format!("{what} has no place in an object")))
}

impl ser::Serializer for Writer {
    type Ok = Value;
    type Error = Unwritable;
    type SerializeSeq = ListWriter;
    type SerializeTuple = ListWriter;
    type SerializeTupleStruct = ListWriter;
    type SerializeTupleVariant = ser::Impossible<Value, Unwritable>;
    type SerializeMap = MapWriter;
    type SerializeStruct = StructWriter;
    type SerializeStructVariant = ser::Impossible<Value, Unwritable>;

    fn serialize_bool(self, value: bool) -> Result<Value, Unwritable> {
        Ok(Value::Bool(value))
    }

    fn serialize_i8(self, value: i8) -> Result<Value, Unwritable> {
        Ok(Value::Int(value.into()))
    }

    fn serialize_i16(self, value: i16) -> Result<Value, Unwritable> {
        Ok(Value::Int(value.into()))
    }

    fn serialize_i32(self, value: i32) -> Result<Value, Unwritable> {
        Ok(Value::Int(value.into()))
    }

    fn serialize_i64(self, value: i64) -> Result<Value, Unwritable> {
        Ok(Value::Int(value))
    }

    fn serialize_u8(self, value: u8) -> Result<Value, Unwritable> {
        Ok(Value::Int(value.into()))
    }

    fn serialize_u16(self, value: u16) -> Result<Value, Unwritable> {
        Ok(Value::Int(value.into()))
    }

    fn serialize_u32(self, value: u32) -> Result<Value, Unwritable> {
        Ok(Value::Int(value.into()))
    }

    fn serialize_u64(self, value: u64) -> Result<Value, Unwritable> {
        i64::try_from(value)
            .map_or_else(|_| unsupported("a number of 64 bits"), |v| Ok(Value::Int(v)))
    }

    fn serialize_f32(self, value: f32) -> Result<Value, Unwritable> {
        Ok(Value::Float(value.into()))
    }

    fn serialize_f64(self, value: f64) -> Result<Value, Unwritable> {
        Ok(Value::Float(value))
    }

    fn serialize_char(self, value: char) -> Result<Value, Unwritable> {
        Ok(Value::String(value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<Value, Unwritable> {
        Ok(Value::String(value.to_owned()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, Unwritable> {
        unsupported("a byte string")
    }

    fn serialize_none(self) -> Result<Value, Unwritable> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Unwritable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Unwritable> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Unwritable> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, Unwritable> {
        Ok(Value::String(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value, Unwritable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Value, Unwritable> {
        unsupported("a variant")
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<ListWriter, Unwritable> {
        Ok(ListWriter(Vec::with_capacity(length.unwrap_or(0))))
    }

    fn serialize_tuple(self, length: usize) -> Result<ListWriter, Unwritable> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        length: usize,
    ) -> Result<ListWriter, Unwritable> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unwritable> {
        unsupported("a variant")
    }

    fn serialize_map(self, length: Option<usize>) -> Result<MapWriter, Unwritable> {
        Ok(MapWriter { entries: Vec::with_capacity(length.unwrap_or(0)), key: None })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<StructWriter, Unwritable> {
        Ok(StructWriter { fields: Vec::with_capacity(length), highest: 0, sorted: true })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unwritable> {
        unsupported("a variant")
    }
}

struct ListWriter(Vec<Value>);

impl ser::SerializeSeq for ListWriter {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.0.push(value.serialize(Writer)?);
        Ok(())
    }

    fn end(self) -> Result<Value, Unwritable> {
        Ok(Value::List(self.0))
    }
}

impl ser::SerializeTuple for ListWriter {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        ser::SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Value, Unwritable> {
        ser::SerializeSeq::end(self)
    }
}

impl ser::SerializeTupleStruct for ListWriter {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        ser::SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Value, Unwritable> {
        ser::SerializeSeq::end(self)
    }
}

struct MapWriter {
    entries: Vec<(Key, Value)>,
    key: Option<Key>,
}

impl ser::SerializeMap for MapWriter {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unwritable> {
        match key.serialize(Writer)? {
            Value::String(text) => {
                self.key = Some(Key::Owned(text));
                Ok(())
            }
            _ => unsupported("a key that is no string"),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        let Some(key) = self.key.take() else { return unsupported("a value without a key") };
        self.entries.push((key, value.serialize(Writer)?));
        Ok(())
    }

    fn end(self) -> Result<Value, Unwritable> {
        Ok(Value::Map(Map(self.entries)))
    }
}

/// Fields with their ranks; types list theirs by name, so most need sorting.
struct StructWriter {
    fields: Vec<(u16, Key, Value)>,
    highest: u16,
    sorted: bool,
}

impl ser::SerializeStruct for StructWriter {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        // A field that is not set; k8s-openapi's types never write theirs.
        let value = match value.serialize(Writer)? {
            Value::Null => return Ok(()),
            value => value,
        };
        let rank = rank(key);
        self.sorted &= rank >= self.highest;
        self.highest = self.highest.max(rank);
        self.fields.push((rank, Key::Borrowed(key), value));
        Ok(())
    }

    fn end(mut self) -> Result<Value, Unwritable> {
        if !self.sorted {
            // Stable: fields without a rank stay by name.
            self.fields.sort_by_key(|(rank, _, _)| *rank);
        }
        Ok(Value::Map(Map(self.fields.into_iter().map(|(_, key, value)| (key, value)).collect())))
    }
}
