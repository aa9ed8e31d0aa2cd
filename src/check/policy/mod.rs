//! What hurts later: one rule a file. An error in production is what the Pod Security
//! level `baseline` forbids, what starves or kills neighbours, and what cannot run at
//! all; the rest is advice. What is expected of agents of the nodes is advice for them.
//! What several rules look up of all objects has files of its own, and is kept in the
//! overview.

mod accounts;
mod added_capabilities;
mod alert_without_severity;
mod all_rights;
mod allowance;
mod amounts;
mod asked;
mod bare_pod;
mod budget_blocks_eviction;
mod budget_missing;
mod budget_without_count;
mod budgets;
mod capability_prefix;
mod certificate_renewal;
mod claim_retention_delete;
mod claim_without_class;
mod claim_without_group;
mod claims;
mod cluster_admin;
mod cluster_wide;
mod commands;
mod cron_job_history;
mod cron_job_overlap;
mod cron_job_start_deadline;
mod cron_job_without_deadline;
mod cron_job_without_time_zone;
mod database_on_scratch;
mod default_account_rights;
mod default_namespace;
mod effective;
mod external_ips;
mod fixed_node;
mod frozen_mount;
mod hasty_liveness;
mod hook_outlasts_grace;
mod host_namespaces;
mod host_path;
mod host_path_volume;
mod host_paths;
mod host_port;
mod idle_container;
mod implausible_amount;
mod implausible_storage;
mod ingress_any_host;
mod ingress_snippet;
mod ingress_tls_host;
mod ingress_without_tls;
mod isolation;
mod job_without_ttl;
mod kept_capabilities;
mod killed_while_starting;
mod kubectl_exec;
mod latest_tag;
mod limit_range_refuses;
mod limit_range_refuses_claim;
mod limit_ranges;
mod liveness_as_readiness;
mod low_port;
mod malformed_image;
mod may_run_as_root;
mod missing_cpu_limit;
mod missing_digest;
mod missing_drain;
mod missing_liveness;
mod missing_memory_limit;
mod missing_readiness;
mod missing_requests;
mod missing_seccomp;
mod missing_spread;
mod mounts;
mod moving_tag;
mod namespace_without_default_deny;
mod namespace_without_pod_security;
mod namespace_without_quota;
mod network_policy_allows_all;
mod no_grace;
mod node_port;
mod non_root_contradiction;
mod on_delete;
mod open_load_balancer;
mod overcommitted_memory;
pub mod overview;
mod partition_beyond_scale;
mod plaintext_secret;
mod pod_without_network_policy;
mod policy_without_effect;
mod privilege_escalation;
mod privileged;
mod probe_host;
mod probes;
#[cfg(test)]
mod proof;
mod quota_below_scale;
mod quota_refuses_pod;
mod quota_scope;
mod quota_too_small;
mod quota_usage;
mod quotas;
mod reclaim_delete;
mod recreate;
mod replicas_of_scaled;
mod retired_provisioner;
mod retired_registry;
mod rights;
mod rights_for_everyone;
mod rights_that_grow;
mod role_holders;
mod rolling_claim;
mod rollout_takes_all;
mod route_without_redirect;
mod runtime_socket;
mod scale_range;
mod scaled_both_ways;
mod scaler_without_range;
mod scaler_without_requests;
mod scoped_quota_counts_nothing;
mod scraping;
mod secret_in_config;
mod secret_in_pod;
mod secret_names;
mod secret_shapes;
mod secrets_of_all;
mod serving;
mod share;
mod shared_processes;
mod single_replica;
mod ssh_port;
mod stale_image;
mod stand_ins;
mod strict_anti_affinity;
mod system_priority;
mod tags;
mod tls_hosts;
mod tolerates_everything;
#[cfg(test)]
mod trial;
mod unbounded_scratch;
mod unconfined;
mod unmasked_proc;
mod unneeded_token;
mod unreadable_query;
mod unsafe_sysctls;
mod unscraped_metrics;
mod webhook_stops_all;
mod wildcard_rights;
mod workload;
mod workload_without_labels;
mod writable_root;

