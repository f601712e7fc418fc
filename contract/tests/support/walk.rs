//! Asks a type what members it has: a deserializer that offers every member of every structure once and notes what kind
//! of value each takes. So the comparison with the model needs no list of ours to be kept in step.

use serde::de::{self, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Every leaf of a type by its path (`channel.tags{}`, `arns[]`), with the kind of value it takes.
pub fn leaves<T: de::DeserializeOwned>() -> BTreeMap<String, &'static str> {
    let found = RefCell::new(BTreeMap::new());
    T::deserialize(Walk { found: &found, path: String::new() })
        .unwrap_or_else(|error| panic!("walking {}: {error}", std::any::type_name::<T>()));
    found.into_inner()
}

struct Walk<'f> {
    found: &'f RefCell<BTreeMap<String, &'static str>>,
    path: String,
}

impl Walk<'_> {
    fn note(&self, kind: &'static str) {
        self.found.borrow_mut().insert(self.path.clone(), kind);
    }
    fn child(&self, step: &str) -> Self {
        let dot = if self.path.is_empty() || step.starts_with(['[', '{']) { "" } else { "." };
        Walk { found: self.found, path: format!("{}{dot}{step}", self.path) }
    }
}

macro_rules! leaf {
    ($($method:ident $visit:ident $value:expr, $kind:literal;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> { self.note($kind); visitor.$visit($value) })*
    };
}

impl<'de> Deserializer<'de> for Walk<'_> {
    type Error = de::value::Error;

    leaf! {
        deserialize_bool visit_bool true, "boolean";
        deserialize_i32 visit_i32 7, "integer";
        deserialize_i64 visit_i64 7, "long";
        deserialize_str visit_str "text", "string";
        deserialize_string visit_str "text", "string";
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_seq(Once(Some(self.child("[]"))))
    }
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_map(Members { walk: self.child("{}"), names: &["key"], next: 0, entry: true })
    }
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_map(Members { walk: self, names, next: 0, entry: false })
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(de::Error::custom(format!("{} takes a kind of value that IVS's wire has none of", self.path)))
    }

    serde::forward_to_deserialize_any! { i8 i16 u8 u16 u32 u64 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct enum identifier ignored_any }
}

struct Once<'f>(Option<Walk<'f>>);

impl<'de> SeqAccess<'de> for Once<'_> {
    type Error = de::value::Error;
    fn next_element_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Self::Error> {
        self.0.take().map(|walk| seed.deserialize(walk)).transpose()
    }
}

struct Members<'f> {
    walk: Walk<'f>,
    names: &'static [&'static str],
    next: usize,
    /// A map's entry: its key is not a member's name.
    entry: bool,
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = de::value::Error;
    fn next_key_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Self::Error> {
        let name = self.names.get(self.next).copied();
        self.next += 1;
        name.map(|name| seed.deserialize(name.into_deserializer())).transpose()
    }
    fn next_value_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Self::Error> {
        let walk = if self.entry { self.walk.child("") } else { self.walk.child(self.names[self.next - 1]) };
        let path = walk.path.trim_end_matches('.').to_owned();
        seed.deserialize(Walk { path, ..walk })
    }
}
