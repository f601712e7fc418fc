//! Why JSON is not what it should be.

use std::fmt::{Display, Formatter, Result};

/// JSON that is not of the contract: another version of the backend, most likely.
#[derive(Debug)]
pub(in crate::api) enum Unreadable {
    /// There is nothing here. The object that it would be in says so, unless it can do without.
    Absent,
    /// The object lacks the member of this number.
    Lacks(usize),
    /// In words, with the way to the place.
    Says(String),
}

impl Unreadable {
    pub(super) fn says(words: &dyn Display) -> Self {
        Self::Says(words.to_string())
    }
}

impl Display for Unreadable {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Absent | Self::Lacks(_) => f.write_str("something is missing"),
            Self::Says(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: Display>(words: T) -> Self {
        Self::says(&words)
    }

    // Derived code says this where it is not given a member that it needs: the count of those before is its number.
    fn invalid_length(count: usize, _: &dyn serde::de::Expected) -> Self {
        Self::Lacks(count)
    }
}
