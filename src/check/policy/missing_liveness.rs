//! Pods that nobody restarts when they hang.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Role, Scene};

use super::workload::runs_on;

pub static RULE: Rule = Rule {
    name: "policy/missing-liveness",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "no container of a pod has a liveness probe",
    page: "\
Kubernetes restarts a container whose process ends. One that hangs, in a deadlock or waiting for \
a connection that is gone, it leaves alone for ever, unless a liveness probe asks.

Add a `livenessProbe` that asks the process about itself and nothing else: a probe that fails \
because a database is away restarts all pods, and helps none. A program that always ends when \
it cannot go on needs none; waive this rule for it.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:v1.4.2
          livenessProbe: {httpGet: {path: /alive, port: 8080}}
",
    look: Look::Pod(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    // A pod on its own is a task more often than a server.
    if !runs_on(pod) || !pod.is_template() {
        return;
    }
    let containers = || Pod::containers(spec).filter(|container| container.stays());
    if containers().any(|container| container.at.field("livenessProbe").is_set()) {
        return;
    }
    let first = containers().find(|container| container.role == Role::Main);
    if let Some(container) = first {
        container.at.field("livenessProbe").fault_with(
            format!("nothing restarts {container} when it hangs"),
            "add a `livenessProbe` that asks the process about itself alone",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, pod, workload};

    #[test]
    fn who_needs_one() {
        let bare = "containers: [{name: a, image: 'a:v1'}, {name: b, image: 'b:v1'}]";
        assert_eq!(fires(&RULE, &workload("DaemonSet", bare)), 1);
        assert_eq!(fires(&RULE, &pod(bare)), 0);
        let job = format!("restartPolicy: OnFailure, {bare}");
        assert_eq!(fires(&RULE, &workload("CronJob", &job)), 0);
        let other = "containers: [{name: a, image: 'a:v1'}, {name: b, image: 'b:v1', \
            livenessProbe: {exec: {command: ['true']}}}]";
        assert_eq!(fires(&RULE, &workload("StatefulSet", other)), 0);
    }
}
