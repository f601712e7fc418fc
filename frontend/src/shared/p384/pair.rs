//! A pair of keys, made by the browser.

use super::pem;
use js_sys::{Array, Object, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;
use web_sys::wasm_bindgen::{JsCast, JsValue};
use web_sys::{CryptoKey, SubtleCrypto};

/// Why there is no cryptography.
pub(crate) const NOT_HERE: &str = "This browser gives its cryptography only to pages that come over HTTPS, or from this very machine.";

/// The browser's cryptography; it has none for pages that came in the clear.
pub(crate) fn subtle() -> Result<SubtleCrypto, String> {
    let crypto = window().crypto().map_err(|_| NOT_HERE.to_owned())?;
    let there = Reflect::get(&crypto, &JsValue::from_str("subtle")).is_ok_and(|subtle| subtle.is_object());
    there.then(|| crypto.subtle()).ok_or_else(|| NOT_HERE.to_owned())
}

/// What an operation on such keys is told.
pub(crate) fn algorithm(more: &[(&str, &str)]) -> Object {
    let algorithm = Object::new();
    for (name, value) in [("name", "ECDSA"), ("namedCurve", "P-384")].iter().chain(more) {
        // Setting a member of a fresh object cannot fail.
        let _ = Reflect::set(&algorithm, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    algorithm
}

/// A pair. The private half is in the browser's keeping until it is taken out.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    private: CryptoKey,
    /// The public half, as PEM.
    pub(crate) public: String,
}

impl Pair {
    /// Makes one.
    pub(crate) async fn make() -> Result<Self, String> {
        let subtle = subtle()?;
        let uses = Array::of2(&JsValue::from_str("sign"), &JsValue::from_str("verify"));
        let made = subtle.generate_key_with_object(&algorithm(&[]), true, &uses).map_err(said)?;
        let pair = JsFuture::from(made).await.map_err(said)?;
        let half = |name: &str| Reflect::get(&pair, &JsValue::from_str(name)).map_err(said)?.dyn_into::<CryptoKey>().map_err(said);
        let (private, public) = (half("privateKey")?, half("publicKey")?);
        let public = pem::write("PUBLIC KEY", &exported(&subtle, "spki", &public).await?);
        Ok(Self { private, public })
    }

    /// The private half, as PEM (PKCS#8).
    pub(crate) async fn private(self) -> Result<String, String> {
        let der = exported(&subtle()?, "pkcs8", &self.private).await?;
        Ok(pem::write("PRIVATE KEY", &der))
    }
}

async fn exported(subtle: &SubtleCrypto, format: &str, key: &CryptoKey) -> Result<Vec<u8>, String> {
    let bytes = JsFuture::from(subtle.export_key(format, key).map_err(said)?).await.map_err(said)?;
    Ok(Uint8Array::new(&bytes).to_vec())
}

/// What the browser says that went wrong.
#[expect(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
pub(crate) fn said(error: JsValue) -> String {
    let message = Reflect::get(&error, &JsValue::from_str("message")).ok().and_then(|message| message.as_string());
    message.filter(|message| !message.is_empty()).unwrap_or_else(|| "The browser's cryptography refused it.".to_owned())
}
