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
pub(crate) use value::Value;

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

/// An item of a list: the names of its members, and what was read, or what does not fit.
pub(crate) type Each<T> = (Vec<String>, Result<T, String>);

/// Reads a list, each item by itself, or one item alone: with the names of its members, since what a type does not know is passed
/// over. The list may be the member `within` of an object, as in IVS's replies. Members called as one of `without` are not read.
///
/// # Errors
/// It is not JSON.
pub(crate) fn read_each<T: DeserializeOwned>(text: &str, within: &str, without: &[&str]) -> Result<Vec<Each<T>>, String> {
    let mut value = parse(text).map_err(|error| error.to_string())?;
    if let Some(listed @ Value::List(_)) = value.take(within) {
        value = listed;
    }
    let items = if let Value::List(items) = value { items } else { vec![value] };
    let one = |mut item: Value| -> Each<T> {
        let mut names = Vec::new();
        if let Value::Object(members) = &mut item {
            names.extend(members.iter().map(|(name, _)| name.clone()));
            members.retain(|(name, _)| !without.contains(&name.as_str()));
        }
        (names, read(item).map_err(|error| error.to_string()))
    };
    Ok(items.into_iter().map(one).collect())
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

/// What [`write()`] wrote, member by member.
pub(crate) fn tree(json: &str) -> Value {
    parse(json).unwrap_or_default()
}
