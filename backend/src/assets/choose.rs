//! Which copy of a file a browser takes, and whether it has it already.

use http::HeaderMap;
use http::header::{ACCEPT_ENCODING, IF_NONE_MATCH};

/// How the bytes on the wire are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// As in `Accept-Encoding` and `Content-Encoding`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }
}

/// Does the browser take it? Named, and not with `q=0`. A `*` is not taken at its word: plain bytes are always right.
pub(super) fn accepted(asked: &HeaderMap, encoding: Encoding) -> bool {
    let fields = asked.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    fields.flat_map(|field| field.split(',')).any(|choice| {
        let mut parts = choice.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding.name()));
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        named && weight.is_none_or(|weight| weight.parse::<f32>().is_ok_and(|weight| weight > 0.0))
    })
}

/// Does the browser hold this very copy? Weak comparison, as RFC 9110 13.1.2 has it for `If-None-Match`.
pub(super) fn matches(asked: &HeaderMap, tag: &str) -> bool {
    let fields = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    fields.flat_map(|field| field.split(',')).map(str::trim).any(|held| held == "*" || held.strip_prefix("W/").unwrap_or(held) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn with(name: http::HeaderName, value: &'static str) -> HeaderMap {
        [(name, HeaderValue::from_static(value))].into_iter().collect()
    }

    #[test]
    fn a_copy_is_sent_only_to_who_takes_it() {
        for (header, takes) in [
            ("br", true),
            ("gzip, BR", true),
            ("gzip;q=1.0, br;q=0.5", true),
            ("br;q=0", false),
            ("gzip", false),
            ("*", false),
            ("brr", false),
        ] {
            assert_eq!(accepted(&with(ACCEPT_ENCODING, header), Encoding::Brotli), takes, "{header}");
        }
        assert!(!accepted(&HeaderMap::new(), Encoding::Gzip));
    }

    #[test]
    fn a_held_copy_is_known_by_its_tag() {
        for (header, held) in
            [("\"a-br\"", true), ("W/\"a-br\"", true), ("\"b\", \"a-br\"", true), ("*", true), ("\"a\"", false), ("a-br", false)]
        {
            assert_eq!(matches(&with(IF_NONE_MATCH, header), "\"a-br\""), held, "{header}");
        }
    }
}
