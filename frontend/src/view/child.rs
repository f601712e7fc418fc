//! What can stand inside an element.

use super::View;
use super::follow::follow;
use leptos::oco::Oco;
use leptos::prelude::*;
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
        follow(Box::new(move || self().into_view()))
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

/// Signals are followed.
macro_rules! signals {
    ($($signal:ident)*) => {
        $(impl<T: Child + Clone + Send + Sync + 'static> Child for $signal<T> {
            fn into_view(self) -> View {
                follow(Box::new(move || self.get().into_view()))
            }
        })*
    };
}
signals! { Signal ReadSignal RwSignal Memo }
