//! Importing a public key that somebody has: pasted, or from a file.

use super::material::{PATH, may_be_private};
use crate::components::fields::TextArea;
use crate::components::file::{file_button, read_text};
use crate::view::prelude::*;
use leptos::task::spawn_local;

/// A key is some hundred bytes.
const MOST_BYTES: f64 = 16_384.0;

/// What is said of what may be a private key.
fn said(typed: &str) -> String {
    let what = if typed.contains("PRIVATE KEY-----") {
        "That was a private key."
    } else {
        "That may have been a private key: it is not one public key as PEM, with nothing beside it."
    };
    format!(
        "{what} It was taken out again: it has not been sent and is not kept here. Import the public half, from -----BEGIN PUBLIC KEY----- to \
         -----END PUBLIC KEY-----; with openssl: openssl ec -in private.pem -pubout"
    )
}

/// The field. What may be a private key is taken out of it at once.
pub(super) fn field(value: RwSignal<String>) -> View {
    let refused = RwSignal::new(None::<String>);
    effect(move || {
        let typed = value.get();
        if may_be_private(&typed) {
            value.set(String::new());
            refused.set(Some(said(&typed)));
        } else if !typed.is_empty() {
            refused.set(None);
        }
    });
    let read = move |file: web_sys::File| {
        spawn_local(async move {
            match read_text(file, MOST_BYTES, "a key").await {
                Ok(text) => drop(value.try_set(text)),
                Err(why) => drop(refused.try_set(Some(why))),
            }
        });
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
        <p class="field-action">{file_button("Read the public key from a file", ".pem,.pub,.key,.txt", read)}</p>
        </div>
        {move || refused.get().map(|why| view! { <p class="note warn" role="alert">{why}</p> })}
    }
}
