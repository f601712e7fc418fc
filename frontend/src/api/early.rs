//! The requests that `boot.js` began while wasm was still loading: it leaves their promises on `window.__tally`,
//! keyed by path and body, and the first call that asks for the very same takes the promise over.

use gloo_net::http::Response;
use std::future::Future;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The request of this path and body, if it has been begun and nobody took it yet.
pub(super) fn take(path: &str, body: &str) -> Option<impl Future<Output = Result<Response, gloo_net::Error>> + use<>> {
    let begun = js_sys::Reflect::get(&js_sys::global(), &"__tally".into()).ok()?;
    let begun = begun.dyn_into::<js_sys::Map>().ok()?;
    let key = JsValue::from(format!("{path} {body}"));
    let promise = begun.get(&key).dyn_into::<js_sys::Promise>().ok()?;
    begun.delete(&key);
    Some(async move {
        let response = JsFuture::from(promise).await.map_err(|_| gloo_net::Error::GlooError("no answer".to_owned()))?;
        Ok(response.unchecked_into::<web_sys::Response>().into())
    })
}
