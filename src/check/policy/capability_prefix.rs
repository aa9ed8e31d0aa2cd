//! Capabilities under a name that runtimes do not know.

use crate::check::api::formats::shown;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::effective::own_setting;

pub static RULE: Rule = Rule {
    name: "policy/capability-prefix",
    weight: Weight::WARNING,
    summary: "a capability is written with `CAP_`",
    page: "\
Kubernetes writes capabilities without `CAP_`, and containerd puts it in front of whatever it is \
given. `drop: [CAP_NET_RAW]` then drops `CAP_CAP_NET_RAW`, which does not exist: the container \
keeps what it should lose, and nobody is told. One that is added so is missing.

Write `NET_RAW`.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      securityContext: {capabilities: {drop: [CAP_NET_RAW]}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      securityContext: {capabilities: {drop: [NET_RAW]}}
",
    look: Look::Container(look),
};

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    for (list, effect) in [("add", "is not added to"), ("drop", "is not taken from")] {
        for at in own_setting(container, "capabilities").field(list).items() {
            let name = at.text_or_empty();
            let is_prefixed = name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("CAP_"));
            if is_prefixed {
                at.fault_with(
                    format!("{} {effect} {container}: containerd knows no such name", shown(name)),
                    format!("write `{}`", name.get(4..).unwrap_or_default()),
                );
            }
        }
    }
}
