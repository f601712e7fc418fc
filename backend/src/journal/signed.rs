//! What is said of the journal with a key: that a row had this hash at that time, or that the rows up to it were let go on
//! purpose. Who holds the file alone can rewrite all of it, hashes included, but can say none of this anew.

use crate::hex::{hex, unhex};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use rustls_pki_types::pem::{PemObject as _, SectionKind};
use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// What stands before the 32 bytes of a public key of Ed25519 in PEM's `PUBLIC KEY` (RFC 8410, 4).
const SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// The keys of a file. What was signed with an earlier one is still known by its public key, which stands behind.
pub struct Keys {
    signing: Option<Ed25519KeyPair>,
    public: Vec<[u8; 32]>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} keys{}", self.public.len(), if self.signing.is_some() { ", one signs" } else { "" })
    }
}

impl Keys {
    /// The keys of a file of PEM: at most one `PRIVATE KEY`, which signs, and any number of `PUBLIC KEY`, all of Ed25519.
    ///
    /// # Errors
    /// In words, why it cannot be used; never with what stands in it.
    pub fn read(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        let unread = |cause: &dyn fmt::Display| format!("{shown} cannot be read: {cause}.");
        let bytes = std::fs::read(path).map_err(|error| unread(&error))?;
        let mut keys = Self { signing: None, public: Vec::new() };
        for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(&bytes) {
            let (kind, der) = section.map_err(|error| unread(&error))?;
            if kind == SectionKind::PublicKey {
                let key = der.strip_prefix(&SPKI).and_then(|key| key.try_into().ok());
                keys.public.push(key.ok_or_else(|| format!("A public key of {shown} is not one of Ed25519."))?);
            } else if kind != SectionKind::PrivateKey {
                return Err(format!("{shown} holds something that is neither a private nor a public key."));
            } else if keys.signing.is_some() {
                return Err(format!("{shown} holds two private keys: which of them signs?"));
            } else {
                let pair = Ed25519KeyPair::from_pkcs8(&der).map_err(|_| format!("The private key of {shown} is not one of Ed25519."))?;
                keys.public.push(pair.public_key().as_ref().try_into().map_err(|_| format!("{shown} holds an odd key."))?);
                keys.signing = Some(pair);
            }
        }
        if keys.public.is_empty() { Err(format!("{shown} holds no key in PEM.")) } else { Ok(keys) }
    }

    /// Is one of them there to sign with?
    pub const fn can_sign(&self) -> bool {
        self.signing.is_some()
    }

    /// Says it; `None` where no key signs.
    pub(crate) fn sign(&self, said: Said) -> Option<Statement> {
        let signature = self.signing.as_ref()?.sign(said.to_string().as_bytes());
        Some(Statement { signature: signature.as_ref().try_into().ok()?, said })
    }

    /// Was it said with one of them?
    pub fn vouch(&self, statement: &Statement) -> bool {
        let text = statement.said.to_string();
        let by = |key: &[u8; 32]| UnparsedPublicKey::new(&ED25519, key).verify(text.as_bytes(), &statement.signature).is_ok();
        self.public.iter().any(by)
    }
}

/// What a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementKind {
    /// The row had this hash.
    Checkpoint,
    /// The rows up to it, and it, were let go.
    Prune,
}

impl StatementKind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Checkpoint => "checkpoint",
            Self::Prune => "prune",
        }
    }
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What it is.
    pub kind: StatementKind,
    /// The chain.
    pub chain: String,
    /// The row's number.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
    /// When: microseconds since 1970, UTC.
    pub at: i64,
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tally.{}.1 {} {} {} {}", self.kind.as_str(), self.chain, self.seq, hex(&self.hash), self.at)
    }
}

/// What is said, and the signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What is said.
    pub said: Said,
    signature: [u8; 64],
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.said, hex(&self.signature))
    }
}

impl FromStr for Statement {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut words = text.split(' ');
        let mut next = || words.next().ok_or(());
        let kind = match next()? {
            "tally.checkpoint.1" => StatementKind::Checkpoint,
            "tally.prune.1" => StatementKind::Prune,
            _ => return Err(()),
        };
        let chain = next()?.to_owned();
        let seq = next()?.parse().map_err(drop)?;
        let hash = unhex(next()?).and_then(|hash| hash.try_into().ok()).ok_or(())?;
        let at = next()?.parse().map_err(drop)?;
        let signature = unhex(next()?).and_then(|bytes| bytes.try_into().ok()).ok_or(())?;
        if words.next().is_some() { Err(()) } else { Ok(Self { said: Said { kind, chain, seq, hash, at }, signature }) }
    }
}

