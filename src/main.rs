//! The program: parse the arguments, run, set the exit status.

use std::process::ExitCode;

/// A run asks for millions of small pieces of memory and keeps most of them to
/// its end. With the system's own allocator half of the time went to the pages.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

// The standard library asks for memory before `main`, and its first piece would
// be a huge page.
#[cfg(target_os = "linux")]
ctor::declarative::ctor! {
    #[ctor(unsafe)]
    fn before_memory() {
        k8sgen::huge_pages::wait();
    }
}

fn main() -> ExitCode {
    k8sgen::cli::main()
}
