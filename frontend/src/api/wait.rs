//! Waiting.

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Ends after so many milliseconds.
pub(crate) async fn wait(millis: i32) {
    // The timer of a page that is being left may be refused: then it never ends, and nobody waits for it any more.
    let promise = Promise::new(&mut |resolve, _| drop(window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis)));
    let _ended = JsFuture::from(promise).await;
}
