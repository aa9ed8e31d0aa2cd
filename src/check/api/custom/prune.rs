//! Fields that a definition does not list: an API server drops them, and where it is
//! strict it refuses them.

use crate::object::value::{Map, Value};

use super::place::Place;
use super::schema::{Others, Schema};

/// Takes the fields out of an object that its schema does not list, and tells each.
pub fn prune(value: &mut Value, schema: &Schema, tell: &mut impl FnMut(&Place<'_>, &Schema)) {
    let mut pruner = Pruner { tell };
    pruner.value(value, Some(schema), &Place::OBJECT);
}

struct Pruner<'t, F> {
    tell: &'t mut F,
}

impl<F: FnMut(&Place<'_>, &Schema)> Pruner<'_, F> {
    /// With no schema nothing is listed.
    fn value(&mut self, value: &mut Value, schema: Option<&Schema>, place: &Place<'_>) {
        match value {
            Value::Map(map) => self.map(map, schema, place),
            Value::List(items) => {
                let keeps = schema.is_some_and(|schema| schema.keeps_unknown);
                let below = schema.and_then(|schema| schema.items.as_deref());
                for (index, item) in items.iter_mut().enumerate() {
                    // What keeps unknown fields keeps those of its items as well.
                    if keeps {
                        self.listed_alone(item, below, &place.index(index));
                    } else {
                        self.value(item, below, &place.index(index));
                    }
                }
            }
            _ => {}
        }
    }

    fn map(&mut self, map: &mut Map, schema: Option<&Schema>, place: &Place<'_>) {
        let nothing = Schema::default();
        let schema = schema.unwrap_or(&nothing);
        let mut unknown = false;
        for (key, value) in &mut map.0 {
            if schema.is_own_of_resource(key) {
                continue;
            }
            if let Some(field) = schema.field(key) {
                self.value(value, Some(field), &place.field(key));
                continue;
            }
            match &schema.others {
                Others::Of(below) => self.value(value, Some(below), &place.key(key)),
                Others::Any => self.value(value, None, &place.key(key)),
                Others::None if schema.keeps_unknown => {}
                Others::None => {
                    unknown = true;
                    (self.tell)(&place.field(key), schema);
                }
            }
        }
        if unknown {
            map.0.retain(|(key, _)| schema.is_own_of_resource(key) || schema.field(key).is_some());
        }
    }

    /// Looks only into what is listed: a server's `skipPrune`.
    fn listed_alone(&mut self, value: &mut Value, schema: Option<&Schema>, place: &Place<'_>) {
        let Some(schema) = schema else { return };
        match value {
            Value::Map(map) => {
                for (key, value) in &mut map.0 {
                    if schema.is_own_of_resource(key) {
                        continue;
                    }
                    match schema.field(key) {
                        Some(field) => self.value(value, Some(field), &place.field(key)),
                        None => match &schema.others {
                            Others::Of(below) => self.value(value, Some(below), &place.key(key)),
                            Others::Any => self.value(value, None, &place.key(key)),
                            Others::None => {}
                        },
                    }
                }
            }
            Value::List(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.listed_alone(item, schema.items.as_deref(), &place.index(index));
                }
            }
            _ => {}
        }
    }
}
