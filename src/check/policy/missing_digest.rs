//! Images that somebody may still replace under their name.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::tags::{Tag, tagged_images};

pub static RULE: Rule = Rule {
    name: "policy/missing-digest",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "an image has a version, but no digest",
    page: "\
Most registries let a tag be pushed again: by mistake, by a rebuild for a security fix, or by \
somebody who stole the key to it. Only a digest names one image for ever, and makes what was \
scanned, signed and tested the same as what runs.

Write both: `registry.example.com/web:v1.4.2@sha256:…`. The tag is for readers, the digest is \
what runs. A tag that is a commit is left alone, and so is `registry.k8s.io`, which never moves \
one. Where your registry keeps tags from being \
pushed again, turn this rule off.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
",
    look: Look::Pod(look),
};

/// Kubernetes' own registry never moves a tag.
const KEEPS_TAGS: &str = "registry.k8s.io";

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, spec: At<'a>) {
    for (container, image, kind) in tagged_images(spec) {
        // Other tags have rules of their own.
        if kind == Tag::Version && image.registry() != Some(KEEPS_TAGS) {
            container.at.field("image").fault_with(
                format!("the image of {container} has no digest: its tag can be pushed again"),
                "add the digest that the tag has now: `@sha256:…`",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::policy::proof::{fires, pod};

    #[test]
    fn an_image_is_named_once() {
        let two = "initContainers: [{name: i, image: 'app:1.2.3'}], \
                   containers: [{name: a, image: 'app:1.2.3'}, {name: b, image: 'app:1.2.4'}]";
        assert_eq!(fires(&super::RULE, &pod(two)), 2);
    }

    #[test]
    fn commits_are_names_enough() {
        let pod = |image: &str| pod(&format!("containers: [{{name: a, image: '{image}'}}]"));
        assert_eq!(fires(&super::RULE, &pod("app:1.2.3")), 1);
        assert_eq!(fires(&super::RULE, &pod("app:main-42")), 1);
        assert_eq!(fires(&super::RULE, &pod("app:sha-3f2a1bc")), 0);
        assert_eq!(fires(&super::RULE, &pod("app:latest")), 0);
        assert_eq!(fires(&super::RULE, &pod("registry.k8s.io/pause:3.9")), 0);
    }
}
