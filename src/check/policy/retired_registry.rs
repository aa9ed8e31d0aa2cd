//! Images from where nothing new comes any more.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::tags::{Tag, tagged};

pub static RULE: Rule = Rule {
    name: "policy/retired-registry",
    weight: Weight::WARNING,
    summary: "an image comes from a registry that was given up",
    page: "\
`k8s.gcr.io` and `gcr.io/google-containers` have been frozen since April 2023: they hold no newer \
release and no fix. The same images, and the newer ones, are at `registry.k8s.io`.

Bitnami took its versioned images out of `docker.io/bitnami` in 2025. They lie in \
`docker.io/bitnamilegacy`, without fixes; a node that has none in its cache cannot pull \
`bitnami/NAME:VERSION`. Move to the program's own image, or to a mirror of yours.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: pause}
spec:
  containers:
    - {name: pause, image: 'k8s.gcr.io/pause:3.9'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: pause}
spec:
  containers:
    - {name: pause, image: 'registry.k8s.io/pause:3.9'}
",
    look: Look::Container(look),
};

const FROZEN: [&str; 3] = ["k8s.gcr.io/", "gcr.io/google-containers/", "gcr.io/google_containers/"];
const BITNAMI: [&str; 3] = ["bitnami/", "docker.io/bitnami/", "registry-1.docker.io/bitnami/"];

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    let image = container.at.field("image");
    let starts = |with: &[&str]| with.iter().any(|start| image.text_or_empty().starts_with(start));
    if starts(&FROZEN) {
        image.fault_with(
            format!("the registry of {container} has been frozen since 2023"),
            "take the image from `registry.k8s.io`",
        );
    } else if starts(&BITNAMI) && !matches!(tagged(container), None | Some((_, Tag::Latest))) {
        image.fault_with(
            format!("Bitnami no longer publishes the version that {container} asks for"),
            "take the program's own image, or one of your own registry",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::policy::proof::{fires, pod};

    #[test]
    fn who_is_gone() {
        let pod = |image: &str| pod(&format!("containers: [{{name: a, image: '{image}'}}]"));
        for image in ["gcr.io/google-containers/pause:3.2", "bitnami/redis:7.2.4"] {
            assert_eq!(fires(&super::RULE, &pod(image)), 1, "{image}");
        }
        for image in ["gcr.io/acme/app:v1", "bitnami/kubectl:latest", "quay.io/bitnami/redis:7.2"] {
            assert_eq!(fires(&super::RULE, &pod(image)), 0, "{image}");
        }
    }
}
