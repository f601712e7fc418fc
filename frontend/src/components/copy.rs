//! Copying: a button that says that it did.

use super::dom;
use crate::view::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;
use web_sys::wasm_bindgen::{JsCast, JsValue};

/// Puts a text on the clipboard.
///
/// # Errors
/// What to do instead, where the browser refuses: without a secure context there is no clipboard.
pub(crate) async fn to_clipboard(text: &str) -> Result<(), &'static str> {
    let refused = "The browser refused. Select the text and copy it.";
    let navigator: JsValue = window().navigator().into();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).map_err(|_| refused)?;
    match clipboard.dyn_into::<web_sys::Clipboard>() {
        Ok(clipboard) => JsFuture::from(clipboard.write_text(text)).await.map(|_| ()).map_err(|_| refused),
        Err(_) => select_and_copy(text).ok_or(refused),
    }
}

/// The way of pages without a secure context: `http://` on another host than localhost.
fn select_and_copy(text: &str) -> Option<()> {
    let area: web_sys::HtmlTextAreaElement = document().create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    area.set_class_name("unseen");
    let focused = dom::focused();
    body()?.append_child(&area).ok()?;
    area.select();
    let copied = document().dyn_into::<web_sys::HtmlDocument>().ok()?.exec_command("copy").ok();
    area.remove();
    dom::focus(focused);
    copied.filter(|copied| *copied).map(|_| ())
}

fn body() -> Option<web_sys::HtmlElement> {
    document().body()
}

/// A button that copies what the closure gives at that moment, and says so.
#[component]
pub(crate) fn Copy(
    /// The button's name, which says what is copied: `Copy stream key`.
    #[prop(into)]
    name: String,
    /// The text.
    #[prop(into)]
    text: Signal<String>,
) -> View {
    let said = RwSignal::new("");
    let copy = move |_| {
        spawn_local(async move {
            let text = text.get_untracked();
            said.set(to_clipboard(&text).await.map_or_else(|refused| refused, |()| "Copied"));
            set_timeout(
                move || {
                    said.set("");
                },
                Duration::from_secs(2),
            );
        });
    };
    view! {
        <button type="button" class="btn quiet small copy-button" aria-label=name on:click=copy>
            "Copy"
        </button>
        <span class="said" role="status">{said}</span>
    }
}

/// Lines of code with their button.
#[component]
pub(crate) fn CodeBox(
    /// The button's name, which says what is copied: `Copy command`.
    name: &'static str,
    /// The code.
    #[prop(into)]
    text: Signal<String>,
) -> View {
    view! {
        <div class="code">
            <pre class="cli">{text}</pre>
            <Copy name=name text=text/>
        </div>
    }
}

/// A value one copies more often than reads: one line, cut at its end, with its button.
#[component]
pub(crate) fn CopyBox(
    /// What it is.
    label: &'static str,
    /// The value.
    #[prop(into)]
    text: Signal<String>,
) -> View {
    view! {
        <div class="labelled">
            <p>{label}</p>
            <div class="copy">
                <code title=text>{text}</code>
                <Copy name=format!("Copy {label}") text=text/>
            </div>
        </div>
    }
}
