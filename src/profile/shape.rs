//! What a profile may look like, as data: the JSON Schema, the reference and
//! the defaults that `explain` names are all made from it. The macros here
//! declare a type once, with its documentation, and give both its shape and
//! its reading.

use std::collections::HashMap;

use crate::scalar::Scalar;

/// What may stand at one place of a profile.
#[derive(Clone, Copy)]
pub enum Shape {
    Record(&'static RecordShape),
    Map(ScalarShape, fn() -> Shape),
    List(fn() -> Shape),
    Choice(&'static ChoiceShape),
    Scalar(ScalarShape),
    Bool,
    Integer {
        least: i32,
    },
    Text,
    /// Any of several.
    OneOf(&'static [fn() -> Shape]),
    /// A map, or a list of its keys alone.
    Names(ScalarShape, fn() -> Shape),
    /// A part that Kubernetes defines.
    Kubernetes,
}

impl Shape {
    /// What may stand at a key, where this is a map that may have it.
    pub fn below(self, key: &str) -> Option<Shape> {
        match self {
            Shape::Record(record) => record.known(key).map(|known| known.shape),
            Shape::Map(_, inner) | Shape::Names(_, inner) => Some(inner()),
            _ => None,
        }
    }

    /// Whether this or what is right below it may be written in more than one
    /// form.
    pub fn has_forms(self) -> bool {
        match self {
            Shape::Record(_) | Shape::Names(..) => true,
            Shape::Map(_, inner) => inner().has_forms(),
            _ => false,
        }
    }
}

/// A map with known keys.
pub struct RecordShape {
    /// The Rust name, which is its heading in the reference.
    pub name: &'static str,
    /// What messages call it: `workload`.
    pub title: &'static str,
    pub doc: &'static str,
    pub fields: &'static [FieldShape],
    /// Another record whose keys are written among these.
    pub include: Option<&'static RecordShape>,
    /// The field that a bare value stands for.
    pub short: Option<&'static str>,
    /// Keys that exclude each other.
    pub groups: &'static [&'static [&'static str]],
    /// Keys that belong to the chosen one of those.
    pub companions: &'static [&'static str],
    /// What is missing where no key of a group is there: `a handler`.
    pub one_of_needed: Option<&'static str>,
    /// Keys of other tools that people try here, and what to write instead.
    pub hints: &'static [(&'static str, &'static str)],
    /// Its fields by their keys.
    pub index: fn() -> &'static FieldIndex,
}

/// The fields of one record, its own and the included ones, by their keys: each
/// key of each profile is looked up several times.
pub struct FieldIndex {
    by_key: HashMap<&'static str, Known, foldhash::fast::RandomState>,
}

/// A field that a record knows.
#[derive(Clone, Copy)]
pub struct Known {
    /// Its place among all fields of the record.
    pub position: usize,
    pub field: &'static FieldShape,
    pub shape: Shape,
    pub has_forms: bool,
}

impl FieldIndex {
    pub fn new(record: &RecordShape) -> FieldIndex {
        let known = record.all_fields().enumerate().map(|(position, field)| {
            let shape = (field.shape)();
            (field.key, Known { position, field, shape, has_forms: shape.has_forms() })
        });
        FieldIndex { by_key: known.collect() }
    }

    /// How many fields there are.
    pub fn count(&self) -> usize {
        self.by_key.len()
    }
}

pub struct FieldShape {
    pub key: &'static str,
    pub doc: &'static str,
    pub default: Option<&'static str>,
    /// What holds where nothing is written, and is no value by itself.
    pub derived: Option<&'static str>,
    pub examples: &'static [&'static str],
    pub required: fn() -> bool,
    pub shape: fn() -> Shape,
}

impl RecordShape {
    pub fn all_fields(&self) -> impl Iterator<Item = &'static FieldShape> {
        self.fields.iter().chain(self.include.map_or(&[][..], |included| included.fields))
    }

    pub fn known(&self, key: &str) -> Option<Known> {
        (self.index)().by_key.get(key).copied()
    }

    pub fn field(&self, key: &str) -> Option<&'static FieldShape> {
        self.known(key).map(|known| known.field)
    }

    pub fn short_takes_list(&self) -> bool {
        let short = self.short.and_then(|key| self.field(key));
        short.is_some_and(|field| matches!((field.shape)(), Shape::List(_)))
    }
}

/// One of a few words.
pub struct ChoiceShape {
    pub title: &'static str,
    pub choices: &'static [Choice],
}

pub struct Choice {
    pub name: &'static str,
    pub doc: &'static str,
}

/// A scalar with a grammar, without its Rust type.
#[derive(Clone, Copy)]
pub struct ScalarShape {
    pub name: &'static str,
    pub doc: &'static str,
    pub examples: &'static [&'static str],
    pub pattern: &'static str,
    /// Whether some numbers of YAML are such scalars: `8080`, but no `30s`.
    pub takes_numbers: fn() -> bool,
}

impl ScalarShape {
    pub const fn of<T: Scalar>() -> ScalarShape {
        ScalarShape {
            name: T::NAME,
            doc: T::DOC,
            examples: T::EXAMPLES,
            pattern: T::PATTERN,
            takes_numbers: || ["1", "8080", "1.5"].iter().any(|number| T::parse(number).is_ok()),
        }
    }
}

