//! What a cluster is made of and runs by: its Namespaces and Nodes, its APIs, its queues,
//! its locks, its certificates, and how its pods are run.

pub mod api_service;
pub mod event;
pub mod flow_schema;
pub mod lease;
pub mod namespace;
pub mod node;
pub mod priority_class;
pub mod priority_level;
pub mod runtime_class;
pub mod signing_request;
