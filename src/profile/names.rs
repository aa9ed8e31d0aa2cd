//! Maps whose items often need no settings: they may be written as a list of
//! their names alone.

use std::hash::Hash;

use crate::diagnostic::{Diagnostic, Report};
use crate::scalar::Scalar;
use crate::tree::{Content, Node, Ordered};

use super::decode::{At, Decode, Item, Named, with_article, wrong_type};
use super::shape::{ScalarShape, Shape};

/// `[a, b]`, or `{a: {}, b: {…}}`.
#[derive(Clone, Debug)]
pub struct Names<K, T>(pub Named<K, T>);

impl<K: Hash + Eq, T> Default for Names<K, T> {
    fn default() -> Names<K, T> {
        Names(Ordered::default())
    }
}

impl<K: Scalar + Decode + Hash + Eq + Send, T: Decode + Send> Decode for Names<K, T> {
    fn shape() -> Shape {
        Shape::Names(ScalarShape::of::<K>(), T::shape)
    }

    fn decode(node: &Node, report: &mut Report) -> Option<Names<K, T>> {
        match &node.content {
            Content::Map(_) => Named::decode(node, report).map(Names),
            // Lists became maps before layers met, unless a name stands twice.
            Content::List(_) => {
                let names = Vec::<At<K>>::decode(node, report)?;
                let mut items = Ordered::default();
                for name in names {
                    let value = T::decode(&Node::map(name.place), report)?;
                    if items.insert(name.value, Item { key: name.place, value }).is_some() {
                        let message = format!("this {} is listed twice", K::NAME);
                        report.add(Diagnostic::new(message).at(name.place));
                    }
                }
                Some(Names(items))
            }
            _ => {
                let expected =
                    format!("a map, or a list with {} as its items", with_article(K::NAME));
                report.add(wrong_type(node, &expected));
                None
            }
        }
    }

    fn absent() -> Option<Names<K, T>> {
        Some(Names::default())
    }
}
