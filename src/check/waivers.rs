//! Findings that are accepted for a while: they are left out, and a waiver that is over
//! or that nothing needs is a finding itself.

use super::finding::Finding;
use super::rule::{Look, Rule, Weight};
use super::settings::{Settings, Waiver};
use crate::source::Place;

/// The rules about waivers themselves.
pub static RULES: &[&Rule] = &[&EXPIRED, &UNUSED];

pub static EXPIRED: Rule = Rule {
    name: "policy/expired-waiver",
    weight: Weight::WARNING,
    summary: "a waiver is over",
    page: "A waiver accepts a finding until a day. After it the finding counts again. Mend what is found and remove the waiver, or look at its reason again and set another day.",
    bad: "
checks:
  waivers:
    one-writer: {rule: policy/single-replica, object: Deployment/redis, reason: one writer by design, until: 2020-01-01}
",
    good: "
checks:
  waivers:
    one-writer: {rule: policy/single-replica, object: Deployment/redis, reason: one writer by design, until: 2099-12-31}
",
    look: Look::Waivers,
};

pub static UNUSED: Rule = Rule {
    name: "policy/unused-waiver",
    weight: Weight::WARNING,
    summary: "a waiver accepts nothing",
    page: "No object that the waiver names has such a finding: it was mended, or the names are not right. A waiver that waits for a finding hides the next one. Remove it.\n\nOf a waiver that several environments share this is said only where all of them are checked, and none needs it.",
    bad: "
checks:
  waivers:
    none: {rule: policy/single-replica, object: Deployment/gone, reason: no longer there, until: 2099-12-31}
",
    good: "
checks: {}
",
    look: Look::Waivers,
};

/// What waivers make of findings.
#[derive(Debug, Default)]
pub struct Applied {
    /// The findings that no waiver accepts, and those of waivers that are over.
    pub findings: Vec<Finding>,
    /// How many findings were accepted.
    pub accepted: usize,
    /// What is to be said of the waivers that accept nothing.
    pub idle: Vec<Finding>,
    /// Where the others stand.
    pub used: Vec<Place>,
}

/// Takes away the findings that waivers accept.
pub fn apply(findings: Vec<Finding>, settings: &Settings) -> Applied {
    if settings.waivers.is_empty() {
        return Applied { findings, ..Applied::default() };
    }
    let mut uses = vec![0_usize; settings.waivers.len()];
    let mut left = Vec::with_capacity(findings.len());
    for finding in findings {
        let by = settings.waivers.iter().position(|waiver| waiver.accepts(&finding, settings));
        match by.and_then(|by| uses.get_mut(by).map(|uses| (by, uses))) {
            Some((by, uses)) => {
                *uses += 1;
                if settings.waivers.get(by).is_some_and(|waiver| waiver.until < settings.today) {
                    left.push(finding);
                }
            }
            None => left.push(finding),
        }
    }
    let mut applied = Applied { findings: left, ..Applied::default() };
    for (waiver, uses) in settings.waivers.iter().zip(uses) {
        let is_over = waiver.until < settings.today;
        if !is_over {
            applied.accepted += uses;
        }
        if uses > 0 {
            applied.used.push(waiver.place);
        }
        if is_over {
            let message = format!("the waiver `{}` is over since {}", waiver.name, waiver.until);
            applied.findings.extend(own(
                &EXPIRED,
                message,
                "mend what it accepted, or set another day",
                waiver,
                settings,
            ));
        } else if uses == 0 && settings.severity(waiver.rule).is_some() {
            let message = format!("the waiver `{}` accepts nothing", waiver.name);
            applied.idle.extend(own(&UNUSED, message, "remove it", waiver, settings));
        }
    }
    applied
}

/// A finding about a waiver.
fn own(
    rule: &'static Rule,
    message: String,
    help: &str,
    waiver: &Waiver,
    settings: &Settings,
) -> Option<Finding> {
    Some(Finding {
        rule,
        severity: settings.severity(rule)?,
        object: None,
        field: String::new(),
        path: Vec::new(),
        message,
        help: Some(help.to_owned()),
        place: Some(waiver.place),
        document: 0,
    })
}

impl Waiver {
    fn accepts(&self, finding: &Finding, settings: &Settings) -> bool {
        std::ptr::eq(self.rule, finding.rule)
            && finding.object.as_ref().is_some_and(|object| {
                let namespace = object.namespace.as_deref().unwrap_or(&settings.namespace);
                self.object.matches(&object.kind, namespace, &object.name)
            })
    }
}
