//! The layers of one environment: `k8sgen.yaml`, the overlays that its own
//! overlay extends, that overlay, and what the command line says; and how they
//! become one tree.

use crate::diagnostic::{Diagnostic, Report, choices, nearest};
use crate::scalar::{DnsLabel, ImageReference, Scalar};
use crate::source::{Place, SourceId, Sources};
use crate::tree::path::TreePath;
use crate::tree::plain::plain_kind;
use crate::tree::read::{DEEPEST, read, read_text};
use crate::tree::{Content, Entry, Node, ScalarKind, Table, merge};

use super::decode::Decode;
use super::forms;
use super::project::Project;
use super::system::System;

/// What the command line says about values.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `path=value`.
    pub set: Vec<String>,
    /// `name=repository:tag@digest`.
    pub images: Vec<String>,
}

/// The layers of an environment, the lowest first.
pub struct Layers {
    pub list: Vec<Node>,
    images: Vec<ImageOverride>,
}

struct ImageOverride {
    name: String,
    place: Place,
    reference: Node,
}

/// Reads all layers. What can be read is, so that its faults are reported too.
pub fn load(
    project: &Project,
    environment: &str,
    overrides: &Overrides,
    sources: &mut Sources,
    report: &mut Report,
) -> Option<Layers> {
    let mut sound = true;
    let mut take = |layer: Result<SourceId, Diagnostic>, sources: &Sources, report: &mut Report| {
        let node = layer.map_err(|error| report.add(error)).ok().and_then(|id| {
            let node = read(id, sources, report)?;
            as_layer(node, report)
        });
        sound &= node.is_some();
        node
    };
    let system = project.system_text(sources);
    let mut list: Vec<Node> = take(system, sources, report).into_iter().collect();
    if let Some(system) = list.first_mut() {
        if let Some(extends) = remove(system, "extends") {
            report.error(extends.key, "only an overlay extends another");
        }
        if let Some(word) = remove(system, "abstract") {
            report.error(word.key, "only an overlay is there for others to extend");
        }
    }

    // From the environment's own overlay down; each is laid on later.
    let mut overlays: Vec<Node> = Vec::new();
    let mut chain = vec![environment.to_owned()];
    let mut asked: Option<Place> = None;
    let environments = project.environments();
    for below in 0.. {
        let Some(name) = chain.last().cloned() else { break };
        if !environments.contains(&name) {
            let unknown = project.unknown_environment(&name);
            report.add(asked.map_or(unknown.clone(), |place| unknown.at(place)));
            return None;
        }
        let text = project.overlay_text(SourceId::overlay(below), &name, sources);
        let Some(mut overlay) = take(text, sources, report) else { break };
        let extends = remove(&mut overlay, "extends");
        // What it extends may be abstract.
        let only_extended = remove(&mut overlay, "abstract");
        if let Some(word) =
            only_extended.filter(|word| read_flag(&word.value, report) && below == 0)
        {
            report.add(
                Diagnostic::new(format!("`{name}` is only there for others to extend"))
                    .at(word.key)
                    .help(format!("an environment has `extends: {name}`")),
            );
        }
        overlays.push(overlay);
        let Some(extends) = extends else { break };
        let place = extends.value.place;
        let parent = overlay_name(&extends.value, report)?;
        if below + 1 >= SourceId::MOST_OVERLAYS {
            let most = SourceId::MOST_OVERLAYS;
            report.error(place, format!("more than {most} overlays lie on each other"));
            return None;
        }
        if chain.contains(&parent) {
            chain.push(parent);
            let circle = chain.join(" → ");
            report.add(
                Diagnostic::new("overlays extend each other in a circle").at(place).label(circle),
            );
            return None;
        }
        asked = Some(place);
        chain.push(parent);
    }
    list.extend(overlays.into_iter().rev());

    for (index, text) in overrides.set.iter().enumerate() {
        let id = SourceId::argument(index);
        sources.add(id, "--set", text.clone());
        match set_layer(text, id, sources, report) {
            Some(layer) => list.push(layer),
            None => sound = false,
        }
    }
    let mut images = Vec::new();
    for (index, text) in overrides.images.iter().enumerate() {
        let id = SourceId::argument(overrides.set.len() + index);
        sources.add(id, "--image", text.clone());
        match image_override(text, id) {
            Ok(image) => images.push(image),
            Err(error) => {
                report.add(error);
                sound = false;
            }
        }
    }
    sound.then_some(Layers { list, images })
}

