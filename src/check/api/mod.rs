//! What an API server rejects: the object must have its type, and its fields must
//! keep the server's rules. A file holds what belongs to one part of the API, and
//! the rule that its findings bear.

pub mod access;
pub mod admission;
mod by_kind;
pub mod claim;
pub mod cluster;
pub mod config;
pub mod custom;
pub mod decoding;
pub mod definition;
pub mod devices;
pub mod formats;
#[cfg(test)]
mod given_back;
pub mod metadata;
pub mod network;
pub mod paths;
pub mod pod;
pub mod pod_security;
pub mod quantities;
pub mod quota;
pub mod scaling;
pub mod selector;
pub mod server_warning;
pub mod storage;
#[cfg(test)]
mod trial;
pub mod versions;
#[cfg(test)]
mod wild;
pub mod workload;

use super::at::At;
use super::rule::Rule;
use super::scene::Scene;
use super::subject::Origin;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &access::binding::RULE,
    &access::review::RULE,
    &access::role::RULE,
    &admission::binding::RULE,
    &admission::policy::RULE,
    &admission::webhook::RULE,
    &claim::RULE,
    &cluster::api_service::RULE,
    &cluster::event::RULE,
    &cluster::flow_schema::RULE,
    &cluster::lease::RULE,
    &cluster::namespace::RULE,
    &cluster::node::RULE,
    &cluster::priority_class::RULE,
    &cluster::priority_level::RULE,
    &cluster::runtime_class::RULE,
    &cluster::signing_request::RULE,
    &config::config_map::RULE,
    &config::secret::RULE,
    &custom::cel_rules::RULE,
    &custom::resource::RULE,
    &custom::unchecked::RULE,
    &decoding::RULE,
    &definition::RULE,
    &devices::device_class::RULE,
    &devices::resource_claim::RULE,
    &devices::resource_slice::RULE,
    &metadata::RULE,
    &network::endpoint_slice::RULE,
    &network::endpoints::RULE,
    &network::ingress::RULE,
    &network::ingress_class::RULE,
    &network::ip_address::RULE,
    &network::network_policy::RULE,
    &network::service::RULE,
    &network::service_cidr::RULE,
    &pod::RULE,
    &pod::affinity::RULE,
    &pod::container::RULE,
    &pod::dns::RULE,
    &pod::env::RULE,
    &pod::lifecycle::RULE,
    &pod::mount::RULE,
    &pod::os::RULE,
    &pod::port::RULE,
    &pod::probe::RULE,
    &pod::resources::RULE,
    &pod::restart::RULE,
    &pod::security::RULE,
    &pod::toleration::RULE,
    &pod::topology_spread::RULE,
    &pod::volume::RULE,
    &pod_security::RULE,
    &quota::limit_range::RULE,
    &quota::resource_quota::RULE,
    &scaling::autoscaler::RULE,
    &scaling::disruption_budget::RULE,
    &selector::RULE,
    &server_warning::RULE,
    &storage::attachment::RULE,
    &storage::capacity::RULE,
    &storage::class::RULE,
    &storage::driver::RULE,
    &storage::volume::RULE,
    &versions::RULE,
    &workload::controller_revision::RULE,
    &workload::cron_job::RULE,
    &workload::daemon_set::RULE,
    &workload::deployment::RULE,
    &workload::job::RULE,
    &workload::replica_set::RULE,
    &workload::stateful_set::RULE,
];

/// Validates one object as a server does. Whether it could be read as its type at
/// all.
pub fn validate<'a>(scene: &Scene<'a>, object: At<'a>) -> bool {
    let readable = match object.subject().origin {
        Origin::Profile { .. } => decoding::decode_of_profile(object),
        Origin::Manifest { .. } => decoding::decode(scene, object),
    };
    if readable {
        metadata::validate(scene, object.under(&metadata::RULE));
        by_kind::validate(scene, object);
    }
    readable
}
