//! Pods that are killed without a word.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::workload::runs_on;

pub static RULE: Rule = Rule {
    name: "policy/no-grace",
    weight: Weight::RISING,
    summary: "a pod is killed without time to end",
    page: "\
With `terminationGracePeriodSeconds: 0` a pod is killed at once: requests under way are lost, \
and files are left half written. For a StatefulSet it is worse, and Kubernetes warns of it: the \
name is given away before anybody knows that the old pod is gone, so two pods with one name may \
write to one volume.

Remove the field, which gives 30 seconds, or set what the program needs to end in order.",
    bad: "
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
        - {name: db, image: 'registry.example.com/db:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      terminationGracePeriodSeconds: 60
      containers:
        - {name: db, image: 'registry.example.com/db:v1.4.2'}
",
    look: Look::Pod(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let grace = spec.field("terminationGracePeriodSeconds");
    if grace.int() != Some(0) || !runs_on(pod) {
        return;
    }
    if pod.owner.is("apps", "StatefulSet") {
        grace.fault_with(
            "pods are killed at once: two with one name may then write to one volume",
            "remove it, or give the program the seconds that it needs to end",
        );
    } else {
        grace.warn_with(
            "pods are killed at once: what they are doing is lost",
            "remove it, or give the program the seconds that it needs to end",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{findings, fires, workload};
    use crate::check::rule::Severity;

    #[test]
    fn identity_makes_it_worse() {
        let spec = "terminationGracePeriodSeconds: 0, containers: [{name: a, image: 'a:v1'}]";
        assert_eq!(findings(&RULE, &workload("StatefulSet", spec))[0].severity, Severity::Error);
        assert_eq!(findings(&RULE, &workload("Deployment", spec))[0].severity, Severity::Warning);
        assert_eq!(fires(&RULE, &workload("Job", &format!("restartPolicy: Never, {spec}"))), 0);
    }
}
