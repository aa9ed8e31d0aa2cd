//! Learns what the types of `k8s-openapi` hold by having them read from a source that
//! notes what they ask for. `UPDATE_SNAPSHOTS=1 cargo test types` writes the tables anew.

use std::any::type_name;
use std::collections::BTreeMap;
use std::env;
use std::fmt::Write;
use std::fs;

use k8s_openapi::Resource;
use serde::de::value::{Error, StrDeserializer, UnitDeserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde::{Serialize, forward_to_deserialize_any};

use super::super::from_value::{Step, from_value};
use super::super::kinds;
use super::super::to_value::to_value;
use super::super::value::{Map, Value};

const TIME: &str = "2026-01-31T12:00:00.000000Z";

/// All types that were met, by what the tables call them.
#[derive(Default)]
pub struct World {
    types: BTreeMap<String, Learnt>,
    /// Those whose fields are being learnt, outermost first.
    open: Vec<String>,
    /// By API version and kind.
    objects: BTreeMap<(String, String), String>,
}

struct Learnt {
    name: &'static str,
    /// Where it was met first, from the object that is learnt.
    path: Vec<Step>,
    fields: Vec<(&'static str, String)>,
    required: Vec<String>,
}

impl World {
    /// Learns a type, and all types of its fields.
    pub fn learn<T: Resource + DeserializeOwned + Serialize>(&mut self) {
        let known: Vec<String> = self.types.keys().cloned().collect();
        let mut shape = String::new();
        T::deserialize(Probe { world: self, path: Vec::new(), shape: &mut shape }).unwrap();
        let name = shape.trim_start_matches("Part(&").trim_end_matches(')').to_owned();
        self.objects.insert((T::API_VERSION.to_owned(), T::KIND.to_owned()), name);
        for (name, learnt) in &mut self.types {
            if !known.contains(name) {
                learnt.required = always_written::<T>(&learnt.path);
            }
        }
    }

    fn text(&self) -> String {
        let mut text = String::from(
            "//! The types of Kubernetes' objects. `UPDATE_SNAPSHOTS=1 cargo test types` makes\n\
             //! this from `k8s-openapi`.\n\n\
             use super::Shape::{self, *};\n\
             use super::{Field, Type};\n\n\
             const fn may(name: &'static str, shape: Shape) -> Field {\n\
             \x20   Field { name, shape, required: false }\n\
             }\n\n\
             const fn must(name: &'static str, shape: Shape) -> Field {\n\
             \x20   Field { name, shape, required: true }\n\
             }\n\n\
             /// The type of a kind.\n\
             pub fn of(api_version: &str, kind: &str) -> Option<&'static Type> {\n\
             \x20   Some(match (api_version, kind) {\n",
        );
        for ((api_version, kind), name) in &self.objects {
            writeln!(text, "        (\"{api_version}\", \"{kind}\") => &{name},").unwrap();
        }
        text.push_str("        _ => return None,\n    })\n}\n");
        for (name, Learnt { name: own, fields, required, .. }) in &self.types {
            let public = if name == "META_V1_OBJECT_META" { "pub " } else { "" };
            write!(text, "\n{public}static {name}: Type = Type {{ name: \"{own}\", fields: &[")
                .unwrap();
            for (field, shape) in fields {
                let how = if required.iter().any(|key| key == field) { "must" } else { "may" };
                write!(text, "\n    {how}(\"{field}\", {shape}),").unwrap();
            }
            text.push_str(if fields.is_empty() { "] };\n" } else { "\n] };\n" });
        }
        text
    }
}

/// The fields that a type writes though nobody set them, at a path of an object.
fn always_written<T: DeserializeOwned + Serialize>(path: &[Step]) -> Vec<String> {
    let holding = |part: Map| {
        path.iter().rev().fold(Value::Map(part), |below, step| match step {
            Step::Key(key) => Value::Map(Map(vec![(key.clone().into(), below)])),
            Step::Index(_) => Value::List(vec![below]),
        })
    };
    // Times have no zero.
    let mut part = Map::default();
    let typed: T = loop {
        match from_value(&holding(part.clone())) {
            Ok(typed) => break typed,
            Err(faults) => {
                let name = faults[0].message.split('`').nth(1).unwrap().to_owned();
                part.insert(name, Value::String(TIME.to_owned()));
            }
        }
    };
    let written = to_value(&typed).unwrap();
    let fields = written.at(path).unwrap().as_map().unwrap();
    fields.iter().map(|(key, _)| key.to_owned()).collect()
}

/// `CORE_V1_CONTAINER`, from the module in which a type is.
fn table_name(visitor: &str) -> String {
    let path = visitor.split_once("k8s_openapi::").unwrap().1;
    let is_module = |part: &&str| part.starts_with(|c: char| c.is_ascii_lowercase());
    let modules: Vec<&str> = path.split("::").take_while(is_module).collect();
    modules[modules.len() - 3..].join("_").to_ascii_uppercase()
}

/// Gives every type what it asks for, and notes it.
struct Probe<'w> {
    world: &'w mut World,
    path: Vec<Step>,
    shape: &'w mut String,
}

impl Probe<'_> {
    /// What it is, and a text that it takes.
    fn is<'de>(self, shape: &str, text: &'de str) -> StrDeserializer<'de, Error> {
        shape.clone_into(self.shape);
        text.into_deserializer()
    }

    fn below(&mut self, step: Step, read: impl FnOnce(Probe<'_>) -> Result<(), Error>) -> String {
        let mut path = self.path.clone();
        path.push(step);
        let mut shape = String::new();
        read(Probe { world: self.world, path, shape: &mut shape }).unwrap();
        shape
    }
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let part = "Part(&APIEXTENSIONS_V1_JSON_SCHEMA_PROPS)";
        let name = type_name::<V>();
        if name.contains("IntOrString") {
            self.is("IntOrText", "").deserialize_any(visitor)
        } else if name.contains("JSONSchemaPropsOrBool") {
            *self.shape = format!("Either(&Flag, &{part})");
            visitor.visit_bool(true)
        } else if name.contains("JSONSchemaPropsOrArray") {
            *self.shape = format!("Either(&List(&{part}), &{part})");
            visitor.visit_seq(Once { probe: None })
        } else if name.contains("JSONSchemaPropsOrStringArray") {
            *self.shape = format!("Either(&List(&Text), &{part})");
            visitor.visit_seq(Once { probe: None })
        } else {
            panic!("{name} may be anything")
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match name {
            "Quantity" | "Time" | "MicroTime" => {
                let text = self.is(name, TIME);
                visitor.visit_newtype_struct(text)
            }
            "CustomResourceSubresourceStatus" | "FieldsV1" | "JSON" | "RawExtension" => {
                "Any".clone_into(self.shape);
                visitor.visit_newtype_struct(UnitDeserializer::new())
            }
            _ => panic!("{name} wraps something"),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        mut self,
        own: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let name = table_name(type_name::<V>());
        *self.shape = format!("Part(&{name})");
        // Of a type within itself there is nothing new.
        if self.world.open.contains(&name) {
            return visitor.visit_map(Once { probe: None });
        }
        let path = self.path.clone();
        let new = || Learnt { name: own, path, fields: Vec::new(), required: Vec::new() };
        self.world.types.entry(name.clone()).or_insert_with(new).fields.clear();
        self.world.open.push(name.clone());
        let read = visitor.visit_map(Fields { names: names.iter(), of: name, probe: &mut self });
        self.world.open.pop();
        read
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Once { probe: Some(self) })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Once { probe: Some(self) })
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.is("Text", "").deserialize_any(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        assert!(type_name::<V>().contains("ByteString"), "{}", type_name::<V>());
        self.is("Bytes", "").deserialize_any(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        "Flag".clone_into(self.shape);
        visitor.visit_bool(true)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        "Int32".clone_into(self.shape);
        visitor.visit_i32(0)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        "Int64".clone_into(self.shape);
        visitor.visit_i64(0)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        "Number".clone_into(self.shape);
        visitor.visit_f64(0.0)
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u32 u64 u128 f32 char bytes byte_buf
        unit unit_struct tuple tuple_struct enum identifier ignored_any
    }
}

/// The fields of a type, one after the other.
struct Fields<'p, 'w> {
    names: std::slice::Iter<'static, &'static str>,
    of: String,
    probe: &'p mut Probe<'w>,
}

impl<'de> MapAccess<'de> for Fields<'_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        while let Some(name) = self.names.next() {
            // Those of objects take only what they are, and are texts like all others.
            if !matches!(*name, "apiVersion" | "kind") {
                self.note(name, String::new());
                let name: StrDeserializer<'_, Error> = name.into_deserializer();
                return seed.deserialize(name).map(Some);
            }
            self.note(name, "Text".to_owned());
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let name = self.learnt().fields.last().unwrap().0;
        let mut read = None;
        let shape = self.probe.below(Step::Key(name.to_owned()), |probe| {
            read = Some(seed.deserialize(probe)?);
            Ok(())
        });
        self.learnt().fields.last_mut().unwrap().1 = shape;
        read.ok_or_else(|| de::Error::custom("nothing was read"))
    }
}

