//! The console answers only to its own names. A page elsewhere whose name is made to point here (DNS rebinding) would
//! otherwise count as our own page in the eyes of the browser.

use super::Refusal;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::Code;
use http::HeaderMap;
use http::header::HOST;
use std::net::SocketAddr;
use std::sync::Arc;

const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// The values of `Host` that are ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// The loopback names at the port, and those of the configuration: with a port exactly so, without one at our port
    /// and at the scheme's own (behind a proxy).
    pub fn new(listen: SocketAddr, configured: &[String]) -> Self {
        let port = listen.port();
        let mut hosts: Vec<String> = LOOPBACK.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            hosts.extend(LOOPBACK.iter().map(ToString::to_string));
        }
        for host in configured.iter().map(|host| host.to_ascii_lowercase()) {
            if !has_port(&host) {
                hosts.push(format!("{host}:{port}"));
            }
            hosts.push(host);
        }
        Self(hosts)
    }

    /// Is it one of ours? Names have no case.
    pub fn contain(&self, host: &str) -> bool {
        self.0.iter().any(|known| known.eq_ignore_ascii_case(host))
    }
}

/// `name:1`, `1.2.3.4:1` or `[::1]:1`, but not `[::1]`.
fn has_port(host: &str) -> bool {
    host.rsplit_once(':').is_some_and(|(_, port)| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Refuses what is not addressed to us: no `Host`, two, another one, or a request line that says otherwise.
pub(super) async fn known_host_only(State(hosts): State<Arc<Hosts>>, request: Request, next: Next) -> Response {
    let Some(host) = single(request.headers()) else {
        return Refusal::new(Code::HostRefused, "The request needs exactly one Host header.").into_response();
    };
    let line_agrees = request.uri().authority().is_none_or(|authority| authority.as_str().eq_ignore_ascii_case(host));
    if !line_agrees || !hosts.contain(host) {
        tracing::warn!(host, "refused: not a name of this console");
        return Refusal::new(
            Code::HostRefused,
            "This console is not reached by that name. Open it by the address it printed at start, or add the name to allowed_hosts.",
        )
        .into_response();
    }
    next.run(request).await
}

fn single(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(HOST).iter();
    let host = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configured_name_counts_with_our_port_and_without() {
        let hosts = Hosts::new(([127, 0, 0, 1], 4500).into(), &["Box.local".to_owned(), "other:8443".to_owned(), "[fd00::1]".to_owned()]);
        for ours in ["127.0.0.1:4500", "LOCALHOST:4500", "[::1]:4500", "box.local", "box.local:4500", "other:8443", "[fd00::1]:4500"] {
            assert!(hosts.contain(ours), "{ours}");
        }
        for foreign in ["localhost", "127.0.0.1:4501", "box.local:4501", "other", "other:4500", "evil", "box.local.evil", ""] {
            assert!(!hosts.contain(foreign), "{foreign}");
        }
    }

    #[test]
    fn the_port_of_http_may_be_left_out() {
        assert!(Hosts::new(([127, 0, 0, 1], 80).into(), &[]).contain("localhost"));
    }
}
