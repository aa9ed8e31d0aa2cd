//! CronJobs whose runs may overlap.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/cron-job-overlap",
    weight: Weight::ADVICE,
    summary: "runs of a CronJob may overlap",
    page: "By itself a CronJob starts the next run whether or not the one before it has ended: a slow night has two backups write into one place, and a run that hangs is joined by another every hour. Say `concurrencyPolicy: Forbid` to leave out a run while one is under way, or `Replace` to end it. Where runs may truly overlap, say `Allow` and waive this rule.",
    bad: "
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
  timeZone: Etc/UTC
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
    let policy = object.field("spec").field("concurrencyPolicy");
    if object.subject().is("batch", "CronJob") && policy.text_or("Allow") == "Allow" {
        policy.fault_with(
            "a run starts whether or not the one before it has ended",
            "say `Forbid`, or `Replace`",
        );
    }
}
