//! The two cookies of signing in with a provider. Both are `__Host-`: only this host over https sets them, for all of its paths,
//! and no page of a sibling name can put another in their place. `__Host-Http-` says that no script did either.

use http::HeaderMap;
use http::header::COOKIE;
use std::time::Duration;

/// The session.
pub(super) const SESSION: &str = "__Host-Http-tally_s";
/// A sign-in that was begun.
pub(super) const LOGIN: &str = "__Host-Http-tally_l";

/// The values of a cookie that came with a request.
pub(super) fn values<'a>(headers: &'a HeaderMap, wanted: &'a str) -> impl Iterator<Item = &'a str> {
    // Byte by byte: what another page of the domain wrote beside it, in whatever letters, takes nobody's session away.
    let pairs = headers.get_all(COOKIE).iter().flat_map(|header| header.as_bytes().split(|byte| *byte == b';'));
    pairs.filter_map(move |pair| {
        let value = pair.trim_ascii().strip_prefix(wanted.as_bytes())?.strip_prefix(b"=")?;
        std::str::from_utf8(value).ok()
    })
}

/// Its value, where it came exactly once: of two, nobody knows who set which.
pub(super) fn value<'a>(headers: &'a HeaderMap, wanted: &'a str) -> Option<&'a str> {
    let mut all = values(headers, wanted);
    let value = all.next()?;
    all.next().is_none().then_some(value)
}

/// The session's: no request that another page began carries it.
pub(super) fn session(value: &str, lasts: Duration) -> String {
    format!("{SESSION}={value}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={}", lasts.as_secs())
}

/// The sign-in's: the provider's page sends people back here, which is a request that another page began.
pub(super) fn login(value: &str, lasts: Duration) -> String {
    format!("{LOGIN}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={}", lasts.as_secs())
}

/// Takes one back.
pub(super) fn gone(name: &str) -> String {
    format!("{name}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}
