//! `view!`: markup, written as in Leptos, that becomes calls of the console's own `crate::view`.
//!
//! Leptos gives each piece of markup a type of its own and compiles its whole machinery again for each. A console has
//! hundreds of pieces: that was two thirds of what a browser had to load. Here an element is a value like any other, so the
//! machinery exists once. Parser and syntax are those of Leptos (`rstml`), and so are signals, components and router.
//!
//! | in the markup | what it becomes |
//! |---|---|
//! | `<div id=x>…</div>` | `el("div").attr("id", x).child(…)` |
//! | `on:click=f` | `.on(&ev::click(), f)` |
//! | `prop:value=x`, `class:old=x`, `style:height=x` | `.prop(…)`, `.class(…)`, `.style(…)` |
//! | `node_ref=x` | `.node_ref(x)` |
//! | `<Action label=x>…</Action>` | the component, built with its properties; what is inside is its `children` |
//! | `{x}`, `"text"` | a child: a text, a view, several, none, or a closure or signal that is followed |

mod node;

use proc_macro::TokenStream;

/// Markup as a `View`.
#[proc_macro]
pub fn view(markup: TokenStream) -> TokenStream {
    match rstml::parse2(markup.into()).and_then(|nodes| node::all(&nodes)) {
        Ok(tokens) => tokens.into(),
        Err(error) => error.into_compile_error().into(),
    }
}
