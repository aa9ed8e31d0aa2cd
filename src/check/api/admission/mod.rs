//! What judges other objects before they are stored: webhooks, and policies in CEL.

pub mod binding;
pub(super) mod client;
mod environment;
mod expression;
mod matching;
pub mod policy;
mod rules;
pub mod webhook;
