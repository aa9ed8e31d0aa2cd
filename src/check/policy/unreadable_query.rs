//! Expressions of Prometheus that it cannot read.

use crate::check::api::formats::said_of;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::check::subject::Origin;
use crate::profile::promql::PromQl;
use crate::scalar::Scalar;

pub static RULE: Rule = Rule {
    name: "policy/unreadable-query",
    weight: Weight::WARNING,
    summary: "an expression of a PrometheusRule is not PromQL",
    page: "Prometheus loads a file of rules as a whole or not at all: with one expression that it cannot read, none of the alerts beside it fires. The operator's webhook refuses such rules where it is installed; elsewhere they vanish with a line in its log.",
    bad: "
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: web}
spec:
  groups:
    - name: web
      rules:
        - {alert: WebDown, expr: 'sum(up{job=\"web\"} == 0', for: 5m, labels: {severity: critical}}
",
    good: "
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: web}
spec:
  groups:
    - name: web
      rules:
        - {alert: WebDown, expr: 'sum(up{job=\"web\"}) == 0', for: 5m, labels: {severity: critical}}
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    if !object.subject().is("monitoring.coreos.com", "PrometheusRule") {
        return;
    }
    // What k8sgen makes itself has been read, or is known to be good.
    if let Origin::Profile { written: false, .. } = object.subject().origin {
        return;
    }
    for group in object.field("spec").field("groups").items() {
        for rule in group.field("rules").items() {
            let expression = rule.field("expr");
            if let Some(text) = expression.text()
                && let Err(reason) = PromQl::parse(text)
            {
                expression.fault(format!("Prometheus cannot read this: {}", said_of(&reason)));
            }
        }
    }
}
