//! The forms a profile may take, made one before layers meet: a bare value
//! becomes the key that it stands for, a list of names a map. Afterwards, where
//! a later layer chose another of several kinds of a value, what belongs to
//! the kind that it overrode goes.

use crate::source::SourceId;
use crate::tree::{Content, Entry, Node, Table};

use super::shape::{RecordShape, Shape};

/// Expands the short forms of one layer.
pub fn expand(node: &mut Node, shape: Shape) {
    match shape {
        Shape::Record(record) => {
            let bare = match node.content {
                Content::Scalar(_) => true,
                Content::List(_) => record.short_takes_list(),
                Content::Map(_) | Content::Null => false,
            };
            if let Some(short) = record.short.filter(|_| bare) {
                wrap(node, short);
            }
        }
        Shape::Names(..) => {
            if let Content::List(items) = &node.content {
                let names = items.iter().map(|item| (item.as_text(), item.place));
                let table: Option<Table> = names
                    .map(|(name, place)| {
                        let entry = Entry { key: place, value: Node::map(place) };
                        Some((name?.to_owned(), entry))
                    })
                    .collect();
                // A name that stands twice is an error, and so stays a list.
                if let Some(table) = table.filter(|table| table.len() == items.len()) {
                    node.content = Content::Map(table);
                }
            }
        }
        _ => {}
    }
    each(node, shape, expand);
}

/// `value` becomes `{short: value}`.
fn wrap(node: &mut Node, short: &str) {
    let place = node.place;
    let value = std::mem::replace(node, Node::map(place));
    let entry = Entry { key: place, value };
    node.content = Content::Map(Table::from_iter([(short.to_owned(), entry)]));
}

/// Goes on with what stands below and may have more than one form.
fn each(node: &mut Node, shape: Shape, go_on: fn(&mut Node, Shape)) {
    let Content::Map(table) = &mut node.content else { return };
    match shape {
        Shape::Record(record) => {
            for (key, entry) in table.iter_mut() {
                if let Some(known) = record.known(key).filter(|known| known.has_forms) {
                    go_on(&mut entry.value, known.shape);
                }
            }
        }
        Shape::Map(_, inner) | Shape::Names(_, inner) => {
            let below = inner();
            if below.has_forms() {
                table.values_mut().for_each(|entry| go_on(&mut entry.value, below));
            }
        }
        _ => {}
    }
}

/// Removes what a later layer overrode by choosing another kind of value.
pub fn choose(node: &mut Node, shape: Shape) {
    if let (Shape::Record(record), Content::Map(table)) = (shape, &mut node.content) {
        choose_in(record, table);
    }
    each(node, shape, choose);
}

fn choose_in(record: &RecordShape, table: &mut Table) {
    // Nothing was overridden where one layer said it all.
    let included_groups = record.include.is_some_and(|included| !included.groups.is_empty());
    if table.len() < 2 || (record.groups.is_empty() && !included_groups) {
        return;
    }
    let included = record.include.map_or(&[][..], |included| included.groups);
    for group in record.groups.iter().chain(included) {
        let present = || group.iter().filter_map(|key| Some((*key, layer(table.get(*key)?))));
        let Some(latest) = present().map(|(_, layer)| layer).max() else { continue };
        let losers: Vec<&str> =
            present().filter(|(_, layer)| *layer < latest).map(|(key, _)| key).collect();
        if losers.is_empty() {
            continue;
        }
        let own = record.companions.iter();
        let companions = own.chain(record.include.map_or(&[][..], |included| included.companions));
        let stale: Vec<&str> = companions
            .copied()
            .filter(|key| table.get(*key).is_some_and(|entry| layer(entry) < latest))
            .collect();
        table.retain(|key, _| !losers.contains(&key.as_str()) && !stale.contains(&key.as_str()));
    }
}

/// The last layer that said something of an entry.
fn layer(entry: &Entry) -> SourceId {
    fn latest(node: &Node) -> SourceId {
        match &node.content {
            Content::Map(table) => {
                table.values().map(layer).max().unwrap_or(node.place.source).max(node.place.source)
            }
            _ => node.place.source,
        }
    }
    latest(&entry.value).max(entry.key.source)
}
