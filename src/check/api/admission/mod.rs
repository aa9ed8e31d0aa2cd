//! What judges other objects before they are stored: webhooks, and policies in CEL.

pub mod binding;
mod client;
mod expression;
mod matching;
pub mod policy;
mod rules;
pub mod webhook;
