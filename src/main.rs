//! The program: parse the arguments, run, set the exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    k8sgen::cli::main()
}
