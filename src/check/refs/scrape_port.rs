//! Ports that pods are to be scraped at and do not have.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::lookup::{ports, services};

pub static RULE: Rule = Rule {
    name: "refs/scrape-port",
    weight: Weight::WARNING,
    summary: "an annotation has Prometheus scrape a port that no container declares",
    page: "Prometheus takes the port from the annotation `prometheus.io/port` of a pod or a Service, and asks the pod there. Where the containers declare their ports and this is none of them, the target is most often down from the first day, and nobody misses its metrics until they are needed.",
    bad: "
apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations: {prometheus.io/scrape: 'true', prometheus.io/port: '9090'}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      ports: [{name: http, containerPort: 8080}]
",
    good: "
apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations: {prometheus.io/scrape: 'true', prometheus.io/port: '8080'}
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
    if subject.is_made() {
        return;
    }
    if let Some(pod) = scene.pod_of(subject) {
        let annotations = pod.holder(object).field("metadata").field("annotations");
        must_be_declared(annotations, &[pod]);
    } else if subject.is("", "Service") {
        let annotations = object.field("metadata").field("annotations");
        if annotations.is_set() {
            must_be_declared(annotations, &services::pods(scene, subject));
        }
    }
}

fn must_be_declared(annotations: At<'_>, pods: &[&Pod<'_>]) {
    if annotations.key("prometheus.io/scrape").text() != Some("true") {
        return;
    }
    let at = annotations.key("prometheus.io/port");
    let Some(number) = at.text().and_then(|text| text.parse::<i64>().ok()) else { return };
    let all = || pods.iter().flat_map(|pod| ports::of_pod(pod));
    if all().next().is_some() && !all().any(|port| port.number == number) {
        let text = shown(at.text_or_empty());
        at.warn_with(
            format!("no container declares port {text}"),
            "name a port of a container, or declare this one",
        );
    }
}
