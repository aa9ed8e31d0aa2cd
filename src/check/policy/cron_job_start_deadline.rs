//! CronJobs whose runs may never start.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/cron-job-start-deadline",
    weight: Weight::ADVICE,
    summary: "runs of a CronJob are given up before they can start",
    page: "`startingDeadlineSeconds` says how late a run may start. The controller looks every ten seconds or so: with less than that a run is given up before it is looked at, now and then or always. Say a minute at least, or leave it out, which is no deadline.",
    bad: "
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
  startingDeadlineSeconds: 5
  timeZone: Etc/UTC
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      activeDeadlineSeconds: 3600
      template:
        spec: {restartPolicy: Never, containers: [{name: report, image: registry.example.com/report:v1}]}
",
    good: "
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
  startingDeadlineSeconds: 200
  timeZone: Etc/UTC
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      activeDeadlineSeconds: 3600
      template:
        spec: {restartPolicy: Never, containers: [{name: report, image: registry.example.com/report:v1}]}
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let deadline = object.field("spec").field("startingDeadlineSeconds");
    if object.subject().is("batch", "CronJob")
        && deadline.int().is_some_and(|seconds| (0..10).contains(&seconds))
    {
        deadline.fault_with(
            "a run is given up before the controller looks at it",
            "say 60 at least, or leave it out",
        );
    }
}
