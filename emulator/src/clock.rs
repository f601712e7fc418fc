//! Time, injected: every answer of the core depends on it only through here, so a test is exact.

use std::fmt::Debug;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Milliseconds since 1970, UTC.
pub type Millis = i64;

/// A second.
pub const SECOND: Millis = 1_000;
/// A minute.
pub const MINUTE: Millis = 60 * SECOND;
/// An hour.
pub const HOUR: Millis = 60 * MINUTE;
/// A day.
pub const DAY: Millis = 24 * HOUR;

/// Where the emulator reads the time.
pub trait Clock: Send + Sync + Debug {
    /// Now.
    fn now(&self) -> Millis;

    /// What rates are counted on. It goes on where a clock is made to stand still: callers do not stand still with it, and
    /// what they asked a second ago shall not be held against them for as long as it stands.
    fn pulse(&self) -> Millis {
        self.now()
    }

    /// Steers it; answers whether this clock can be steered so.
    fn steer(&self, _: Steer) -> bool {
        false
    }
}

/// What can be done to a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steer {
    /// Moves it on (or back, by a negative amount).
    Advance(Millis),
    /// Makes it stand still.
    Stop,
    /// Makes it go on from where it stands.
    Go,
    /// Makes it what it was in the beginning.
    Home,
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Millis {
        jiff::Timestamp::now().as_millisecond()
    }
}

/// The machine's clock until someone steers it: the clock of an emulator that is served.
#[derive(Debug, Default)]
pub struct SteeredClock(Mutex<Course>);

#[derive(Clone, Copy, Debug, Default)]
struct Course {
    ahead: Millis,
    stopped: Option<Millis>,
}

impl SteeredClock {
    fn course<T>(&self, act: impl FnOnce(&mut Course) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Course {
    fn now(self) -> Millis {
        self.stopped.unwrap_or_else(|| SystemClock.now() + self.ahead)
    }
}

impl Clock for SteeredClock {
    fn now(&self) -> Millis {
        self.course(|course| course.now())
    }

    fn pulse(&self) -> Millis {
        self.course(|course| SystemClock.now() + course.ahead)
    }

    fn steer(&self, steer: Steer) -> bool {
        self.course(|course| match steer {
            Steer::Advance(by) => {
                course.ahead += by;
                course.stopped = course.stopped.map(|at| at + by);
            }
            Steer::Stop => course.stopped = Some(course.now()),
            Steer::Go => {
                course.ahead = course.now() - SystemClock.now();
                course.stopped = None;
            }
            Steer::Home => *course = Course::default(),
        });
        true
    }
}

/// A clock that moves only when it is told to.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that stands at a time.
    pub const fn at(now: Millis) -> Self {
        Self(AtomicI64::new(now))
    }

    /// Moves on (or back, by a negative amount).
    pub fn advance(&self, by: Millis) {
        self.0.fetch_add(by, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Millis {
        self.0.load(Ordering::SeqCst)
    }

    fn steer(&self, steer: Steer) -> bool {
        match steer {
            Steer::Advance(by) => self.advance(by),
            Steer::Stop => {}
            Steer::Go | Steer::Home => return false,
        }
        true
    }
}

/// A clock that may be shared with whoever moves it.
impl<C: Clock> Clock for std::sync::Arc<C> {
    fn now(&self) -> Millis {
        self.as_ref().now()
    }

    fn pulse(&self) -> Millis {
        self.as_ref().pulse()
    }

    fn steer(&self, steer: Steer) -> bool {
        self.as_ref().steer(steer)
    }
}

/// As IVS writes times: RFC 3339 in UTC, whole seconds (`docs/ivs-behaviour.md` 2.1).
pub fn rfc3339(at: Millis) -> String {
    let at = jiff::Timestamp::from_millisecond(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steered_clock_goes_stops_and_comes_home() {
        let clock = SteeredClock::default();
        let off = || clock.now() - SystemClock.now();
        assert!(off().abs() < SECOND);
        assert!(clock.steer(Steer::Advance(HOUR)));
        assert!((off() - HOUR).abs() < SECOND);
        clock.steer(Steer::Stop);
        let stands = clock.now();
        assert!((clock.pulse() - SystemClock.now() - HOUR).abs() < SECOND);
        clock.steer(Steer::Advance(DAY));
        assert!((clock.pulse() - SystemClock.now() - HOUR - DAY).abs() < SECOND, "callers do not stand still with it");
        assert_eq!(clock.now(), stands + DAY);
        clock.steer(Steer::Go);
        assert!((off() - HOUR - DAY).abs() < SECOND, "it goes on from where it stood");
        clock.steer(Steer::Home);
        assert!(off().abs() < SECOND);
        assert!(!SystemClock.steer(Steer::Stop));
    }

    #[test]
    fn times_are_whole_seconds_in_utc() {
        assert_eq!(rfc3339(1_588_715_738_999), "2020-05-05T21:55:38Z");
        assert_eq!(rfc3339(i64::MAX), "1970-01-01T00:00:00Z", "out of range is not a panic");
    }
}
