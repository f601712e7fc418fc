//! TLS of the console's own, with a real client.

use crate::world::{HOST, World, files};
use axum::{Router, routing::get};
use backend::serve::{Waits, serve};
use backend::tls::Certificate;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_util::task::TaskTracker;

/// Who trusts this certificate and no other.
fn trusting(certificate: Vec<u8>) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(certificate.into()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    TlsConnector::from(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

async fn asked(address: SocketAddr, client: &TlsConnector) -> std::io::Result<String> {
    let stream = TcpStream::connect(address).await?;
    let mut stream = client.connect(ServerName::try_from(HOST).unwrap(), stream).await?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

async fn console(certificate: &Arc<Certificate>) -> (SocketAddr, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let waits = Waits { header: Duration::from_millis(300), answer: Duration::from_secs(5), finish: Duration::from_secs(1) };
    let app = Router::new().route("/", get(async || "hello"));
    let tls = Some(certificate.acceptor().unwrap());
    (address, tokio::spawn(serve(listener, app, tls, std::future::pending(), TaskTracker::new(), waits)))
}

#[tokio::test]
async fn it_is_answered_over_tls_and_not_without() {
    let world = World::new();
    let der = world.certify("");
    let [cert, key] = files(world.0.path());
    let (address, server) = console(&Certificate::read(&cert, &key).unwrap()).await;
    assert!(asked(address, &trusting(der)).await.unwrap().ends_with("hello"));
    assert!(asked(address, &trusting(world.certify("other-"))).await.is_err(), "the control: another certificate");
    let mut plain = TcpStream::connect(address).await.unwrap();
    plain.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    let _closed = plain.read_to_end(&mut answer).await;
    assert!(!String::from_utf8_lossy(&answer).contains("hello"));
    server.abort();
}

#[tokio::test]
async fn a_handshake_that_is_not_gone_on_with_is_given_up_on() {
    let world = World::new();
    world.certify("");
    let [cert, key] = files(world.0.path());
    let (address, server) = console(&Certificate::read(&cert, &key).unwrap()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&[22, 3, 1]).await.unwrap();
    let mut rest = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut rest)).await;
    assert!(closed.is_ok(), "it holds its connection");
    server.abort();
}

#[tokio::test]
async fn a_renewed_certificate_is_taken_without_a_restart_and_a_broken_one_is_not() {
    let world = World::new();
    let old = trusting(world.certify(""));
    let [cert, key] = files(world.0.path());
    let certificate = Certificate::read(&cert, &key).unwrap();
    let (address, server) = console(&certificate).await;
    let look = Duration::from_millis(10);
    let following = tokio::spawn(Arc::clone(&certificate).follow(look));
    assert!(asked(address, &old).await.is_ok());
    world.write("cert.pem", "no certificate", 0o644);
    for _ in 0..5 {
        assert!(asked(address, &old).await.is_ok(), "the one before goes on");
    }
    let new = trusting(world.certify(""));
    let taken = async {
        while asked(address, &new).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), taken).await.expect("the new one is taken");
    following.abort();
    server.abort();
}
