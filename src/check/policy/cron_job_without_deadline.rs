//! CronJobs that may hang for ever.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/cron-job-without-deadline",
    weight: Weight::ADVICE,
    summary: "a CronJob has no deadline for its runs",
    page: "A run that hangs, on a lock or a dead connection, stays for ever if nothing ends it. With `concurrencyPolicy: Forbid` no later run starts beside it: the backup that hung in March is the last one. Say with `activeDeadlineSeconds` of the Job how long a run may take at most, with room to spare; a failed run can be seen and told of, one that hangs cannot.",
    bad: "
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
  timeZone: Etc/UTC
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
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
    if !object.subject().is("batch", "CronJob") {
        return;
    }
    let spec = object.field("spec");
    let job = spec.down(&["jobTemplate", "spec"]);
    let deadline = job.field("activeDeadlineSeconds");
    // A pod may have its own.
    if deadline.is_set() || job.down(&["template", "spec", "activeDeadlineSeconds"]).is_set() {
        return;
    }
    let then = match spec.field("concurrencyPolicy").text() {
        Some("Forbid") => "a run that hangs keeps all later ones from starting",
        Some("Replace") => return,
        _ => "runs that hang pile up",
    };
    job.fault_with(
        format!("no run has a deadline: {then}"),
        "say in the Job how long a run may take: `activeDeadlineSeconds`",
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn who_needs_one() {
        // The next run ends the one before it.
        assert!(findings(&RULE, &RULE.bad.replace("Forbid", "Replace")).is_empty());
        assert_eq!(
            findings(&RULE, &RULE.bad.replace("Forbid", "Allow")),
            ["warning spec.jobTemplate.spec: no run has a deadline: runs that hang pile up"]
        );
        let pod = RULE
            .bad
            .replace("restartPolicy: Never", "restartPolicy: Never, activeDeadlineSeconds: 60");
        assert!(findings(&RULE, &pod).is_empty());
    }
}
