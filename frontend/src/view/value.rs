//! What an attribute, a property, a class or a style is set to.

use leptos::prelude::*;
use std::borrow::Cow;

/// A value, or how to get it.
pub(crate) enum Value {
    /// None: an attribute is left out.
    Absent,
    /// An attribute is there, or is not.
    Flag(bool),
    /// A text.
    Text(Cow<'static, str>),
    /// Asked again when a signal changes that it reads.
    Follow(Box<dyn Fn() -> Value>),
}

impl Value {
    /// As an attribute says it.
    pub(super) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Absent | Self::Flag(false) => None,
            Self::Flag(true) => Some(Cow::Borrowed("")),
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Follow(value) => value().text().map(|text| Cow::Owned(text.into_owned())),
        }
    }
}

/// What can be a [`Value`].
pub(crate) trait IntoValue {
    /// The value.
    fn into_value(self) -> Value;
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        Value::Flag(self)
    }
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(self.into())
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(self.into())
    }
}

/// Numbers, as they are written in attributes.
macro_rules! numbers {
    ($($number:ty)*) => {
        $(impl IntoValue for $number {
            fn into_value(self) -> Value {
                Value::Text(self.to_string().into())
            }
        })*
    };
}
numbers! { u32 usize }

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Absent, T::into_value)
    }
}

impl<T: IntoValue, F: Fn() -> T + 'static> IntoValue for F {
    fn into_value(self) -> Value {
        Value::Follow(Box::new(move || self().into_value()))
    }
}

/// Signals are followed.
macro_rules! signals {
    ($($signal:ident)*) => {
        $(impl<T: IntoValue + Clone + Send + Sync + 'static> IntoValue for $signal<T> {
            fn into_value(self) -> Value {
                Value::Follow(Box::new(move || self.get().into_value()))
            }
        })*
    };
}
signals! { Signal RwSignal Memo }
