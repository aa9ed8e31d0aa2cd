//! Devices that pods ask for, in the words of `resource.k8s.io`.

mod configuration;
pub mod device_class;
mod request;
pub mod resource_claim;
mod selection;
