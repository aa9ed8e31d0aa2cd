//! CronJobs whose hour depends on the cluster.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/cron-job-without-time-zone",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "the hour of a CronJob depends on the cluster",
    page: "Without `timeZone` the hour of a schedule is that of the clock of the control plane: mostly UTC, on one's own machines whatever they were set to. What shall run at night may run at noon. Say the zone: `Etc/UTC`, `Europe/Berlin`. Schedules that name no hour or day are left alone.",
    bad: "
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
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

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let spec = object.field("spec");
    if !object.subject().is("batch", "CronJob") || spec.field("timeZone").is_set() {
        return;
    }
    let schedule = spec.field("schedule");
    if schedule.text().is_some_and(names_an_hour) {
        schedule.fault_with(
            "it names no time zone: the hour is that of whatever clock the cluster's controller has",
            "say the zone beside it: `timeZone: Etc/UTC`",
        );
    }
}

/// Whether it makes a difference where the clock hangs.
fn names_an_hour(schedule: &str) -> bool {
    let mut fields = schedule.split_whitespace();
    match fields.next() {
        Some("@hourly") | None => false,
        Some(one) if one.starts_with("@every") => false,
        Some(one) if one.starts_with('@') => true,
        Some(_) => fields.any(|field| field != "*" && field != "?" && field != "*/1"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours() {
        for schedule in ["0 3 * * *", "@daily", "*/5 9-17 * * *", "0 * * * 1", "0 */6 * * *"] {
            assert!(names_an_hour(schedule), "{schedule}");
        }
        for schedule in ["*/5 * * * *", "0 * * * *", "@hourly", "@every 1h", "7 */1 * * ?", ""] {
            assert!(!names_an_hour(schedule), "{schedule}");
        }
    }
}
