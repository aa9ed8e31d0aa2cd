//! CronJobs.

use crate::check::api::formats::{said_of, shown};
use crate::check::api::server_warning;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{CronSchedule, Scalar, TimeZone};

use super::job::validate_template_of_job;

pub static RULE: Rule = Rule {
    name: "api/cron-job",
    weight: Weight::ERROR,
    summary: "a CronJob that a server refuses",
    page: "A schedule has five fields (minute, hour, day of month, month, weekday) or is a word such as `@daily`. A time zone stands in `timeZone`, under its name in the database of IANA. The name of a CronJob has 52 characters at most: its Jobs are called after it.",
    bad: "
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: 0 25 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - {name: backup, image: 'registry.example.com/backup:v1.4.2'}
",
    good: "
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: 0 2 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - {name: backup, image: 'registry.example.com/backup:v1.4.2'}
",
    look: Look::Validation,
};

/// Eleven characters are left for the number of a Job.
const LONGEST_NAME: usize = 52;

/// `ValidateCronJobCreate`.
pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    object.field("metadata").field("name").must_not_be_longer_than(LONGEST_NAME);
    let (schedule, zone) = (spec.field("schedule"), spec.field("timeZone"));
    if schedule.required() {
        validate_schedule(schedule);
    }
    if zone.is_set() {
        validate_zone(zone);
    }
    for name in ["startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"]
    {
        spec.field(name).must_not_be_negative();
    }
    spec.field("concurrencyPolicy").may_be_one_of(&["Allow", "Forbid", "Replace"]);
    validate_template_of_job(spec.field("jobTemplate"));
    server_warning::of_name_of_hosts(object);
}

fn validate_schedule(schedule: At<'_>) {
    let text = schedule.text_or_empty();
    // What only we refuse is odd, but a server takes it.
    if let Err(reason) = CronSchedule::parse(text)
        && !is_taken(text)
    {
        schedule.fault(format!("{} is not a schedule: {}", shown(text), said_of(&reason)));
    }
}

/// Whether the library that a server uses reads a schedule that is odd: a list with an
/// empty item, a range that starts with a star, and a span below a second.
fn is_taken(text: &str) -> bool {
    if text.contains("TZ") {
        return false;
    }
    let plain = |field: &str| {
        let items = field.split(',').filter(|item| !item.is_empty());
        let items: Vec<String> = items.map(without_end_of_star).collect();
        if items.is_empty() { "*".to_owned() } else { items.join(",") }
    };
    match text.strip_prefix("@every ") {
        Some(span) => CronSchedule::parse(&format!("@every 1h{span}")).is_ok(),
        None => {
            let fields: Vec<String> = text.split_whitespace().map(plain).collect();
            CronSchedule::parse(&fields.join(" ")).is_ok()
        }
    }
}

/// `*-5` is a star.
fn without_end_of_star(item: &str) -> String {
    let (range, step) = match item.split_once('/') {
        Some((range, step)) => (range, Some(step)),
        None => (item, None),
    };
    let range = match range.split_once('-') {
        Some((star @ ("*" | "?"), _)) => star,
        _ => range,
    };
    match step {
        Some(step) => format!("{range}/{step}"),
        None => range.to_owned(),
    }
}

/// `validateTimeZone`.
fn validate_zone(zone: At<'_>) {
    // The reason is what was meant, or that there is no such zone.
    if zone.required()
        && let Err(reason) = TimeZone::parse(zone.text_or_empty())
    {
        zone.fault_with(format!("{} is not a time zone", shown(zone.text_or_empty())), reason);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn with(fields: &str) -> String {
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: backup}}\nspec:\n  {fields}\n  jobTemplate:\n    spec: {{template: {{spec: {{restartPolicy: Never, containers: [{{name: a, image: 'a:1'}}]}}}}}}\n"
        )
    }

    #[test]
    fn schedules_that_a_server_takes() {
        for schedule in [
            "*/5 * * * *",
            "0 2 * * MON-FRI",
            "@daily",
            "1,,2 * * * *",
            "0 2 * * MON,",
            "*-5 * * * *",
            "@every 100ms",
        ] {
            none(&with(&format!("schedule: '{schedule}'")));
        }
    }

    #[test]
    fn schedules_that_a_server_refuses() {
        for schedule in ["", "* * * *", "60 * * * *", "TZ=UTC 0 2 * * *", "@reboot", "@every soon"]
        {
            assert_eq!(faults(&with(&format!("schedule: '{schedule}'"))), ["spec.schedule"]);
        }
    }

    #[test]
    fn the_template_is_one_of_a_job() {
        let with_policy =
            |policy: &str| with("schedule: '@daily'").replace("restartPolicy: Never", policy);
        assert_eq!(
            faults(&with_policy("restartPolicy: Always")),
            ["spec.jobTemplate.spec.template.spec.restartPolicy"]
        );
        assert_eq!(faults(&with("schedule: '@daily'\n  timeZone: Mars/Base")), ["spec.timeZone"]);
    }
}
