//! Where the time went, for `build --timings`. Nothing is measured unless it was asked for.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// Of each group and name: the time it took, over all threads, and how often.
pub type Timings = BTreeMap<&'static str, BTreeMap<String, (Duration, usize)>>;

static TIMINGS: OnceLock<Mutex<Timings>> = OnceLock::new();

/// Measures from now on.
pub fn start() {
    TIMINGS.get_or_init(Mutex::default);
}

/// Does something, and measures it if that was asked for.
pub fn timed<T>(group: &'static str, name: &str, work: impl FnOnce() -> T) -> T {
    let Some(timings) = TIMINGS.get() else { return work() };
    let begun = Instant::now();
    let result = work();
    let took = begun.elapsed();
    // Whoever panicked while holding it had added a whole measurement or none.
    let mut timings = timings.lock().unwrap_or_else(PoisonError::into_inner);
    let (time, count) = timings.entry(group).or_default().entry(name.to_owned()).or_default();
    *time += took;
    *count += 1;
    result
}

/// All that was measured.
pub fn timings() -> Timings {
    let timings = TIMINGS.get().map(|timings| timings.lock().unwrap_or_else(PoisonError::into_inner).clone());
    timings.unwrap_or_default()
}
