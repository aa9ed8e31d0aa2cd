//! The program as a user runs it: one file per feature, and each test says
//! "with this file and these arguments, this output and this status".
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod access;
mod alerts;
mod certificates;
mod check;
mod check_corpus;
mod check_input;
mod checklists;
mod cli;
mod config;
mod containers;
mod dashboards;
mod delivery;
mod disk;
mod env;
mod errors;
mod explain;
mod governance;
mod ingresses;
mod init;
mod kustomize;
mod labels;
mod layers;
mod mounts;
mod namespaces;
mod network_policies;
mod objects;
mod output;
mod patches;
mod probes;
mod readme;
mod rollouts;
mod routes;
mod scaling;
mod scheduling;
mod schema;
mod scraping;
mod secret_sources;
mod secrets;
mod security;
mod services;
mod snapshots;
mod storage;
mod templates;
mod vertical;
mod volume_snapshots;
mod workloads;
