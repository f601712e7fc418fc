//! Private keys on P-384 as DER: read as PKCS#8 (RFC 5208) or SEC1 (RFC 5915), written as the PKCS#8 that every browser reads. And
//! how a public one is told from them.

/// A private number and a coordinate have so many bytes.
const SIZE: usize = 48;

/// `id-ecPublicKey` and `secp384r1`, each with its tag and length.
const EC: [u8; 9] = [0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const P384: [u8; 7] = [0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22];

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const PARAMETERS: u8 = 0xa0;
const PUBLIC: u8 = 0xa1;
const BITS: u8 = 0x03;

/// A private key. What it holds is overwritten when it goes.
pub(super) struct Private {
    number: [u8; SIZE],
    /// x and y of the public half, where the file has them.
    pub(super) point: Option<Vec<u8>>,
}

impl Drop for Private {
    fn drop(&mut self) {
        wipe(&mut self.number);
    }
}

/// Overwrites a secret.
pub(super) fn wipe(bytes: &mut [u8]) {
    bytes.fill(0);
    // The compiler must not find that nobody reads it.
    std::hint::black_box(bytes);
}

/// Takes the first element: its tag, what is in it, and what comes after.
fn take(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0x00..=0x7f => (usize::from(*first), rest),
        0x81 => rest.split_first().map(|(length, rest)| (usize::from(*length), rest))?,
        0x82 => {
            let (length, rest) = rest.split_first_chunk::<2>()?;
            (usize::from(u16::from_be_bytes(*length)), rest)
        }
        _ => return None,
    };
    let (inside, after) = rest.split_at_checked(length)?;
    Some((*tag, inside, after))
}

/// The same of an element that must have this tag.
fn expect(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    take(der).filter(|(found, ..)| *found == tag).map(|(_, inside, after)| (inside, after))
}

/// What is between `BEGIN PRIVATE KEY` and its end.
pub(super) fn pkcs8(der: &[u8]) -> Option<Private> {
    let (inside, _) = expect(SEQUENCE, der)?;
    let (_version, rest) = expect(INTEGER, inside)?;
    let (algorithm, rest) = expect(SEQUENCE, rest)?;
    let (key, _) = expect(OCTETS, rest)?;
    (algorithm == [EC.as_slice(), &P384].concat()).then(|| sec1(key))?
}

/// What is between `BEGIN EC PRIVATE KEY` and its end.
pub(super) fn sec1(der: &[u8]) -> Option<Private> {
    let (inside, _) = expect(SEQUENCE, der)?;
    let (_version, rest) = expect(INTEGER, inside)?;
    let (digits, mut rest) = expect(OCTETS, rest)?;
    let mut key = Private { number: [0; SIZE], point: None };
    // Some writers leave leading zeros out.
    key.number.get_mut(SIZE.checked_sub(digits.len())?..)?.copy_from_slice(digits);
    while let Some((tag, inside, after)) = take(rest) {
        rest = after;
        if tag == PARAMETERS && inside != P384 {
            return None;
        }
        if tag == PUBLIC {
            let (bits, _) = expect(BITS, inside)?;
            // No unused bits; an uncompressed point.
            key.point = bits.strip_prefix(&[0, 4]).filter(|point| point.len() == 2 * SIZE).map(<[u8]>::to_vec);
        }
    }
    // Without a curve in the file, its size says which it is.
    (digits.len() <= SIZE && digits.len() > 32).then_some(key)
}

/// Is it a public key of any kind (SubjectPublicKeyInfo, RFC 5280)? A private one has a number first, or octets last.
pub(crate) fn is_public(der: &[u8]) -> bool {
    let whole = |tag, der| expect(tag, der).filter(|(_, after)| after.is_empty()).map(|(inside, _)| inside);
    let key = whole(SEQUENCE, der).and_then(|inside| expect(SEQUENCE, inside)).and_then(|(_algorithm, rest)| whole(BITS, rest));
    key.is_some()
}

fn element(tag: u8, inside: &[u8]) -> Vec<u8> {
    let length = inside.len();
    let mut der = match u8::try_from(length) {
        Ok(short) if short < 0x80 => vec![tag, short],
        Ok(long) => vec![tag, 0x81, long],
        Err(_) => {
            let [high, low] = u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes();
            vec![tag, 0x82, high, low]
        }
    };
    der.extend_from_slice(inside);
    der
}

