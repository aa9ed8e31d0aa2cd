//! The program as a user runs it: one file per feature, and each test says
//! "with this file and these arguments, this output and this status".
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod cli;
mod config;
mod containers;
mod env;
mod errors;
mod explain;
mod init;
mod labels;
mod layers;
mod mounts;
mod namespaces;
mod objects;
mod output;
mod patches;
mod probes;
mod readme;
mod rollouts;
mod scaling;
mod scheduling;
mod schema;
mod secrets;
mod services;
mod snapshots;
mod storage;
mod templates;
mod vertical;
mod volume_snapshots;
mod workloads;
