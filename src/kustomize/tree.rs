//! The directories of a Kustomize tree and what their `kustomization.yaml`
//! says, as data: what the writer writes and what the model of Kustomize reads.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::object::Identity;
use crate::object::value::{Map, Value};

use super::operations::Operation;

/// One directory with a `kustomization.yaml`.
#[derive(Clone, Debug, Default)]
pub struct Directory<'a> {
    /// From the top of the tree: `overlays/prod`.
    pub path: String,
    /// Where all its objects live that live in a namespace.
    pub namespace: Option<String>,
    pub resources: Vec<Resource<'a>>,
    pub images: Vec<NewImage>,
    pub replicas: Vec<Replicas>,
    pub patches: Vec<Patch>,
}

#[derive(Clone, Debug)]
pub enum Resource<'a> {
    /// Another directory, from the top of the tree.
    Directory(String),
    Object {
        identity: Identity,
        /// What the base would call it.
        at_base: Identity,
        content: Cow<'a, Value>,
    },
}

/// What becomes of all images of one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImage {
    pub name: String,
    pub new_name: Option<String>,
    pub tag: Option<String>,
    pub digest: Option<String>,
}

/// How many pods the workloads of one name have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replicas {
    pub name: String,
    pub count: i64,
}

/// What changes in one object.
#[derive(Clone, Debug)]
pub struct Patch {
    pub target: Identity,
    pub change: Change,
}

#[derive(Clone, Debug)]
pub enum Change {
    /// Merged strategically: the content without the target's identity.
    Merge(Map),
    Operations(Vec<Operation>),
    /// The object is not there.
    Delete,
}

/// An image as Kustomize takes it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageParts<'a> {
    pub name: &'a str,
    pub tag: Option<&'a str>,
    pub digest: Option<&'a str>,
}

impl<'a> ImageParts<'a> {
    pub fn of(image: &'a str) -> ImageParts<'a> {
        let (rest, digest) =
            image.split_once('@').map_or((image, None), |(rest, digest)| (rest, Some(digest)));
        // A colon before a slash belongs to a port.
        let after_path = rest.rfind('/').map_or(0, |slash| slash + 1);
        let (name, tag) = match rest[after_path..].find(':') {
            Some(colon) => {
                let colon = after_path + colon;
                (&rest[..colon], Some(&rest[colon + 1..]))
            }
            None => (rest, None),
        };
        ImageParts { name, tag, digest }
    }
}

impl NewImage {
    /// What Kustomize makes of an image of this name.
    fn apply(&self, image: &str) -> Option<String> {
        let parts = ImageParts::of(image);
        // It knows no other digests.
        let known = parts.digest.is_none_or(|digest| digest.starts_with("sha256:"));
        if !known {
            return None;
        }
        // A new tag or digest takes the place of both.
        let (tag, digest) = match (&self.tag, &self.digest) {
            (None, None) => (parts.tag, parts.digest),
            (tag, digest) => (tag.as_deref(), digest.as_deref()),
        };
        let mut made = self.new_name.as_deref().unwrap_or(parts.name).to_owned();
        if let Some(tag) = tag {
            made.push(':');
            made.push_str(tag);
        }
        if let Some(digest) = digest {
            made.push('@');
            made.push_str(digest);
        }
        Some(made)
    }
}

/// Many changes of images, found by the name of an image.
pub struct ImageChanges<'c> {
    all: &'c [NewImage],
    /// Kustomize takes a name for a regular expression: its dots match any
    /// character. So names are looked up by where their dots are.
    by_dots: HashMap<Vec<usize>, HashMap<String, Vec<usize>>>,
}

