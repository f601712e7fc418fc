//! Only our own names, exactly one of them. What HTTP clients cannot send goes by raw socket.

use crate::console::{HOST, ask, console, get, listening, request, routes};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const GOOD: [&str; 5] = [HOST, "localhost:4500", "LOCALHOST:4500", "[::1]:4500", "box.local"];
const BAD: [&str; 9] = [
    "127.0.0.1",
    "127.0.0.1:4501",
    "evil.example:4500",
    "localhost.evil.example:4500",
    "box.local.",
    "a@127.0.0.1:4500",
    "0.0.0.0:4500",
    "",
    "127.0.0.1:4500,x",
];

#[tokio::test]
async fn a_page_and_a_call_are_given_only_under_our_names() {
    let console = console();
    for (hosts, status) in [(&GOOD[..], 200), (&BAD[..], 421)] {
        for host in hosts {
            assert_eq!(ask(&console, request("GET", "/", &[("host", host)], "")).await.status, status, "{host}");
            assert_eq!(ask(&console, request("GET", "/healthz", &[("host", host)], "")).await.status, status, "{host}");
        }
    }
    assert_eq!(ask(&routes(), request("GET", "/", &[("host", "evil.example")], "")).await.status, 200, "without the layer it is given");
}

#[tokio::test]
async fn the_request_line_must_agree() {
    for (line, status) in [("http://127.0.0.1:4500/", 200), ("http://evil.example/", 421)] {
        assert_eq!(ask(&console(), get(line)).await.status, status, "{line}");
    }
}

/// What a socket gets for what it sends: the status line, or nothing.
async fn sent(request: &str) -> String {
    let (address, server) = listening(console()).await;
    let mut stream = TcpStream::connect(address).await.expect("connected");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer of text");
    server.abort();
    answer.lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn none_and_two_are_refused_on_the_wire() {
    let host = format!("Host: {HOST}\r\n");
    for (headers, status) in
        [(host.clone(), "200"), (String::new(), "421"), (format!("{host}{host}"), "421"), (format!("{host}Host: evil\r\n"), "421")]
    {
        let line = sent(&format!("GET / HTTP/1.1\r\n{headers}Connection: close\r\n\r\n")).await;
        assert_eq!(line.split(' ').nth(1), Some(status), "{headers:?} got {line:?}");
    }
}

#[tokio::test]
async fn what_is_not_http_gets_no_page() {
    let long = "x".repeat(40_000);
    let many = "X-A: b\r\n".repeat(100);
    for request in [
        "NONSENSE\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
        format!("GET /{long} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {HOST}\r\n{many}\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {HOST}\r\nX: a\r\n folded\r\n\r\n"),
    ] {
        let line = sent(&request).await;
        let status = line.split(' ').nth(1).unwrap_or("closed");
        assert!(["400", "414", "431", "closed"].contains(&status), "{line:?}");
    }
}
