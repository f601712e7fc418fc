//! A text that is read from a file of the person's.

use crate::view::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Event, File, HtmlInputElement};

/// The button that asks for the file. `name` says what is read from it, for those who do not see what stands around it.
pub(crate) fn file_button(name: &'static str, accept: &'static str, on: impl Fn(File) + 'static) -> View {
    let chosen = move |event: Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let file = input.files().and_then(|files| files.get(0));
        // The same file again is another choice.
        input.set_value("");
        file.into_iter().for_each(&on);
    };
    view! { <label class="btn quiet small file">"Read from a file…" <input type="file" accept=accept aria-label=name on:change=chosen/></label> }
}

/// What is in it, of at most so many bytes.
///
/// # Errors
/// Why it was not read, for the person; `what` is what it would have been, as `a key`.
pub(crate) async fn read_text(file: File, most: f64, what: &'static str) -> Result<String, String> {
    if file.size() > most {
        return Err(format!("That file is too large for {what}."));
    }
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    text.ok_or_else(|| "The file could not be read.".to_owned())
}
