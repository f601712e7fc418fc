//! Ids and secrets, from a seed: the same requests in the same order make the same resources.
//!
//! Forms: `docs/ivs-behaviour.md` 2.2. This is no source of real secrets; nothing the emulator guards is worth one.

const ALNUM: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const HEX: &[u8] = b"0123456789abcdef";

/// A small generator (splitmix64).
#[derive(Clone, Debug)]
pub struct Ids(u64);

impl Ids {
    /// One that begins at a seed.
    pub const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length).map(|_| char::from(alphabet[self.number() as usize % alphabet.len()])).collect()
    }

    /// Letters and digits.
    pub fn alnum(&mut self, length: usize) -> String {
        self.text(ALNUM, length)
    }

    /// Hexadecimal digits, lower case.
    pub fn hex(&mut self, length: usize) -> String {
        self.text(HEX, length)
    }

    /// A UUID, as request ids are.
    pub fn uuid(&mut self) -> String {
        let hex = self.hex(30);
        format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[12..15], &hex[15..18], &hex[18..])
    }
}

/// Spreads a number over all 64 bits.
pub(crate) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// A number that stands for a text, the same on every machine and in every release (FNV-1a).
pub(crate) fn hash(text: &str) -> u64 {
    mix(text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let ids = |seed| {
            let mut ids = Ids::seeded(seed);
            (ids.alnum(12), ids.hex(12), ids.uuid())
        };
        assert_eq!(ids(7), ids(7));
        assert_ne!(ids(7), ids(8));
        let (alnum, hex, uuid) = ids(7);
        assert_eq!((alnum.len(), hex.len(), uuid.len()), (12, 12, 36));
        assert!(uuid.split('-').map(str::len).eq([8, 4, 4, 4, 12]));
    }
}
