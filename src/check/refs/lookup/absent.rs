//! What is said of an object that something names and that is not there: whether it
//! is missed, only odd, or known to live elsewhere is decided here alone.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::scene::Scene;
use crate::check::subject::Subject;
use crate::diagnostic::nearest;
use crate::object::kinds;

/// Among more names than these none is looked for that may be meant: a mistake that
/// is made thousands of times would take the square of them.
const MOST_NAMES: usize = 1000;
const FEW: usize = 100;
/// The more objects, the fewer names: all of them together are compared so often.
const MOST_COMPARED: usize = 4_000_000;
/// For so many names of all objects together one is looked for, roughly.
const MOST_SOUGHT: usize = 20_000;

/// An object that something names.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    pub group: &'a str,
    pub kind: &'a str,
    /// Nothing for a cluster-wide one.
    pub namespace: Option<&'a str>,
    pub name: &'a str,
    /// Clusters have some of the kind that no project defines.
    pub usual: bool,
}

impl<'a> Wanted<'a> {
    pub fn of(group: &'a str, kind: &'a str, namespace: &'a str, name: &'a str) -> Wanted<'a> {
        Wanted { group, kind, namespace: Some(namespace), name, usual: false }
    }

    pub fn of_cluster(group: &'a str, kind: &'a str, name: &'a str) -> Wanted<'a> {
        Wanted { group, kind, namespace: None, name, usual: false }
    }

    /// The same; that it is not there is only odd.
    pub fn usual(self) -> Wanted<'a> {
        Wanted { usual: true, ..self }
    }

    pub fn find(&self, scene: &Scene<'a>) -> Option<&'a Subject<'a>> {
        let Some(namespace) = self.namespace else {
            return scene.find_in_cluster(self.group, self.kind, self.name);
        };
        let find = |namespace| scene.find(self.group, self.kind, namespace, self.name);
        find(namespace).or_else(|| find(fallback(scene, namespace)?))
    }
}

/// Where what a namespace lacks may be: of some files, those that name no namespace go
/// wherever they are applied.
pub fn fallback<'a>(scene: &Scene<'a>, namespace: &str) -> Option<&'a str> {
    (!scene.settings.complete && namespace != scene.namespace).then_some(scene.namespace)
}

/// The object; says so where it is absent. What has no name leads nowhere by intent.
pub fn lead<'a>(scene: &Scene<'a>, at: At<'a>, wanted: Wanted<'a>) -> Option<&'a Subject<'a>> {
    if wanted.name.is_empty() {
        return None;
    }
    let found = wanted.find(scene);
    if found.is_none() {
        report_object(scene, at, wanted);
    }
    found
}

fn report_object<'a>(scene: &Scene<'a>, at: At<'a>, wanted: Wanted<'a>) {
    let namespace = wanted.namespace.unwrap_or(scene.namespace);
    let names = scene.in_namespace(wanted.group, wanted.kind, namespace).map(Subject::name);
    report(scene, at, wanted, names);
}

/// Says that an object is absent, with the name that may be meant.
pub fn report<'a, 'n>(
    scene: &Scene<'a>,
    at: At<'a>,
    wanted: Wanted<'a>,
    names: impl Iterator<Item = &'n str>,
) {
    let Wanted { kind, name, .. } = wanted;
    if scene.is_elsewhere(kind, wanted.namespace.unwrap_or_default(), name) {
        return;
    }
    let is_all = scene.settings.all_there_is;
    let mut odd = wanted.usual && !is_all;
    let mut help = String::new();
    if let Some(namespace) = wanted.namespace {
        if scene.operators().may_make(namespace, name) {
            return;
        }
        if scene.namespaces().is_foreign(namespace) {
            match near_namespace(scene, at, wanted) {
                Some(near) => help = format!("did you mean namespace `{near}`? "),
                // It belongs to others: what they have there is not known here.
                None if !scene.settings.complete
                    || namespace.starts_with("kube-")
                    || scene.is_elsewhere("Namespace", "", namespace) =>
                {
                    return;
                }
                None => odd |= !is_all,
            }
        }
    }
    let mut names = names.filter(|name| !name.is_empty()).take(MOST_NAMES + 1).peekable();
    // Of some files, those with none of the kind leave it all to the cluster.
    if wanted.usual && !scene.settings.complete && names.peek().is_none() {
        return;
    }
    if help.is_empty()
        && may_suggest(scene, at)
        && let Some(near) = near(scene, name, names)
    {
        help = format!("did you mean `{near}`? ");
    }
    // What operators read is often made by other operators, or by hand.
    odd |=
        !is_all && help.is_empty() && (is_custom(at.subject().group()) || is_custom(wanted.group));
    help.push_str(&how_to_declare(scene, wanted));
    let message = message(scene, wanted);
    if odd { at.warn_with(message, help) } else { missed(scene, at, message, help) }
}