/// Declares a map with known keys:
///
/// ```text
/// record! {
///     /// Bounds between which an autoscaler moves.
///     "scale" pub struct Scale {
///         /// Fewest replicas.
///         min "min": u32 = "1",
///         /// Most replicas.
///         max "max": u32, eg "10",
///         /// Its name.
///         name "name": Option<DnsName>, else "the workload's name",
///     }
///     one_of ["cpu", "memory"];
/// }
/// ```
///
/// `include` writes another record's keys among these, `short "key"` lets a bare
/// value stand for that key, `one_of` lists keys that exclude each other,
/// `companions` those that mean nothing without the chosen one, and `needs_one`
/// makes one compulsory.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $title:literal pub struct $name:ident {
            $(
                $(#[doc = $field_doc:literal])*
                $field:ident $key:literal : $type:ty
                $(= $default:literal)? $(, else $derived:literal)? $(, eg $($example:literal)|+)? ;
            )*
        }
        $(include $included:ident : $included_type:ty;)?
        $(short $short:literal;)?
        $(one_of [$($member:literal),+];)*
        $(companions [$($companion:literal),+];)?
        $(needs_one $needed:literal;)?
        $(hint $wrong:literal => $instead:literal;)*
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $type, )*
            $( pub $included: $included_type, )?
        }

        impl $name {
            pub const SHAPE: &'static $crate::profile::shape::RecordShape =
                &$crate::profile::shape::RecordShape {
                    name: stringify!($name),
                    title: $title,
                    doc: concat!($($doc, "\n"),*),
                    fields: &[$(
                        $crate::profile::shape::FieldShape {
                            key: $key,
                            doc: concat!($($field_doc, "\n"),*),
                            default: $crate::profile::shape::first(&[$($default)?]),
                            derived: $crate::profile::shape::first(&[$($derived)?]),
                            examples: &[$($($example),+)?],
                            required: || {
                                <$type as $crate::profile::decode::Decode>::absent().is_none()
                            },
                            shape: <$type as $crate::profile::decode::Decode>::shape,
                        }
                    ),*],
                    include: $crate::profile::shape::first(&[$(<$included_type>::SHAPE)?]),
                    short: $crate::profile::shape::first(&[$($short)?]),
                    groups: &[$(&[$($member),+]),*],
                    companions: &[$($($companion),+)?],
                    one_of_needed: $crate::profile::shape::first(&[$($needed)?]),
                    hints: &[$(($wrong, $instead)),*],
                    index: || {
                        static INDEX: std::sync::LazyLock<$crate::profile::shape::FieldIndex> =
                            std::sync::LazyLock::new(|| {
                                $crate::profile::shape::FieldIndex::new($name::SHAPE)
                            });
                        &INDEX
                    },
                };
        }

        impl $crate::profile::decode::Decode for $name {
            fn shape() -> $crate::profile::shape::Shape {
                $crate::profile::shape::Shape::Record(Self::SHAPE)
            }

            fn decode(
                node: &$crate::tree::Node,
                report: &mut $crate::diagnostic::Report,
            ) -> Option<Self> {
                let fields = $crate::profile::fields::Fields::open(node, Self::SHAPE, report)?;
                Self::from_fields(&fields, report)
            }
        }

        impl $name {
            pub fn from_fields(
                fields: &$crate::profile::fields::Fields<'_>,
                report: &mut $crate::diagnostic::Report,
            ) -> Option<Self> {
                let sound = fields.check_groups(Self::SHAPE, report);
                $(
                    let $field = fields.read::<$type>(
                        $key,
                        $crate::profile::shape::first(&[$($default)?]),
                        report,
                    );
                )*
                $( let $included = <$included_type>::from_fields(fields, report); )?
                sound?;
                Some($name { $($field: $field?,)* $($included: $included?,)? })
            }
        }
    };
}

/// Declares one of a few words, each with what it means.
macro_rules! choice {
    (
        $(#[doc = $doc:literal])*
        $title:literal pub enum $name:ident {
            $( $(#[doc = $choice_doc:literal])* $variant:ident $text:literal, )+
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[doc = $choice_doc])* $variant, )+
        }

        impl $name {
            /// As Kubernetes writes it.
            pub fn as_str(self) -> &'static str {
                match self { $( $name::$variant => $text, )+ }
            }
        }

        impl $crate::profile::decode::Decode for $name {
            fn shape() -> $crate::profile::shape::Shape {
                const CHOICES: &[$crate::profile::shape::Choice] = &[$(
                    $crate::profile::shape::Choice {
                        name: $text,
                        doc: concat!($($choice_doc, "\n"),*),
                    }
                ),+];
                const SHAPE: &$crate::profile::shape::ChoiceShape =
                    &$crate::profile::shape::ChoiceShape { title: $title, choices: CHOICES };
                $crate::profile::shape::Shape::Choice(SHAPE)
            }

            fn decode(
                node: &$crate::tree::Node,
                report: &mut $crate::diagnostic::Report,
            ) -> Option<Self> {
                const NAMES: &[&str] = &[$($text),+];
                $crate::profile::decode::choice(
                    node, $title, NAMES, &[$($name::$variant),+], report,
                )
            }
        }
    };
}

/// Makes scalars readable from a tree.
macro_rules! scalars {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::profile::decode::Decode for $type {
            fn shape() -> $crate::profile::shape::Shape {
                const SHAPE: $crate::profile::shape::ScalarShape =
                    $crate::profile::shape::ScalarShape::of::<$type>();
                $crate::profile::shape::Shape::Scalar(SHAPE)
            }

            fn decode(
                node: &$crate::tree::Node,
                report: &mut $crate::diagnostic::Report,
            ) -> Option<Self> {
                $crate::profile::decode::scalar(node, report)
            }
        }
    )+};
}

pub(crate) use {choice, record, scalars};

/// The one element of an optional macro part.
pub const fn first<T: Copy>(list: &[T]) -> Option<T> {
    if list.is_empty() { None } else { Some(list[0]) }
}
