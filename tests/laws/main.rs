//! Laws that hold for every profile a user may write, over generated ones.
//! `PROPTEST_CASES=1000 cargo test --test laws` looks further.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod checked;
mod every_key;
mod flows;
mod fragments;
mod kustomize;
mod merging;
mod no_panic;
mod reads_back;
mod rendering;
mod same_bytes;
mod systems;
