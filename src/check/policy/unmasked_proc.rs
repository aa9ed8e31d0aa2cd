//! Containers that see all of the kernel's `/proc`.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::effective::own_setting;

pub static RULE: Rule = Rule {
    name: "policy/unmasked-proc",
    weight: Weight::ADVICE,
    summary: "a container sees the parts of `/proc` that runtimes hide",
    page: "\
Runtimes hide or write-protect the files of `/proc` that tell of the node, or change it. \
`procMount: Unmasked` shows them. It is there for containers that start containers, and only \
together with `hostUsers: false`.

Remove `procMount`. Where it builds images or runs nested containers, waive this rule for it.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: builder}
spec:
  hostUsers: false
  containers:
    - name: builder
      image: registry.example.com/builder:v1.4.2
      securityContext: {procMount: Unmasked}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: builder}
spec:
  hostUsers: false
  containers:
    - name: builder
      image: registry.example.com/builder:v1.4.2
",
    look: Look::Container(look),
};

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    let setting = own_setting(container, "procMount");
    if setting.text() == Some("Unmasked") {
        setting.fault_with(
            format!("{container} sees what its runtime hides of the node in `/proc`"),
            "remove `procMount`, unless it starts containers itself",
        );
    }
}
