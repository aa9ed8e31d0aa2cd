//! How one layer lies on another: maps merge, everything else replaces, and
//! `null` removes.

use crate::diagnostic::{Diagnostic, Report, Unknown};

use super::{Content, Entry, Node, Table};

/// What a `null` means, by where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nulls {
    /// At the top of a profile.
    Root,
    /// It removes what a lower layer set.
    Remove,
    /// In a manifest: it removes, and where there is nothing to remove it is
    /// Kubernetes' own way to say nothing.
    Manifest,
    /// Among the patches.
    Patches,
    /// In one patch, beside its change.
    Patch,
    /// In the change itself: it is part of the patch, which removes with it.
    Keep,
}

impl Nulls {
    fn below(self, key: &str) -> Nulls {
        match (self, key) {
            (Nulls::Root, "objects") => Nulls::Manifest,
            (Nulls::Root, "patches") => Nulls::Patches,
            (Nulls::Patches, _) => Nulls::Patch,
            (Nulls::Patch, "merge" | "json") => Nulls::Keep,
            (Nulls::Manifest | Nulls::Keep, _) => self,
            _ => Nulls::Remove,
        }
    }
}

/// Lays the profile `over` on the profile `base`.
pub fn merge(base: &mut Node, over: Node, report: &mut Report) {
    merge_nodes(base, over, Nulls::Root, report);
}

/// Prepares the lowest layer: there is nothing below it to remove.
pub fn settle(base: &mut Node, report: &mut Report) {
    settle_node(base, Nulls::Root, report);
}

fn merge_nodes(base: &mut Node, over: Node, nulls: Nulls, report: &mut Report) {
    match (&mut base.content, over.content) {
        (Content::Map(under), Content::Map(table)) => merge_tables(under, table, nulls, report),
        (_, content) => {
            *base = Node { place: over.place, content };
            settle_node(base, nulls, report);
        }
    }
}

fn merge_tables(under: &mut Table, over: Table, nulls: Nulls, report: &mut Report) {
    let mut removed = false;
    for (key, mut entry) in over {
        let nulls_below = nulls.below(&key);
        let removes = entry.value.is_null() && nulls != Nulls::Keep;
        match under.get_mut(&key) {
            Some(below) if removes => {
                // Marked now and swept below: one pass, however many go.
                below.value.content = Content::Null;
                removed = true;
            }
            None if removes && nulls != Nulls::Manifest => {
                report.add(nothing_to_remove(&key, &entry, under));
            }
            Some(below) => {
                let both_maps = matches!(
                    (&below.value.content, &entry.value.content),
                    (Content::Map(_), Content::Map(_))
                );
                if !both_maps {
                    below.key = entry.key;
                }
                merge_nodes(&mut below.value, entry.value, nulls_below, report);
            }
            None => {
                settle_node(&mut entry.value, nulls_below, report);
                under.insert(key, entry);
            }
        }
    }
    if removed {
        under.retain(|_, entry| !entry.value.is_null());
    }
}

/// A part that no lower layer has: a `null` in it has nothing to remove.
fn settle_node(node: &mut Node, nulls: Nulls, report: &mut Report) {
    match &mut node.content {
        Content::Map(_) if nulls == Nulls::Keep => {}
        Content::Map(table) => {
            let mut nothing = false;
            for (key, entry) in table.iter_mut() {
                if !entry.value.is_null() {
                    settle_node(&mut entry.value, nulls.below(key), report);
                    continue;
                }
                nothing = true;
                if nulls != Nulls::Manifest {
                    report.add(no_value(key, entry));
                }
            }
            if nothing {
                table.retain(|_, entry| !entry.value.is_null());
            }
        }
        Content::List(items) if nulls == Nulls::Remove => {
            for item in items.iter_mut() {
                if item.is_null() {
                    report.error(item.place, "an item of this list has no value");
                }
                settle_node(item, nulls, report);
            }
        }
        Content::List(_) | Content::Null | Content::Scalar(_) => {}
    }
}

fn no_value(key: &str, entry: &Entry) -> Diagnostic {
    Diagnostic::new(format!("`{key}` has no value"))
        .at(entry.key)
        .label("`null` removes what a lower layer set, and none sets this")
        .help("give it a value (`\"\"` is the empty text), or leave it out")
}

fn nothing_to_remove(key: &str, entry: &Entry, under: &Table) -> Diagnostic {
    let message = format!("nothing to remove: no lower layer sets `{key}`");
    Unknown::new(message, key, under.keys().map(String::as_str)).at(entry.key)
}
