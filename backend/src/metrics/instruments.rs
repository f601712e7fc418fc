//! What counts. A label is a text of the program, never one of a request: its type says so, and nothing that somebody sends can
//! become a series.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Upper bounds in seconds, for whatever takes its time: from an answer out of memory to the longest wait there is.
pub const BOUNDS: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// Counters, told apart by their labels.
#[derive(Debug, Default)]
pub struct Counts<const N: usize>(Mutex<BTreeMap<[&'static str; N], u64>>);

impl<const N: usize> Counts<N> {
    /// These are there from the start, at 0: of a series that begins with 1, Prometheus sees no increase.
    pub fn from_zero(all: impl IntoIterator<Item = [&'static str; N]>) -> Self {
        Self(Mutex::new(all.into_iter().map(|labels| (labels, 0)).collect()))
    }

    /// One more.
    pub fn count(&self, labels: [&'static str; N]) {
        self.add(labels, 1);
    }

    /// So many more.
    pub fn add(&self, labels: [&'static str; N], more: u64) {
        *lock(&self.0).entry(labels).or_default() += more;
    }

    /// What they are now.
    pub fn read(&self) -> BTreeMap<[&'static str; N], u64> {
        lock(&self.0).clone()
    }
}

/// How long something took, told apart by one label.
#[derive(Debug, Default)]
pub struct Times(Mutex<BTreeMap<&'static str, Spread>>);

/// How long something took: so many up to each of [`BOUNDS`] and above the one before, and in all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    pub(super) up_to: [u64; BOUNDS.len()],
    pub(super) count: u64,
    pub(super) seconds: f64,
}

impl Times {
    /// It took so long.
    pub fn took(&self, label: &'static str, time: Duration) {
        let mut all = lock(&self.0);
        let spread = all.entry(label).or_default();
        let seconds = time.as_secs_f64();
        if let Some(at) = BOUNDS.iter().position(|bound| seconds <= *bound) {
            spread.up_to[at] += 1;
        }
        spread.count += 1;
        spread.seconds += seconds;
    }

    /// What they are now.
    pub fn read(&self) -> BTreeMap<&'static str, Spread> {
        lock(&self.0).clone()
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