impl Statement {
    /// Those that stand somewhere in a text, such as a log: a line may say anything before and after one.
    pub fn within(text: &str) -> Vec<Self> {
        let one = |line: &str| {
            let from = line.find("tally.checkpoint.1 ").or_else(|| line.find("tally.prune.1 "))?;
            let words: Vec<&str> = line[from..].split(|letter: char| !(letter.is_ascii_alphanumeric() || "-. ".contains(letter))).collect();
            let words: Vec<&str> = words.first()?.split(' ').take(6).collect();
            words.join(" ").parse().ok()
        };
        text.lines().filter_map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `openssl genpkey -algorithm ed25519`, for tests alone.
    const PRIVATE: &str =
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAjtQiVMoxnLpBPSg2q5spHDQ1i7vfPOsCSUDjn6UNNF\n-----END PRIVATE KEY-----\n";
    /// `openssl pkey -pubout` of it.
    const PUBLIC: &str =
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA7vK1rWZgRrlCTIMUs8FoynF3AphXBFyBigYoiAXclaM=\n-----END PUBLIC KEY-----\n";

    fn keys(pem: &str) -> Result<Keys, String> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), pem).expect("written");
        Keys::read(file.path())
    }

    fn said() -> Said {
        let chain = "0198f3c4-7d1e-7000-8000-000000000001".to_owned();
        Said { kind: StatementKind::Checkpoint, chain, seq: 41, hash: [7; 32], at: 1_700_000_000_000_000 }
    }

    #[test]
    fn what_the_private_key_signs_the_public_key_knows_and_nothing_else() {
        let statement = keys(PRIVATE).expect("a key").sign(said()).expect("signs");
        let public = keys(PUBLIC).expect("a key");
        assert!(public.vouch(&statement));
        assert!(!public.can_sign() && public.sign(said()).is_none());
        let text = statement.to_string();
        assert_eq!(text.parse(), Ok(statement.clone()));
        for (from, to) in [("checkpoint", "prune"), (" 41 ", " 42 "), ("0707", "0708"), ("1700000", "1700001"), ("0198f3c4", "0198f3c5")] {
            let changed: Statement = text.replacen(from, to, 1).parse().expect("still one");
            assert!(!public.vouch(&changed), "{from} for {to}");
        }
        assert!(text.replacen(' ', "  ", 1).parse::<Statement>().is_err());
    }

    #[test]
    fn a_line_of_a_log_may_say_anything_around_it() {
        let statement = keys(PRIVATE).expect("a key").sign(said()).expect("signs");
        let lines = format!(
            "{{\"message\":\"a checkpoint\",\"checkpoint\":\"{statement}\"}}\n2026-05-05 INFO checkpoint={statement} more words\nnothing\n{statement}\n"
        );
        assert_eq!(Statement::within(&lines), [statement.clone(), statement.clone(), statement]);
    }

    #[test]
    fn a_file_of_other_keys_is_refused_without_showing_it() {
        let rsa = "-----BEGIN PRIVATE KEY-----\nMIIBVAIBADANBgkqhkiG9w0BAQEFAASCAT4\n-----END PRIVATE KEY-----\n";
        for (pem, said) in [
            ("", "holds no key"),
            (rsa, "is not one of Ed25519"),
            (&*format!("{PRIVATE}{PRIVATE}"), "two private keys"),
            (&*PUBLIC.replace("MCowBQYDK2VwAyEA", "MCowBQYDK2VwAyEB"), "is not one of Ed25519"),
        ] {
            let refused = keys(pem).expect_err(said);
            assert!(refused.contains(said) || refused.contains("cannot be read"), "{refused}");
            assert!(!refused.contains("MC4CAQ"), "{refused}");
        }
        assert!(keys(&format!("{PRIVATE}{PUBLIC}")).expect("a key, and an earlier one").can_sign());
    }
}
