//! CronJobs that leave no trace of a failure, or too many of all runs.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/cron-job-history",
    weight: Weight::ADVICE,
    summary: "a CronJob keeps nothing of a failed run, or too much of all",
    page: "`failedJobsHistoryLimit: 0` deletes a failed run with its pods and logs at once: nobody sees that it failed, nor why. And each run that is kept is a Job and its pods in the cluster, which slow everything that lists pods. The defaults are 3 runs that went well, and 1 that failed.",
    bad: "
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
  failedJobsHistoryLimit: 0
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

/// More runs than anybody looks through.
const MANY: i64 = 20;

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    if !object.subject().is("batch", "CronJob") {
        return;
    }
    let spec = object.field("spec");
    let failed = spec.field("failedJobsHistoryLimit");
    if failed.int() == Some(0) {
        failed.fault_with(
            "a run that fails leaves no trace",
            "keep one: `failedJobsHistoryLimit: 1`",
        );
    }
    for at in [failed, spec.field("successfulJobsHistoryLimit")] {
        if let Some(count) = at.int().filter(|count| *count > MANY) {
            at.fault_with(format!("{count} runs are kept, each with its pods"), "keep a few");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn how_many() {
        for (limit, count) in [("0", 1), ("1", 0), ("20", 0), ("21", 1)] {
            let text = RULE
                .bad
                .replace("failedJobsHistoryLimit: 0", &format!("failedJobsHistoryLimit: {limit}"));
            assert_eq!(findings(&RULE, &text).len(), count, "{limit}");
        }
        let well = RULE.bad.replace("failedJobsHistoryLimit: 0", "successfulJobsHistoryLimit: 0");
        assert!(findings(&RULE, &well).is_empty());
    }
}
