//! Identical reads that are in flight, or begun less than a second ago, share one call of IVS: fifty people who look at
//! the same list cost what one costs.
//!
//! The key is the typed request, with the account and the region it goes to; nothing of the person is in it, so the
//! permission is checked before and secrets are removed before a reply is put in (a mixed-up key could otherwise show one
//! person's answer to another). A call that others wait for is not cancelled with the one who began it.

use crate::error::Failure;
use crate::ivs::wire::Answer;
use contract::{Call, Operation};
use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// For so long an answer is as good as a new one.
const FRESH: Duration = Duration::from_secs(1);

/// A reply and when it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen<R> {
    pub(crate) answer: Answer<R>,
    /// Milliseconds since 1970.
    pub(crate) at: u64,
}

type Key = (String, String, Operation, String);
type Pending = Shared<BoxFuture<'static, Arc<dyn Any + Send + Sync>>>;

/// The reads under way and the ones just answered.
#[derive(Debug, Default)]
pub(crate) struct Reads {
    entries: Mutex<HashMap<Key, (Instant, Pending)>>,
}

impl Reads {
    /// The answer of an identical read, or of this one.
    pub(crate) async fn share<R: Call>(
        &self,
        account: &str,
        region: &str,
        request: &R,
        read: impl Future<Output = Result<Seen<R::Response>, Failure>> + Send + 'static,
    ) -> Result<Seen<R::Response>, Failure> {
        let input = serde_json::to_string(request).unwrap_or_default();
        let key = (account.to_owned(), region.to_owned(), R::OPERATION, input);
        let pending = self.join(key, read);
        let answer = pending.await;
        answer
            .downcast_ref::<Result<Seen<R::Response>, Failure>>()
            .cloned()
            .unwrap_or_else(|| Err(Failure::internal("a shared read of another type")))
    }

    fn join<T: Send + Sync + 'static>(&self, key: Key, read: impl Future<Output = T> + Send + 'static) -> Pending {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        entries.retain(|_, (begun, pending)| pending.peek().is_none() || now.duration_since(*begun) < FRESH);
        if let Some((_, pending)) = entries.get(&key) {
            return pending.clone();
        }
        // A task of its own: it goes on when the one who began it is gone.
        let task = tokio::spawn(read);
        let pending: Pending = async move {
            match task.await {
                Ok(value) => Arc::new(value) as Arc<dyn Any + Send + Sync>,
                Err(panicked) => Arc::new(panicked) as Arc<dyn Any + Send + Sync>,
            }
        }
        .boxed()
        .shared();
        entries.insert(key, (now, pending.clone()));
        pending
    }

    /// Forgets what was read of an account and region: something there has changed.
    pub(crate) fn forget(&self, account: &str, region: &str) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.retain(|(of, at, _, _), _| of != account || at != region);
    }
}
