//! Ports of Services that their pods do not have.

use std::collections::BTreeSet;

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::diagnostic::choices;

use super::lookup::ports::{self, ContainerPort};
use super::lookup::{absent, services};

pub static RULE: Rule = Rule {
    name: "refs/target-port",
    weight: Weight::ERROR,
    summary: "a Service leads to a port that no container of its pods has",
    page: "A `targetPort` that is a name is looked up in each pod, among the ports of its containers: a pod without a port of this name gets no traffic. One that is a number need not be declared; where the containers declare their ports and this is none of them, it is most often the wrong one. Without `targetPort` it is the port of the Service itself.",
    bad: "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: htpp}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      ports: [{name: http, containerPort: 8080}]
",
    good: "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      ports: [{name: http, containerPort: 8080}]
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if !subject.is("", "Service") || subject.is_made() {
        return;
    }
    let pods = services::pods(scene, subject);
    if pods.is_empty() {
        return;
    }
    for port in object.field("spec").field("ports").items() {
        let protocol = port.field("protocol").text_or("TCP");
        let target = port.field("targetPort");
        match target.text().filter(|name| name.parse::<u16>().is_err()) {
            Some("") => {}
            Some(name) => by_name(&pods, target, name, protocol),
            None => {
                let number = target.text().and_then(|number| number.parse().ok());
                let number = number.or(target.int().filter(|number| *number > 0));
                let at = if number.is_some() { target } else { port.field("port") };
                if let Some(number) = number.or(at.int()) {
                    by_number(&pods, at, number, protocol);
                }
            }
        }
    }
}

fn by_name(pods: &[&Pod<'_>], at: At<'_>, name: &str, protocol: &str) {
    let all = || pods.iter().flat_map(|pod| ports::of_pod(pod));
    if all().any(|port| port.name == name && port.protocol == protocol) {
        return;
    }
    if let Some(other) = all().find(|port| port.name == name) {
        at.fault_with(
            format!("the port {} of the pods is {}, not {protocol}", shown(name), other.protocol),
            "give the port of the Service the same `protocol`",
        );
        return;
    }
    let names = all().map(|port| port.name).filter(|name| !name.is_empty());
    let help = match (absent::near_of_few(name, names), all().next()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, Some(ContainerPort { name: "", number, .. })) => {
            format!("the ports of the containers have no names: use `{number}`, or give it a name")
        }
        (None, Some(port)) => format!("there is `{}`", port.name),
        (None, None) => "give the port of the container this name".to_owned(),
    };
    at.fault_with(format!("{} has no port {}", described(pods), shown(name)), help);
}

/// Only odd: what a container declares is a hint.
fn by_number(pods: &[&Pod<'_>], at: At<'_>, number: i64, protocol: &str) {
    let declares = |pod: &&Pod<'_>| ports::of_pod(pod).next().is_some();
    let has = |pod: &&Pod<'_>| {
        ports::of_pod(pod).any(|port| port.number == number && port.protocol == protocol)
    };
    if pods.iter().any(has) || !pods.iter().all(declares) {
        return;
    }
    let declared = pods.iter().flat_map(|pod| ports::of_pod(pod));
    let known: BTreeSet<i64> =
        declared.filter(|port| port.protocol == protocol).map(|port| port.number).collect();
    let known: Vec<String> = known.iter().map(ToString::to_string).collect();
    let known = choices(known.iter().map(String::as_str));
    at.warn_with(
        format!("{} does not declare port {number}", described(pods)),
        format!("its containers declare {known}"),
    );
}

/// Whose pods they are.
fn described(pods: &[&Pod<'_>]) -> String {
    match pods {
        [pod] => pod.owner.identity.to_string(),
        _ => "none of its pods".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn led(port: &str, ports: &str) -> Vec<String> {
        let text = format!(
            "
apiVersion: v1
kind: Service
metadata: {{name: web}}
spec: {{selector: {{app: web}}, ports: [{{{port}}}]}}
---
apiVersion: v1
kind: Pod
metadata: {{name: web, labels: {{app: web}}}}
spec:
  initContainers:
    - {{name: proxy, image: proxy, restartPolicy: Always, ports: [{{name: proxy, containerPort: 9000}}]}}
    - {{name: init, image: init, ports: [{{name: init, containerPort: 9001}}]}}
  containers: [{{name: web, image: web, ports: [{ports}]}}]
"
        );
        said(RULE.name, &text)
    }

    const HTTP: &str =
        "{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}";

    #[test]
    fn by_name() {
        assert!(led("port: 80, targetPort: http", HTTP).is_empty());
        assert!(led("port: 80, targetPort: proxy", HTTP).is_empty());
        assert!(led("port: 53, targetPort: dns, protocol: UDP", HTTP).is_empty());
        assert_eq!(
            led("port: 53, targetPort: dns", HTTP),
            [
                "error Service/web spec.ports[0].targetPort: the port `dns` of the pods is UDP, not TCP"
            ]
        );
        assert_eq!(
            led("port: 80, targetPort: init", HTTP),
            ["error Service/web spec.ports[0].targetPort: Pod/web has no port `init`"]
        );
    }

    #[test]
    fn by_number_it_is_only_odd() {
        assert!(led("port: 80, targetPort: 8080", HTTP).is_empty());
        assert!(led("port: 8080", HTTP).is_empty());
        assert!(led("port: 8080, targetPort: 0", HTTP).is_empty());
        assert_eq!(
            led("port: 80", HTTP),
            ["warning Service/web spec.ports[0].port: Pod/web does not declare port 80"]
        );
        assert_eq!(
            led("port: 80, targetPort: 8081", HTTP),
            ["warning Service/web spec.ports[0].targetPort: Pod/web does not declare port 8081"]
        );
        assert_eq!(led("port: 53, targetPort: 53", HTTP).len(), 1);
    }

    #[test]
    fn containers_that_declare_nothing_say_nothing() {
        let text = "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: web}]}
";
        assert!(said(RULE.name, text).is_empty());
    }
}
