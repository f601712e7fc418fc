//! What becomes of a setting that two may have changed.

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meanwhile {
    /// Nobody else has changed it.
    Nothing,
    /// The person did not touch it: theirs holds.
    Follow,
    /// Both want the same.
    Agree,
    /// The person decides.
    Conflict,
}

impl Meanwhile {
    pub(super) fn of(base: &str, theirs: &str, mine: &str) -> Self {
        match (theirs == base, mine == base, mine == theirs) {
            (true, ..) => Self::Nothing,
            (false, true, _) => Self::Follow,
            (false, false, true) => Self::Agree,
            (false, false, false) => Self::Conflict,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Meanwhile;

    #[test]
    fn nobody_overwrites_what_they_have_not_seen() {
        assert_eq!(Meanwhile::of("a", "a", "a"), Meanwhile::Nothing);
        assert_eq!(Meanwhile::of("a", "a", "b"), Meanwhile::Nothing, "only the person has changed it");
        assert_eq!(Meanwhile::of("a", "b", "a"), Meanwhile::Follow);
        assert_eq!(Meanwhile::of("a", "b", "b"), Meanwhile::Agree);
        assert_eq!(Meanwhile::of("a", "b", "c"), Meanwhile::Conflict);
    }
}
