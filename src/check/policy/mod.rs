//! What hurts later: one rule a file. What several rules look up of all objects has
//! files of its own, and is kept in the overview.

// What rules share.
mod amounts;
mod budgets;
mod claims;
mod cluster_wide;
mod isolation;
mod limit_ranges;
pub mod overview;
mod quota_scope;
mod quota_usage;
mod quotas;
mod rights;
mod scale_range;
mod scraping;
mod secret_names;
mod secret_shapes;
mod share;
mod stand_ins;
mod tls_hosts;
#[cfg(test)]
mod trial;

// The rules.
mod alert_without_severity;
mod all_rights;
mod budget_blocks_eviction;
mod budget_missing;
mod budget_without_count;
mod certificate_renewal;
mod claim_retention_delete;
mod claim_without_class;
mod cluster_admin;
mod cron_job_history;
mod cron_job_overlap;
mod cron_job_start_deadline;
mod cron_job_without_deadline;
mod cron_job_without_time_zone;
mod database_on_scratch;
mod default_account_rights;
mod default_namespace;
mod external_ips;
mod host_path_volume;
mod ingress_any_host;
mod ingress_snippet;
mod ingress_tls_host;
mod ingress_without_tls;
mod job_without_ttl;
mod latest_tag;
mod limit_range_refuses;
mod limit_range_refuses_claim;
mod namespace_without_default_deny;
mod namespace_without_pod_security;
mod namespace_without_quota;
mod network_policy_allows_all;
mod node_port;
mod on_delete;
mod open_load_balancer;
mod partition_beyond_scale;
mod plaintext_secret;
mod pod_without_network_policy;
mod quota_below_scale;
mod quota_refuses_pod;
mod quota_too_small;
mod reclaim_delete;
mod recreate;
mod replicas_of_scaled;
mod rights_for_everyone;
mod rights_that_grow;
mod rollout_takes_all;
mod route_without_redirect;
mod scaled_both_ways;
mod scaler_without_range;
mod scaler_without_requests;
mod scoped_quota_counts_nothing;
mod secret_in_config;
mod secret_in_pod;
mod secrets_of_all;
mod shared_claim;
mod two_budgets;
mod two_scalers;
mod unscraped_metrics;
mod webhook_stops_all;
mod wildcard_rights;
mod workload_without_labels;

use super::rule::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &alert_without_severity::RULE,
    &all_rights::RULE,
    &budget_blocks_eviction::RULE,
    &budget_missing::RULE,
    &budget_without_count::RULE,
    &certificate_renewal::RULE,
    &claim_retention_delete::RULE,
    &claim_without_class::RULE,
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
    &host_path_volume::RULE,
    &ingress_any_host::RULE,
    &ingress_snippet::RULE,
    &ingress_tls_host::RULE,
    &ingress_without_tls::RULE,
    &job_without_ttl::RULE,
    &latest_tag::RULE,
    &limit_range_refuses::RULE,
    &limit_range_refuses_claim::RULE,
    &namespace_without_default_deny::RULE,
    &namespace_without_pod_security::RULE,
    &namespace_without_quota::RULE,
    &network_policy_allows_all::RULE,
    &node_port::RULE,
    &on_delete::RULE,
    &open_load_balancer::RULE,
    &partition_beyond_scale::RULE,
    &plaintext_secret::RULE,
    &pod_without_network_policy::RULE,
    &quota_below_scale::RULE,
    &quota_refuses_pod::RULE,
    &quota_too_small::RULE,
    &reclaim_delete::RULE,
    &recreate::RULE,
    &replicas_of_scaled::RULE,
    &rights_for_everyone::RULE,
    &rights_that_grow::RULE,
    &rollout_takes_all::RULE,
    &route_without_redirect::RULE,
    &scaled_both_ways::RULE,
    &scaler_without_range::RULE,
    &scaler_without_requests::RULE,
    &scoped_quota_counts_nothing::RULE,
    &secret_in_config::RULE,
    &secret_in_pod::RULE,
    &secrets_of_all::RULE,
    &shared_claim::RULE,
    &two_budgets::RULE,
    &two_scalers::RULE,
    &unscraped_metrics::RULE,
    &webhook_stops_all::RULE,
    &wildcard_rights::RULE,
    &workload_without_labels::RULE,
];
