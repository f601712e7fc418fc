//! The front end's files: which copy, how long it is kept, and what a deep link gets.

use crate::console::{HOST, SCRIPT, ask, console, get, request};
use backend::assets::Assets;

#[tokio::test]
async fn the_smallest_copy_that_the_browser_takes() {
    let cases = [
        ("br, gzip", "br", "brotli of the app"),
        ("gzip", "gzip", "gzip of the app"),
        ("br;q=0, gzip", "gzip", "gzip of the app"),
        ("identity", "", "<!doctype html>the app"),
        ("", "", "<!doctype html>the app"),
    ];
    let mut tags = std::collections::BTreeSet::new();
    for (accepts, encoding, body) in cases {
        let answer = ask(&console(), request("GET", "/", &[("host", HOST), ("accept-encoding", accepts)], "")).await;
        assert_eq!(
            (answer.header("content-encoding"), answer.text(), answer.header("vary")),
            (encoding, body, "accept-encoding"),
            "{accepts}"
        );
        tags.insert(answer.header("etag").to_owned());
    }
    assert_eq!(tags.len(), 3, "each copy has its own tag");
}

#[tokio::test]
async fn a_held_copy_is_not_sent_again() {
    let tag = ask(&console(), get("/")).await.header("etag").to_owned();
    for (held, status) in [(&*tag, 304), ("\"other\"", 200)] {
        let answer = ask(&console(), request("GET", "/", &[("host", HOST), ("if-none-match", held)], "")).await;
        assert_eq!((answer.status.as_u16(), answer.body.is_empty()), (status, status == 304), "{held}");
        assert_eq!((answer.header("etag"), answer.header("cache-control")), (&*tag, "no-cache"));
        assert!(!answer.header("content-security-policy").is_empty());
    }
}

#[tokio::test]
async fn hashed_names_are_kept_for_ever_and_others_asked_for() {
    let forever = "public, max-age=31536000, immutable";
    let wasm = "/app-0123456789abcdef_bg.wasm";
    let script = format!("/{SCRIPT}");
    let cases = [
        (&*script, forever, "text/javascript; charset=utf-8"),
        (wasm, forever, "application/wasm"),
        ("/index.html", "no-cache", "text/html; charset=utf-8"),
        ("/favicon.svg", "no-cache", "image/svg+xml"),
        ("/nothing.js", "no-store", "application/json"),
    ];
    for (path, kept, media) in cases {
        let answer = ask(&console(), get(path)).await;
        assert_eq!((answer.header("cache-control"), answer.header("content-type")), (kept, media), "{path}");
    }
}

#[tokio::test]
async fn a_deep_link_is_the_app_and_a_file_is_itself_or_nothing() {
    for page in ["/", "/channels", "/channels/eu-west-1/AbCdEfGh1234", "/channels/", "//", "/%00", "/apixyz", "/x?y=z.js"] {
        let answer = ask(&console(), get(page)).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (200, "<!doctype html>the app"), "{page}");
    }
    for file in
        ["/nothing.js", "/channels/app.css", "/../Cargo.toml", "/..%2f..%2fetc%2fpasswd", "/.env", "/index.html.br", "/index.html.gz"]
    {
        assert_eq!(ask(&console(), get(file)).await.status, 404, "{file}");
    }
}

#[tokio::test]
async fn head_says_what_get_would() {
    let head = ask(&console(), request("HEAD", "/favicon.svg", &[("host", HOST)], "")).await;
    let whole = ask(&console(), get("/favicon.svg")).await;
    assert!(head.body.is_empty() && !whole.body.is_empty());
    for name in ["content-length", "content-type", "etag", "cache-control"] {
        assert_eq!(head.header(name), whole.header(name), "{name}");
    }
}

#[tokio::test]
async fn without_a_front_end_the_page_says_how_to_build_it() {
    let answer = ask(&Assets::new([]).under(axum::Router::new()), get("/channels")).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(answer.text().contains("cargo xtask build"));
}
