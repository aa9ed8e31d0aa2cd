//! Manifests that the user wrote out: checked like our own.

use crate::diagnostic::{Diagnostic, Report, nearest};
use crate::object::kinds::{self, Kind};
use crate::object::value::Value;
use crate::object::{Identity, Object, types};
use crate::profile::decode::{Item, Raw};
use crate::scalar::{DnsName, Scalar};
use crate::source::Place;
use crate::tree::Node;

use super::context::Context;
use super::raw::report_faults;

pub fn raw_objects(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let written = &context.index.system.objects;
    written.values().filter_map(|manifest| raw_object(context, manifest, report)).collect()
}

fn raw_object(context: &Context<'_>, manifest: &Item<Raw>, report: &mut Report) -> Option<Object> {
    let node = &manifest.value.0;
    let mut content = node.to_value();
    let api_version = text(node, &["apiVersion"], manifest.key, report);
    let kind = text(node, &["kind"], manifest.key, report);
    let name = text(node, &["metadata", "name"], manifest.key, report);
    let (api_version, kind, name) = (api_version?, kind?, name?);
    check_name(&kind, &name, report)?;
    let known = kinds::find(&api_version.0, &kind.0);
    if known.is_none() && kinds::is_built_in(&api_version.0) {
        report.add(unknown_kind(&api_version, &kind));
        return None;
    }
    let namespace = namespace_of(
        context,
        node,
        &mut content,
        known.map(|known| known.namespaced),
        &kind,
        report,
    )?;
    if let Some(of) = known.and_then(Kind::content) {
        match types::complete(of, &content) {
            Ok(ordered) => content = ordered,
            Err(faults) => {
                report_faults(faults, node, report);
                return None;
            }
        }
    }
    let identity = Identity {
        api_version: api_version.0.into(),
        kind: kind.0.into(),
        namespace,
        name: name.0,
    };
    let mut object = Object::new(identity, content, manifest.key);
    object.written = true;
    Some(object)
}

type Text = (String, Place);

/// A text that every manifest has.
fn text(node: &Node, path: &[&str], place: Place, report: &mut Report) -> Option<Text> {
    let found = path.iter().try_fold(node, |node, key| node.get(key));
    match found.and_then(|node| Some((node.as_text()?.to_owned(), node.place))) {
        Some((text, at)) if !text.is_empty() => Some((text, at)),
        _ => {
            let at = found.map_or(place, |node| node.place);
            report.error(at, format!("a manifest needs `{}`", path.join(".")));
            None
        }
    }
}

fn check_name(kind: &Text, name: &Text, report: &mut Report) -> Option<()> {
    // RBAC names may hold a colon and other signs of a path segment.
    let is_role =
        matches!(kind.0.as_str(), "Role" | "ClusterRole" | "RoleBinding" | "ClusterRoleBinding");
    let reason = match DnsName::parse(&name.0) {
        Ok(_) => return Some(()),
        Err(_) if is_role && !name.0.contains(['/', '%']) && name.0 != "." && name.0 != ".." => {
            return Some(());
        }
        Err(_) if is_role => "has `/` or `%`, or names a directory".to_owned(),
        Err(reason) => reason,
    };
    report.add(Diagnostic::new("this is not an object's name").at(name.1).label(reason));
    None
}

fn unknown_kind(api_version: &Text, kind: &Text) -> Diagnostic {
    let unknown = Diagnostic::new(format!("Kubernetes has no `{}` in `{}`", kind.0, api_version.0));
    let versions: Vec<&str> =
        kinds::all().filter(|known| known.kind == kind.0).map(|known| known.api_version).collect();
    if let Some(version) = versions.last() {
        return unknown.at(api_version.1).label(format!("it is in `{version}`"));
    }
    let unknown = unknown.at(kind.1);
    match nearest(&kind.0, kinds::all().map(|known| known.kind)) {
        Some(name) => unknown.label(format!("did you mean `{name}`?")),
        None => unknown,
    }
}

/// The namespace that an object lives in: its own, or the system's.
fn namespace_of(
    context: &Context<'_>,
    node: &Node,
    content: &mut Value,
    namespaced: Option<bool>,
    kind: &Text,
    report: &mut Report,
) -> Option<Option<String>> {
    let metadata = node.get("metadata");
    let written = metadata.and_then(|metadata| metadata.get("namespace"));
    let own = written.and_then(Node::as_text);
    match (namespaced, own) {
        (Some(false), Some(_)) => {
            let place = written.map_or(kind.1, |node| node.place);
            report.error(place, format!("a {} lives in no namespace", kind.0));
            None
        }
        (None, None) => {
            report.add(
                Diagnostic::new(format!(
                    "k8sgen does not know whether a {} lives in a namespace",
                    kind.0
                ))
                .at(kind.1)
                .help("write `metadata.namespace`; `\"\"` for one that lives in none"),
            );
            None
        }
        (None, Some("")) => {
            if let Some(Value::Map(metadata)) = map_mut(content, "metadata") {
                metadata.remove("namespace");
            }
            Some(None)
        }
        (Some(true), Some("")) => {
            let place = written.map_or(kind.1, |node| node.place);
            report.error(place, format!("a {} lives in a namespace", kind.0));
            None
        }
        (Some(false), None) => Some(None),
        (_, Some(own)) => Some(Some(own.to_owned())),
        (Some(true), None) => {
            let own = context.index.namespace.to_owned();
            if let Some(Value::Map(metadata)) = map_mut(content, "metadata") {
                metadata.insert("namespace", Value::String(own.clone()));
            }
            Some(Some(own))
        }
    }
}

fn map_mut<'a>(content: &'a mut Value, key: &str) -> Option<&'a mut Value> {
    match content {
        Value::Map(map) => map.get_mut(key),
        _ => None,
    }
}
