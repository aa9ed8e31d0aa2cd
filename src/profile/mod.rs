//! What the user writes, as types. It knows nothing of Kubernetes' own objects.

pub mod config;
pub mod container;
pub mod decode;
pub mod env;
pub mod explain;
pub mod fields;
pub mod files;
pub mod forms;
pub mod image;
pub mod index;
pub mod json_schema;
pub mod layers;
pub mod mount;
pub mod probe;
pub mod project;
pub mod reference;
pub mod refs;
pub mod scale;
pub mod scheduling;
pub mod service;
pub mod service_view;
pub mod shape;
pub mod system;
pub mod words;
pub mod workload;
