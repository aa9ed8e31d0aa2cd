//! How the rules of this family find what something leads to: no rule is here.

pub mod absent;
pub mod claims;
pub mod effort;
pub mod flows;
pub mod hosts;
pub mod kept;
pub mod pod_names;
pub mod ports;
pub mod reach;
pub mod replicas;
pub mod selecting;
pub mod service_port;
pub mod services;