fn is_custom(group: &str) -> bool {
    !kinds::is_built_in(&format!("{group}/"))
}

/// Says that something is missing. It may be elsewhere where the objects are not all
/// there are.
pub fn missed(scene: &Scene<'_>, at: At<'_>, message: String, help: impl Into<String>) {
    if scene.settings.complete {
        at.fault_with(message, help);
    } else {
        at.warn_with(message, help);
    }
}

/// The name that may be meant.
pub fn near<'n>(
    scene: &Scene<'_>,
    wrong: &str,
    names: impl Iterator<Item = &'n str>,
) -> Option<&'n str> {
    let most = (MOST_COMPARED / scene.subjects.len().max(1)).clamp(FEW, MOST_NAMES);
    near_of(most, wrong, names)
}

/// The same among what one object holds: its ports, its keys.
pub fn near_of_few<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    near_of(FEW, wrong, names)
}

fn near_of<'n>(most: usize, wrong: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let names: Vec<&str> = names.take(most + 1).collect();
    if names.len() > most { None } else { nearest(wrong, names) }
}

/// Whether a name is looked for that may be meant by one of this object. Each object has
/// a share of its own, so that no other takes it away.
pub fn may_suggest(scene: &Scene<'_>, at: At<'_>) -> bool {
    at.count_sought() < (MOST_SOUGHT / scene.subjects.len().max(1)).clamp(2, 100)
}

/// The namespace that may be meant: it has what is sought.
fn near_namespace<'a>(scene: &Scene<'a>, at: At<'a>, wanted: Wanted<'a>) -> Option<&'a str> {
    if !may_suggest(scene, at) {
        return None;
    }
    let near = near(scene, wanted.namespace?, scene.namespaces().names())?;
    scene.find(wanted.group, wanted.kind, near, wanted.name).map(|_| near)
}

fn message(scene: &Scene<'_>, wanted: Wanted<'_>) -> String {
    let Wanted { kind, name, .. } = wanted;
    let own = |namespace: &&str| *namespace != scene.namespace || scene.settings.complete;
    match (wanted.namespace.filter(own), scene.settings.complete) {
        (Some(namespace), true) => {
            format!("there is no {kind} {} in namespace {}", shown(name), shown(namespace))
        }
        (None, true) => format!("there is no {kind} {}", shown(name)),
        (Some(namespace), false) => format!(
            "no {kind} {} of namespace {} is among these objects",
            shown(name),
            shown(namespace)
        ),
        (None, false) => format!("no {kind} {} is among these objects", shown(name)),
    }
}

/// How to say that an object lives elsewhere.
fn how_to_declare(scene: &Scene<'_>, wanted: Wanted<'_>) -> String {
    let Wanted { kind, name, .. } = wanted;
    let pattern = match wanted.namespace {
        Some(namespace) if namespace != scene.namespace => format!("{kind}/{namespace}/{name}"),
        _ => format!("{kind}/{name}"),
    };
    if !scene.settings.of_project {
        return format!("if it lives elsewhere, say so with `--elsewhere {pattern}`");
    }
    let all = match wanted.namespace {
        Some(namespace) if scene.namespaces().is_foreign(namespace) => {
            format!(", or `Namespace/{namespace}` for all that is there")
        }
        _ => String::new(),
    };
    format!(
        "define it, or, if it lives elsewhere, say so under `checks.elsewhere`: `{pattern}`{all}"
    )
}
