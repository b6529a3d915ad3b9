//! Timings for `build --timings`. Nothing is measured unless requested.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// For each group and name: the time taken, summed over all threads, and the number of calls.
pub(crate) type Timings = BTreeMap<&'static str, BTreeMap<String, (Duration, usize)>>;

static TIMINGS: OnceLock<Mutex<Timings>> = OnceLock::new();

/// Starts measuring.
pub(crate) fn start() {
    TIMINGS.get_or_init(Mutex::default);
}

/// Runs `work`, and measures it if measuring was started.
pub(crate) fn timed<T>(group: &'static str, name: &str, work: impl FnOnce() -> T) -> T {
    let Some(timings) = TIMINGS.get() else { return work() };
    let begun = Instant::now();
    let result = work();
    let took = begun.elapsed();
    // A thread that panicked while holding the lock had added a whole measurement or none.
    let mut timings = timings.lock().unwrap_or_else(PoisonError::into_inner);
    let (time, count) = timings.entry(group).or_default().entry(name.to_owned()).or_default();
    *time += took;
    *count += 1;
    result
}

/// All measurements.
pub(crate) fn timings() -> Timings {
    let timings = TIMINGS.get().map(|timings| timings.lock().unwrap_or_else(PoisonError::into_inner).clone());
    timings.unwrap_or_default()
}
