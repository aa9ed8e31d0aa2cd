//! Images that no node can pull, whatever their registry holds.

use crate::check::api::formats::{said_of, shown};
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
            format!("no node can pull {}: {}", shown(text), said_of(&reason)),
            "write `registry/repository:tag`, with the tag of a build",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    #[test]
    fn what_is_wrong_is_said_of_its_part() {
        let pod = |image: &str| {
            let text = format!(
                "{{apiVersion: v1, kind: Pod, metadata: {{name: web}}, spec: {{containers: [{{name: a, image: '{image}'}}]}}}}"
            );
            let [said] = <[String; 1]>::try_from(said(RULE.name, &text)).unwrap();
            said.split_once("`: ").unwrap().1.to_owned()
        };
        assert_eq!(pod("${IMAGE}:v1"), "its repository has `$`");
        assert_eq!(pod("web:"), "its tag is empty");
        assert_eq!(pod("web v1"), "it has a space");
        assert_eq!(pod("ko://web"), "leave out the scheme, such as `https://`");
    }
}
