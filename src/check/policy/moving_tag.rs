//! Tags that stand for the newest of something.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::tags::{Tag, tagged_images};

pub static RULE: Rule = Rule {
    name: "policy/moving-tag",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "an image has a tag that moves, such as `stable`, `main` or `7`",
    page: "\
A tag such as `stable`, `main` or `alpine` is whatever was pushed last, and `7` or `7-alpine` is \
the newest 7.x. A pod that is moved to another node may come back as another program than the \
one that was tested, without any change in Git, and a rollback brings back the same tag.

Name the whole version (`7.4.2-alpine`), or add the digest that the tag has now: \
`redis:7-alpine@sha256:…` still tells a reader what it is, and never moves.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: redis}
spec:
  containers:
    - {name: redis, image: 'redis:7-alpine'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: redis}
spec:
  containers:
    - {name: redis, image: 'redis:7.4.2-alpine'}
",
    look: Look::Pod(look),
};

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, spec: At<'a>) {
    for (container, image, kind) in tagged_images(spec) {
        let means = match kind {
            Tag::Channel => "is whatever was pushed last under it",
            Tag::Major => "is the newest of its major version",
            Tag::Latest | Tag::Version | Tag::Commit => continue,
        };
        let tag = shown(image.tag().unwrap_or_default());
        container.at.field("image").fault_with(
            format!("the tag {tag} of {container} {means}"),
            "name the whole version, or add the digest: `@sha256:…`",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::policy::proof::{fires, pod};

    fn container(image: &str) -> String {
        pod(&format!("containers: [{{name: a, image: '{image}'}}]"))
    }

    #[test]
    fn what_moves() {
        let digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        for image in ["redis:7", "nginx:alpine", "ghcr.io/acme/app:main"] {
            assert_eq!(fires(&super::RULE, &container(image)), 1, "{image}");
        }
        // `latest` has a rule of its own, and a digest settles it.
        let pinned = format!("redis:7-alpine@{digest}");
        for image in ["redis:latest", "redis", "redis:7.4", "app:sha-3f2a1bc", &*pinned] {
            assert_eq!(fires(&super::RULE, &container(image)), 0, "{image}");
        }
    }
}
