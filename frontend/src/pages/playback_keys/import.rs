//! Importing a public key that somebody has: pasted, or from a file.

use super::material::{PATH, is_private};
use crate::components::fields::TextArea;
use crate::view::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::wasm_bindgen::JsCast;

/// A key is some hundred bytes.
const MOST_BYTES: f64 = 16_384.0;

/// The field. What is a private key is taken out of it at once.
pub(super) fn field(value: RwSignal<String>) -> View {
    let refused = RwSignal::new(None::<&'static str>);
    effect(move || {
        let typed = value.get();
        if is_private(&typed) {
            // Before anything shows it, or makes a command of it.
            value.set(String::new());
            refused.set(Some("That was a private key. It was taken out again: it has not been sent and is not kept here. Import the public half; with openssl: openssl ec -in private.pem -pubout"));
        } else if !typed.is_empty() {
            refused.set(None);
        }
    });
    let read = move |file: web_sys::File| {
        if file.size() > MOST_BYTES {
            refused.set(Some("That file is too large for a key."));
            return;
        }
        spawn_local(async move {
            match JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
                Some(text) => drop(value.try_set(text)),
                None => drop(refused.try_set(Some("The file could not be read."))),
            }
        });
    };
    let chosen = move |event: web_sys::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let file = input.files().and_then(|files| files.get(0));
        // The same file again is another choice.
        input.set_value("");
        file.into_iter().for_each(read);
    };
    // Else the browser would open the file in place of the page.
    let dropped = move |event: web_sys::DragEvent| {
        let file = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
        if let Some(file) = file {
            event.prevent_default();
            read(file);
        }
    };
    view! {
        <div class="drop" on:dragover=|event: web_sys::DragEvent| event.prevent_default() on:drop=dropped>
        <TextArea
            label="Public key"
            path=PATH
            value=value
            rows="6"
            example="-----BEGIN PUBLIC KEY-----"
            help="As PEM: an ECDSA key on the curve P-384. The private half stays with you."
        />
        <p class="field-action">
            <label class="btn quiet small file">"Read from a file…" <input type="file" accept=".pem,.pub,.key,.txt" aria-label="Read the public key from a file" on:change=chosen/></label>
        </p>
        </div>
        {move || refused.get().map(|why| view! { <p class="note warn" role="alert">{why}</p> })}
    }
}
