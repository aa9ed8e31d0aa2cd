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
mod scale_range;
mod scraping;
mod share;
#[cfg(test)]
mod trial;

// The rules.
mod budget_blocks_eviction;
mod budget_missing;
mod budget_without_count;
mod latest_tag;
mod limit_range_refuses;
mod namespace_without_quota;
mod quota_below_scale;
mod quota_refuses_pod;
mod quota_too_small;
mod replicas_of_scaled;
mod scaled_both_ways;
mod scaler_without_range;
mod scaler_without_requests;
mod two_budgets;
mod two_scalers;

use super::rule::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &budget_blocks_eviction::RULE,
    &budget_missing::RULE,
    &budget_without_count::RULE,
    &latest_tag::RULE,
    &limit_range_refuses::RULE,
    &namespace_without_quota::RULE,
    &quota_below_scale::RULE,
    &quota_refuses_pod::RULE,
    &quota_too_small::RULE,
    &replicas_of_scaled::RULE,
    &scaled_both_ways::RULE,
    &scaler_without_range::RULE,
    &scaler_without_requests::RULE,
    &two_budgets::RULE,
    &two_scalers::RULE,
];
