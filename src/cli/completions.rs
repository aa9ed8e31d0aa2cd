//! `k8sgen completions`: the shell's share.

use clap::Args;
use clap_complete::Shell;

use super::{Cli, Failure, print};

/// Prints completions for a shell
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  k8sgen completions bash > ~/.local/share/bash-completion/completions/k8sgen
  k8sgen completions fish > ~/.config/fish/completions/k8sgen.fish
  k8sgen completions zsh > ~/.zfunc/_k8sgen")]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub fn run(self) -> Result<(), Failure> {
        let mut out = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::description(), "k8sgen", &mut out);
        print(&out)
    }
}
