//! Sealing what a cookie carries: whoever has it can neither read it nor change it, nor use it as another cookie.

use crate::hex::{hex, unhex};
use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

/// Bytes of a key.
const KEY: usize = 32;
/// Bytes of a nonce.
const NONCE: usize = 12;
/// The first byte of what is sealed: another form gets another one.
const FORM: u8 = 1;

/// The keys: the first one seals, each of them opens. So a key is replaced by putting another one before it, and taking it out
/// when no session of it can be left.
pub struct Keyring(Vec<RandomizedNonceKey>);

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} keys", self.0.len())
    }
}

impl Keyring {
    /// The keys of a file: 64 hexadecimal digits a line.
    ///
    /// # Errors
    /// In words, why it cannot be used; never with what stands in it.
    pub fn read(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| format!("{shown} cannot be read: {error}."))?;
        let lines = text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let keys = lines.map(|(at, line)| {
            parse(line).ok_or_else(|| format!("Line {} of {shown} is no key: 64 hexadecimal digits, not all alike.", at + 1))
        });
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() { Err(format!("{shown} holds no key.")) } else { Ok(Self(keys)) }
    }

    /// The keys of a file, which is made with a key of its own where there is none: for its owner alone.
    ///
    /// # Errors
    /// As [`Self::read`]; it cannot be made.
    pub fn kept(path: &Path) -> Result<Self, String> {
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Ok(mut file) => {
                let written = writeln!(file, "{}", hex(&random::<KEY>())).and_then(|()| file.sync_all());
                written.map_err(|error| format!("{} cannot be written: {error}.", path.display()))?;
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(format!("{} cannot be made: {error}.", path.display())),
        }
        let mode = std::fs::metadata(path).map_or(0, |file| file.mode() & 0o777);
        if mode & 0o077 != 0 {
            let shown = path.display();
            return Err(format!("Others than its owner may read {shown} (mode {mode:o}), and so be anybody. Delete it: another is made."));
        }
        Self::read(path)
    }

    /// Sealed for one use, which must be named when it is opened: text that a cookie can carry.
    pub fn seal(&self, used_as: &str, plain: &[u8]) -> Option<String> {
        let mut sealed = plain.to_vec();
        let nonce = self.0.first()?.seal_in_place_append_tag(Aad::from(used_as.as_bytes()), &mut sealed).ok()?;
        let mut bytes = vec![FORM];
        bytes.extend_from_slice(nonce.as_ref());
        bytes.append(&mut sealed);
        Some(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What was sealed for this use, if it was sealed with one of the keys and nobody touched it.
    pub fn open(&self, used_as: &str, sealed: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (form, rest) = bytes.split_first()?;
        let (nonce, sealed) = rest.split_at_checked(NONCE)?;
        if *form != FORM {
            return None;
        }
        self.0.iter().find_map(|key| {
            let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
            let mut bytes = sealed.to_vec();
            key.open_in_place(nonce, Aad::from(used_as.as_bytes()), &mut bytes).ok().map(|plain| plain.to_vec())
        })
    }
}

/// A key that nobody chose by hand: of one that is all zeros everybody has a copy.
fn parse(line: &str) -> Option<RandomizedNonceKey> {
    let bytes = unhex(line).filter(|bytes| bytes.len() == KEY)?;
    let alike = bytes.windows(2).filter(|pair| pair[0] == pair[1]).count();
    if alike > KEY / 2 { None } else { RandomizedNonceKey::new(&AES_256_GCM, &bytes).ok() }
}

/// So many random bytes of the system's.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::expect_used, reason = "without randomness nobody can be signed in safely, and the process must not go on")]
    getrandom::fill(&mut bytes).expect("the system has randomness");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ONE: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    const TWO: &str = "f00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    fn ring(text: &str) -> Result<Keyring, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        Keyring::read(file.path())
    }

    #[test]
    fn what_is_sealed_opens_for_its_use_alone() {
        let ring = ring(ONE).unwrap();
        let sealed = ring.seal("a", b"who").unwrap();
        assert_eq!(ring.open("a", &sealed).as_deref(), Some(&b"who"[..]));
        assert_eq!(ring.open("b", &sealed), None);
        assert_ne!(ring.seal("a", b"who").unwrap(), sealed, "each has a nonce of its own");
    }

    #[test]
    fn a_key_is_replaced_without_anybody_noticing() {
        let sealed = ring(ONE).unwrap().seal("a", b"who").unwrap();
        let both = ring(&format!("# new\n{TWO}\n\n{ONE}\n")).unwrap();
        assert!(both.open("a", &sealed).is_some());
        assert!(ring(TWO).unwrap().open("a", &both.seal("a", b"who").unwrap()).is_some(), "the first one seals");
        assert!(ring(TWO).unwrap().open("a", &sealed).is_none());
    }

    #[test]
    fn what_is_no_key_is_refused_without_being_said() {
        for bad in ["", "# nothing\n", "hunter2", &ONE[2..], &"0".repeat(64), &format!("{ONE}\nhunter2")] {
            let refused = ring(bad).unwrap_err();
            assert!(!refused.contains("hunter2"), "{refused}");
        }
    }

    #[test]
    fn a_key_of_its_own_is_made_once_and_for_the_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("session-keys");
        let sealed = Keyring::kept(&path).unwrap().seal("a", b"who").unwrap();
        assert!(Keyring::kept(&path).unwrap().open("a", &sealed).is_some(), "the same after a restart");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(Keyring::kept(&path).unwrap_err().contains("mode 644"), "others may have read it");
    }

    proptest! {
        #[test]
        fn no_other_text_opens(text in ".{0,200}") {
            prop_assert_eq!(ring(ONE).unwrap().open("a", &text), None);
        }

        #[test]
        fn no_byte_can_be_changed(at in 0usize..60, by in 1u8..=255) {
            let ring = ring(ONE).unwrap();
            let mut bytes = URL_SAFE_NO_PAD.decode(ring.seal("a", b"a session of somebody's, sealed").unwrap()).unwrap();
            prop_assert_eq!(bytes.len(), 60);
            bytes[at] ^= by;
            prop_assert_eq!(ring.open("a", &URL_SAFE_NO_PAD.encode(&bytes)), None);
        }
    }
}
