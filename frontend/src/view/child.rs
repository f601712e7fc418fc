//! What can stand inside an element.

use super::View;
use super::follow::follow;
use crate::signal::{Handle, Source};
use leptos::oco::Oco;
use std::borrow::Cow;

/// What can stand inside an element.
pub(crate) trait Child {
    /// As it is shown.
    fn into_view(self) -> View;
}

impl Child for View {
    fn into_view(self) -> View {
        self
    }
}

impl Child for () {
    fn into_view(self) -> View {
        View::Nothing
    }
}

impl<T: Child> Child for Option<T> {
    fn into_view(self) -> View {
        self.map_or(View::Nothing, T::into_view)
    }
}

impl<T: Child> Child for Vec<T> {
    fn into_view(self) -> View {
        View::Many(self.into_iter().map(T::into_view).collect())
    }
}

impl<T: Child, F: Fn() -> T + 'static> Child for F {
    fn into_view(self) -> View {
        follow(Box::new(self))
    }
}

impl<T: Child, const N: usize> Child for [T; N] {
    fn into_view(self) -> View {
        View::Many(self.into_iter().map(T::into_view).collect())
    }
}

impl Child for Oco<'static, str> {
    fn into_view(self) -> View {
        View::text(&self)
    }
}

/// Texts.
macro_rules! texts {
    ($($text:ty)*) => {
        $(impl Child for $text {
            fn into_view(self) -> View {
                View::text(&self)
            }
        })*
    };
}
texts! { &'static str String Cow<'static, str> }

impl<S: Source + 'static, T: Child + Clone + 'static> Child for Handle<S, T> {
    fn into_view(self) -> View {
        follow(Box::new(self))
    }
}
