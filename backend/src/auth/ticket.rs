//! What the session cookie carries: enough to answer without asking anybody, whichever replica is asked.

use super::cookie;
use super::held::Held;
use super::seal::{Keyring, random};
use crate::hex::hex;
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A browser keeps no cookie that is larger, name and attributes included.
const LARGEST: usize = 4096 - 256;

/// The least time between two cookies for the same session: each use would be one else.
const RENEWED: Duration = Duration::from_secs(300);

/// A session, as its cookie says. Times in seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ticket {
    /// Its id: random, and no secret.
    #[serde(rename = "i")]
    pub(super) id: String,
    /// Who, as in the journal.
    #[serde(rename = "s")]
    pub(super) subject: String,
    /// Who vouched for them.
    #[serde(rename = "v")]
    pub(super) issuer: String,
    /// What to call them.
    #[serde(rename = "n")]
    pub(super) display: String,
    /// What the rules gave them.
    #[serde(rename = "h")]
    pub(super) held: Held,
    /// Which rules.
    #[serde(rename = "r")]
    pub(super) rules: String,
    /// When the session began.
    #[serde(rename = "b")]
    pub(super) began: u64,
    /// When it was used, some minutes exact.
    #[serde(rename = "u")]
    pub(super) used: u64,
}

/// How long sessions last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lasts {
    pub(super) idle: Duration,
    pub(super) absolute: Duration,
}

impl Ticket {
    /// A name that no session had.
    pub(super) fn new_id() -> String {
        hex(&random::<16>())
    }

    /// The cookie's value; `None` if no browser would keep it.
    pub(super) fn sealed(&self, keys: &Keyring, host: &str) -> Option<String> {
        let plain = serde_json::to_vec(self).ok()?;
        keys.seal(&used_as(host), &plain).filter(|sealed| sealed.len() <= LARGEST)
    }

    /// What a cookie's value says, if it was sealed here.
    pub(super) fn open(keys: &Keyring, host: &str, sealed: &str) -> Option<Self> {
        serde_json::from_slice(&keys.open(&used_as(host), sealed)?).ok()
    }

    /// Has it neither lasted too long nor been left alone for too long?
    pub(super) const fn lasts(&self, lasts: Lasts, now: u64) -> bool {
        now < self.began.saturating_add(lasts.absolute.as_secs()) && now < self.used.saturating_add(lasts.idle.as_secs())
    }

    /// Is it time for a new cookie? Well before it would be taken for left alone.
    pub(super) fn is_due(&self, lasts: Lasts, now: u64) -> bool {
        now.saturating_sub(self.used) >= RENEWED.min(lasts.idle / 4).as_secs().max(1)
    }
}

fn used_as(host: &str) -> String {
    format!("{}\n1\n{host}", cookie::SESSION)
}

/// The clock, in seconds since 1970.
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::held::Given;
    use contract::access::Role;

    const LASTS: Lasts = Lasts { idle: Duration::from_secs(1800), absolute: Duration::from_secs(28_800) };

    fn ticket(held: Held) -> Ticket {
        let text = |text: &str| text.to_owned();
        let (id, rules) = (Ticket::new_id(), "0".repeat(64));
        Ticket { id, subject: text("s"), issuer: text("i"), display: text("Ann"), held, rules, began: 1000, used: 1000 }
    }

    #[test]
    fn it_lasts_while_it_is_used_and_no_longer_than_a_working_day() {
        let mut ticket = ticket(Held::default());
        assert!(ticket.lasts(LASTS, 2799) && !ticket.lasts(LASTS, 2800));
        ticket.used = 29_000;
        assert!(ticket.lasts(LASTS, 29_799) && !ticket.lasts(LASTS, 29_800));
    }

    #[test]
    fn a_cookie_is_renewed_before_it_would_be_too_old() {
        let ticket = ticket(Held::default());
        assert!(!ticket.is_due(LASTS, 1299) && ticket.is_due(LASTS, 1300));
        let short = Lasts { idle: Duration::from_secs(8), ..LASTS };
        assert!(!ticket.is_due(short, 1001) && ticket.is_due(short, 1002));
    }

    #[test]
    fn it_opens_for_its_host_alone_and_is_no_larger_than_a_browser_keeps() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keyring::kept(&folder.path().join("keys")).unwrap();
        let small = ticket(Held::default());
        let sealed = small.sealed(&keys, "tally.example.com").unwrap();
        assert_eq!(Ticket::open(&keys, "tally.example.com", &sealed), Some(small));
        assert_eq!(Ticket::open(&keys, "other.example.com", &sealed), None);
        let given =
            |at: usize| Given { role: Some(Role::Admin), grants: vec![], accounts: vec![format!("account-{at:0>24}")], regions: vec![] };
        assert!(ticket(Held::of((0..30).map(given))).sealed(&keys, "h").is_some());
        assert_eq!(ticket(Held::of((0..100).map(given))).sealed(&keys, "h"), None);
    }
}
