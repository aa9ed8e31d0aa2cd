//! `k8sgen man`: manual pages.

use clap::Args;
use clap_mangen::Man as Page;

use super::{Cli, Failure, print};

/// Prints the manual page, of k8sgen or of one command
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  k8sgen man > ~/.local/share/man/man1/k8sgen.1
  k8sgen man render | man -l -")]
pub struct Man {
    /// The command
    command: Option<String>,
}

impl Man {
    pub fn run(self) -> Result<(), Failure> {
        let mut whole = Cli::description();
        whole.build();
        let wanted = match &self.command {
            None => whole,
            Some(name) => match whole.find_subcommand(name) {
                Some(found) => {
                    let title = format!("k8sgen-{name}");
                    // The page of a command goes by its full name.
                    found.clone().name(title.clone()).display_name(title)
                }
                None => {
                    let names: Vec<&str> =
                        whole.get_subcommands().map(clap::Command::get_name).collect();
                    let known = crate::diagnostic::choices(names);
                    return Err(
                        anyhow::anyhow!("there is no command `{name}`; there is {known}").into()
                    );
                }
            },
        };
        let mut out = Vec::new();
        Page::new(wanted).render(&mut out)?;
        print(&out)
    }
}
