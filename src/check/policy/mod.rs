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
mod all_rights;
mod budget_blocks_eviction;
mod budget_missing;
mod budget_without_count;
mod cluster_admin;
mod default_account_rights;
mod external_ips;
mod ingress_any_host;
mod ingress_snippet;
mod ingress_tls_host;
mod ingress_without_tls;
mod latest_tag;
mod limit_range_refuses;
mod namespace_without_default_deny;
mod namespace_without_quota;
mod network_policy_allows_all;
mod node_port;
mod open_load_balancer;
mod plaintext_secret;
mod pod_without_network_policy;
mod quota_below_scale;
mod quota_refuses_pod;
mod quota_too_small;
mod replicas_of_scaled;
mod rights_for_everyone;
mod rights_that_grow;
mod route_without_redirect;
mod scaled_both_ways;
mod scaler_without_range;
mod scaler_without_requests;
mod secret_in_config;
mod secret_in_pod;
mod secrets_of_all;
mod two_budgets;
mod two_scalers;
mod wildcard_rights;

use super::rule::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &all_rights::RULE,
    &budget_blocks_eviction::RULE,
    &budget_missing::RULE,
    &budget_without_count::RULE,
    &cluster_admin::RULE,
    &default_account_rights::RULE,
    &external_ips::RULE,
    &ingress_any_host::RULE,
    &ingress_snippet::RULE,
    &ingress_tls_host::RULE,
    &ingress_without_tls::RULE,
    &latest_tag::RULE,
    &limit_range_refuses::RULE,
    &namespace_without_default_deny::RULE,
    &namespace_without_quota::RULE,
    &network_policy_allows_all::RULE,
    &node_port::RULE,
    &open_load_balancer::RULE,
    &plaintext_secret::RULE,
    &pod_without_network_policy::RULE,
    &quota_below_scale::RULE,
    &quota_refuses_pod::RULE,
    &quota_too_small::RULE,
    &replicas_of_scaled::RULE,
    &rights_for_everyone::RULE,
    &rights_that_grow::RULE,
    &route_without_redirect::RULE,
    &scaled_both_ways::RULE,
    &scaler_without_range::RULE,
    &scaler_without_requests::RULE,
    &secret_in_config::RULE,
    &secret_in_pod::RULE,
    &secrets_of_all::RULE,
    &two_budgets::RULE,
    &two_scalers::RULE,
    &wildcard_rights::RULE,
];
