//! How often one person is answered: generously, and so that a script of theirs that runs wild does not use up what is there for
//! the others. A bucket of tokens for each person and kind of request.

use contract::access::Permission;
use contract::own::{Access, Route};
use contract::{ApiError, Code, Operation};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// From so many buckets on, those that are full again are forgotten.
const KEPT: usize = 1024;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    /// To see something.
    Look,
    /// To change something, or to begin a job.
    Change,
    /// A secret.
    Reveal,
}

impl Kind {
    /// By the tables.
    fn of(path: &str) -> Self {
        if let Some(route) = Route::ALL.iter().find(|route| route.path() == path) {
            return match route.access() {
                Access::Needs(Permission::Reveal) => Self::Reveal,
                Access::Needs(Permission::Operate | Permission::Manage) => Self::Change,
                Access::Needs(Permission::View)
                | Access::Anyone
                | Access::SignedIn
                | Access::NeedsThroughout(_)
                | Access::NeedsGrant(_) => Self::Look,
            };
        }
        let operation = path.rsplit('/').next().and_then(|name| name.parse::<Operation>().ok());
        if operation.is_none_or(Operation::reads) { Self::Look } else { Self::Change }
    }

    /// So many a second, and so many at once after a while without any: a page of the console asks for some dozens.
    const fn rate(self) -> (f64, f64) {
        match self {
            Self::Look => (20.0, 200.0),
            Self::Change => (5.0, 50.0),
            Self::Reveal => (1.0, 20.0),
        }
    }
}

/// Everybody's buckets.
#[derive(Debug, Default)]
pub(super) struct Pace(Mutex<HashMap<(String, Kind), Bucket>>);

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Bucket {
    fn refill(&mut self, kind: Kind, now: Instant) {
        let (rate, most) = kind.rate();
        self.tokens = (self.tokens + now.duration_since(self.at).as_secs_f64() * rate).min(most);
        self.at = now;
    }
}

impl Pace {
    /// Counts a request of this person.
    ///
    /// # Errors
    /// They have had more than their share; when to come back.
    pub(super) fn take(&self, subject: &str, path: &str) -> Result<(), ApiError> {
        self.take_at(subject, Kind::of(path), Instant::now())
    }

    fn take_at(&self, subject: &str, kind: Kind, now: Instant) -> Result<(), ApiError> {
        let (rate, most) = kind.rate();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT {
            all.retain(|(_, kind), bucket| {
                bucket.refill(*kind, now);
                bucket.tokens < kind.rate().1
            });
        }
        let bucket = all.entry((subject.to_owned(), kind)).or_insert(Bucket { tokens: most, at: now });
        bucket.refill(kind, now);
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        let wait = ((1.0 - bucket.tokens) / rate).ceil();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some seconds, and at least one")]
        let retry_after = Some(wait.max(1.0) as u32);
        let what = match kind {
            Kind::Look => "requests",
            Kind::Change => "changes",
            Kind::Reveal => "reveals",
        };
        let said = format!("You have sent more than {most} {what} within moments; {rate} a second are answered. Nothing was done.");
        Err(ApiError { retry_after, ..ApiError::new(Code::TooManyRequests, said) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn each_request_is_of_its_kind() {
        for operation in Operation::ALL {
            let kind = if operation.reads() { Kind::Look } else { Kind::Change };
            assert_eq!(Kind::of(&format!("/api/ivs/main/eu-west-1/{operation}")), kind, "{operation}");
        }
        let rows = [
            (Route::RevealStreamKey, Kind::Reveal),
            (Route::RevealStreamKeys, Kind::Reveal),
            (Route::StartJob, Kind::Change),
            (Route::GetJob, Kind::Look),
            (Route::Me, Kind::Look),
            (Route::SignOut, Kind::Look),
        ];
        rows.iter().for_each(|(route, kind)| assert_eq!(Kind::of(route.path()), *kind, "{route:?}"));
    }

    #[test]
    fn a_burst_then_so_many_a_second_and_nobody_pays_for_another() {
        let (pace, now) = (Pace::default(), Instant::now());
        let many = |subject: &str, kind, at| std::iter::repeat_with(|| pace.take_at(subject, kind, at)).take_while(Result::is_ok).count();
        for (kind, burst, second) in [(Kind::Look, 200, 20), (Kind::Change, 50, 5), (Kind::Reveal, 20, 1)] {
            assert_eq!(many("ann", kind, now), burst, "{kind:?}");
            assert_eq!(many("ann", kind, now + Duration::from_secs(1)), second, "{kind:?}");
            assert_eq!(many("ann", kind, now + Duration::from_secs(3600)), burst, "{kind:?}: an hour saves up no more");
            assert_eq!(many("bob", kind, now + Duration::from_secs(3600)), burst, "{kind:?}");
        }
        let refused = pace.take_at("bob", Kind::Reveal, now + Duration::from_secs(3600)).unwrap_err();
        assert_eq!((refused.code.status(), refused.retry_after), (429, Some(1)));
    }

    #[test]
    fn many_people_are_forgotten_and_nobody_who_is_refused() {
        let (pace, now) = (Pace::default(), Instant::now());
        while pace.take_at("ann", Kind::Look, now).is_ok() {}
        (0..5 * KEPT)
            .for_each(|at| assert!(pace.take_at(&at.to_string(), Kind::Look, now + Duration::from_millis(at as u64 / 1024)).is_ok()));
        assert!(pace.take_at("ann", Kind::Look, now).is_err());
        assert!(pace.take_at("zoe", Kind::Look, now + Duration::from_secs(60)).is_ok());
        assert!(pace.0.lock().unwrap().len() < 10, "whoever asks no more");
    }
}
