//! What belongs to the number of pods: how it grows, and how far it may shrink.

pub mod autoscaler;
mod behavior;
pub mod disruption_budget;
mod metrics;
