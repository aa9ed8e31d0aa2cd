//! Probes and hooks at ports that their container does not have.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};
use crate::object::value::Value;

use super::lookup::{absent, ports};

pub static RULE: Rule = Rule {
    name: "refs/probe-port",
    weight: Weight::ERROR,
    summary: "a probe or hook names a port that its container does not have",
    page: "A probe by the name of a port looks for it among the ports of its own container, not of the pod. Where it is not there the probe fails each time: a liveness probe restarts the container again and again, a readiness probe keeps it from traffic for good. A server takes it without a word.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      ports: [{name: http, containerPort: 8080}]
      readinessProbe: {httpGet: {path: /healthz, port: web}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      ports: [{name: http, containerPort: 8080}]
      readinessProbe: {httpGet: {path: /healthz, port: http}}
",
    look: Look::Container(look),
};

const HANDLERS: [&[&str]; 5] = [
    &["startupProbe"],
    &["livenessProbe"],
    &["readinessProbe"],
    &["lifecycle", "postStart"],
    &["lifecycle", "preStop"],
];

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    for handler in HANDLERS {
        let handler = container.at.down(handler);
        if handler.is_set() {
            by_name(container, handler.field("httpGet").field("port"));
            by_name(container, handler.field("tcpSocket").field("port"));
        }
    }
}

fn by_name<'a>(container: Container<'a>, at: At<'a>) {
    // A number in quotes is a number.
    let Some(name) = at.text().filter(|name| !name.is_empty() && name.parse::<u16>().is_err())
    else {
        return;
    };
    let own = || ports::of_container(container.at.value().unwrap_or(&Value::Null));
    if own().any(|port| port.name == name) {
        return;
    }
    let names = own().map(|port| port.name).filter(|name| !name.is_empty());
    let help = match absent::near_of_few(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "give one of its ports this name, or say the number".to_owned(),
    };
    let own_name = shown(container.at.field("name").text_or_empty());
    at.fault_with(format!("container {own_name} has no port {}", shown(name)), help);
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    #[test]
    fn each_handler_looks_in_its_own_container() {
        let text = "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  initContainers:
    - {name: proxy, image: proxy, restartPolicy: Always, ports: [{name: proxy, containerPort: 9000}], startupProbe: {tcpSocket: {port: proxy}}}
  containers:
    - name: web
      image: web
      livenessProbe: {httpGet: {port: 8080}}
      readinessProbe: {tcpSocket: {port: '8080'}}
      startupProbe: {tcpSocket: {port: proxy}}
      lifecycle: {preStop: {httpGet: {port: admin}}}
";
        let found = said(RULE.name, text);
        assert_eq!(
            found,
            [
                "error Pod/web spec.containers[0].startupProbe.tcpSocket.port: container `web` has no port `proxy`",
                "error Pod/web spec.containers[0].lifecycle.preStop.httpGet.port: container `web` has no port `admin`",
            ]
        );
    }
}
