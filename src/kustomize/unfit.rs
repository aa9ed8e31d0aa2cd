//! What Kustomize cannot carry, whoever writes the tree.

use crate::diagnostic::{Diagnostic, Report};
use crate::object::from_value::{Step, path_text};
use crate::object::value::Value;
use crate::object::{Identity, Object};

use super::Environment;

/// Annotations that Kustomize takes for its own: it acts on them, or removes
/// them.
const OWN_ANNOTATIONS: [&str; 4] = [
    "config.kubernetes.io/",
    "internal.config.kubernetes.io/",
    "config.k8s.io/",
    "kustomize.config.k8s.io/",
];

pub fn check(environment: &Environment, report: &mut Report) {
    for object in &environment.objects {
        let place = object.patched.unwrap_or(object.place);
        for (path, trouble) in troubles(&object.content) {
            let path = path_text(&path);
            let identity = &object.identity;
            report.add(trouble.said(&path, identity).at(place).help(trouble.help()));
        }
        annotations(object, report);
        if object.identity.kind.ends_with("List") && object.content.get("items").is_some() {
            report.add(
                Diagnostic::new(format!(
                    "Kustomize takes the items of {} for objects, as its kind ends with `List`",
                    object.identity
                ))
                .at(place),
            );
        }
    }
}

/// What its reader and its writer make of some texts.
#[derive(Clone, Copy)]
enum Trouble {
    /// Its reader refuses control characters but for blanks and line ends, and
    /// its writer changes U+0085.
    Character(char),
    /// Its writer writes it, and its reader then refuses it.
    Stumbles(&'static str),
}

impl Trouble {
    fn said(self, path: &str, identity: &Identity) -> Diagnostic {
        Diagnostic::new(match self {
            Trouble::Character(character) => format!(
                "Kustomize cannot carry U+{:04X}, which `{path}` of {identity} has",
                u32::from(character)
            ),
            Trouble::Stumbles(what) => {
                format!("Kustomize cannot carry {what}: `{path}` of {identity}")
            }
        })
    }

    fn help(self) -> &'static str {
        match self {
            Trouble::Character(_) => {
                "`k8sgen render` prints it; binary content of a ConfigMap carries it too"
            }
            Trouble::Stumbles(_) => "`k8sgen render` prints it",
        }
    }
}

/// All of it in a value. Paths are made only where there is any.
fn troubles(value: &Value) -> Vec<(Vec<Step>, Trouble)> {
    let below = |step: &dyn Fn() -> Step, value: &Value| {
        let mut found = troubles(value);
        found.iter_mut().for_each(|(path, _)| path.insert(0, step()));
        found
    };
    let here = |trouble: Option<Trouble>| trouble.map(|trouble| (Vec::new(), trouble));
    match value {
        Value::String(text) => {
            let stumbles = text.starts_with('\t') && text.contains('\n');
            let tab = stumbles.then_some(Trouble::Stumbles("several lines that begin with a tab"));
            [spoiled(text), tab].into_iter().filter_map(here).collect()
        }
        Value::List(items) => {
            let items = items.iter().enumerate();
            items.flat_map(|(index, item)| below(&|| Step::Index(index), item)).collect()
        }
        Value::Map(map) => {
            let mut found = Vec::new();
            for (key, value) in map.iter() {
                found.extend(here(spoiled(key)));
                found.extend(here((key == "<<").then_some(Trouble::Stumbles("the key `<<`"))));
                found.extend(below(&|| Step::Key(key.to_owned()), value));
            }
            found
        }
        _ => Vec::new(),
    }
}

fn spoiled(text: &str) -> Option<Trouble> {
    text.chars().find(|c| matches!(c, '\u{7f}'..='\u{9f}')).map(Trouble::Character)
}

fn annotations(object: &Object, report: &mut Report) {
    let metadata = object.content.get("metadata");
    let Some(Value::Map(annotations)) = metadata.and_then(|metadata| metadata.get("annotations"))
    else {
        return;
    };
    for (key, _) in annotations.iter() {
        if OWN_ANNOTATIONS.iter().any(|own| key.starts_with(own)) {
            report.add(
                Diagnostic::new(format!(
                    "{} has the annotation `{key}`, which Kustomize takes for its own",
                    object.identity
                ))
                .at(object.patched.unwrap_or(object.place)),
            );
        }
    }
}
