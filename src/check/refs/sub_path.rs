//! Mounts of a file that a volume does not have.

use std::cell::LazyCell;
use std::collections::HashMap;

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::stores::{Holding, Store};
use crate::check::scene::{Pod, Scene};
use crate::object::value::Value;

use super::lookup::absent;

pub static RULE: Rule = Rule {
    name: "refs/sub-path",
    weight: Weight::ERROR,
    summary: "a `subPath` is mounted that its ConfigMap or Secret does not have",
    page: "A volume of a ConfigMap or a Secret has one file for each key, or those of its `items`. Where a `subPath` names none of them, the kubelet makes an empty directory in its place, and the container fails to start, or starts without its file.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      volumeMounts: [{name: settings, mountPath: /app/Settings.toml, subPath: settings.toml}]
  volumes: [{name: settings, configMap: {name: settings}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {Settings.toml: 'mode = 1'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      volumeMounts: [{name: settings, mountPath: /app/Settings.toml, subPath: Settings.toml}]
  volumes: [{name: settings, configMap: {name: settings}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {Settings.toml: 'mode = 1'}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    if pod.is_made() {
        return;
    }
    let volumes = LazyCell::new(|| volumes(pod));
    for container in Pod::containers(spec) {
        for mount in container.at.field("volumeMounts").items() {
            let path = mount.field("subPath");
            let Some(file) = path.text().and_then(|path| path.split('/').next()) else { continue };
            if file.is_empty() {
                continue;
            }
            let name = mount.field("name").text_or_empty();
            let files = volumes.get(name).and_then(|volume| files(scene, pod.namespace, volume));
            let Some(Files { of, holding, items }) = files else { continue };
            let there = match items {
                Some(items) => items.iter().any(|item| {
                    let own = item.word("path");
                    own.split('/').next() == Some(file)
                }),
                None => holding.open || holding.keys.contains(file),
            };
            if !there {
                let paths = items.into_iter().flatten().map(|item| item.word("path"));
                let mut known: Vec<&str> = match items {
                    Some(_) => paths.collect(),
                    None => holding.keys.iter().copied().collect(),
                };
                known.sort_unstable();
                let help = match absent::near(scene, file, known.into_iter()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "mount a file that is there".to_owned(),
                };
                let volume = shown(name);
                path.fault_with(
                    format!("volume {volume}, {of}, has no file {}", shown(file)),
                    help,
                );
            }
        }
    }
}

/// The files of a volume that holds one ConfigMap or Secret.
struct Files<'s, 'a> {
    of: String,
    holding: &'s Holding<'a>,
    /// Which keys it has, under which paths; all where there are none.
    items: Option<&'a [Value]>,
}

fn volumes<'a>(pod: &Pod<'a>) -> HashMap<&'a str, &'a Value> {
    let volumes = match pod.spec.get("volumes") {
        Some(Value::List(volumes)) => volumes.as_slice(),
        _ => &[],
    };
    volumes.iter().filter_map(|volume| Some((volume.get("name")?.as_str()?, volume))).collect()
}

fn files<'s, 'a: 's>(
    scene: &'s Scene<'a>,
    namespace: &'s str,
    volume: &'a Value,
) -> Option<Files<'s, 'a>> {
    let (store, source, name) = match (volume.get("configMap"), volume.get("secret")) {
        (Some(source), _) => (Store::ConfigMap, source, source.get("name")?.as_str()?),
        (None, Some(source)) => (Store::Secret, source, source.get("secretName")?.as_str()?),
        _ => return None,
    };
    if source.get("optional") == Some(&Value::Bool(true)) {
        return None;
    }
    let holding = scene.stores().find(store, namespace, name)?;
    let items = match source.get("items") {
        Some(Value::List(items)) if !items.is_empty() => Some(items.as_slice()),
        _ => None,
    };
    Some(Files { of: format!("{} {}", store.kind(), shown(name)), holding, items })
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn pod(volume: &str, path: &str) -> Vec<String> {
        let text = format!(
            "
apiVersion: v1
kind: Pod
metadata: {{name: web}}
spec:
  containers: [{{name: web, image: web, volumeMounts: [{{name: v, mountPath: /a, {path}}}]}}]
  volumes: [{{name: v, {volume}}}]
---
{{apiVersion: v1, kind: ConfigMap, metadata: {{name: m}}, data: {{a: x}}}}
"
        );
        said(RULE.name, &text)
    }

    #[test]
    fn items_say_which_files_there_are() {
        let items = "configMap: {name: m, items: [{key: a, path: conf/b}]}";
        assert!(pod(items, "subPath: conf").is_empty());
        assert!(pod(items, "subPath: conf/b").is_empty());
        assert_eq!(pod(items, "subPath: a").len(), 1);
    }

    #[test]
    fn of_other_volumes_nothing_is_known() {
        assert!(pod("emptyDir: {}", "subPath: x").is_empty());
        assert!(pod("configMap: {name: other, optional: true}", "subPath: x").is_empty());
        assert!(pod("configMap: {name: m}", "subPathExpr: $(POD)").is_empty());
        assert!(pod("configMap: {name: m}", "subPath: ''").is_empty());
        assert_eq!(pod("configMap: {name: m}", "subPath: x").len(), 1);
    }
}
