//! Who may do what: roles, and who has them.

pub mod binding;
pub mod review;
pub mod role;
pub mod service_account;

const GROUP: &str = "rbac.authorization.k8s.io";
