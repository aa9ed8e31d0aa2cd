//! Alerts that do not say how grave they are, or fire at once.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/alert-without-severity",
    weight: Weight::ADVICE,
    summary: "an alert has no severity, or fires at the first bad reading",
    page: "Alertmanager sends alerts where their labels say, mostly by `severity`: without it an alert goes where nobody looks, or wakes everybody. And without `for` a single bad reading fires: a scrape that was missed, a pod that was restarted. Say how long it must be bad. An expression that looks over a span by itself (`rate(…[5m])`) needs no `for`.",
    bad: "
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: web}
spec:
  groups:
    - name: web
      rules:
        - {alert: WebDown, expr: up == 0}
",
    good: "
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: web}
spec:
  groups:
    - name: web
      rules:
        - {alert: WebDown, expr: up == 0, for: 5m, labels: {severity: critical}}
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    if !object.subject().is("monitoring.coreos.com", "PrometheusRule") {
        return;
    }
    for group in object.field("spec").field("groups").items() {
        let for_all = group.field("labels").key("severity").is_set();
        for rule in group.field("rules").items() {
            let name = rule.field("alert");
            if name.is_empty() {
                continue;
            }
            if !for_all && !rule.field("labels").key("severity").is_set() {
                name.fault_with("nothing says how grave it is", "say `labels: {severity: …}`");
            }
            let spans = rule.field("expr").text().is_some_and(|expr| expr.contains('['));
            if !rule.field("for").is_set() && !spans {
                name.fault_with("it fires at the first bad reading", "say how long: `for: 5m`");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn what_an_alert_needs() {
        assert_eq!(findings(&RULE, RULE.bad).len(), 2);
        assert_eq!(findings(&RULE, &RULE.bad.replace("up == 0", "up == 0, for: 0s")).len(), 1);
        let span =
            RULE.bad.replace("up == 0", "'rate(errors_total[5m]) > 1', labels: {severity: page}");
        assert!(findings(&RULE, &span).is_empty());
        assert!(
            findings(&RULE, &RULE.bad.replace("alert: WebDown", "record: up:count")).is_empty()
        );
        let group = RULE
            .bad
            .replace("    - name: web\n", "    - name: web\n      labels: {severity: page}\n");
        assert_eq!(findings(&RULE, &group).len(), 1);
    }
}
