//! `k8sgen schema`: what a profile may say, for editors and readers.

use clap::Args;

use crate::emit;
use crate::findings;
use crate::profile::{json_schema, reference};

use super::{Failure, print};

/// Prints the JSON Schema of a profile, for completion and underlining in an
/// editor
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  k8sgen schema > k8sgen.schema.json

An editor with yaml-language-server finds it by the first line of a file:
  # yaml-language-server: $schema=k8sgen.schema.json")]
pub struct Schema {
    /// The reference of every key instead, as Markdown
    #[arg(long)]
    markdown: bool,

    /// The schema of what `check --format json` prints instead
    #[arg(long, conflicts_with = "markdown")]
    findings: bool,
}

impl Schema {
    pub fn run(self) -> Result<(), Failure> {
        if self.markdown {
            return print(reference::reference().as_bytes());
        }
        if self.findings {
            return print(format!("{:#}\n", findings::schema::schema()).as_bytes());
        }
        let mut out = Vec::new();
        emit::json::write_document(&json_schema::schema(), &mut out);
        print(&out)
    }
}
