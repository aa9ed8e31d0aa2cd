//! Secrets of a type that does not serve.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::diagnostic::choices;

use super::lookup::kept;

pub static RULE: Rule = Rule {
    name: "refs/secret-type",
    weight: Weight::WARNING,
    summary: "a Secret is named whose type does not serve",
    page: "A kubelet takes credentials for a registry only from Secrets of type `kubernetes.io/dockerconfigjson` (or the older `kubernetes.io/dockercfg`): any other one is passed over, and the image is not pulled. The type of a Secret cannot be changed: make it anew.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  imagePullSecrets: [{name: registry}]
  containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]
---
apiVersion: v1
kind: Secret
metadata: {name: registry}
stringData: {username: web, password: sesame}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  imagePullSecrets: [{name: registry}]
  containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]
---
apiVersion: v1
kind: Secret
metadata: {name: registry}
type: kubernetes.io/dockerconfigjson
stringData: {.dockerconfigjson: '{\"auths\": {}}'}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    kept::references(scene, object, &mut |reference| {
        if reference.types.is_empty() {
            return;
        }
        let found = reference.find(scene).and_then(|holding| holding.secret_type);
        if let Some(found) = found.filter(|found| !reference.types.contains(found)) {
            let name = shown(reference.name.text_or_empty());
            let types = choices(reference.types.iter().copied());
            reference.name.fault_with(
                format!("Secret {name} has the type {}", shown(found)),
                format!("what serves here has the type {types}"),
            );
        }
    });
}
