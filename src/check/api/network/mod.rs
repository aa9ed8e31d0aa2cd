//! What belongs to the network: Services, where their traffic goes, and who may send
//! it.

pub mod address;
pub mod endpoint_slice;
pub mod endpoints;
pub mod ingress;
pub mod ingress_class;
pub mod ip_address;
pub mod network_policy;
pub mod service;
pub mod service_cidr;
