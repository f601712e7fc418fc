//! A console behind a proxy, asked over sockets: byte for byte as somebody would send it.

use crate::behind::{self, HOST, secret};
use backend::metrics::Requests;
use backend::serve::{Waits, serve};
use backend::state::State;
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::TaskTracker;

pub(crate) const SECRET: &str = "4f0c1e2d3b4a59687786a5b4c3d2e1f00123456789abcdef";

pub(crate) const RULES: &str = r#"
[[auth.rules]]
claim = "groups"
equals = "ivs-operators"
role = "operator"
[[auth.rules]]
claim = "user"
equals = "root@example.com"
role = "admin"
grants = ["auditor"]
"#;

pub(crate) struct Console {
    pub(crate) state: State,
    pub(crate) folder: TempDir,
    pub(crate) requests: Arc<Requests>,
    address: SocketAddr,
}

/// An answer: its status, and its code where it has one.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) retry_after: String,
    pub(crate) json: Value,
}

impl Answer {
    pub(crate) fn code(&self) -> &str {
        self.json["error"]["code"].as_str().unwrap_or_default()
    }
}

impl Console {
    /// `trusted`: the network from which the proxy asks.
    pub(crate) async fn trusting(trusted: &str) -> Self {
        Self::on(tempfile::tempdir().unwrap(), trusted, RULES).await
    }

    pub(crate) async fn on(folder: TempDir, trusted: &str, rules: &str) -> Self {
        let secret = secret(&folder, "proxy-secret", SECRET);
        let said = format!(
            "[auth]\nmode = \"proxy-header\"\n[proxy]\ntrusted = [{trusted:?}]\nsecret_file = {secret:?}\n\
             name_header = \"x-forwarded-preferred-username\"\nsign_out_url = \"/logout\"\n{rules}",
        );
        let (state, app) = behind::console(&folder, &said).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Requests::default());
        let app = requests.around(app);
        let waits = Waits::finishing(Duration::from_secs(1));
        tokio::spawn(serve(listener, app, None, std::future::pending(), TaskTracker::new(), waits));
        Self { state, folder, requests, address }
    }

    /// Who one is, asked with these lines in the head beside those that every request of the page has.
    pub(crate) async fn me(&self, lines: &[u8]) -> Answer {
        self.post("/api/me", lines, "{}").await
    }

    pub(crate) async fn post(&self, path: &str, lines: &[u8], body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {HOST}\r\nx-tally: 1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
            body.len()
        );
        let closes =
            if lines.to_ascii_lowercase().windows(11).any(|window| window == b"connection:") { "" } else { "Connection: close\r\n" };
        stream.write_all(&[head.as_bytes(), lines, closes.as_bytes(), b"\r\n", body.as_bytes()].concat()).await.unwrap();
        // Whoever asks for the connection to stay open ends it, once it is answered.
        let mut answer = Vec::new();
        let mut buffer = [0; 16 * 1024];
        loop {
            let read = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut buffer)).await.unwrap().unwrap_or(0);
            answer.extend_from_slice(&buffer[..read]);
            let text = String::from_utf8_lossy(&answer).into_owned();
            let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
                let length =
                    head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok());
                length.is_some_and(|length| body.len() >= length)
            });
            if read == 0 || whole {
                let status = text.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or_default();
                let json = text.split_once("\r\n\r\n").and_then(|(_, body)| serde_json::from_str(body).ok()).unwrap_or_default();
                let after = text.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("retry-after: ").map(str::to_owned));
                return Answer { status, retry_after: after.unwrap_or_default(), json };
            }
        }
    }

    pub(crate) async fn journaled(&self) -> Vec<(String, String, String)> {
        behind::journaled(&self.folder).await
    }
}
