//! The public key that is typed: what it is, and what it must not be.

use crate::shared::p384::{self, pem};
use contract::{FieldError, FieldErrors};

/// Its member on IVS's wire.
pub(super) const PATH: &str = "publicKeyMaterial";

/// The key of a text, as DER.
pub(super) fn der(text: &str) -> Option<Vec<u8>> {
    pem::read("PUBLIC KEY", text).filter(|der| p384::is_public(der))
}

/// Is there a private key in it, in any of the ways in which one is written? As PEM, or as a JSON Web Key, whose private half is `d`.
pub(super) fn is_private(text: &str) -> bool {
    let plain: String = text.split_whitespace().collect();
    text.contains("PRIVATE KEY") || plain.contains("\"kty\":") && plain.contains("\"d\":")
}

/// What IVS would refuse, beside what the contract says of every text.
pub(super) fn check(text: &str) -> FieldErrors {
    let pem = text.contains("-----BEGIN PUBLIC KEY-----");
    if !pem || der(text).is_some() {
        return FieldErrors::default();
    }
    let message = "Must be an ECDSA key on the curve P-384 (secp384r1): IVS takes no other.";
    FieldErrors(vec![FieldError { field: PATH.to_owned(), message: message.to_owned() }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_curve_is_refused_and_what_is_no_pem_is_left_to_the_contract() {
        let p256 = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9\nq9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6B+dFabmdT9POxg==\n-----END PUBLIC KEY-----\n";
        assert!(check(p256).at(PATH).is_some_and(|error| error.contains("P-384")));
        assert_eq!(check("no key"), FieldErrors::default());
    }

    #[test]
    fn every_kind_of_private_key_is_known() {
        for kind in ["PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"] {
            assert!(is_private(&format!("-----BEGIN {kind}-----")), "{kind}");
        }
        assert!(is_private(r#"{"kty":"EC","crv":"P-384","d":"AAAA"}"#));
        assert!(!is_private("-----BEGIN PUBLIC KEY-----") && !is_private(r#"{"kty":"EC","x":"d"}"#));
    }
}
