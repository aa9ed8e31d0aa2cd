//! Work shared out to threads. The calling thread does the first share itself,
//! and results come in the order of the shares, whoever is done first.

use std::panic;
use std::thread::{self, ScopedJoinHandle};

/// Items in as many runs of about one length as there are threads.
pub fn even<T>(items: &[T], threads: usize) -> Vec<&[T]> {
    items.chunks(items.len().div_ceil(threads.max(1)).max(1)).collect()
}

/// What each share gives.
pub fn each<T: Sync, R: Send>(shares: &[&[T]], work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let Some((own, others)) = shares.split_first() else { return Vec::new() };
    thread::scope(|scope| {
        let work = &work;
        let running: Vec<ScopedJoinHandle<'_, R>> =
            others.iter().map(|share| scope.spawn(move || work(share))).collect();
        let mut results = vec![work(own)];
        for thread in running {
            match thread.join() {
                Ok(result) => results.push(result),
                Err(cause) => panic::resume_unwind(cause),
            }
        }
        results
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        for threads in [0, 1, 2, 3, 7, 100, 1000] {
            let results = each(&even(&items, threads), <[usize]>::to_vec);
            assert_eq!(results.concat(), items);
        }
        assert!(each(&even(&[0; 0], 3), <[i32]>::len).is_empty());
    }
}
