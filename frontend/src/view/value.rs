//! What an attribute, a property, a class or a style is set to.

use crate::signal::{Handle, Source};
use std::borrow::Cow;

/// A value.
pub(crate) enum Value {
    /// None: an attribute is left out.
    Absent,
    /// An attribute is there, or is not.
    Flag(bool),
    /// A text.
    Text(Cow<'static, str>),
}

impl Value {
    /// As an attribute says it.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Absent | Self::Flag(false) => None,
            Self::Flag(true) => Some(""),
            Self::Text(text) => Some(text),
        }
    }
}

/// A value, or how to get it.
pub(crate) enum Given {
    /// It stays.
    Once(Value),
    /// Asked again when a signal changes that it reads.
    Follow(Box<dyn Ask>),
}

impl Given {
    /// Whoever follows reads through to the end.
    fn now(self) -> Value {
        match self {
            Self::Once(value) => value,
            Self::Follow(value) => value.ask(),
        }
    }
}

/// How a value is got.
pub(crate) trait Ask {
    /// As it is now.
    fn ask(&self) -> Value;
}

impl<T: IntoValue, F: Fn() -> T> Ask for F {
    fn ask(&self) -> Value {
        self().given().now()
    }
}

impl<S: Source, T: IntoValue + Clone + 'static> Ask for Handle<S, T> {
    fn ask(&self) -> Value {
        self.get().given().now()
    }
}

/// What can be given.
pub(crate) trait IntoValue {
    /// The value, or how to get it.
    fn given(self) -> Given;
}

impl IntoValue for bool {
    fn given(self) -> Given {
        Given::Once(Value::Flag(self))
    }
}

impl IntoValue for &'static str {
    fn given(self) -> Given {
        Given::Once(Value::Text(self.into()))
    }
}

impl IntoValue for String {
    fn given(self) -> Given {
        Given::Once(Value::Text(self.into()))
    }
}

/// Numbers, as they are written in attributes.
macro_rules! numbers {
    ($($number:ty)*) => {
        $(impl IntoValue for $number {
            fn given(self) -> Given {
                self.to_string().given()
            }
        })*
    };
}
numbers! { u32 usize }

impl<T: IntoValue> IntoValue for Option<T> {
    fn given(self) -> Given {
        self.map_or(Given::Once(Value::Absent), T::given)
    }
}

impl<T: IntoValue, F: Fn() -> T + 'static> IntoValue for F {
    fn given(self) -> Given {
        Given::Follow(Box::new(self))
    }
}

impl<S: Source + 'static, T: IntoValue + Clone + 'static> IntoValue for Handle<S, T> {
    fn given(self) -> Given {
        Given::Follow(Box::new(self))
    }
}
