//! The files of a tree: their names, and what they say.

use crate::disk::Files;
use crate::emit::names::Names;
use crate::emit::yaml;
use crate::object::value::{Map, Value};
use crate::object::{Identity, kinds};

use super::tree::{Change, Directory, NewImage, Replicas, Resource};

const HEADER: &[u8] = b"# Made by `k8sgen kustomize`: change the profile, not this file.\n";

/// All files of some directories. Those of the home namespace do not name it.
pub fn write(directories: &[Directory<'_>], home: Option<&str>) -> Files {
    let mut files = Files::new();
    for directory in directories {
        write_directory(directory, Names::new(home), &mut files);
    }
    files
}

fn write_directory(directory: &Directory<'_>, mut names: Names<'_>, files: &mut Files) {
    let mut kustomization = Map::default();
    kustomization.insert("apiVersion", text("kustomize.config.k8s.io/v1beta1"));
    kustomization.insert("kind", text("Kustomization"));
    if let Some(namespace) = &directory.namespace {
        kustomization.insert("namespace", text(namespace));
    }
    let mut resources: Vec<Value> = Vec::new();
    for resource in &directory.resources {
        resources.push(match resource {
            Resource::Directory(path) => text(&relative(&directory.path, path)),
            Resource::Object { at_base, content, .. } => {
                let file = names.of_object(at_base, "yaml");
                files.insert(format!("{}/{file}", directory.path), document(content));
                text(&file)
            }
        });
    }
    kustomization.insert("resources", Value::List(resources));
    let lists = [
        ("images", directory.images.iter().map(image).collect::<Vec<_>>()),
        ("replicas", directory.replicas.iter().map(replicas).collect()),
        ("patches", patches(directory, &mut names, files)),
    ];
    for (key, items) in lists.into_iter().filter(|(_, items)| !items.is_empty()) {
        kustomization.insert(key, Value::List(items));
    }
    let mut bytes = HEADER.to_vec();
    yaml::write_document(&Value::Map(kustomization), &mut bytes);
    files.insert(format!("{}/kustomization.yaml", directory.path), bytes);
}

/// The list of patches, each of which is a file.
fn patches(directory: &Directory<'_>, names: &mut Names<'_>, files: &mut Files) -> Vec<Value> {
    let mut listed = Vec::new();
    for patch in &directory.patches {
        let does = if let Change::Delete = patch.change { "delete" } else { "patch" };
        let file = names.of(does, &patch.target, "yaml");
        let mut entry = Map::default();
        entry.insert("path", text(&file));
        let mut bytes = Vec::new();
        if let Change::Operations(_) = patch.change {
            entry.insert("target", Value::Map(target(&patch.target)));
            // Operations do not say what they work on.
            bytes.extend(format!("# {} {}\n", patch.target.kind, patch.target.name).into_bytes());
        }
        bytes.extend(document(&content(&patch.target, &patch.change)));
        files.insert(format!("{}/{file}", directory.path), bytes);
        listed.push(Value::Map(entry));
    }
    listed
}

/// What the file of a patch says.
fn content(target: &Identity, change: &Change) -> Value {
    match change {
        Change::Operations(operations) => {
            Value::List(operations.iter().map(|operation| operation.to_value()).collect())
        }
        Change::Merge(changes) => {
            let mut whole = head(target);
            for (key, value) in &changes.0 {
                match (whole.get_mut(key), value) {
                    (Some(Value::Map(below)), Value::Map(above)) => {
                        below.0.extend(above.0.iter().cloned());
                    }
                    _ => whole.insert(key.clone(), value.clone()),
                }
            }
            Value::Map(whole)
        }
        Change::Delete => {
            let mut whole = Map::default();
            whole.insert("$patch", text("delete"));
            whole.0.extend(head(target).0);
            Value::Map(whole)
        }
    }
}

/// What names an object in a patch.
fn head(identity: &Identity) -> Map {
    let mut metadata = Map::default();
    metadata.insert("name", text(&identity.name));
    if let Some(namespace) = &identity.namespace {
        metadata.insert("namespace", text(namespace));
    }
    let mut head = Map::default();
    head.insert("apiVersion", text(&identity.api_version));
    head.insert("kind", text(&identity.kind));
    head.insert("metadata", Value::Map(metadata));
    head
}

/// What selects an object. Names are regular expressions there.
fn target(identity: &Identity) -> Map {
    let group = kinds::group(&identity.api_version);
    let version = identity.api_version.rsplit('/').next().unwrap_or_default();
    let mut target = Map::default();
    if !group.is_empty() {
        target.insert("group", text(group));
    }
    target.insert("version", text(version));
    target.insert("kind", text(&identity.kind));
    target.insert("name", text(&literal(&identity.name)));
    if let Some(namespace) = &identity.namespace {
        target.insert("namespace", text(&literal(namespace)));
    }
    target
}

fn literal(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for c in name.chars() {
        if !c.is_alphanumeric() && !matches!(c, '-' | '_' | ':' | '/' | '@') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn image(change: &NewImage) -> Value {
    let mut map = Map::default();
    map.insert("name", text(&change.name));
    let parts =
        [("newName", &change.new_name), ("newTag", &change.tag), ("digest", &change.digest)];
    for (key, part) in parts {
        if let Some(part) = part {
            map.insert(key, text(part));
        }
    }
    Value::Map(map)
}

fn replicas(replicas: &Replicas) -> Value {
    let mut map = Map::default();
    map.insert("name", text(&replicas.name));
    map.insert("count", Value::Int(replicas.count));
    Value::Map(map)
}

/// How long a change is for a reader: its file, and what selects its object.
pub fn length(target: &Identity, change: &Change) -> usize {
    let selector = match change {
        Change::Operations(_) => document(&Value::Map(self::target(target))).len(),
        _ => 0,
    };
    document(&content(target, change)).len() + selector
}

fn document(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    yaml::write_document(value, &mut bytes);
    bytes
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// The way from one directory of the tree to another.
fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}
