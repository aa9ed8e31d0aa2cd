//! Environment variables of containers, one by one and from whole ConfigMaps and
//! Secrets.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::diagnostic::choices;
use crate::scalar::{ConfigKey, DnsName, mask_trailing_dash};

use super::Surroundings;
use super::field_reference::{Reader, validate_field, validate_resource};

pub static RULE: Rule = Rule {
    name: "api/env",
    weight: Weight::ERROR,
    summary: "an environment variable that a server refuses",
    page: "A variable has a name, and either a `value` or one source in `valueFrom`: a key of a ConfigMap or of a Secret, a field of the pod, a resource of a container, or a key of a file.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      env: [{name: POD, valueFrom: {fieldRef: {fieldPath: metadata.nam}}}]
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      env: [{name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
",
    look: Look::Validation,
};

const SOURCES: [&str; 5] =
    ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];

/// `ValidateEnv` and `ValidateEnvFrom`.
pub fn validate<'a>(surroundings: &Surroundings<'a>, container: At<'a>) {
    let container = container.under(&RULE);
    for variable in container.field("env").items() {
        let name = variable.field("name");
        if name.required() {
            must_be_variable_name(name);
        }
        let from = variable.field("valueFrom");
        if from.is_set() {
            validate_source(surroundings, from, variable.field("value"));
        }
    }
    let all = container.field("envFrom");
    for source in all.items() {
        let prefix = source.field("prefix");
        if !prefix.is_empty() {
            must_be_variable_name(prefix);
        }
        let refs = ["configMapRef", "secretRef"].map(|name| source.field(name));
        for reference in refs.into_iter().filter(|reference| reference.is_set()) {
            let name = reference.field("name");
            if name.required() {
                // A server lets it end as the start of a name may.
                name.must_be_text::<DnsName>(&mask_trailing_dash(name.text_or_empty()));
            }
        }
        must_have_one_source(source.named(all), &refs, &["configMapRef", "secretRef"]);
    }
}

fn validate_source<'a>(surroundings: &Surroundings<'a>, from: At<'a>, value: At<'a>) {
    let sources = SOURCES.map(|name| from.field(name));
    let [field, resource, config, secret, file] = sources;
    if field.is_set() {
        validate_field(field, Reader::Variable);
    }
    if resource.is_set() {
        validate_resource(resource, Reader::Variable);
    }
    for key in [config, secret].into_iter().filter(|key| key.is_set()) {
        key.field("name").required_as::<DnsName>();
        key.field("key").required_as::<ConfigKey>();
    }
    if file.is_set() {
        validate_file_key(surroundings, file);
    }
    if !value.is_empty() && sources.iter().any(|source| source.is_set()) {
        from.fault_with("the variable has a `value` already", "keep one of them");
        return;
    }
    must_have_one_source(from, &sources, &SOURCES);
}

fn must_have_one_source(at: At<'_>, sources: &[At<'_>], names: &[&str]) {
    match sources.iter().filter(|source| source.is_set()).count() {
        0 => at.fault(format!("it needs one of {}", choices(names.iter().copied()))),
        1 => {}
        _ => at.fault("it can have one source only"),
    }
}

/// `validateFileKeySelector`: a file that an init container left in an empty directory.
fn validate_file_key<'a>(surroundings: &Surroundings<'a>, at: At<'a>) {
    let (key, volume, path) = (at.field("key"), at.field("volumeName"), at.field("path"));
    if key.required() {
        must_be_variable_name(key);
        key.must_not_be_longer_than(128);
    }
    if path.required() {
        path.must_be_path_in_volume();
    }
    if !volume.required() {
        return;
    }
    let name = volume.text_or_empty();
    match surroundings.volumes.find(name) {
        None => volume.fault(format!("the pod has no volume {}", shown(name))),
        Some(found) if !found.is_empty_dir() => {
            volume.fault(format!("the volume {} is no `emptyDir`", shown(name)));
        }
        Some(_) => {}
    }
}

