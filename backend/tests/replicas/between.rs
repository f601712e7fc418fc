//! Something between a console and its database that loses answers, or lets nothing through.

use crate::postgres::Database;
use backend::journal::{Journal, Place, Server};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, UnixStream};
use tokio::sync::Notify;

/// What becomes of what goes through.
#[derive(Debug, Default)]
pub(crate) struct Between {
    /// The next answer that says that a row is in is lost, and the connection with it.
    pub(crate) loses_an_answer: AtomicBool,
    /// And after it nothing goes through.
    pub(crate) then_hangs: AtomicBool,
    /// The next answer that says that a transaction has begun comes late.
    pub(crate) begins_late: AtomicBool,
    /// From the next answer that says that a row is in, nothing goes through.
    pub(crate) hangs_at_an_answer: AtomicBool,
    /// Nothing goes through, and nobody is told.
    pub(crate) hangs: AtomicBool,
    /// Nothing goes through the first so many connections, ever again.
    pub(crate) frozen: AtomicUsize,
    pub(crate) accepted: AtomicUsize,
    cut: Notify,
}

impl Between {
    /// A journal that reaches its database through this.
    pub(crate) async fn journal(self: &Arc<Self>, database: &Database) -> Journal {
        Journal::open(Place::Server(Server::parse(&self.url(database).await).unwrap())).await.unwrap()
    }

    /// The URL of this.
    pub(crate) async fn url(self: &Arc<Self>, database: &Database) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (own, socket) = (Arc::clone(self), format!("{}/.s.PGSQL.5432", database.folder()));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (own, server) = (Arc::clone(&own), UnixStream::connect(&socket).await.unwrap());
                let number = own.accepted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
                    tokio::select! {
                        () = own.carry(number, from_client, to_server, false) => {}
                        () = own.carry(number, from_server, to_client, true) => {}
                        () = own.cut.notified() => {}
                    }
                });
            }
        });
        format!("postgres://postgres@127.0.0.1:{port}/{}", database.name())
    }

    async fn carry(&self, number: usize, mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, answers: bool) {
        let mut bytes = vec![0; 64 * 1024];
        while let Ok(read) = from.read(&mut bytes).await {
            if read == 0 {
                return;
            }
            let is_in = answers && bytes[..read].windows(10).any(|part| part == b"INSERT 0 1");
            if is_in && self.hangs_at_an_answer.swap(false, Ordering::SeqCst) {
                self.hangs.store(true, Ordering::SeqCst);
            }
            if is_in && self.loses_an_answer.swap(false, Ordering::SeqCst) {
                if self.then_hangs.load(Ordering::SeqCst) {
                    self.hangs.store(true, Ordering::SeqCst);
                }
                return;
            }
            let begins = bytes[..read].windows(6).any(|part| part == b"BEGIN\0");
            if answers && begins && self.begins_late.swap(false, Ordering::SeqCst) {
                tokio::time::sleep(Duration::from_millis(300)).await;
            }
            while self.hangs.load(Ordering::SeqCst) || number < self.frozen.load(Ordering::SeqCst) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            if to.write_all(&bytes[..read]).await.is_err() {
                return;
            }
        }
    }
}
