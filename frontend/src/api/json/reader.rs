//! The `Deserializer` that reads types of the contract out of a [`Value`].
//!
//! It gives a struct its members in their declared order, as formats without names do, and takes them out of the object
//! by name itself. Derived code is then a straight line of reads: the part of it that finds out which member comes next,
//! by far the larger one, is never compiled in. What the object has besides is ignored, as it should be.
//!
//! Everything that does not depend on the type is in functions that do not, because all that does is there 60 times.
//! Members cannot have `alias`, which would count as one more; types cannot be `flatten`, `tag` or `untagged`, which ask
//! a format for anything it has.

use super::{Unreadable, Value};
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};

/// A value, or that there is none.
pub(super) struct Reader(Option<Value>);

impl Reader {
    pub(super) fn of(value: Option<Value>) -> Self {
        Self(value)
    }

    fn take<T>(self, what: &str, take: fn(Value) -> Option<T>) -> Result<T, Unreadable> {
        let Some(value) = self.0 else { return Err(Unreadable::absent()) };
        take(value).ok_or_else(|| Unreadable::says(&format_args!("is not {what}")))
    }

    #[inline(never)]
    fn text(self) -> Result<String, Unreadable> {
        self.take("a text", Value::text)
    }

    #[inline(never)]
    fn list(self) -> Result<Values, Unreadable> {
        let items = self.take("a list", Value::list)?;
        Ok(Values(items.into_iter().map(Some).collect::<Vec<_>>().into_iter()))
    }

    #[inline(never)]
    fn object(self) -> Result<Vec<(String, Value)>, Unreadable> {
        self.take("an object", Value::object)
    }

    /// The members of these names, in this order.
    #[inline(never)]
    fn members(self, names: &[&str]) -> Result<Values, Unreadable> {
        let mut object = Value::Object(self.object()?);
        let members: Vec<_> = names.iter().map(|name| object.take(name)).collect();
        Ok(Values(members.into_iter()))
    }
}

/// What can be read from one kind of value alone.
macro_rules! scalars {
    ($($($method:ident)+: $visit:ident, $what:literal, $take:expr;)*) => {
        $($(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.$visit(self.take($what, $take)?)
        })+)*
    };
}

impl<'de> Deserializer<'de> for Reader {
    type Error = Unreadable;

    scalars! {
        deserialize_bool: visit_bool, "yes or no", Value::yes;
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64: visit_i64, "a whole number", Value::whole;
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64: visit_u64, "a positive whole number", Value::count;
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            None | Some(Value::Null) => visitor.visit_none(),
            Some(value) => visitor.visit_some(Self(Some(value))),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(&mut self.list()?)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_map(Entries(self.object()?.into_iter(), None))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let mut members = self.members(names)?;
        visitor.visit_seq(&mut members).map_err(|error| error.inside(names, members.0.len()))
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(self.text()?.into_deserializer())
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable::says(&"is of a type that cannot be read"))
    }

    serde::forward_to_deserialize_any! {
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

/// The items of a list, or the members of an object.
struct Values(std::vec::IntoIter<Option<Value>>);

impl<'de> SeqAccess<'de> for Values {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        let Some(value) = self.0.next() else { return Ok(None) };
        match seed.deserialize(Reader(value)) {
            Ok(value) => Ok(Some(value)),
            // Derived code puts in a default, or says that it lacks this one.
            Err(error) if error.is_absent() => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The members of an object that has any names, such as tags.
struct Entries(std::vec::IntoIter<(String, Value)>, Option<Value>);

impl<'de> MapAccess<'de> for Entries {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        let Some((name, value)) = self.0.next() else { return Ok(None) };
        self.1 = Some(value);
        seed.deserialize(Reader(Some(Value::Text(name)))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unreadable> {
        seed.deserialize(Reader(self.1.take()))
    }
}
