//! What the fuzz targets do with their bytes. Each file is one target; a panic
//! is a finding, and so is anything that takes long or much memory.

pub mod arguments;
pub mod expression;
pub mod grown;
pub mod profile;
pub mod reader;
pub mod scalars;
pub mod template;

mod growth;
mod pipeline;
