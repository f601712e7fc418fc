//! Why JSON is not what it should be.

use serde::de::{Error, Expected, Unexpected};
use std::fmt::{Display, Formatter, Result};

/// JSON that is not of the contract: another version of the backend, most likely. Boxed, since every member that is
/// read has code that hands it on.
#[derive(Debug)]
pub(in crate::api) struct Unreadable(Box<Why>);

#[derive(Debug)]
enum Why {
    /// There is nothing here. The object that it would be in says so, unless it can do without.
    Absent,
    /// The object lacks the member of this number.
    Lacks(usize),
    /// In words, with the way to the place.
    Says(String),
}

impl Unreadable {
    /// There is nothing here.
    #[inline(never)]
    pub(super) fn absent() -> Self {
        Self(Box::new(Why::Absent))
    }

    pub(super) fn is_absent(&self) -> bool {
        matches!(*self.0, Why::Absent)
    }

    #[inline(never)]
    pub(super) fn says(words: &dyn Display) -> Self {
        Self(Box::new(Why::Says(words.to_string())))
    }

    /// The same of the object around it, of whose members, by `names`, so many are `left` to be read.
    #[inline(never)]
    pub(super) fn inside(self, names: &[&str], left: usize) -> Self {
        let name = |number: usize| *names.get(number).unwrap_or(&"");
        match *self.0 {
            Why::Absent => self,
            Why::Lacks(number) => Self::says(&format_args!("{} is missing", name(number))),
            Why::Says(words) => Self::says(&format_args!("{}: {words}", name(names.len().saturating_sub(left + 1)))),
        }
    }
}

impl Display for Unreadable {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match &*self.0 {
            Why::Absent | Why::Lacks(_) => f.write_str("something is missing"),
            Why::Says(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for Unreadable {}

// What serde would say of itself prints every kind of value there is, floats among them.
impl Error for Unreadable {
    fn custom<T: Display>(words: T) -> Self {
        Self::says(&words)
    }

    // Derived code says this where it is not given a member that it needs: the count of those before is its number.
    #[inline(never)]
    fn invalid_length(count: usize, _: &dyn Expected) -> Self {
        Self(Box::new(Why::Lacks(count)))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::says(&format_args!("is not {expected}"))
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::says(&format_args!("is not {expected}"))
    }

    fn unknown_variant(variant: &str, _: &'static [&'static str]) -> Self {
        Self::says(&format_args!("{variant} is not known"))
    }
}
