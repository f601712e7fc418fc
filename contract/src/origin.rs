//! Origins of web pages, as a browser says them in the header `Origin`; and the patterns of them that playback tokens may have.

/// A scheme, a host, a port where it is not the usual one: no path, no slash at the end.
pub fn is_origin(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let (host, port) = rest.rsplit_once(':').unwrap_or((rest, "1"));
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    let inside = |host: &str| !host.is_empty() && host.bytes().all(letter) && !host.starts_with(['.', '-']) && !host.ends_with(['.', '-']);
    inside(host) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

/// The same, or one with `*.` for any subdomain: `https://*.example.com`.
pub fn is_pattern(text: &str) -> bool {
    is_origin(&text.replacen("://*.", "://", 1))
}

/// Is the origin one of those that are meant? None are all, and so is `*`.
pub fn let_in<'a>(mut patterns: impl ExactSizeIterator<Item = &'a str>, origin: &str) -> bool {
    patterns.len() == 0 || patterns.any(|pattern| pattern == "*" || fits(pattern, origin))
}

/// A pattern does not mean the domain itself.
fn fits(pattern: &str, origin: &str) -> bool {
    match pattern.split_once("*.") {
        Some((scheme, domain)) => {
            let host = origin.strip_prefix(scheme).and_then(|host| host.strip_suffix(domain));
            host.is_some_and(|host| host.len() > 1 && host.ends_with('.'))
        }
        None => pattern == origin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_a_browser_says() {
        for origin in ["https://www.example.com", "http://localhost:8080", "https://a-b.example"] {
            assert!(is_origin(origin) && is_pattern(origin), "{origin}");
        }
        for other in [
            "www.example.com",
            "https://",
            "https://example.com/",
            "https://example.com/a",
            "https://u@example.com",
            "https://example.com:x",
            "https://Example.com",
            "https://a:0",
            "https://a.*.com",
        ] {
            assert!(!is_origin(other) && !is_pattern(other), "{other}");
        }
        assert!(!is_origin("https://*.example.com") && is_pattern("https://*.example.com"));
    }

    #[test]
    fn a_pattern_means_subdomains_and_no_domain_that_only_ends_like_it() {
        let fits = |origin| fits("https://*.example.com", origin);
        assert!(fits("https://www.example.com") && fits("https://a.b.example.com"));
        for other in ["https://example.com", "https://notexample.com", "http://www.example.com", "https://www.example.com.evil.net", "null"]
        {
            assert!(!fits(other), "{other}");
        }
        assert!(
            super::fits("https://example.com", "https://example.com") && !super::fits("https://example.com", "https://example.com:8443")
        );
    }
}
