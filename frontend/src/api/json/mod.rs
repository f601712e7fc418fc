//! JSON to and from the contract's types. `serde_json` reads the text once, for all types; what is then generic reads a
//! type out of the [`Value`] with the least code, because every type of the contract has a copy of it.

mod reader;
#[cfg(test)]
mod tests;
mod unreadable;
mod value;

use reader::Reader;
use serde::{Serialize, de::DeserializeOwned};
pub(super) use unreadable::Unreadable;
pub(super) use value::Value;

/// Reads text that must be JSON.
///
/// # Errors
/// It is not.
pub(super) fn parse(text: &str) -> Result<Value, Unreadable> {
    serde_json::from_str(text).map_err(|error| Unreadable::says(&error))
}

/// Reads a type of the contract.
///
/// # Errors
/// What does not fit, with the path to it.
#[inline(never)]
pub(super) fn read<T: DeserializeOwned>(value: Value) -> Result<T, Unreadable> {
    T::deserialize(Reader::of(Some(value)))
}

/// Takes a member out of an object; `null` where it is absent.
pub(super) fn take(value: &mut Value, member: &str) -> Value {
    value.take(member).unwrap_or_default()
}

/// Types of the contract are always JSON: text is all that they have as keys.
#[inline(never)]
pub(crate) fn write<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