/// Anything printable but `=`: `IsRelaxedEnvVarName`.
fn must_be_variable_name(at: At<'_>) {
    let Some(text) = at.text() else { return };
    if let Some(wrong) = text.chars().find(|&c| !matches!(c, ' '..='~') || c == '=') {
        let what = match wrong {
            '=' => "has `=`",
            wrong if wrong.is_control() => "has a control character",
            _ => "has a character outside ASCII",
        };
        at.fault_with(format!("{} {what}", shown(text)), "use letters, digits and `_`");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn with(container: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  volumes: [{{name: tmp, emptyDir: {{}}}}]\n  containers:\n    - {{name: a, image: 'a:1', {container}}}\n"
        )
    }

    #[test]
    fn sources_that_a_server_takes() {
        for source in [
            "fieldRef: {fieldPath: \"metadata.labels['app.kubernetes.io/name']\"}",
            "fieldRef: {fieldPath: \"metadata.annotations['Example.com/x']\"}",
            "fieldRef: {apiVersion: v1, fieldPath: spec.host}",
            "fieldRef: {apiVersion: '', fieldPath: status.podIPs}",
            "resourceFieldRef: {resource: limits.cpu}",
            "resourceFieldRef: {resource: limits.memory, divisor: 1Mi}",
            "resourceFieldRef: {resource: requests.hugepages-2Mi, divisor: 0}",
            "configMapKeyRef: {name: a.b, key: .env}",
            "fileKeyRef: {volumeName: tmp, path: env, key: A}",
        ] {
            none(&with(&format!("env: [{{name: A, valueFrom: {{{source}}}}}]")));
        }
        none(&with("env: [{name: 'odd name!'}, {name: A, value: null, valueFrom: null}]"));
        none(&with("envFrom: [{prefix: 'A B', configMapRef: {name: a-}}]"));
    }

    #[test]
    fn each_fault_is_named_as_a_server_names_it() {
        for (source, field) in [
            ("{}", ""),
            ("{fieldRef: {fieldPath: metadata.labels}}", ".fieldRef.fieldPath"),
            ("{fieldRef: {fieldPath: \"metadata.labels['a b']\"}}", ".fieldRef"),
            ("{fieldRef: {fieldPath: \"spec.nodeName['a']\"}}", ".fieldRef.fieldPath"),
            ("{fieldRef: {apiVersion: v2, fieldPath: metadata.name}}", ".fieldRef.fieldPath"),
            ("{resourceFieldRef: {resource: limits.cpu, divisor: 2}}", ".resourceFieldRef.divisor"),
            ("{resourceFieldRef: {resource: limits.pods}}", ".resourceFieldRef.resource"),
            ("{configMapKeyRef: {key: a}}", ".configMapKeyRef.name"),
            ("{secretKeyRef: {name: a-, key: a}}", ".secretKeyRef.name"),
            ("{fileKeyRef: {volumeName: x, path: env, key: A}}", ".fileKeyRef.volumeName"),
            ("{configMapKeyRef: {name: a, key: a}, secretKeyRef: {name: a, key: a}}", ""),
        ] {
            let manifest = with(&format!("env: [{{name: A, valueFrom: {source}}}]"));
            assert_eq!(
                faults(&manifest),
                [format!("spec.containers[0].env[0].valueFrom{field}")],
                "{source}"
            );
        }
        let both =
            with("env: [{name: A, value: a, valueFrom: {configMapKeyRef: {name: a, key: a}}}]");
        assert_eq!(faults(&both), ["spec.containers[0].env[0].valueFrom"]);
        assert_eq!(faults(&with("env: [{name: 'A=B'}]")), ["spec.containers[0].env[0].name"]);
        assert_eq!(faults(&with("envFrom: [{}]")), ["spec.containers[0].envFrom"]);
    }
}
