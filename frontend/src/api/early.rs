//! The requests that `boot.js` began while wasm was still loading: it leaves their promises on `window.__tally`,
//! keyed by path and body, and the first call that asks for the very same takes the promise over.

use super::Problem;
use super::fetch::Answer;
use js_sys::Reflect;
use std::future::Future;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The answer to this path and body, if it has been asked for and nobody took it yet.
pub(super) fn take(path: &str, body: &str) -> Option<impl Future<Output = Result<Answer, Problem>> + use<>> {
    let begun = Reflect::get(&js_sys::global(), &"__tally".into()).ok()?;
    let begun = begun.dyn_into::<js_sys::Map>().ok()?;
    let key = JsValue::from(format!("{path} {body}"));
    let promise = begun.get(&key).dyn_into::<js_sys::Promise>().ok()?;
    begun.delete(&key);
    Some(async move {
        let answer = JsFuture::from(promise).await.ok();
        answer.as_ref().and_then(read).ok_or_else(|| Problem::network("no answer"))
    })
}

/// As `boot.js` leaves it: `{ status, text }`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a status has three digits")]
fn read(answer: &JsValue) -> Option<Answer> {
    let member = |name: &str| Reflect::get(answer, &name.into()).ok();
    Some(Answer { status: member("status")?.as_f64()? as u16, text: member("text")?.as_string()? })
}
