//! What programs of others say of our output. A missing program is said, and
//! a failure where `K8SGEN_REQUIRE_TOOLS=1`.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

// The parts of profiles that laws are held against.
#[path = "../laws/fragments.rs"]
#[allow(dead_code)]
mod fragments;
#[path = "../laws/systems.rs"]
#[allow(dead_code)]
mod systems;

mod editor;
mod findings;
mod kubectl;
mod kustomize;
mod language_server;
mod promtool;
mod schemas;
mod snapshot_script;