impl<'c> ImageChanges<'c> {
    pub fn new(all: &'c [NewImage]) -> ImageChanges<'c> {
        let mut by_dots: HashMap<Vec<usize>, HashMap<String, Vec<usize>>> = HashMap::new();
        for (number, change) in all.iter().enumerate() {
            let dots = change.name.match_indices('.').map(|(at, _)| at).collect();
            let names = by_dots.entry(dots).or_default();
            names.entry(change.name.clone()).or_default().push(number);
        }
        ImageChanges { all, by_dots }
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The changes of an image, in their order.
    pub fn of(&self, image: &str) -> Vec<usize> {
        let name = ImageParts::of(image).name;
        let mut found: Vec<usize> = Vec::new();
        for (dots, names) in &self.by_dots {
            let mut blank = name.as_bytes().to_vec();
            for at in dots {
                if let Some(byte) = blank.get_mut(*at) {
                    *byte = b'.';
                }
            }
            let known = std::str::from_utf8(&blank).ok().and_then(|blank| names.get(blank));
            found.extend(known.into_iter().flatten());
        }
        found.sort_unstable();
        found
    }

    /// What all changes make of an image, one after the other.
    pub fn apply(&self, image: &str) -> Option<String> {
        let mut made: Option<String> = None;
        let mut next = 0;
        loop {
            let current = made.as_deref().unwrap_or(image);
            let Some(number) = self.of(current).into_iter().find(|number| *number >= next) else {
                return made;
            };
            if let Some(changed) = self.all.get(number).and_then(|change| change.apply(current)) {
                made = Some(changed);
            }
            next = number + 1;
        }
    }
}

/// Runs through all images of a pod's or any other object's containers, as
/// Kustomize finds them: in every list of that name, however deep.
pub fn each_image<'v>(value: &'v Value, found: &mut dyn FnMut(&'v str)) {
    match value {
        Value::Map(map) => {
            for (key, value) in map.iter() {
                if let (true, Value::List(items)) = (holds_containers(key), value) {
                    items
                        .iter()
                        .filter_map(|item| item.get("image")?.as_str())
                        .for_each(&mut *found);
                }
                each_image(value, found);
            }
        }
        Value::List(items) => items.iter().for_each(|item| each_image(item, found)),
        _ => {}
    }
}

/// Whether something that is called containers is no list of maps with images
/// as texts: Kustomize fails at that where it has images to set.
pub fn has_odd_containers(value: &Value) -> bool {
    let is_container = |item: &Value| match item {
        Value::Map(map) => map.get("image").is_none_or(|image| image.as_str().is_some()),
        _ => false,
    };
    match value {
        Value::Map(map) => map.iter().any(|(key, value)| {
            let odd = holds_containers(key)
                && !matches!(value, Value::List(items) if items.iter().all(is_container));
            odd || has_odd_containers(value)
        }),
        Value::List(items) => items.iter().any(has_odd_containers),
        _ => false,
    }
}

pub fn holds_containers(key: &str) -> bool {
    matches!(key, "containers" | "initContainers")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(name: &str, to: (Option<&str>, Option<&str>, Option<&str>)) -> NewImage {
        let own = |part: Option<&str>| part.map(str::to_owned);
        NewImage { name: name.into(), new_name: own(to.0), tag: own(to.1), digest: own(to.2) }
    }

    #[test]
    fn parts_of_images() {
        for (image, name, tag, digest) in [
            ("nginx", "nginx", None, None),
            ("nginx:1", "nginx", Some("1"), None),
            ("host:5000/a/b", "host:5000/a/b", None, None),
            ("host:5000/a/b:1@sha256:0f", "host:5000/a/b", Some("1"), Some("sha256:0f")),
            ("a@sha256:0f", "a", None, Some("sha256:0f")),
        ] {
            assert_eq!(ImageParts::of(image), ImageParts { name, tag, digest });
        }
    }

    #[test]
    fn a_new_tag_or_digest_takes_the_place_of_both() {
        let made = |change: NewImage, image: &str| ImageChanges::new(&[change]).apply(image);
        let tagged = || change("a.b/c", (None, Some("2"), None));
        assert_eq!(made(tagged(), "a.b/c:1@sha256:0f").as_deref(), Some("a.b/c:2"));
        assert_eq!(made(tagged(), "a.b/d:1"), None);
        assert_eq!(made(tagged(), "a.b/c:1@sha512:0f"), None);
        // The name is a regular expression to Kustomize.
        assert_eq!(made(tagged(), "aXb/c:1").as_deref(), Some("aXb/c:2"));
        let named = change("a", (Some("b"), None, None));
        assert_eq!(made(named, "a:1@sha256:0f").as_deref(), Some("b:1@sha256:0f"));
        let pinned = change("a", (None, None, Some("sha256:0f")));
        assert_eq!(made(pinned, "a:1").as_deref(), Some("a@sha256:0f"));
    }

    #[test]
    fn changes_follow_each_other() {
        let changes = [change("a", (Some("b"), None, None)), change("b", (None, Some("2"), None))];
        assert_eq!(ImageChanges::new(&changes).apply("a:1").as_deref(), Some("b:2"));
        assert_eq!(ImageChanges::new(&changes).apply("c:1"), None);
    }
}