impl Layers {
    /// What each layer says by itself, the lowest first.
    pub fn spoken(&self) -> Vec<Node> {
        let image = |image: &ImageOverride| {
            let within = |key: &str, value: Node| {
                let entry = Entry { key: image.place, value };
                let table = Table::from_iter([(key.to_owned(), entry)]);
                Node { place: image.place, content: Content::Map(table) }
            };
            within("images", within(&image.name, image.reference.clone()))
        };
        self.list.iter().cloned().chain(self.images.iter().map(image)).collect()
    }

    /// One tree of all layers.
    pub fn merge(self, report: &mut Report) -> Node {
        let mut layers = self.list.into_iter();
        let mut merged = layers.next().unwrap_or(Node::map(Place::start_of(SourceId::SYSTEM)));
        merge::settle(&mut merged, report);
        for layer in layers {
            merge::merge(&mut merged, layer, report);
        }
        for image in self.images {
            if let Err(error) = image.apply(&mut merged) {
                report.add(error);
            }
        }
        forms::choose(&mut merged, System::shape());
        merged
    }
}

/// A layer is a map; keys that begin with `x-` only hold anchors.
fn as_layer(mut node: Node, report: &mut Report) -> Option<Node> {
    match &mut node.content {
        Content::Map(table) => {
            table.retain(|key, _| !key.starts_with("x-"));
            forms::expand(&mut node, System::shape());
            Some(node)
        }
        _ => {
            report.add(
                Diagnostic::new(format!("expected a map of keys, found {}", node.describe()))
                    .at(node.place)
                    .help("a profile looks like `system: NAME`"),
            );
            None
        }
    }
}

fn remove(node: &mut Node, key: &str) -> Option<Entry> {
    match &mut node.content {
        Content::Map(table) => table.shift_remove(key),
        _ => None,
    }
}

fn read_flag(node: &Node, report: &mut Report) -> bool {
    bool::decode(node, report).unwrap_or(false)
}

/// The overlays that are environments: all that do not say that they are only
/// there for others.
pub fn environments(project: &Project) -> Vec<String> {
    let mut names = project.environments();
    names.retain(|name| {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let text = project.overlay_text(SourceId::overlay(0), name, &mut sources);
        let overlay = text.ok().and_then(|id| read(id, &sources, &mut report));
        // What is wrong with it is reported where it is read as one.
        !overlay.is_some_and(|mut overlay| {
            remove(&mut overlay, "abstract").is_some_and(|word| read_flag(&word.value, &mut report))
        })
    });
    names
}

fn overlay_name(node: &Node, report: &mut Report) -> Option<String> {
    super::decode::scalar::<DnsLabel>(node, report).map(|name| name.to_string())
}

