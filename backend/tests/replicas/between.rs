//! Something between a console and its database that loses answers, or lets nothing through.

use crate::pair::name;
use crate::postgres::Database;
use backend::journal::{Journal, Location, Server};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, UnixStream};
use tokio::sync::{Notify, watch};

/// What becomes of the next answer that says that a row is in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Next {
    /// It is lost, and the connection with it.
    IsLost,
    /// The same, and nothing goes through after it.
    IsLostAndHangs,
    /// From it on nothing goes through.
    Hangs,
}

/// What becomes of what goes through.
#[derive(Debug, Default)]
pub(crate) struct Between {
    pub(crate) next: Mutex<Option<Next>>,
    /// Nothing goes through, and nobody is told.
    pub(crate) hangs: watch::Sender<bool>,
    /// Nothing goes through the first so many connections, ever again; and how many there were.
    pub(crate) frozen: AtomicUsize,
    pub(crate) accepted: AtomicUsize,
    /// The next answer that says that a transaction has begun waits here,
    pub(crate) holds_a_begin: AtomicBool,
    /// which is told,
    pub(crate) begun: Notify,
    /// until it may go on.
    pub(crate) go_on: Notify,
}

impl Between {
    /// A journal that reaches its database through this.
    pub(crate) async fn journal(self: &Arc<Self>, database: &Database) -> Journal {
        Journal::open(Location::Server(Server::parse(&self.url(database).await).unwrap())).await.unwrap()
    }

    /// The URL of this.
    pub(crate) async fn url(self: &Arc<Self>, database: &Database) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let folder = database.url.query_pairs().find_map(|(name, value)| (name == "host").then(|| value.into_owned())).unwrap();
        let (own, socket) = (Arc::clone(self), format!("{folder}/.s.PGSQL.5432"));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (own, server) = (Arc::clone(&own), UnixStream::connect(&socket).await.unwrap());
                let number = own.accepted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
                    tokio::select! {
                        () = own.carry(number, from_client, to_server, false) => {}
                        () = own.carry(number, from_server, to_client, true) => {}
                    }
                });
            }
        });
        format!("postgres://postgres@127.0.0.1:{port}/{}", name(database))
    }

    /// Until it ends, or is to be cut.
    async fn carry(&self, number: usize, mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, answers: bool) {
        let mut bytes = vec![0; 64 * 1024];
        while let Ok(read) = from.read(&mut bytes).await {
            if read == 0 || answers && self.looks(&bytes[..read]).await {
                return;
            }
            if number < self.frozen.load(Ordering::SeqCst) {
                std::future::pending::<()>().await;
            }
            self.hangs.subscribe().wait_for(|hangs| !hangs).await.unwrap();
            if to.write_all(&bytes[..read]).await.is_err() {
                return;
            }
        }
    }

    /// At an answer. Is it lost?
    async fn looks(&self, answer: &[u8]) -> bool {
        let says = |what: &[u8]| answer.windows(what.len()).any(|part| part == what);
        if says(b"BEGIN\0") && self.holds_a_begin.swap(false, Ordering::SeqCst) {
            self.begun.notify_one();
            self.go_on.notified().await;
        }
        let next = if says(b"INSERT 0 1") { self.next.lock().unwrap().take() } else { None };
        if matches!(next, Some(Next::Hangs | Next::IsLostAndHangs)) {
            self.hangs.send_replace(true);
        }
        matches!(next, Some(Next::IsLost | Next::IsLostAndHangs))
    }
}
