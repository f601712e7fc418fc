//! Accepting connections, and stopping without losing anything. A loop of our own on hyper: half-sent headers and peers
//! that do not read are given up on, connections are counted, and stopping waits for what runs.

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

/// Connections at once. The next one waits unaccepted.
const CONNECTIONS: usize = 1024;
/// Bytes of a request's head; more is answered 431.
const HEADER_BYTES: usize = 32 * 1024;
/// Header fields of a request; more is answered 431.
const HEADER_FIELDS: usize = 64;

/// How long connections are waited for.
#[derive(Clone, Copy, Debug)]
pub struct Waits {
    /// For the head of a request, from the start of the connection or the end of the answer before.
    pub header: Duration,
    /// For the peer to take some of an answer. Without it, whoever asks and does not read holds a connection for good.
    pub answer: Duration,
    /// For requests and changes that still run when the process is asked to stop.
    pub finish: Duration,
}

impl Waits {
    /// Ten seconds for a head, thirty for a peer that takes nothing.
    pub const fn finishing(finish: Duration) -> Self {
        Self { header: Duration::from_secs(10), answer: Duration::from_secs(30), finish }
    }
}

/// Serves until `stop`, then takes no new connection, lets requests and running changes finish, as long as may be, and
/// returns. A connection that cannot be accepted is logged, and the next one tried. `tls`: as https.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    tls: Option<TlsAcceptor>,
    stop: impl Future<Output = ()>,
    running: TaskTracker,
    waits: Waits,
) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = accept(&listener, &places) => accepted,
        };
        match accepted {
            Ok((stream, peer, place)) => {
                let (app, tls, open) = (app.clone(), tls.clone(), open.watcher());
                tokio::spawn(async move {
                    connection(stream, peer, app, tls, open, waits).await;
                    drop(place);
                });
            }
            Err(error) => {
                // Out of file descriptors, most likely: asking again at once would only burn the processor.
                tracing::warn!(%error, "no connection could be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    finish(open, &running, waits.finish).await;
}

async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, place))
}

async fn connection(stream: TcpStream, peer: SocketAddr, app: Router, tls: Option<TlsAcceptor>, open: Watcher, waits: Waits) {
    // Small answers go out at once. A socket that refuses the option is served all the same.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(waits.answer));
    let stream = Box::pin(stream);
    let Some(tls) = tls else { return answer(stream, peer, app, open, waits).await };
    match tokio::time::timeout(waits.header, tls.accept(stream)).await {
        Ok(Ok(stream)) => answer(stream, peer, app, open, waits).await,
        Ok(Err(error)) => tracing::debug!(%error, %peer, "no TLS came about"),
        Err(_) => tracing::debug!(%peer, "no TLS came about in time"),
    }
}

async fn answer(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, peer: SocketAddr, app: Router, open: Watcher, waits: Waits) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        app.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(waits.header)
        .max_headers(HEADER_FIELDS)
        .max_header_size(HEADER_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = open.watch(connection).await {
        tracing::debug!(%error, %peer, "connection ended");
    }
}

async fn finish(open: GracefulShutdown, running: &TaskTracker, patience: Duration) {
    tracing::info!(connections = open.count(), changes = running.len(), "stopping: what runs may finish");
    running.close();
    let finished = async {
        open.shutdown().await;
        running.wait().await;
    };
    if tokio::time::timeout(patience, finished).await.is_err() {
        tracing::warn!(
            changes = running.len(),
            "stopped with work unfinished; the journal says what, and it is looked up at the next start"
        );
    }
}

/// Completes when the process is asked to stop: SIGTERM or SIGINT.
///
/// # Errors
/// The signals cannot be listened to.
pub fn asked_to_stop() -> io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
