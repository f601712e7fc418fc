//! The line to a client, which a fault can cut: a server that drops a connection instead of answering.

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// In a response's extensions: it is not sent, the connection is reset.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sever;

/// Serves for ever; connections go when the future is dropped.
pub(crate) async fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    let mut lines = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => { lines.spawn(one(stream, peer, router.clone())); }
                Err(error) => refused(&error).await,
            },
            Some(_) = lines.join_next() => {}
        }
    }
}

/// A client that left before it was accepted is nothing; of too many open files some will be closed.
async fn refused(error: &io::Error) {
    if error.kind() != io::ErrorKind::ConnectionAborted {
        tracing::warn!(%error, "a connection was not accepted");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn one(stream: TcpStream, peer: SocketAddr, router: Router) {
    // An answer is one write: waiting for more only delays it. Where it cannot be set, nothing else is lost.
    let _ = stream.set_nodelay(true);
    let severed = Arc::new(AtomicBool::new(false));
    let line = Line { stream, severed: Arc::clone(&severed) };
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let (router, severed) = (router.clone(), Arc::clone(&severed));
        async move {
            let mut request: Request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
            let response: Response = match router.oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            };
            if response.extensions().get::<Sever>().is_some() {
                severed.store(true, Ordering::Relaxed);
                return Err(io::Error::from(io::ErrorKind::ConnectionReset));
            }
            Ok(response)
        }
    });
    let served = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(line), service).await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection ended");
    }
}

/// A connection that says goodbye with a reset if it was severed.
struct Line {
    stream: TcpStream,
    severed: Arc<AtomicBool>,
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.severed.load(Ordering::Relaxed) {
            // Where it fails, the connection closes in the ordinary way: still no answer.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.severed.load(Ordering::Relaxed) {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.severed.load(Ordering::Relaxed) {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
