//! Pods and templates of pods, wherever objects hold them.

use std::fmt;

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::subject::Subject;
use crate::object::value::{Map, Value};

use super::workload_labels::{self, Label};

/// A pod, or a template of which an object makes pods.
#[derive(Clone, Debug)]
pub struct Pod<'a> {
    /// Its place among all pods of the scene.
    pub number: u32,
    /// The object that it is, or that makes it.
    pub owner: &'a Subject<'a>,
    pub namespace: &'a str,
    pub metadata: Option<&'a Value>,
    pub spec: &'a Value,
    /// The way from the object to what holds `metadata` and `spec`.
    pub path: &'static [&'static str],
}

/// A container of a pod.
#[derive(Clone, Copy)]
pub struct Container<'a> {
    pub at: At<'a>,
    pub role: Role,
}

/// When a container runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Main,
    /// Before the main ones, to its end.
    Init,
    /// An init container that is restarted: it runs beside the main ones.
    Sidecar,
}

impl<'a> Pod<'a> {
    pub(super) fn of(owner: &'a Subject<'a>, namespace: &'a str) -> Option<Pod<'a>> {
        let path = template_path(owner)?;
        let holder = path.iter().try_fold(owner.content, |value, key| value.get(key))?;
        let spec = holder.get("spec").filter(|spec| spec.as_map().is_some())?;
        Some(Pod { number: 0, owner, namespace, metadata: holder.get("metadata"), spec, path })
    }

    /// Its labels.
    pub fn label_map(&self) -> Option<&'a Map> {
        self.metadata?.get("labels")?.as_map()
    }

    pub fn labels(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.label_map().into_iter().flat_map(Map::iter)
    }

    /// What one of its labels is, or will be when it runs.
    pub(super) fn label(&self, name: &str) -> Label<'a> {
        match self.label_map().and_then(|labels| labels.get(name)) {
            Some(value) => Label::Is(value.as_str().unwrap_or_default()),
            None => workload_labels::when_it_runs(self.owner, name),
        }
    }

    /// Whether another object made it, or the object that makes it: what was written
    /// is there.
    pub fn is_made(&self) -> bool {
        self.owner.is_made()
    }

    /// Whether it is a template of objects that make pods, not a pod itself.
    pub fn is_template(&self) -> bool {
        !self.path.is_empty()
    }

    /// What holds its `metadata` and `spec`, from the object it is in.
    pub fn holder(&self, object: At<'a>) -> At<'a> {
        object.down(self.path)
    }

    /// Its `spec`, from anywhere in the object it is in.
    pub fn spec_at(&self, at: At<'a>) -> At<'a> {
        self.holder(at.object()).field("spec")
    }

    /// Its containers, from its `spec`.
    pub fn containers(spec: At<'a>) -> impl Iterator<Item = Container<'a>> {
        let init = spec.field("initContainers").items().map(|at| {
            let again = at.field("restartPolicy").text() == Some("Always");
            Container { at, role: if again { Role::Sidecar } else { Role::Init } }
        });
        let main = spec.field("containers").items();
        init.chain(main.map(|at| Container { at, role: Role::Main }))
    }

    /// Its containers as they stand there, for what only reads.
    pub fn container_values(&self) -> impl Iterator<Item = &'a Value> {
        ["initContainers", "containers"]
            .into_iter()
            .filter_map(|list| self.spec.get(list))
            .flat_map(|list| match list {
                Value::List(items) => items.as_slice(),
                _ => &[],
            })
    }
}

impl<'a> Container<'a> {
    pub fn name(self) -> &'a str {
        self.at.value().and_then(|own| own.get("name")?.as_str()).unwrap_or_default()
    }

    /// Whether it runs for as long as the pod does.
    pub fn stays(self) -> bool {
        self.role != Role::Init
    }
}

/// What messages call it: ``init container `wait` ``.
impl fmt::Display for Container<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let role = match self.role {
            Role::Main => "container",
            Role::Init => "init container",
            Role::Sidecar => "sidecar",
        };
        write!(f, "{role} {}", shown(self.name()))
    }
}

/// Where an object has its pod or template.
fn template_path(owner: &Subject<'_>) -> Option<&'static [&'static str]> {
    let (group, kind) = (owner.group(), owner.kind());
    Some(match (group, kind) {
        ("", "Pod") => &[],
        ("", "PodTemplate") => &["template"],
        ("", "ReplicationController")
        | ("apps", "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet")
        | ("batch", "Job")
        | ("argoproj.io", "Rollout") => &["spec", "template"],
        ("batch", "CronJob") => &["spec", "jobTemplate", "spec", "template"],
        ("keda.sh", "ScaledJob") => &["spec", "jobTargetRef", "template"],
        // Custom workloads hold what a Deployment does.
        (custom, _) if custom.contains('.') && !custom.ends_with(".k8s.io") => {
            let spec = owner.content.get("spec")?.get("template")?.get("spec")?;
            spec.get("containers")?;
            &["spec", "template"]
        }
        _ => return None,
    })
}
