//! k8sgen: typed Kubernetes manifests for every environment.
pub mod build;
pub mod diagnostic;
pub mod emit;
pub mod object;
pub mod profile;
pub mod source;
pub mod tree;
