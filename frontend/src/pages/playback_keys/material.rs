//! The public key that is typed: what it is, and what it must not be.

use crate::shared::p384::{self, pem};
use contract::public_key;

/// Its member on IVS's wire.
pub(super) const PATH: &str = "publicKeyMaterial";

const LABEL: &str = "PUBLIC KEY";

/// So many letters of base64 or hexadecimal on end may be a private number: those of P-384 have 64 and more, those of the shortest
/// curves 43.
const LONG: usize = 40;

/// The key of a text, as DER; `None` where anything is beside it.
pub(super) fn der(text: &str) -> Option<Vec<u8>> {
    pem::from_base64(&public_key::letters(text)?)
}

/// What is sent of a text: its key, written anew. What is none stays as it is, so that the form says why, unless it may be private.
pub(super) fn sent(text: &str) -> String {
    match der(text) {
        Some(der) => pem::write(LABEL, &der),
        None if may_be_private(text) => String::new(),
        None => text.to_owned(),
    }
}

/// May there be a private key in it, in any of the ways in which one is written? A public key of another kind is none.
pub(super) fn may_be_private(text: &str) -> bool {
    if pem::alone(LABEL, text).is_some_and(|der| p384::is_public(&der)) {
        return false;
    }
    let letter = |letter: char| letter.is_ascii_alphanumeric() || "+/=_-:".contains(letter);
    text.to_ascii_lowercase().contains("private") || text.split(|other| !letter(other)).any(|run| run.len() >= LONG)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\nMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEd0r4mRaUNaqy2SqlVYbnLD7J+zZMS3VG\nF2QFsgS2Y9Ha3J2/ZPZ2pQqOtnxWJs/W2fWnptMlRdENUyUpMpTy2+Uub2CgC36X\nhzDdL6EsN69hvD1e/0gkQvHHAuOB86Ls\n-----END PUBLIC KEY-----\n";
    const P256: &str = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9\nq9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6B+dFabmdT9POxg==\n-----END PUBLIC KEY-----\n";
    /// As long as the number of a private key on P-384.
    const NUMBER: &str = "d0r4mRaUNaqy2SqlVYbnLD7J-zZMS3VGF2QFsgS2Y9Ha3J2_ZPZ2pQqOtnxWJs_W";

    #[test]
    fn a_key_is_sent_as_it_is_written_anew() {
        for typed in [PUBLIC.to_owned(), format!(" \r\n{}", PUBLIC.replace('\n', "\r\n")), PUBLIC.replace('\n', " ")] {
            assert_eq!(sent(&typed), PUBLIC);
            assert!(!may_be_private(&typed));
        }
    }

    #[test]
    fn what_is_no_private_key_is_left_for_the_form_to_refuse() {
        for typed in [P256, "no key", "", "-----BEGIN PUBLIC KEY-----", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5"] {
            assert!(!may_be_private(typed), "{typed}");
            assert_eq!(sent(typed), typed);
        }
    }

    #[test]
    fn every_way_in_which_a_private_key_is_written_may_be_one() {
        let kinds =
            ["PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"].map(|kind| format!("-----BEGIN {kind}-----"));
        let jwk = format!(r#"{{"kty":"EC","crv":"P-384","d":"{NUMBER}"}}"#);
        let hex = "    3f:a1:".to_owned() + &"0b:".repeat(13);
        let under_public =
            "-----BEGIN PUBLIC KEY-----\nMIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDBHzGRXhFK9sZ4CHy7E\n-----END PUBLIC KEY-----\n";
        let others = [
            jwk.clone(),
            hex,
            NUMBER.to_owned(),
            under_public.to_owned(),
            "IVS_PRIVATE_KEY=x".to_owned(),
            "Private-Lines: 3".to_owned(),
            format!("{P256}{NUMBER}"),
        ];
        for private in kinds.into_iter().chain(others) {
            for typed in [private.clone(), format!("{PUBLIC}{private}"), format!("{private}\n{PUBLIC}")] {
                assert!(may_be_private(&typed), "{typed}");
                assert_eq!(sent(&typed), "");
            }
        }
    }
}
