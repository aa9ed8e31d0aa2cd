//! What runs a cluster itself: its APIs, its queues, its locks, its certificates, and
//! how its pods are run.

pub mod api_service;
pub mod flow_schema;
pub mod lease;
pub mod priority_level;
pub mod runtime_class;
pub mod signing_request;
