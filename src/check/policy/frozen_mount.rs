//! Files of ConfigMaps and Secrets that stay as they were when the pod started.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::object::value::Value;

use super::mounts::{mounts, volumes};
use super::workload::{is_true, metadata_at, runs_on};

pub static RULE: Rule = Rule {
    name: "policy/frozen-mount",
    weight: Weight::ADVICE,
    summary: "a file of a ConfigMap or Secret is mounted with `subPath`, and never updated",
    page: "\
The kubelet updates the files of a mounted ConfigMap or Secret within a minute or two. One that \
is mounted with `subPath` it never touches again: the pod keeps the old setting, or the \
certificate that has run out, until somebody restarts it.

Mount the whole volume into a directory of its own, without `subPath`. Or let a change restart \
the pods: by an annotation with a checksum of the content in the pod template (k8sgen writes \
`checksum/config`), a hash in the name, as Kustomize puts it there, or a controller that \
watches. Those are left alone. For a Secret that something else writes, such as an operator, no \
checksum in Git can help.",
    bad: "
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {Settings.toml: 'limit = 10'}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:v1.4.2
          volumeMounts: [{name: settings, mountPath: /app/Settings.toml, subPath: Settings.toml}]
      volumes: [{name: settings, configMap: {name: settings}}]
",
    good: "
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {Settings.toml: 'limit = 10'}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:v1.4.2
          volumeMounts: [{name: settings, mountPath: /app/settings}]
      volumes: [{name: settings, configMap: {name: settings}}]
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let is_part = |mount: &At<'a>| {
        !mount.field("subPath").is_empty() || !mount.field("subPathExpr").is_empty()
    };
    let mut parts = mounts(spec).filter(|(one, mount)| one.stays() && is_part(mount)).peekable();
    if parts.peek().is_none() || !runs_on(pod) || is_watched(pod, spec) {
        return;
    }
    let volumes = volumes(spec);
    let restarts = has_checksum(pod, spec);
    for (container, mount) in parts {
        let name = mount.field("name").text_or_empty();
        let Some((kind, name)) = volumes.get(name).and_then(|volume| source(*volume)) else {
            continue;
        };
        let object = scene.find("", kind, pod.namespace, name);
        // What is not here somebody else writes, and no checksum knows of it.
        let follows = restarts && (kind == "ConfigMap" || object.is_some());
        let fixed = object.is_some_and(|object| is_true(object.content.get("immutable")));
        if !follows && !fixed && !has_hash(name) {
            mount.field("subPath").fault_with(
                format!("{container} never sees a change of the {kind} {}", shown(name)),
                "mount the whole volume without `subPath`, or restart the pods on a change",
            );
        }
    }
}

fn source<'a>(volume: At<'a>) -> Option<(&'static str, &'a str)> {
    let name = |kind, source: &'static str, key: &'static str| {
        volume.field(source).field(key).text().map(|name| (kind, name))
    };
    name("ConfigMap", "configMap", "name").or_else(|| name("Secret", "secret", "secretName"))
}

/// Whether a controller restarts the pods when what they mount changes.
fn is_watched<'a>(pod: &Pod<'a>, spec: At<'a>) -> bool {
    let of_owner = spec.object().field("metadata").field("annotations");
    let of_pod = metadata_at(pod, spec).field("annotations");
    of_owner.entries().chain(of_pod.entries()).any(|(key, _)| {
        key.contains("reloader.stakater.com/") || key.starts_with("wave.pusher.com/")
    })
}

/// Whether the pod changes with what it mounts.
fn has_checksum<'a>(pod: &Pod<'a>, spec: At<'a>) -> bool {
    let annotations = metadata_at(pod, spec).field("annotations");
    annotations.entries().any(|(key, value)| {
        let key = key.to_ascii_lowercase();
        let named = key.contains("checksum") || key.contains("hash") || key.contains("sha256");
        named && matches!(value.value(), Some(Value::String(_)))
    })
}

/// Whether a name ends in a hash as Kustomize writes it: ten of these.
fn has_hash(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(_, last)| {
        last.len() == 10 && last.bytes().all(|byte| b"2456789bcdfghkmt".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::fires;

    fn with(from: &str, to: &str) -> usize {
        fires(&RULE, &RULE.bad.replace(from, to))
    }

    #[test]
    fn what_restarts_the_pods() {
        let annotated = |key: &str| {
            with(
                "{labels: {app: web}}",
                &format!("{{labels: {{app: web}}, annotations: {{{key}: 'x'}}}}"),
            )
        };
        assert_eq!(annotated("checksum/config"), 0);
        assert_eq!(annotated("prometheus.io/scrape"), 1);
        assert_eq!(
            with(
                "{name: web}\nspec",
                "{name: web, annotations: {reloader.stakater.com/auto: 'true'}}\nspec"
            ),
            0
        );
        assert_eq!(
            with("configMap: {name: settings}", "configMap: {name: settings-4g2mh6t9ck}"),
            0
        );
        assert_eq!(with("data: {Settings", "immutable: true\ndata: {Settings"), 0);
        assert_eq!(with("configMap: {name: settings}", "emptyDir: {}"), 0);
    }

    #[test]
    fn a_checksum_does_not_know_what_others_write() {
        let secret = RULE.bad.replace("configMap: {name: settings}", "secret: {secretName: tls}");
        assert_eq!(fires(&RULE, &secret), 1);
        let annotated = secret.replace(
            "{labels: {app: web}}",
            "{labels: {app: web}, annotations: {checksum/config: x}}",
        );
        assert_eq!(fires(&RULE, &annotated), 1);
        let ours = format!(
            "{annotated}---\n{{apiVersion: v1, kind: Secret, metadata: {{name: tls}}, \
            data: {{}}}}\n"
        );
        assert_eq!(fires(&RULE, &ours), 0);
    }
}
