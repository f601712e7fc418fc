//! Values that must not be seen by chance: stream keys, SRT passphrases, timed metadata.

use serde::{Deserialize, Serialize};

/// A secret text. It has no `Display`, its `Debug` is masked, and reading it takes a word that a search finds:
/// [`Secret::expose`]. It serialises as itself, since IVS's wire needs it; replies to a browser are redacted before
/// (`Call::redact`), so none leaves but by the reveal route.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The value itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}
