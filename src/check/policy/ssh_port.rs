//! Containers that let people log in.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

pub static RULE: Rule = Rule {
    name: "policy/ssh-port",
    weight: Weight::ADVICE,
    summary: "a container listens for SSH",
    page: "\
An SSH server in a container is a second way in, with keys and users that nobody rotates, past \
the access rules and the audit log of the cluster. `kubectl exec` and `kubectl debug` need no \
server, ask for a role, and leave a trace.

Remove the server and its port. A server for Git or SFTP, for which SSH is the service itself, \
is meant to; waive this rule for it.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      ports: [{containerPort: 8080}, {name: ssh, containerPort: 22}]
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      ports: [{containerPort: 8080}]
",
    look: Look::Container(look),
};

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    for port in container.at.field("ports").items() {
        let number = port.field("containerPort");
        let is_tcp = port.field("protocol").text_or("TCP") == "TCP";
        if is_tcp && (number.int() == Some(22) || port.field("name").text() == Some("ssh")) {
            number.fault_with(
                format!("{container} listens for SSH: a way in that no role guards"),
                "remove it, and use `kubectl exec` or `kubectl debug`",
            );
        }
    }
}
