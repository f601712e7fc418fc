//! The last row, as somebody keeps it elsewhere.

use crate::hex::unhex;
use std::str::FromStr;

/// The last row. Kept elsewhere, it shows later whether what came before is still the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The chain.
    pub chain: String,
    /// The row's number.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
}

/// What somebody kept of a [`Head`], elsewhere than in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The row's number.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
}

impl FromStr for Kept {
    type Err = &'static str;

    /// `SEQ:HASH`, as it is printed.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let said = "must be SEQ:HASH, as a verification prints it: a number and 64 hexadecimal digits";
        let (seq, digits) = text.split_once(':').ok_or(said)?;
        let hash = unhex(digits).and_then(|bytes| bytes.try_into().ok()).ok_or(said)?;
        Ok(Self { seq: seq.parse().map_err(|_| said)?, hash })
    }
}