impl Private {
    /// As PKCS#8, with the public half where it is known. To be wiped by whoever has it.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut key = [element(INTEGER, &[1]), element(OCTETS, &self.number)].concat();
        if let Some(point) = &self.point {
            let bits = element(BITS, &[&[0, 4], point.as_slice()].concat());
            key.extend(element(PUBLIC, &bits));
        }
        let mut sequence = element(SEQUENCE, &key);
        let mut octets = element(OCTETS, &sequence);
        let algorithm = element(SEQUENCE, &[EC.as_slice(), &P384].concat());
        let mut inside = [element(INTEGER, &[0]), algorithm, octets.clone()].concat();
        let der = element(SEQUENCE, &inside);
        for secret in [&mut key, &mut sequence, &mut octets, &mut inside] {
            wipe(secret);
        }
        der
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: [u8; SIZE] = [7; SIZE];
    const POINT: [u8; 2 * SIZE] = [9; 2 * SIZE];

    /// As `openssl ecparam -name secp384r1 -genkey -noout` writes it.
    fn as_sec1() -> Vec<u8> {
        let begin = [0x30, 0x81, 0xa4, 0x02, 0x01, 0x01, 0x04, 0x30];
        let public = [0xa1, 0x64, 0x03, 0x62, 0x00, 0x04];
        [begin.as_slice(), &NUMBER, &[0xa0, 0x07], &P384, &public, &POINT].concat()
    }

    /// As `openssl pkcs8 -topk8 -nocrypt` writes it.
    fn as_pkcs8() -> Vec<u8> {
        let (begin, octets) = ([0x30, 0x81, 0xb6, 0x02, 0x01, 0x00, 0x30, 0x10], [0x04, 0x81, 0x9e]);
        let key = [0x30, 0x81, 0x9b, 0x02, 0x01, 0x01, 0x04, 0x30];
        let public = [0xa1, 0x64, 0x03, 0x62, 0x00, 0x04];
        [begin.as_slice(), &EC, &P384, &octets, &key, &NUMBER, &public, &POINT].concat()
    }

    #[test]
    fn both_ways_of_writing_a_key_are_the_same_key() {
        for key in [sec1(&as_sec1()), pkcs8(&as_pkcs8())] {
            let key = key.expect("a key");
            assert_eq!((key.number, key.point.as_deref()), (NUMBER, Some(POINT.as_slice())));
            assert_eq!(key.write(), as_pkcs8());
        }
    }

    #[test]
    fn a_key_without_its_public_half_is_read_and_written() {
        let mut key = sec1(&as_sec1()).expect("a key");
        key.point = None;
        let again = pkcs8(&key.write()).expect("a key");
        assert_eq!((again.number, again.point.is_none()), (key.number, true));
    }

    #[test]
    fn a_public_key_is_told_from_a_private_one() {
        let bits = element(BITS, &[0, 4, 9, 9]);
        let of = |last: &[u8]| element(SEQUENCE, &[&element(SEQUENCE, &EC), last].concat());
        assert!(is_public(&of(&bits)));
        // Encrypted, it has its algorithm first, too.
        for no in [as_sec1(), as_pkcs8(), of(&element(OCTETS, &[7; 64])), of(&[bits.as_slice(), &bits].concat()), of(&[])] {
            assert!(!is_public(&no), "{no:?}");
        }
        assert!(!is_public(&[of(&bits), vec![7; 64]].concat()), "something behind it");
    }

    #[test]
    fn another_curve_and_what_is_broken_are_none() {
        let good = as_sec1();
        let mut other = as_pkcs8();
        // secp256k1 has an identifier of the same length.
        other[23] = 0x0a;
        assert!(pkcs8(&other).is_none());
        for cut in 0..60 {
            assert!(sec1(&good[..cut]).is_none() && pkcs8(&good[..cut]).is_none(), "{cut}");
        }
        assert!(pkcs8(&good).is_none() && sec1(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]).is_none());
    }
}
