//! PEM (RFC 7468): base64 between two lines that say what it is.

use super::der::wipe;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What is between the lines of this label; `None` where there is no such thing.
pub(crate) fn read(label: &str, text: &str) -> Option<Vec<u8>> {
    let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    let inside = text.split_once(&begin)?.1.split_once(&end)?.0;
    from_base64(inside)
}

/// The same where nothing but white space is around it.
pub(crate) fn alone(label: &str, text: &str) -> Option<Vec<u8>> {
    let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    from_base64(text.trim().strip_prefix(&begin)?.strip_suffix(&end)?)
}

/// The same written, in lines of 64.
pub(crate) fn write(label: &str, der: &[u8]) -> String {
    let letters = to_base64(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    for line in letters.as_bytes().chunks(64) {
        text.extend(line.iter().map(|letter| char::from(*letter)));
        text.push('\n');
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}

/// Base64 (RFC 4648, 4), with the white space that PEM has in it; what comes after the padding is nothing.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut letters: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let bytes = decoded(&letters);
    // They may be those of a private key.
    wipe(&mut letters);
    bytes
}

fn decoded(letters: &[u8]) -> Option<Vec<u8>> {
    let end = letters.iter().position(|letter| *letter == b'=').unwrap_or(letters.len());
    let (letters, padding) = letters.split_at(end);
    if padding.len() > 2 || padding.iter().any(|letter| *letter != b'=') || letters.len() % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::with_capacity(letters.len() * 3 / 4);
    for group in letters.chunks(4) {
        let mut bits = 0_u32;
        for at in 0..4 {
            let six = match group.get(at) {
                Some(letter) => LETTERS.iter().position(|known| known == letter)?,
                None => 0,
            };
            bits = bits << 6 | u32::try_from(six).ok()?;
        }
        let three = bits.to_be_bytes();
        bytes.extend(three.get(1..group.len())?);
    }
    Some(bytes)
}

/// The same written, with its padding.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for at in 0..4 {
            let six = (bits >> (18 - 6 * at)) as usize & 63;
            text.push(if at <= group.len() { char::from(LETTERS[six]) } else { '=' });
        }
    }
    text
}

/// Base64 for URLs (RFC 4648, 5), without padding, as JOSE wants it.
pub(crate) fn to_base64url(bytes: &[u8]) -> String {
    to_base64(bytes).trim_end_matches('=').replace('+', "-").replace('/', "_")
}

/// The same read; what is ordinary base64 or has white space is none.
pub(crate) fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    text.bytes().all(letter).then(|| from_base64(&text.replace('-', "+").replace('_', "/")))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::p384;

    /// The test vector of `docs/ivs-behaviour.md` 2.8.
    const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\nMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEd0r4mRaUNaqy2SqlVYbnLD7J+zZMS3VG\nF2QFsgS2Y9Ha3J2/ZPZ2pQqOtnxWJs/W2fWnptMlRdENUyUpMpTy2+Uub2CgC36X\nhzDdL6EsN69hvD1e/0gkQvHHAuOB86Ls\n-----END PUBLIC KEY-----\n";

    #[test]
    fn the_fingerprint_is_the_one_that_ivs_answers() {
        let der = read("PUBLIC KEY", PUBLIC).expect("PEM");
        assert!(p384::is_public(&der) && der.starts_with(&p384::BEGIN));
        assert_eq!(alone("PUBLIC KEY", PUBLIC), Some(der.clone()));
        assert_eq!((alone("PUBLIC KEY", &PUBLIC.repeat(2)), alone("PUBLIC KEY", &format!("x{PUBLIC}"))), (None, None));
        assert_eq!(p384::fingerprint(&der), "1e:86:7b:9c:f6:32:1c:cb:1e:a8:a0:09:db:7f:98:b3");
        assert_eq!(write("PUBLIC KEY", &der), PUBLIC);
    }

    #[test]
    fn bytes_come_back_from_base64_whatever_their_number() {
        for length in 0..70 {
            let bytes: Vec<u8> = (0..length).map(|byte| byte * 3).collect();
            assert_eq!(from_base64url(&to_base64url(&bytes)), Some(bytes.clone()));
            assert_eq!(from_base64(&to_base64(&bytes)), Some(bytes));
        }
        assert_eq!(to_base64(b"any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw==");
    }

    #[test]
    fn what_is_no_base64_is_none() {
        assert_eq!(
            (from_base64url("a+b/"), from_base64url("YQ=="), from_base64url("Y Q"), from_base64url("--__").is_some()),
            (None, None, None, true)
        );
        for text in ["a", "ab=c", "a===", "a*b=", "ab=\u{fc}"] {
            assert_eq!(from_base64(text), None, "{text}");
        }
        assert_eq!(read("PUBLIC KEY", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"), None);
    }
}
