//! What leads nowhere: one rule a file.

mod binding_subject;
mod claim;
mod config_map;
mod container;
mod governing_service;
mod ingress_class;
mod key;
mod lookup;
mod priority_class;
mod probe_port;
mod role;
mod runtime_class;
mod scrape_port;
mod secret;
mod secret_type;
mod service_account;
mod service_selector;
mod shared_claim;
mod snapshot;
mod storage_class;
mod sub_path;
mod target_port;
mod twins;
mod volume;

use super::rule::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &binding_subject::RULE,
    &claim::RULE,
    &config_map::RULE,
    &container::RULE,
    &governing_service::RULE,
    &ingress_class::RULE,
    &key::RULE,
    &priority_class::RULE,
    &probe_port::RULE,
    &role::RULE,
    &runtime_class::RULE,
    &scrape_port::RULE,
    &secret::RULE,
    &secret_type::RULE,
    &service_account::RULE,
    &service_selector::RULE,
    &shared_claim::RULE,
    &snapshot::RULE,
    &storage_class::RULE,
    &sub_path::RULE,
    &target_port::RULE,
    &twins::RULE,
    &volume::RULE,
];
