//! Connections, and stopping without losing anything.

use crate::console::{HOST, console, listening};
use axum::body::{Body, Bytes};
use axum::{Router, routing::get};
use backend::serve::{Waits, serve};
use futures::stream;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;

const WAITS: Waits = Waits { header: Duration::from_millis(300), answer: Duration::from_millis(300), finish: Duration::from_secs(10) };

#[tokio::test]
async fn a_half_sent_head_is_given_up_on() {
    let (address, server) = listening(console()).await;
    for half in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: 127"] {
        let mut stream = TcpStream::connect(address).await.expect("connected");
        stream.write_all(half.as_bytes()).await.expect("sent");
        let mut rest = Vec::new();
        let closed = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut rest)).await;
        assert!(closed.is_ok(), "{half:?} holds its connection");
    }
    server.abort();
}

/// Tells when the answer that holds it is given up.
struct Dropped(Arc<Notify>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

#[tokio::test]
async fn a_peer_that_does_not_read_is_given_up_on() {
    let given_up = Arc::new(Notify::new());
    let told = given_up.clone();
    // Without an end: what the sockets of both sides hold for each other is not enough to take it in.
    let endless = async move || {
        let dropped = Dropped(told.clone());
        let chunks = stream::repeat_with(move || {
            let _held = &dropped;
            Ok::<_, Infallible>(Bytes::from_static(&[0; 64 * 1024]))
        });
        Body::from_stream(chunks)
    };
    let (address, server) = listening(Router::new().route("/", get(endless))).await;
    let mut stream = TcpStream::connect(address).await.expect("connected");
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("sent");
    let gone = tokio::time::timeout(Duration::from_secs(10), given_up.notified()).await;
    assert!(gone.is_ok(), "its connection is held for good");
    server.abort();
}

#[tokio::test]
async fn a_panic_ends_one_request_and_not_the_connection() {
    let (address, server) = listening(console()).await;
    let mut stream = TcpStream::connect(address).await.expect("connected");
    let call = |path: &str, more: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: {HOST}\r\nx-tally: 1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: 2\r\n{more}\r\n{{}}"
        )
    };
    let both = call("/api/panic", "") + &call("/api/echo", "Connection: close\r\n");
    stream.write_all(both.as_bytes()).await.expect("sent");
    let mut answers = String::new();
    stream.read_to_string(&mut answers).await.expect("two answers");
    assert_eq!((answers.matches("HTTP/1.1 500").count(), answers.matches("HTTP/1.1 200").count()), (1, 1), "{answers}");
    server.abort();
}

#[tokio::test]
async fn stopping_lets_requests_and_changes_finish_and_takes_no_more() {
    let [arrived, go, stop, committed] = [(); 4].map(|()| Arc::new(Notify::new()));
    let (running, done) = (TaskTracker::new(), Arc::new(AtomicBool::new(false)));
    let app = {
        let (arrived, go, committed, running, done) = (arrived.clone(), go.clone(), committed.clone(), running.clone(), done.clone());
        Router::new().route(
            "/",
            get(async move || {
                // A change: in a task of its own, that the answer does not wait for.
                let committed = committed.clone();
                running.spawn(async move {
                    committed.notified().await;
                    done.store(true, Ordering::SeqCst);
                });
                arrived.notify_one();
                go.notified().await;
                "answered"
            }),
        )
    };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let asked = stop.clone();
    let mut server = tokio::spawn(serve(listener, app, None, async move { asked.notified().await }, running.clone(), WAITS));

    let mut stream = TcpStream::connect(address).await.expect("connected");
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("sent");
    arrived.notified().await;
    stop.notify_one();
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!server.is_finished(), "it ended with a request unanswered");
    go.notify_one();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("the answer, and the end of the connection");
    assert!(answer.ends_with("answered"), "{answer}");
    let early = tokio::time::timeout(Duration::from_millis(200), &mut server).await;
    assert!(early.is_err(), "it ended with a change under way");
    committed.notify_one();
    server.await.expect("it stops");
    assert!(done.load(Ordering::SeqCst), "a change was cut off");
}

#[tokio::test]
async fn stopping_ends_although_something_hangs() {
    let running = TaskTracker::new();
    running.spawn(std::future::pending::<()>());
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let waits = Waits { finish: Duration::from_millis(50), ..WAITS };
    let stopped = tokio::time::timeout(Duration::from_secs(10), serve(listener, Router::new(), None, async {}, running, waits)).await;
    assert!(stopped.is_ok());
}

/// The one exception to the headers on every answer: hyper refuses such a head before anything of ours sees a request. The
/// answer says nothing that a header would have to guard: it has no body, and the connection ends.
#[tokio::test]
async fn a_head_that_is_no_request_gets_an_empty_answer() {
    let (address, server) = listening(console()).await;
    let many = "a: b\r\n".repeat(100);
    let large = "x".repeat(40 * 1024);
    let rows = [
        ("nonsense", "<script>alert(1)</script>\r\n\r\n".to_owned(), "400"),
        ("a bare name", format!("GET / HTTP/1.1\r\nHost: {HOST}\r\n<b>\r\n\r\n"), "400"),
        ("two lengths", format!("POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"), "400"),
        ("many fields", format!("GET / HTTP/1.1\r\nHost: {HOST}\r\n{many}\r\n"), "431"),
        ("a large field", format!("GET / HTTP/1.1\r\nHost: {HOST}\r\na: {large}\r\n\r\n"), "431"),
    ];
    for (what, head, status) in rows {
        let mut stream = TcpStream::connect(address).await.expect("connected");
        // What is refused before it is read to its end may be cut off while it is sent.
        let _ = stream.write_all(head.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8(answer).expect("text");
        let (first, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{what}: {answer:?}"));
        assert!(first.starts_with(&format!("HTTP/1.1 {status} ")) && body.is_empty(), "{what}: {answer:?}");
        let lower = first.to_ascii_lowercase();
        assert!(lower.contains("content-length: 0") && !lower.contains("content-type"), "{what}: {answer:?}");
    }
    server.abort();
}