pub use secret_names::secret_by_name;
pub use secret_shapes::secret_in;

use super::rule::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &added_capabilities::RULE,
    &alert_without_severity::RULE,
    &all_rights::RULE,
    &bare_pod::RULE,
    &budget_blocks_eviction::RULE,
    &budget_missing::RULE,
    &budget_without_count::RULE,
    &capability_prefix::RULE,
    &certificate_renewal::RULE,
    &claim_retention_delete::RULE,
    &claim_without_class::RULE,
    &claim_without_group::RULE,
    &cluster_admin::RULE,
    &cron_job_history::RULE,
    &cron_job_overlap::RULE,
    &cron_job_start_deadline::RULE,
    &cron_job_without_deadline::RULE,
    &cron_job_without_time_zone::RULE,
    &database_on_scratch::RULE,
    &default_account_rights::RULE,
    &default_namespace::RULE,
    &external_ips::RULE,
    &fixed_node::RULE,
    &frozen_mount::RULE,
    &hasty_liveness::RULE,
    &hook_outlasts_grace::RULE,
    &host_namespaces::RULE,
    &host_path::RULE,
    &host_path_volume::RULE,
    &host_port::RULE,
    &idle_container::RULE,
    &implausible_amount::RULE,
    &implausible_storage::RULE,
    &ingress_any_host::RULE,
    &ingress_snippet::RULE,
    &ingress_tls_host::RULE,
    &ingress_without_tls::RULE,
    &job_without_ttl::RULE,
    &kept_capabilities::RULE,
    &killed_while_starting::RULE,
    &kubectl_exec::RULE,
    &latest_tag::RULE,
    &limit_range_refuses::RULE,
    &limit_range_refuses_claim::RULE,
    &liveness_as_readiness::RULE,
    &low_port::RULE,
    &malformed_image::RULE,
    &may_run_as_root::RULE,
    &missing_cpu_limit::RULE,
    &missing_digest::RULE,
    &missing_drain::RULE,
    &missing_liveness::RULE,
    &missing_memory_limit::RULE,
    &missing_readiness::RULE,
    &missing_requests::RULE,
    &missing_seccomp::RULE,
    &missing_spread::RULE,
    &moving_tag::RULE,
    &namespace_without_default_deny::RULE,
    &namespace_without_pod_security::RULE,
    &namespace_without_quota::RULE,
    &network_policy_allows_all::RULE,
    &no_grace::RULE,
    &node_port::RULE,
    &non_root_contradiction::RULE,
    &on_delete::RULE,
    &open_load_balancer::RULE,
    &overcommitted_memory::RULE,
    &partition_beyond_scale::RULE,
    &plaintext_secret::RULE,
    &pod_without_network_policy::RULE,
    &policy_without_effect::RULE,
    &privilege_escalation::RULE,
    &privileged::RULE,
    &probe_host::RULE,
    &quota_below_scale::RULE,
    &quota_refuses_pod::RULE,
    &quota_too_small::RULE,
    &reclaim_delete::RULE,
    &recreate::RULE,
    &replicas_of_scaled::RULE,
    &retired_provisioner::RULE,
    &retired_registry::RULE,
    &rights_for_everyone::RULE,
    &rights_that_grow::RULE,
    &rolling_claim::RULE,
    &rollout_takes_all::RULE,
    &route_without_redirect::RULE,
    &runtime_socket::RULE,
    &scaled_both_ways::RULE,
    &scaler_without_range::RULE,
    &scaler_without_requests::RULE,
    &scoped_quota_counts_nothing::RULE,
    &secret_in_config::RULE,
    &secret_in_pod::RULE,
    &secrets_of_all::RULE,
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
    &unreadable_query::RULE,
    &unsafe_sysctls::RULE,
    &unscraped_metrics::RULE,
    &webhook_stops_all::RULE,
    &wildcard_rights::RULE,
    &workload_without_labels::RULE,
    &writable_root::RULE,
];
