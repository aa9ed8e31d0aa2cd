//! Images that no node can pull, whatever their registry holds.

use crate::check::api::formats::shown;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};
use crate::scalar::{ImageReference, Scalar};

pub static RULE: Rule = Rule {
    name: "policy/malformed-image",
    weight: Weight::GRAVE,
    summary: "an image is no image reference",
    page: "A server takes any text for an image, and the node then reports `InvalidImageName` for ever. Most often a placeholder was left that a pipeline should have replaced, such as `<git-sha>` or `${TAG}`, or a name has upper-case letters. A reference is `registry/repository:tag@digest`, the repository in lower case.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: 'registry.example.com/web:sha-<git-sha>'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: 'registry.example.com/web:sha-4f2c1e9'}
",
    look: Look::Container(look),
};

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    let image = container.at.field("image");
    let text = image.text_or_empty();
    // That it is missing is the server's to say.
    if text.trim().is_empty() {
        return;
    }
    if let Err(reason) = ImageReference::parse(text) {
        image.fault_with(
            format!("no node can pull {}: it {reason}", shown(text)),
            "write `registry/repository:tag`, with the tag of a build",
        );
    }
}
