//! The sessions of this process. They end with it: after a restart the new launch token signs in again.

use crate::hex::hex;
use contract::access::Rights;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Not used for so long, a session ends.
const IDLE: Duration = Duration::from_secs(12 * 60 * 60);

/// A session, by the hash of its cookie: the value itself is nowhere but in the browser.
#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) hash: String,
    pub(super) rights: Rights,
    used: Instant,
}

#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<HashMap<String, Session>>);

impl Sessions {
    /// A new one; returns the value of its cookie.
    pub(super) fn begin(&self, rights: Rights) -> String {
        let value = random();
        let hash = hash(&value);
        let mut sessions = self.lock();
        sessions.retain(|_, session| session.used.elapsed() < IDLE);
        sessions.insert(hash.clone(), Session { hash, rights, used: Instant::now() });
        value
    }

    pub(super) fn find(&self, value: &str) -> Option<Session> {
        let mut sessions = self.lock();
        let session = sessions.get_mut(&hash(value)).filter(|session| session.used.elapsed() < IDLE)?;
        session.used = Instant::now();
        Some(session.clone())
    }

    pub(super) fn change(&self, value: &str, rights: &Rights) -> bool {
        let mut sessions = self.lock();
        let Some(session) = sessions.get_mut(&hash(value)) else { return false };
        session.rights = rights.clone();
        true
    }

    /// How many last.
    pub(super) fn count(&self) -> u64 {
        self.lock().values().filter(|session| session.used.elapsed() < IDLE).count() as u64
    }

    /// Ends one; was there any?
    pub(super) fn end(&self, value: &str) -> bool {
        self.lock().remove(&hash(value)).is_some()
    }

    /// Those of the session that was used last: in this mode all sessions are one person's.
    pub(super) fn latest_rights(&self) -> Option<Rights> {
        self.lock().values().max_by_key(|session| session.used).map(|session| session.rights.clone())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 256 bits from the system, as hexadecimal digits.
pub(super) fn random() -> String {
    hex(&super::seal::random::<32>())
}

fn hash(value: &str) -> String {
    hex(&Sha256::digest(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As if so much time had passed.
    fn later(sessions: &Sessions, time: Duration) {
        sessions.lock().values_mut().for_each(|session| session.used -= time);
    }

    #[test]
    fn a_session_ends_when_it_is_not_used() {
        let sessions = Sessions::default();
        let cookie = sessions.begin(Rights { role: None, grants: Vec::new() });
        for _ in 0..2 {
            later(&sessions, IDLE - Duration::from_secs(60));
            assert!(sessions.find(&cookie).is_some(), "each use begins the time again");
        }
        later(&sessions, IDLE);
        assert!(sessions.find(&cookie).is_none());
        sessions.begin(Rights { role: None, grants: Vec::new() });
        assert_eq!(sessions.lock().len(), 1, "and it is forgotten");
    }
}
