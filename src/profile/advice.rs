//! What to write in a profile against a finding. Rules speak of objects; of those that a
//! profile asks for, its own keys are what can be changed.

/// What a profile has against what a rule finds, where it has keys of its own for it.
pub fn of_rule(rule: &str) -> Option<&'static str> {
    const RESTRICTED: &str =
        "`security: restricted` sets it, for the whole system or for this workload";
    Some(match rule {
        "policy/added-capabilities"
        | "policy/kept-capabilities"
        | "policy/missing-seccomp"
        | "policy/may-run-as-root"
        | "policy/privilege-escalation" => RESTRICTED,
        "policy/writable-root" => {
            "say `security: {level: restricted, readOnlyRootFilesystem: true}`, and under `writes` where it must write"
        }
        "policy/missing-requests" => {
            "say `resources: {requests: {cpu: 100m, memory: 128Mi}}`: what it takes in ordinary use"
        }
        "policy/missing-memory-limit" => {
            "say `resources: {limits: {memory: 256Mi}}`: the most it ever needs"
        }
        "policy/missing-cpu-limit" => {
            "say `resources: {limits: {cpu: \"1\"}}`, or turn this rule off under `checks.rules` if pods shall use idle CPUs"
        }
        "policy/missing-liveness" => {
            "say `probes: {liveness: {http: PORT/PATH}}`, which asks the process about itself alone"
        }
        "policy/missing-readiness" => {
            "say `probes: {readiness: {http: PORT/PATH}}`, which asks for what requests need"
        }
        "policy/missing-digest" => {
            "add the digest that the tag has now, under `images` or here: `@sha256:…`"
        }
        "policy/missing-drain" => "say `lifecycle: {preStop: {sleep: 5s}}`",
        "policy/missing-spread" => "say `spread: {zone: 1}`, or `antiAffinity: preferred`",
        "policy/single-replica" => {
            "set `replicas` to two or more; if it cannot run twice, waive this rule for it under `checks.waivers`"
        }
        "policy/budget-missing" => "say `disruption: {maxUnavailable: 1}`",
        "policy/namespace-without-default-deny" | "policy/pod-without-network-policy" => {
            "say `networkPolicy: {defaultDeny: true}`, and who connects to what: `connects`, `accepts`, `outside`"
        }
        "policy/namespace-without-pod-security" => {
            "say `podSecurity: restricted`, or `baseline`, of the namespace"
        }
        "policy/namespace-without-quota" => {
            "say what it may use: `quotas: {all: {hard: {requests.cpu: \"10\", requests.memory: 20Gi}}}` of the namespace"
        }
        "policy/cron-job-overlap" => {
            "say `schedule: {cron: …, concurrencyPolicy: Forbid}`, or `Replace`"
        }
        "policy/cron-job-without-deadline" => "say how long a run may take: `job: {deadline: 1h}`",
        "policy/cron-job-without-time-zone" => "say `schedule: {cron: …, timeZone: Etc/UTC}`",
        "policy/cron-job-start-deadline" => {
            "say how late a run may start: `schedule: {cron: …, startingDeadline: 10m}`"
        }
        "policy/job-without-ttl" => "say how long it is kept: `job: {ttl: 1d}`",
        "policy/database-on-scratch" => {
            "mount a claim there: `mounts: {PATH: {claim: data, size: 10Gi}}`"
        }
        "policy/unbounded-scratch" => "bound it: `writes: {/tmp: {sizeLimit: 64Mi}}`",
        "policy/claim-without-group" => {
            "say `security: {fsGroup: 1000}`, with the group of its user"
        }
        "policy/unneeded-token" => "leave out `automountToken: true`",
        "refs/blocked" => "say so where it sends: `connects: [SERVICE/PORT]`",
        "refs/blocked-outside" => "say so under `outside` of what sends",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::registry;

    #[test]
    fn rules_are_called_by_their_names() {
        let text = include_str!("advice.rs");
        let named = text.split('"').filter(|word| {
            let family = word.split_once('/').map(|(family, _)| family);
            matches!(family, Some("policy" | "refs")) && !word.contains(' ')
        });
        for name in named {
            assert!(registry::find(name).is_some(), "{name}");
            assert!(of_rule(name).is_some(), "{name}");
        }
    }
}
