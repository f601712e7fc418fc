//! Keys on the curve P-384, which IVS wants for viewers' tokens: as PEM, by their fingerprint, and made and used by the
//! browser's own cryptography. A private key never leaves the browser.

mod der;
pub(crate) mod pair;
pub(crate) mod pem;
pub(crate) mod signer;

pub(crate) use der::is_public;

use md5::{Digest, Md5};

/// What the DER of a public key on P-384 begins with (SubjectPublicKeyInfo: id-ecPublicKey, secp384r1, an uncompressed point).
const BEGIN: [u8; 24] = [
    0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22, 0x03, 0x62,
    0x00, 0x04,
];

/// The DER of the public key with these coordinates.
fn public(point: &[u8]) -> Vec<u8> {
    [&BEGIN, point].concat()
}

/// As IVS answers it: MD5 over the DER of the public key, in pairs (`docs/ivs-behaviour.md` 2.8).
pub(crate) fn fingerprint(der: &[u8]) -> String {
    let pairs: Vec<String> = Md5::digest(der).iter().map(|byte| format!("{byte:02x}")).collect();
    pairs.join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_begins_as_the_contract_says() {
        assert_eq!(pem::to_base64(&BEGIN), contract::public_key::HEAD);
    }
}
