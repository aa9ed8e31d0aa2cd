//! The images of an overlay: what Kustomize's `images` says exactly.

use std::collections::BTreeMap;

use crate::object::value::Value;

use super::tree::{ImageChanges, ImageParts, NewImage, holds_containers};

/// What becomes of each image of the base, by its name. `pairs` are the images
/// of the base beside those that are wanted; `all` are all that are wanted.
pub fn changes<'v>(
    pairs: &[(&'v str, &'v str)],
    all: impl Fn(&mut dyn FnMut(&'v str)),
) -> Vec<NewImage> {
    let mut wanted: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for (from, to) in pairs {
        wanted.entry(ImageParts::of(from).name).or_default().push((from, to));
    }
    wanted.retain(|_, pairs| pairs.iter().any(|(from, to)| from != to));
    let mut found: Vec<NewImage> =
        wanted.iter().filter_map(|(name, pairs)| change(name, pairs)).collect();
    // No image that is as it should be may be changed again.
    let mut stays = vec![true; found.len()];
    let changes = ImageChanges::new(&found);
    all(&mut |image| {
        if changes.apply(image).is_some_and(|made| made != image) {
            changes.of(image).into_iter().for_each(|number| stays[number] = false);
        }
    });
    let mut stays = stays.into_iter();
    found.retain(|_| stays.next().unwrap_or(false));
    found
}

/// The change that makes of all images of a name what is wanted of each.
fn change(name: &str, pairs: &[(&str, &str)]) -> Option<NewImage> {
    let (_, first) = pairs.first()?;
    if pairs.iter().any(|(_, to)| to != first) {
        return None;
    }
    let to = ImageParts::of(first);
    let same_rest = pairs.iter().all(|(from, _)| {
        let from = ImageParts::of(from);
        (from.tag, from.digest) == (to.tag, to.digest)
    });
    let rest = |part: Option<&str>| part.filter(|_| !same_rest).map(str::to_owned);
    let change = NewImage {
        name: name.to_owned(),
        new_name: (to.name != name).then(|| to.name.to_owned()),
        tag: rest(to.tag),
        digest: rest(to.digest),
    };
    let alone = std::slice::from_ref(&change);
    let changes = ImageChanges::new(alone);
    let exact = pairs.iter().all(|(from, to)| changes.apply(from).as_deref() == Some(*to));
    exact.then_some(change)
}

/// Runs through the images of two versions of one object, container by
/// container.
pub fn each_pair<'v>(from: &'v Value, to: &'v Value, found: &mut impl FnMut(&'v str, &'v str)) {
    match (from, to) {
        (Value::Map(from), Value::Map(to)) => {
            for (key, from) in from.iter() {
                let Some(to) = to.get(key) else { continue };
                if let (true, Value::List(from), Value::List(to)) =
                    (holds_containers(key), from, to)
                {
                    for container in from {
                        let name = container.get("name");
                        let fellow = to.iter().find(|fellow| fellow.get("name") == name);
                        let image = |container: &'v Value| container.get("image")?.as_str();
                        if let (Some(from), Some(to)) = (image(container), fellow.and_then(image)) {
                            found(from, to);
                        }
                    }
                }
                each_pair(from, to, found);
            }
        }
        (Value::List(from), Value::List(to)) => {
            from.iter().zip(to).for_each(|(from, to)| each_pair(from, to, found));
        }
        _ => {}
    }
}

/// The wanted object with the images that the base has, where the changes make
/// of these what is wanted.
pub fn before(from: &Value, to: &mut Value, changes: &ImageChanges<'_>) {
    match (from, to) {
        (Value::Map(from), Value::Map(to)) => {
            for (key, to) in &mut to.0 {
                let Some(from) = from.get(key) else { continue };
                if let (true, Value::List(from), Value::List(to)) =
                    (holds_containers(key), from, &mut *to)
                {
                    for container in to {
                        let fellow =
                            from.iter().find(|fellow| fellow.get("name") == container.get("name"));
                        let old = fellow.and_then(|fellow| fellow.get("image")?.as_str());
                        if let (Some(old), Value::Map(container)) = (old, container)
                            && let Some(Value::String(image)) = container.get_mut("image")
                            && changes.apply(old).as_ref() == Some(image)
                        {
                            *image = old.to_owned();
                        }
                    }
                }
                before(from, to, changes);
            }
        }
        (Value::List(from), Value::List(to)) => {
            from.iter().zip(to).for_each(|(from, to)| before(from, to, changes));
        }
        _ => {}
    }
}
