//! Grows values of a shape from bytes.

use k8sgen::object::value::{Map, Value};
use k8sgen::profile::shape::{ScalarShape, Shape};

/// Few names, so that references often lead somewhere.
const NAMES: &[&str] =
    &["a", "b", "web", "a-headless", "NAME", "http", "cpu", "memory", "/a", "/b"];
const REFERENCES: &[&str] =
    &["a/http", "b/8080", "web/http", "a/NAME", "a", "http/x", "Deployment/a"];
/// What is likely to be a border of something.
const BORDERS: &[&str] = &[
    "",
    "0",
    "1",
    "-1",
    "2147483647",
    "2147483648",
    "-2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "1e309",
    "0.1",
    "1.5",
    "100%",
    "0%",
    "-1%",
    "1Ei",
    "9999999Ei",
    "1n",
    "0s",
    "1ns",
    "999999999h",
    "7d",
    "1 per 2m",
    "100% per 30m",
    "65535",
    "65536",
    "0777",
    "$(NAME)",
    "$$(NAME)",
    "$(",
    "/",
    "..",
    "a..b",
    "a.b",
    "é",
    "\u{0}",
    "\n",
    " ",
    "*/5 * * * *",
    "1.34",
    "1.20",
    "255.255.255.255/32",
    "::/0",
    "system-cluster-critical",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];
const DEEPEST: usize = 12;

pub struct Growth<'a> {
    data: &'a [u8],
    depth: usize,
}

impl<'a> Growth<'a> {
    pub fn new(data: &'a [u8]) -> Growth<'a> {
        Growth { data, depth: 0 }
    }

    /// A number below `count`; the first where no bytes are left.
    pub fn choose(&mut self, count: usize) -> usize {
        match self.data.split_first() {
            Some((byte, rest)) => {
                self.data = rest;
                usize::from(*byte) % count.max(1)
            }
            None => 0,
        }
    }

    fn pick<'b>(&mut self, list: &[&'b str]) -> &'b str {
        list.get(self.choose(list.len())).copied().unwrap_or("")
    }

    pub fn grow(&mut self, shape: Shape) -> Value {
        if self.depth > DEEPEST {
            return Value::Null;
        }
        self.depth += 1;
        let value = match self.choose(64) {
            // Sometimes it is something else.
            1 => Value::Null,
            2 => Value::String(self.pick(BORDERS).to_owned()),
            3 => self.anything(),
            _ => self.grow_shape(shape),
        };
        self.depth -= 1;
        value
    }

    fn grow_shape(&mut self, shape: Shape) -> Value {
        match shape {
            Shape::Record(record) => {
                if let Some(short) = record.short.filter(|_| self.choose(2) == 0)
                    && let Some(field) = record.field(short)
                {
                    return self.grow((field.shape)());
                }
                let mut map = Map::default();
                let fields: Vec<_> = record.all_fields().collect();
                for field in &fields {
                    if (field.required)() && field.default.is_none() && self.choose(32) != 1 {
                        map.insert(field.key, self.grow((field.shape)()));
                    }
                }
                for group in record.groups {
                    if record.one_of_needed.is_some()
                        && let Some(field) = record.field(self.pick(group))
                    {
                        map.insert(field.key, self.grow((field.shape)()));
                    }
                }
                // Some records are only there or not.
                let further = if fields.is_empty() { 0 } else { self.choose(6) };
                for _ in 0..further {
                    let field = fields[self.choose(fields.len())];
                    map.insert(field.key, self.grow((field.shape)()));
                }
                Value::Map(map)
            }
            Shape::Names(key, _) if self.choose(2) == 0 => {
                Value::List((0..self.choose(4)).map(|_| Value::String(self.text(key))).collect())
            }
            Shape::Map(key, value) | Shape::Names(key, value) => {
                let mut map = Map::default();
                for _ in 0..self.choose(4) {
                    map.insert(self.text(key), self.grow(value()));
                }
                Value::Map(map)
            }
            Shape::List(item) => {
                Value::List((0..self.choose(4)).map(|_| self.grow(item())).collect())
            }
            Shape::Choice(choice) => {
                let names: Vec<&str> = choice.choices.iter().map(|choice| choice.name).collect();
                Value::String(self.pick(&names).to_owned())
            }
            Shape::Scalar(scalar) => Value::String(self.text(scalar)),
            Shape::Bool => Value::Bool(self.choose(2) == 0),
            Shape::Integer { least } => match self.choose(4) {
                0 => Value::Int(least.into()),
                1 => Value::Int(i64::from(i32::MAX)),
                _ => Value::Int(self.choose(10) as i64),
            },
            Shape::Text => Value::String(match self.choose(3) {
                0 => self.pick(BORDERS).to_owned(),
                _ => self.pick(NAMES).to_owned(),
            }),
            Shape::OneOf(shapes) => {
                let shape = shapes[self.choose(shapes.len())];
                self.grow(shape())
            }
            Shape::Kubernetes => self.manifest(),
        }
    }

    fn text(&mut self, shape: ScalarShape) -> String {
        match self.choose(4) {
            0 | 1 => self.pick(shape.examples),
            2 => match self.choose(8) {
                0 => self.pick(BORDERS),
                _ => self.pick(REFERENCES),
            },
            _ => self.pick(NAMES),
        }
        .to_owned()
    }

    fn anything(&mut self) -> Value {
        match self.choose(6) {
            0 => Value::Null,
            1 => Value::Bool(true),
            2 => Value::Float(0.5),
            3 => Value::List(vec![Value::Int(1), Value::Null]),
            4 => self.manifest(),
            _ => Value::String(self.pick(NAMES).to_owned()),
        }
    }

    /// A part or an object in Kubernetes' own form, more or less.
    fn manifest(&mut self) -> Value {
        const KEYS: &[&str] = &[
            "apiVersion",
            "kind",
            "metadata",
            "name",
            "namespace",
            "spec",
            "labels",
            "template",
            "containers",
            "image",
            "replicas",
            "data",
            "op",
            "path",
            "value",
            "$patch",
            "$deleteFromPrimitiveList/args",
            "$setElementOrder/containers",
            "$retainKeys",
            "env",
            "ports",
            "containerPort",
            "items",
            "stringData",
            "rules",
            "nodeAffinity",
            "runAsUser",
        ];
        const VALUES: &[&str] = &[
            "v1",
            "apps/v1",
            "ConfigMap",
            "Deployment",
            "StatefulSet",
            "Service",
            "Role",
            "a",
            "web",
            "delete",
            "replace",
            "merge",
            "/spec/replicas",
            "/metadata/name",
            "/-",
            "/a~1b",
            "add",
            "remove",
            "move",
            "copy",
            "test",
            "rbac.authorization.k8s.io/v1",
            "Secret",
            "",
        ];
        if self.depth > DEEPEST {
            return Value::Null;
        }
        self.depth += 1;
        let value = match self.choose(8) {
            0 => Value::List((0..self.choose(4)).map(|_| self.manifest()).collect()),
            1 => Value::Int(self.choose(10) as i64),
            2..=5 => {
                let mut map = Map::default();
                for _ in 0..self.choose(6) {
                    map.insert(self.pick(KEYS), self.manifest());
                }
                Value::Map(map)
            }
            _ => Value::String(self.pick(VALUES).to_owned()),
        };
        self.depth -= 1;
        value
    }
}
