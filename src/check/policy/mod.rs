//! What hurts later: one rule a file. An error in production is what the Pod Security
//! level `baseline` forbids, what starves or kills neighbours, and what cannot run at
//! all; the rest is advice. What is expected of agents of the nodes is advice for them.

mod added_capabilities;
mod bare_pod;
mod capability_prefix;
mod claim_without_group;
mod fixed_node;
mod frozen_mount;
mod hasty_liveness;
mod hook_outlasts_grace;
mod host_namespaces;
mod host_path;
mod host_port;
mod idle_container;
mod implausible_amount;
mod kept_capabilities;
mod killed_while_starting;
mod kubectl_exec;
mod latest_tag;
mod liveness_as_readiness;
mod low_port;
mod may_run_as_root;
mod missing_cpu_limit;
mod missing_drain;
mod missing_liveness;
mod missing_memory_limit;
mod missing_readiness;
mod missing_requests;
mod missing_seccomp;
mod missing_spread;
mod moving_tag;
mod no_grace;
mod non_root_contradiction;
mod overcommitted_memory;
mod pod_security;
mod privilege_escalation;
mod privileged;
mod probe_host;
mod retired_registry;
mod runtime_socket;
mod shared_account;
mod shared_processes;
mod single_replica;
mod ssh_port;
mod stale_image;
mod strict_anti_affinity;
mod system_priority;
mod tolerates_everything;
mod unbounded_scratch;
mod unconfined;
mod unmasked_proc;
mod unneeded_token;
mod unpinned_image;
mod unsafe_sysctls;
mod writable_root;

// What rules share.
mod accounts;
mod amounts;
mod commands;
mod effective;
mod host_paths;
mod mounts;
mod probes;
#[cfg(test)]
mod proof;
mod standards;
mod tags;
mod workload;

use super::rule::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &added_capabilities::RULE,
    &bare_pod::RULE,
    &capability_prefix::RULE,
    &claim_without_group::RULE,
    &fixed_node::RULE,
    &frozen_mount::RULE,
    &hasty_liveness::RULE,
    &hook_outlasts_grace::RULE,
    &host_namespaces::RULE,
    &host_path::RULE,
    &host_port::RULE,
    &idle_container::RULE,
    &implausible_amount::RULE,
    &kept_capabilities::RULE,
    &killed_while_starting::RULE,
    &kubectl_exec::RULE,
    &latest_tag::RULE,
    &liveness_as_readiness::RULE,
    &low_port::RULE,
    &may_run_as_root::RULE,
    &missing_cpu_limit::RULE,
    &missing_drain::RULE,
    &missing_liveness::RULE,
    &missing_memory_limit::RULE,
    &missing_readiness::RULE,
    &missing_requests::RULE,
    &missing_seccomp::RULE,
    &missing_spread::RULE,
    &moving_tag::RULE,
    &no_grace::RULE,
    &non_root_contradiction::RULE,
    &overcommitted_memory::RULE,
    &pod_security::RULE,
    &privilege_escalation::RULE,
    &privileged::RULE,
    &probe_host::RULE,
    &retired_registry::RULE,
    &runtime_socket::RULE,
    &shared_account::RULE,
    &shared_processes::RULE,
    &single_replica::RULE,
    &ssh_port::RULE,
    &stale_image::RULE,
    &strict_anti_affinity::RULE,
    &system_priority::RULE,
    &tolerates_everything::RULE,
    &unbounded_scratch::RULE,
    &unconfined::RULE,
    &unmasked_proc::RULE,
    &unneeded_token::RULE,
    &unpinned_image::RULE,
    &unsafe_sysctls::RULE,
    &writable_root::RULE,
];
