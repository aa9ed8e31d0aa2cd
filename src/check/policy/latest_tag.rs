//! Images whose content changes under their name.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};
use crate::scalar::{ImageReference, Scalar};

pub static RULE: Rule = Rule {
    name: "policy/latest-tag",
    weight: Weight::RISING,
    summary: "an image has no tag, or the tag `latest`",
    page: "`latest`, and an image without a tag, which means the same, is whatever was pushed last: two pods of one Deployment may run different programs, and there is nothing to roll back to. Name the version, or the digest.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: registry.example.com/web:latest}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: registry.example.com/web:v1.4.2}
",
    look: Look::Container(look),
};

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    let image = container.at.field("image");
    let Ok(reference) = ImageReference::parse(image.text_or_empty()) else { return };
    if reference.digest().is_some() {
        return;
    }
    let help = "name the version, such as `:v1.4.2`, or pin the digest";
    match reference.tag() {
        None => image.fault_with("the image has no tag, which means `latest`", help),
        Some("latest") => image.fault_with("the image is whatever was pushed last", help),
        Some(_) => {}
    }
}
