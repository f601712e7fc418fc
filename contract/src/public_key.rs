//! The public key of a playback key pair, as PEM (RFC 7468). IVS takes ECDSA keys on the curve P-384 and no others
//! (`docs/ivs-behaviour.md` 2.8), so that each is of one length and begins alike.

/// The line before it.
pub const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";

/// The line behind it.
pub const END: &str = "-----END PUBLIC KEY-----";

/// The base64 that each begins with, before x and y: SubjectPublicKeyInfo with id-ecPublicKey, secp384r1, and an
/// uncompressed point. Its 24 bytes are whole groups of letters.
pub const HEAD: &str = "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE";

/// Of the 120 bytes of the DER: they need no padding.
const LETTERS: usize = 160;

/// The base64 between the two lines, without its white space. `None` of everything but one such key with nothing but
/// white space around it: what else stands in a file with it, or in its place, may be the private half.
pub fn letters(text: &str) -> Option<String> {
    let inside = text.trim().strip_prefix(BEGIN)?.strip_suffix(END)?;
    let letters: String = inside.split_ascii_whitespace().collect();
    let base64 = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    (letters.len() == LETTERS && letters.starts_with(HEAD) && letters.bytes().all(base64)).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// x and y of the test vector of `docs/ivs-behaviour.md` 2.8.
    const POINT: &str =
        "d0r4mRaUNaqy2SqlVYbnLD7J+zZMS3VGF2QFsgS2Y9Ha3J2/ZPZ2pQqOtnxWJs/W2fWnptMlRdENUyUpMpTy2+Uub2CgC36XhzDdL6EsN69hvD1e/0gkQvHHAuOB86Ls";

    #[test]
    fn one_key_is_taken_however_its_lines_are_broken() {
        let letters_of = format!("{HEAD}{POINT}");
        let (first, rest) = letters_of.split_at(64);
        for text in [
            format!("{BEGIN}\n{letters_of}\n{END}"),
            format!("\r\n  {BEGIN}\r\n{first}\r\n {rest}\t\r\n\r\n{END}\n\n"),
            format!("{BEGIN} {first} {rest} {END}"),
        ] {
            assert_eq!(letters(&text).as_deref(), Some(letters_of.as_str()), "{text}");
        }
    }

    #[test]
    fn what_is_beside_it_or_in_its_place_is_not() {
        let key = format!("{BEGIN}\n{HEAD}{POINT}\n{END}\n");
        // The same length, as PKCS#8 begins, and as every other curve does.
        let private = format!("MIG2AgEAMBAGByqGSM49AgEGBSuBBAAi{POINT}");
        let other = HEAD.replace("ACID", "ACMD");
        for text in [
            String::new(),
            key.clone() + &key,
            format!("{key}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
            format!("{key}{POINT}"),
            format!("IVS_PRIVATE_KEY={POINT}\n{key}"),
            format!("{BEGIN}\nPrivate-Lines: 3\n{HEAD}{POINT}\n{END}"),
            format!("{BEGIN}\n{private}\n{END}"),
            format!("{BEGIN}\n{other}{POINT}\n{END}"),
            format!("{BEGIN}\n{HEAD}{POINT}AAAA\n{END}"),
            format!("{BEGIN}\n{HEAD}{}\n{END}", &POINT[4..]),
            format!("{BEGIN}\n{HEAD}{}====\n{END}", &POINT[4..]),
            format!("{BEGIN}\n{HEAD}{}\u{e4}aa\n{END}", &POINT[4..]),
            format!("{HEAD}{POINT}"),
            format!("{BEGIN}\n{HEAD}{POINT}"),
            BEGIN.to_owned(),
        ] {
            assert_eq!(letters(&text), None, "{text}");
        }
    }
}
