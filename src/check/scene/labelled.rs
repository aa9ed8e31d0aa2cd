//! Services by their own labels, as monitors select them.

use crate::check::subject::Subject;
use crate::object::value::{Map, Value};

use super::{Index, Scene, Selector};

#[derive(Default)]
pub struct Labelled<'a> {
    list: Vec<&'a Subject<'a>>,
    by_label: Index<(&'a str, &'a str)>,
}

fn labels<'a>(subject: &Subject<'a>) -> Option<&'a Map> {
    subject.content.get("metadata")?.get("labels")?.as_map()
}

impl<'a> Labelled<'a> {
    pub(super) fn services(scene: &Scene<'a>) -> Labelled<'a> {
        let list: Vec<_> = scene.of_kind("", "Service").collect();
        let mut by_label = Index::default();
        for (number, service) in (0..).zip(&list) {
            for (label, value) in labels(service).into_iter().flat_map(Map::iter) {
                let value = value.as_str().unwrap_or_default();
                by_label.entry((label, value)).or_insert_with(Vec::new).push(number);
            }
        }
        Labelled { list, by_label }
    }

    /// Those that a selector takes, of all namespaces.
    pub fn select<'s>(&'s self, selector: Selector<'s>) -> Vec<&'a Subject<'a>> {
        let wanted = selector.labels().into_iter().flat_map(Map::iter);
        let of_label = |(label, value): (&'s str, &'s Value)| {
            let numbers = self.by_label.get(&(label, value.as_str().unwrap_or_default()));
            numbers.map(Vec::as_slice).unwrap_or_default()
        };
        let takes = |service: &&'a Subject<'a>| selector.takes(labels(service));
        match wanted.map(of_label).min_by_key(|numbers| numbers.len()) {
            Some(fewest) => {
                let found = fewest.iter().filter_map(|number| self.list.get(*number as usize));
                found.copied().filter(takes).collect()
            }
            None => self.list.iter().copied().filter(takes).collect(),
        }
    }
}
