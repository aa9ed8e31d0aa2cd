//! Containers that a pod does not have.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::object::value::Value;

use super::lookup::absent;

pub static RULE: Rule = Rule {
    name: "refs/container",
    weight: Weight::ERROR,
    summary: "a container is named that the pod does not have",
    page: "The resources of a container are read by its name. Where the pod has no container of this name, what reads them does not start: a server takes it without a word.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      env: [{name: MEMORY, valueFrom: {resourceFieldRef: {containerName: app, resource: limits.memory}}}]
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      env: [{name: MEMORY, valueFrom: {resourceFieldRef: {containerName: web, resource: limits.memory}}}]
",
    look: Look::Pod(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    for container in Pod::containers(spec) {
        for variable in container.at.field("env").items() {
            if variable.value().is_none_or(|variable| variable.get("valueFrom").is_none()) {
                continue;
            }
            let name = variable.field("valueFrom").field("resourceFieldRef").field("containerName");
            must_be_there(pod, name, true);
        }
    }
    for volume in spec.field("volumes").items() {
        let kind = volume.map();
        if kind
            .is_none_or(|kind| kind.get("projected").is_none() && kind.get("downwardAPI").is_none())
        {
            continue;
        }
        let projected = volume.field("projected").field("sources").items();
        let files = projected.map(|source| source.field("downwardAPI"));
        for file in files.chain([volume.field("downwardAPI")]) {
            for item in file.field("items").items() {
                must_be_there(pod, item.field("resourceFieldRef").field("containerName"), true);
            }
        }
    }
    let annotations = pod.holder(spec.object()).field("metadata").field("annotations");
    must_be_there(pod, annotations.key("kubectl.kubernetes.io/default-container"), false);
}

fn must_be_there(pod: &Pod<'_>, at: At<'_>, grave: bool) {
    let Some(name) = at.text().filter(|name| !name.is_empty()) else { return };
    let names = || {
        let names = pod.container_values().map(|container| container.get("name"));
        names.filter_map(|name| name.and_then(Value::as_str))
    };
    if names().any(|own| own == name) {
        return;
    }
    let message = format!("there is no container {}", shown(name));
    let help = match absent::near_of_few(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a container of the pod".to_owned(),
    };
    // A container that is put in later, as a service mesh does it, may be meant.
    if grave { at.fault_with(message, help) } else { at.warn_with(message, help) }
}
