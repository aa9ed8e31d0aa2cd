//! Which series of kube-state-metrics and cAdvisor are a workload's: matchers
//! for its pods, Jobs and claims, by the names that Kubernetes gives them.

use crate::profile::workload::{Workload, WorkloadKind};
use crate::scalar::DnsLabel;

use super::super::pod::all_containers;
use super::super::storage::shared_name;

/// The letters and digits of names that Kubernetes makes up
/// (`SafeEncodeString`): without vowels, so that no word is one by chance, and
/// the pods of `web` are told from those of `web-api`.
const MADE_UP: &str = "[b-df-hj-np-tv-xz24-9]";
/// Kubernetes shortens what it makes names from, to leave room for the end
/// (`maxGeneratedNameLength`).
const LONGEST_BASE: usize = 58;

/// A regular expression for the names of a workload's pods.
pub fn pods(name: &DnsLabel, workload: &Workload) -> String {
    let name = name.as_str();
    let indexed = workload.job.as_ref().is_some_and(|job| job.is_indexed());
    let number = if indexed { "[0-9]+-" } else { "" };
    match workload.kind.value {
        WorkloadKind::StatefulSet => format!("{name}-[0-9]+"),
        // The name of the ReplicaSet has a hash of up to ten characters.
        WorkloadKind::Deployment | WorkloadKind::Rollout => match name.len() {
            0..=46 => format!("{name}-{MADE_UP}+-{MADE_UP}{{5}}"),
            length => {
                let base = &name[..length.min(LONGEST_BASE)];
                format!("{base}[-b-df-hj-np-tv-xz24-9]+")
            }
        },
        WorkloadKind::DaemonSet => match name.len() {
            0..LONGEST_BASE => format!("{name}-{MADE_UP}{{5}}"),
            _ => format!("{}{MADE_UP}{{5}}", &name[..LONGEST_BASE]),
        },
        WorkloadKind::Job | WorkloadKind::CronJob => {
            let (_, jobs) = jobs(name, workload);
            match name.len() {
                0..=44 => format!("{jobs}-{number}{MADE_UP}{{5}}"),
                length => {
                    let base = &name[..length.min(LONGEST_BASE)];
                    format!("{base}[-a-z0-9]*{MADE_UP}{{5}}")
                }
            }
        }
    }
}

/// An operator and a text for the names of a workload's Jobs.
fn jobs(name: &str, workload: &Workload) -> (&'static str, String) {
    let versioned = workload.job.as_ref().is_some_and(|job| job.new_name_on_change);
    match workload.kind.value {
        // The minute for which it ran.
        WorkloadKind::CronJob => ("=~", format!("{name}-[0-9]+")),
        _ if versioned => ("=~", format!("{name}-[0-9a-f]{{8}}")),
        _ => ("=", name.to_owned()),
    }
}

/// The matcher for a workload's Jobs.
pub fn job_matcher(name: &DnsLabel, workload: &Workload) -> String {
    let (operator, text) = jobs(name.as_str(), workload);
    format!("job_name{operator}\"{text}\"")
}

/// The matcher for a workload's claims, where it has any.
pub fn claim_matcher(name: &DnsLabel, workload: &Workload) -> Option<String> {
    let each = *workload.kind == WorkloadKind::StatefulSet;
    let mut names: Vec<String> = Vec::new();
    let mut plain = true;
    for mount in all_containers(name, workload).flat_map(|(_, container)| container.mounts.values())
    {
        let claim = match (&mount.claim, &mount.existing_claim) {
            (Some(claim), _) if each => {
                plain = false;
                format!("{}-{name}-[0-9]+", claim.value)
            }
            (Some(claim), _) => shared_name(name.as_str(), claim.as_str()),
            // A dot stands for any character, unless it is in brackets.
            (None, Some(existing)) => existing.as_str().replace('.', "[.]"),
            (None, None) => continue,
        };
        plain &= !claim.contains('[');
        if !names.contains(&claim) {
            names.push(claim);
        }
    }
    let operator = if plain && names.len() == 1 { "=" } else { "=~" };
    (!names.is_empty()).then(|| format!("persistentvolumeclaim{operator}\"{}\"", names.join("|")))
}
