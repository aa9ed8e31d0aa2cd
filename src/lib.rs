//! k8sgen: typed Kubernetes manifests for every environment.
pub mod object;
pub mod profile;