/// `path=value` as a layer of its own. The value is YAML.
fn set_layer(text: &str, id: SourceId, sources: &Sources, report: &mut Report) -> Option<Node> {
    let at = |column: usize, length: usize| Place {
        source: id,
        line: 1,
        column: u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1),
        length: u16::try_from(length).unwrap_or(u16::MAX),
    };
    let Some(equals) = separator(text) else {
        report.add(
            Diagnostic::new("expected `path=value`")
                .at(at(0, text.chars().count()))
                .help("for example `--set workloads.web.replicas=3`"),
        );
        return None;
    };
    let (path, value) = (&text[..equals], &text[equals + 1..]);
    let path = match TreePath::parse(path) {
        Ok(path) => path,
        Err((reason, column)) => {
            report.add(Diagnostic::new("this path cannot be read").at(at(column, 1)).label(reason));
            return None;
        }
    };
    let width = text[..equals].chars().count();
    if path.0.len() > DEEPEST {
        let fault = Diagnostic::new("nested too deep").at(at(0, width));
        report.add(fault.label(format!("more than {DEEPEST} levels")));
        return None;
    }
    let mut node = if value.starts_with(['[', '{', '"', '\'']) {
        let aligned = format!("{}{value}", " ".repeat(width + 1));
        read_text(&aligned, id, sources, report)?
    } else {
        // A bare value is taken to its end: a shell's user means no comment by
        // ` #`, and no map by `: `.
        let content = match plain_kind(value) {
            // As every tool with a `--set` has it: nothing is the empty text.
            None if value.is_empty() => ScalarKind::String.of(value),
            None => Content::Null,
            Some(kind) => kind.of(value),
        };
        Node { place: at(width + 1, value.chars().count()), content }
    };
    let key_place = at(0, width);
    for key in path.0.into_iter().rev() {
        let entry = Entry { key: key_place, value: node };
        let table = Table::from_iter([(key, entry)]);
        node = Node { place: key_place, content: Content::Map(table) };
    }
    forms::expand(&mut node, System::shape());
    Some(node)
}

/// The `=` between path and value: the first that is not in brackets.
fn separator(text: &str) -> Option<usize> {
    let mut in_brackets = false;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            '=' if !in_brackets => return Some(at),
            _ => {}
        }
        None
    })
}

fn image_override(text: &str, id: SourceId) -> Result<ImageOverride, Diagnostic> {
    let length = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
    let place = Place { source: id, line: 1, column: 1, length };
    let fault = |message: &str| {
        Diagnostic::new(message)
            .at(place)
            .help("for example `--image web=registry.example.com/web:v1.2.3`")
    };
    let (name, reference) =
        text.split_once('=').ok_or_else(|| fault("expected `name=repository:tag@digest`"))?;
    let mut table = Table::default();
    let mut put = |key: &str, value: &str| {
        let entry = Entry { key: place, value: Node::scalar(place, value) };
        table.insert(key.to_owned(), entry);
    };
    if let Some(tag) = reference.strip_prefix(':') {
        put("tag", tag);
    } else {
        let image = ImageReference::parse(reference)
            .map_err(|reason| fault("this is not an image reference").label(reason))?;
        if image.tag().is_none() && image.digest().is_none() {
            return Err(fault("the image has no tag and no digest"));
        }
        put("name", image.name());
        image.tag().into_iter().for_each(|tag| put("tag", tag));
        image.digest().into_iter().for_each(|digest| put("digest", digest));
    }
    let reference = Node { place, content: Content::Map(table) };
    Ok(ImageOverride { name: name.to_owned(), place, reference })
}

impl ImageOverride {
    /// Replaces name, tag and digest together: a new tag with an old digest
    /// would be the old image.
    fn apply(self, merged: &mut Node) -> Result<(), Diagnostic> {
        let known: Vec<String> = merged
            .get("images")
            .and_then(Node::as_map)
            .map(|images| images.keys().cloned().collect())
            .unwrap_or_default();
        let unknown = || {
            let names = || known.iter().map(String::as_str);
            let message = format!("there is no image `{}` under `images`", self.name);
            let unknown = Diagnostic::new(message).at(self.place);
            match nearest(&self.name, names()) {
                Some(near) => unknown.label(format!("did you mean `{near}`?")),
                None => unknown.help(format!("the images are {}", choices(names()))),
            }
        };
        let Content::Map(root) = &mut merged.content else { return Err(unknown()) };
        let image = root.get_mut("images").and_then(|images| match &mut images.value.content {
            Content::Map(images) => images.get_mut(&self.name),
            _ => None,
        });
        let Some(image) = image else { return Err(unknown()) };
        let whole = self.reference.get("name").is_some();
        // What is no map is refused when it is read.
        if let (Content::Map(old), Content::Map(new)) =
            (&mut image.value.content, self.reference.content)
        {
            if whole {
                old.shift_remove("tag");
            }
            old.shift_remove("digest");
            old.extend(new);
        }
        Ok(())
    }
}
