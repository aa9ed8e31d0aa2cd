//! Huge pages of memory, for which the allocator asks the system. A large
//! project takes two thirds of the time with them; a small one fills three and
//! needs a sixth of that. So they wait until a project is seen to be large.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// From this many bytes of input a project is large.
const LARGE: u64 = 128 << 10;

static WAITING: AtomicBool = AtomicBool::new(false);
static READ: AtomicU64 = AtomicU64::new(0);

/// From here on the process gets none, until it reads much. What the one who
/// started it had forbidden stays forbidden. It may be called before `main`: it
/// asks the system alone.
#[cfg(target_os = "linux")]
pub fn wait() {
    use rustix::thread::{disable_transparent_huge_pages, transparent_huge_pages_are_disabled};

    let allowed = transparent_huge_pages_are_disabled().is_ok_and(|disabled| !disabled);
    if allowed && disable_transparent_huge_pages(true).is_ok() {
        WAITING.store(true, Ordering::Relaxed);
    }
}

#[cfg(not(target_os = "linux"))]
pub fn wait() {}

/// So much input comes next.
pub fn reads(bytes: u64) {
    let before = READ.fetch_add(bytes, Ordering::Relaxed);
    if before.saturating_add(bytes) >= LARGE && WAITING.swap(false, Ordering::Relaxed) {
        // Where this fails all goes on, only slower.
        #[cfg(target_os = "linux")]
        let _ = rustix::thread::disable_transparent_huge_pages(false);
    }
}
