//! The front end, inside the binary: what trunk built into `dist/`, with the compressed copies made beside it.
//!
//! Names that carry a hash of their content never change and are kept for ever; everything else is asked for again each
//! time and answered 304 while it is the same. A path without a file's ending is a page of the app, so a deep link gets
//! `index.html`; a path with one is exactly a file, or nothing.

mod builds;
mod choose;

use crate::hex::hex;
use crate::http::Refusal;
use crate::journal::{Journal, JournalError};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use builds::Builds;
use choose::{Encoding, accepted, matches};
use contract::Code;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

const INDEX: &str = "index.html";
/// Shown where no front end was built in. No style and no script: the page's own policy would refuse them.
const NOT_BUILT: &str = include_str!("not_built.html");

#[derive(rust_embed::RustEmbed)]
#[folder = "../dist"]
#[allow_missing = true]
struct Dist;

/// The files of a front end, by path.
#[derive(Debug)]
pub struct Assets {
    files: HashMap<String, Asset>,
    /// Those of other builds, where consoles share a database.
    others: Option<Builds>,
}

#[derive(Debug)]
struct Asset {
    media_type: &'static str,
    immutable: bool,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    /// Of the plain bytes. The tag of a compressed copy adds its encoding: its bytes are others.
    digest: String,
}

impl Assets {
    /// Those compiled in.
    pub fn embedded() -> Self {
        Self::with_digests(Dist::iter().filter_map(|path| {
            let file = Dist::get(&path)?;
            let bytes = match file.data {
                Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                Cow::Owned(bytes) => bytes.into(),
            };
            // Known since the build: to hash them here would read what nobody may ever ask for into memory.
            Some((path.into_owned(), (bytes, file.metadata.sha256_hash())))
        }))
    }

    /// From files: `x.br` and `x.gz` are copies of `x`.
    pub fn new(files: impl IntoIterator<Item = (String, Bytes)>) -> Self {
        Self::with_digests(files.into_iter().map(|(name, bytes)| {
            let digest = Sha256::digest(&bytes).into();
            (name, (bytes, digest))
        }))
    }

    fn with_digests(files: impl IntoIterator<Item = (String, (Bytes, [u8; 32]))>) -> Self {
        let mut files: HashMap<String, (Bytes, [u8; 32])> = files.into_iter().collect();
        let names: Vec<String> = files.keys().filter(|name| !name.ends_with(".br") && !name.ends_with(".gz")).cloned().collect();
        let assets = names.into_iter().filter_map(|name| {
            let mut copy = |suffix| files.remove(&format!("{name}.{suffix}")).map(|(bytes, _)| bytes);
            let (brotli, gzip) = (copy("br"), copy("gz"));
            let (plain, digest) = files.remove(&name)?;
            let digest = hex(digest.get(..8).unwrap_or_default());
            let asset = Asset { media_type: media_type(&name), immutable: carries_hash(&name), plain, brotli, gzip, digest };
            Some((name, asset))
        });
        Self { files: assets.collect(), others: None }
    }

    /// Where consoles share a database: leaves these files for the others, and finds theirs.
    ///
    /// # Errors
    /// The database is not to be reached.
    pub async fn sharing(self, journal: &Journal) -> Result<Self, JournalError> {
        let others = if journal.is_shared() { Some(Builds::beside(&self, journal).await?) } else { None };
        Ok(Self { others, ..self })
    }

    /// Answers every path that the router knows nothing of.
    pub fn under(self, router: Router) -> Router {
        let assets = Arc::new(self);
        router.fallback(async move |request: Request| assets.answer(request.method(), request.uri().path(), request.headers()).await)
    }

    async fn answer(&self, method: &Method, path: &str, asked: &HeaderMap) -> Response {
        if path == "/api" || path.starts_with("/api/") {
            return Refusal::not_found("The API has no such route.").into_response();
        }
        if method != Method::GET && method != Method::HEAD {
            let refusal = Refusal::new(Code::MethodNotAllowed, "Pages and files are read with GET.");
            return ([(ALLOW, HeaderValue::from_static("GET, HEAD"))], refusal).into_response();
        }
        let name = path.trim_start_matches('/');
        let wants_file = name.rsplit('/').next().is_some_and(|last| last.contains('.'));
        match self.files.get(name).or_else(|| if wants_file { None } else { self.files.get(INDEX) }) {
            Some(asset) => asset.answer(method, asked),
            None if wants_file && let Some(found) = self.of_another_build(name).await => found
                .files
                .get(name)
                .map_or_else(|| Refusal::not_found("There is no such file.").into_response(), |asset| asset.answer(method, asked)),
            None if wants_file => Refusal::not_found("There is no such file.").into_response(),
            None => (StatusCode::NOT_FOUND, [(CONTENT_TYPE, media_type(INDEX))], NOT_BUILT).into_response(),
        }
    }
}

impl Assets {
    async fn of_another_build(&self, name: &str) -> Option<Arc<Self>> {
        self.others.as_ref()?.find(name).await
    }
}

impl Asset {
    fn answer(&self, method: &Method, asked: &HeaderMap) -> Response {
        let (encoding, bytes) = self.choose(asked);
        let tag = match encoding {
            Encoding::Identity => format!("\"{}\"", self.digest),
            Encoding::Brotli | Encoding::Gzip => format!("\"{}-{}\"", self.digest, encoding.name()),
        };
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        headers.insert(
            CACHE_CONTROL,
            HeaderValue::from_static(if self.immutable { "public, max-age=31536000, immutable" } else { "no-cache" }),
        );
        if self.brotli.is_some() || self.gzip.is_some() {
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(ETAG, tag);
        }
        if matches(asked, &tag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        if encoding != Encoding::Identity {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
        }
        if method == Method::GET {
            *response.body_mut() = Body::from(bytes.clone());
        }
        response
    }

    /// The smallest copy that the browser takes.
    fn choose(&self, asked: &HeaderMap) -> (Encoding, &Bytes) {
        let copies = [(Encoding::Brotli, &self.brotli), (Encoding::Gzip, &self.gzip)];
        let copy = copies
            .into_iter()
            .find_map(|(encoding, copy)| copy.as_ref().filter(|_| accepted(asked, encoding)).map(|copy| (encoding, copy)));
        copy.unwrap_or((Encoding::Identity, &self.plain))
    }
}

/// By the ending. Without the right one a browser refuses a module or a wasm stream (`nosniff`).
fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        Some(_) | None => "application/octet-stream",
    }
}

/// Does the path carry a hash: of a file, as in `boot-0123456789abcdef.js`, or of all that lies in a folder, as in
/// `app-0123456789abcdef/frontend.js`?
fn carries_hash(path: &str) -> bool {
    let is_hash = |text: &str| text.len() >= 12 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let of_file = file.rsplit_once('-').and_then(|(_, rest)| rest.split_once(['.', '_'])).is_some_and(|(hash, _)| is_hash(hash));
    of_file || folders.split('/').any(|folder| folder.rsplit_once('-').is_some_and(|(_, hash)| is_hash(hash)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        for kept in
            ["boot-0123456789abcdef.js", "x-0123456789abcdef_bg.wasm", "a-b/style-fedcba9876543210.css", "app-0123456789abcdef/x.js"]
        {
            assert!(carries_hash(kept), "{kept}");
        }
        for asked_again in ["index.html", "boot.js", "app-old.js", "favicon.svg", "app-0123456789abcdef", "x-2026.js", "app-old/x.js"] {
            assert!(!carries_hash(asked_again), "{asked_again}");
        }
    }
}