impl Fields<'_, '_> {
    fn learnt(&mut self) -> &mut Learnt {
        self.probe.world.types.get_mut(&self.of).unwrap()
    }

    fn note(&mut self, name: &'static str, shape: String) {
        self.learnt().fields.push((name, shape));
    }
}

/// One item of a list, or one entry of a map.
struct Once<'w> {
    probe: Option<Probe<'w>>,
}

impl<'de> SeqAccess<'de> for Once<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(mut probe) = self.probe.take() else { return Ok(None) };
        let mut read = None;
        let shape = probe.below(Step::Index(0), |probe| {
            read = Some(seed.deserialize(probe)?);
            Ok(())
        });
        *probe.shape = format!("List(&{shape})");
        Ok(read)
    }
}

impl<'de> MapAccess<'de> for Once<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let key: Option<StrDeserializer<'_, Error>> =
            self.probe.is_some().then(|| "key".into_deserializer());
        key.map(|key| seed.deserialize(key)).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let mut probe = self.probe.take().unwrap();
        let mut read = None;
        let shape = probe.below(Step::Key("key".to_owned()), |probe| {
            read = Some(seed.deserialize(probe)?);
            Ok(())
        });
        *probe.shape = format!("Map(&{shape})");
        read.ok_or_else(|| de::Error::custom("nothing was read"))
    }
}

#[test]
fn the_tables_are_those_of_k8s_openapi() {
    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/object/types/table.rs");
    let mut world = World::default();
    for kind in kinds::all() {
        if let Some(learn) = kind.learn {
            learn(&mut world);
        }
    }
    let text = world.text();
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(FILE, text).unwrap();
        return;
    }
    let same = fs::read_to_string(FILE).unwrap() == text;
    assert!(same, "`UPDATE_SNAPSHOTS=1 cargo test types` makes the table anew");
}
