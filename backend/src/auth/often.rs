//! How often something comes from an address, in a fixed amount of memory: addresses share slots, so that whoever has many of them
//! fills no table and drives nobody else's count out of it.

use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many addresses have a count of their own.
const SLOTS: usize = 4096;

/// At most so often from one address within a time.
#[derive(Debug)]
pub(super) struct Often {
    most: u32,
    within: Duration,
    slots: Mutex<Vec<Option<(Instant, u32)>>>,
    /// Nobody chooses whose slot they share.
    seed: RandomState,
}

impl Often {
    pub(super) fn at_most(most: u32, within: Duration) -> Self {
        Self { most, within, slots: Mutex::new(vec![None; SLOTS]), seed: RandomState::new() }
    }

    /// Once more from here: is that still within bounds? Of what has no address, each is.
    pub(super) fn once_more(&self, from: Option<IpAddr>) -> bool {
        let Some(from) = from else { return true };
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        #[expect(clippy::cast_possible_truncation, reason = "any of its bits will do")]
        let at = self.seed.hash_one(network(from)) as usize % SLOTS;
        let (since, count) = slots[at].filter(|(since, _)| since.elapsed() < self.within).unwrap_or_else(|| (Instant::now(), 0));
        slots[at] = Some((since, count.saturating_add(1)));
        count < self.most
    }
}

/// One household has a whole network of IPv6: what it changes within that is nobody else.
fn network(ip: IpAddr) -> [u16; 4] {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [a, b, c, d] = ip.octets();
            [0, 0, u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])]
        }
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            [a, b, c, d]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn each_address_has_its_own_count_until_the_time_is_over() {
        let often = Often::at_most(2, Duration::from_secs(60));
        let from = |text: &str| often.once_more(ip(text));
        assert_eq!([from("10.0.0.1"), from("10.0.0.1"), from("10.0.0.1")], [true, true, false]);
        assert!(!from("::ffff:10.0.0.1"), "the same in other words");
        assert_eq!([from("2001:db8::1"), from("2001:db8::2"), from("2001:db8::3")], [true, true, false], "one network");
        assert!(often.once_more(None) && often.once_more(None) && often.once_more(None));
        let short = Often::at_most(1, Duration::ZERO);
        assert!(short.once_more(ip("10.0.0.1")) && short.once_more(ip("10.0.0.1")));
    }

    #[test]
    fn many_addresses_drive_nobody_s_count_out() {
        let often = Often::at_most(1, Duration::from_secs(60));
        assert!(often.once_more(ip("10.0.0.1")));
        for at in 0..u16::MAX {
            let [c, d] = at.to_be_bytes();
            often.once_more(Some(IpAddr::from([11, 0, c, d])));
        }
        assert!(!often.once_more(ip("10.0.0.1")));
    }
}
