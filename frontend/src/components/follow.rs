//! Parts of a page that follow signals, all of one type.
//!
//! The framework is compiled again for each closure that stands in a view. Boxed, they are all the same to it; a page
//! has dozens, and each would cost more bytes than what it shows.

use leptos::prelude::*;

/// A part that is made again when a signal it reads changes.
pub(crate) fn follow<V: IntoView + 'static>(view: impl Fn() -> V + Send + 'static) -> AnyView {
    views(Box::new(move || view().into_any()))
}

fn views(view: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || view()).into_any()
}

/// A text that follows signals.
pub(crate) fn text<T: Into<String>>(text: impl Fn() -> T + Send + 'static) -> AnyView {
    texts(Box::new(move || text().into()))
}

fn texts(text: Box<dyn Fn() -> String + Send>) -> AnyView {
    (move || text()).into_any()
}
