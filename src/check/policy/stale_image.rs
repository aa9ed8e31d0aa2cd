//! Pull policies under which a node keeps an old image, or cannot get one at all.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::tags::{Tag, tagged};

pub static RULE: Rule = Rule {
    name: "policy/stale-image",
    weight: Weight::ADVICE,
    summary: "nodes keep the first image they got of a tag that moves, or may not fetch it",
    page: "\
`imagePullPolicy: IfNotPresent` keeps the image that a node has under a name. With `latest` or \
`main` that is whatever was newest when this node first ran it: each node runs another program, \
and a restart does not bring the new one. Kubernetes fills in `IfNotPresent` for all tags but \
`latest`.

`imagePullPolicy: Never` works only where somebody loaded the image onto the node before: the \
pod cannot move to a new node.

Name a version and keep `IfNotPresent`. A tag that moves needs `Always`.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: 'registry.example.com/web:latest', imagePullPolicy: IfNotPresent}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2', imagePullPolicy: IfNotPresent}
",
    look: Look::Container(look),
};

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    let policy = container.at.field("imagePullPolicy");
    if policy.text() == Some("Never") {
        policy.fault_with(
            format!("the image of {container} is never fetched: on a new node it cannot start"),
            "set `imagePullPolicy: IfNotPresent`",
        );
        return;
    }
    let Some((_, kind)) = tagged(container) else { return };
    let default = if kind == Tag::Latest { "Always" } else { "IfNotPresent" };
    if matches!(kind, Tag::Latest | Tag::Channel) && policy.text_or(default) != "Always" {
        policy.fault_with(
            format!("nodes keep the first image they get of {container}, though its tag moves"),
            "name a version or a digest; a tag that moves needs `imagePullPolicy: Always`",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::policy::proof::{fires, pod};

    #[test]
    fn policies_by_tag() {
        let pod = |image: &str, policy: &str| {
            pod(&format!("containers: [{{name: a, image: '{image}'{policy}}}]"))
        };
        let digest = "app@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        for (image, policy, count) in [
            ("app:main", "", 1),
            ("app:main", ", imagePullPolicy: Always", 0),
            ("app", ", imagePullPolicy: IfNotPresent", 1),
            // Kubernetes fetches `latest` each time.
            ("app", "", 0),
            ("app:7", "", 0),
            ("app:v1.2.3", ", imagePullPolicy: Always", 0),
            ("app:v1.2.3", ", imagePullPolicy: Never", 1),
            (digest, ", imagePullPolicy: Always", 0),
            (digest, ", imagePullPolicy: IfNotPresent", 0),
        ] {
            assert_eq!(fires(&super::RULE, &pod(image, policy)), count, "{image} {policy}");
        }
    }
}
