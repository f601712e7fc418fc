//! A private key that somebody brings: kept by the browser's own cryptography, which signs with it and gives it to nobody.

use super::der::{self, Private, wipe};
use super::pair::{algorithm, said, subtle};
use super::{fingerprint, pem, public};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;
use web_sys::wasm_bindgen::{JsCast, JsValue};

/// The key, where it cannot be taken out again, and its public half.
#[derive(Clone, Debug)]
pub(crate) struct Signer {
    private: CryptoKey,
    public: CryptoKey,
    /// As IVS answers it.
    pub(crate) fingerprint: String,
}

/// What is in a text: a key, or why not.
fn read(text: &str) -> Result<Private, &'static str> {
    if text.contains("ENCRYPTED") {
        return Err("That key is encrypted. Decrypt it first, where only you can see it: openssl pkey -in key.pem -out plain.pem");
    }
    let block = |label, read: fn(&[u8]) -> Option<Private>| {
        let mut bytes = pem::read(label, text)?;
        let key = read(&bytes).ok_or("That is no ECDSA key on the curve P-384 (secp384r1): IVS takes no other.");
        wipe(&mut bytes);
        Some(key)
    };
    if let Some(key) = block("PRIVATE KEY", der::pkcs8).or_else(|| block("EC PRIVATE KEY", der::sec1)) {
        return key;
    }
    Err(match text.contains("PUBLIC KEY") {
        true => "That is a public key. What signs is the private half of it.",
        false => "That is no private key as PEM: one begins with -----BEGIN PRIVATE KEY----- or -----BEGIN EC PRIVATE KEY-----.",
    })
}

async fn imported(format: &str, der: &[u8], extractable: bool, usage: &str) -> Result<CryptoKey, String> {
    let bytes = Uint8Array::from(der);
    let usages = Array::of1(&JsValue::from_str(usage));
    let importing = subtle()?.import_key_with_object(format, &bytes, &algorithm(&[]), extractable, &usages).map_err(said)?;
    let key = JsFuture::from(importing).await.map_err(said);
    bytes.fill(0, 0, bytes.length());
    key?.dyn_into::<CryptoKey>().map_err(said)
}

/// x and y of a key whose file lacks them. For that the browser must give it out, once; what it gives is not kept.
async fn point(pkcs8: &[u8]) -> Result<Vec<u8>, String> {
    let key = imported("pkcs8", pkcs8, true, "sign").await?;
    let jwk = JsFuture::from(subtle()?.export_key("jwk", &key).map_err(said)?).await.map_err(said)?;
    let coordinate =
        |name: &str| Reflect::get(&jwk, &JsValue::from_str(name)).ok()?.as_string().and_then(|text| pem::from_base64url(&text));
    let _ = Reflect::delete_property(jwk.unchecked_ref::<Object>(), &JsValue::from_str("d"));
    let point = coordinate("x").zip(coordinate("y")).map(|(x, y)| [x, y].concat());
    point.filter(|point| point.len() == 96).ok_or_else(|| "The browser did not say the public half of that key.".to_owned())
}

impl Signer {
    /// Takes a key out of a text, PKCS#8 or SEC1.
    ///
    /// # Errors
    /// Why there is none, for the person. Never a part of the text.
    pub(crate) async fn import(text: String) -> Result<Self, String> {
        let read = read(&text);
        wipe(&mut text.into_bytes());
        let mut key = read?;
        if key.point.is_none() {
            let mut bytes = key.write();
            let found = point(&bytes).await;
            wipe(&mut bytes);
            key.point = Some(found?);
        }
        let public = public(key.point.as_deref().unwrap_or_default());
        let mut bytes = key.write();
        let private = imported("pkcs8", &bytes, false, "sign").await;
        wipe(&mut bytes);
        let unfit = "The public half in that file is not the one of its private half.";
        let signer = Self {
            private: private.map_err(|_| unfit)?,
            public: imported("spki", &public, true, "verify").await.map_err(|_| unfit)?,
            fingerprint: fingerprint(&public),
        };
        // Not every browser compares the halves.
        let probe = signer.sign(b"probe").await?;
        if signer.verifies(b"probe", &probe).await { Ok(signer) } else { Err(unfit.to_owned()) }
    }

    /// ECDSA with SHA-384: r and s, in 96 bytes, as JOSE wants it.
    ///
    /// # Errors
    /// What the browser says.
    pub(crate) async fn sign(&self, data: &[u8]) -> Result<Vec<u8>, String> {
        let how = algorithm(&[("hash", "SHA-384")]);
        let signing = subtle()?.sign_with_object_and_u8_array(&how, &self.private, data).map_err(said)?;
        Ok(Uint8Array::new(&JsFuture::from(signing).await.map_err(said)?).to_vec())
    }

    /// Has this key signed it?
    pub(crate) async fn verifies(&self, data: &[u8], signature: &[u8]) -> bool {
        let Ok(subtle) = subtle() else { return false };
        let how = algorithm(&[("hash", "SHA-384")]);
        let Ok(verifying) = subtle.verify_with_object_and_u8_array_and_u8_array(&how, &self.public, signature, data) else { return false };
        JsFuture::from(verifying).await.is_ok_and(|fits| fits.is_truthy())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_key_is_said_without_a_part_of_it() {
        let why = |text: &str| read(text).err().unwrap_or_default();
        assert!(why("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----").contains("encrypted"));
        assert!(why("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----").contains("public key"));
        assert!(why("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----").contains("P-384"));
        assert!(why("hunter2").contains("no private key") && !why("hunter2").contains("hunter2"));
    }
}
