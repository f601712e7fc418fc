//! One change at a time for each resource: two people's changes of the same one follow each other, at whichever console.

use crate::journal::JournalError;
use crate::replicas::{Hold, Replicas};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

type Lock = Arc<tokio::sync::Mutex<()>>;

/// The resources that are being changed, by ARN.
#[derive(Debug)]
pub(crate) struct Locks {
    replicas: Replicas,
    held: Mutex<BTreeMap<String, Lock>>,
}

impl Locks {
    pub(crate) fn new(replicas: Replicas) -> Self {
        Self { replicas, held: Mutex::default() }
    }

    /// Waits until nobody else changes any of these, and holds them until the guards are dropped. They are taken in one
    /// order whoever asks, so two changes never wait for each other.
    ///
    /// # Errors
    /// Whether another console changes them cannot be told.
    pub(crate) async fn hold(&self, targets: &[String]) -> Result<Hold, JournalError> {
        let mut targets: Vec<&String> = targets.iter().collect();
        targets.sort_unstable();
        targets.dedup();
        let mut guards = Vec::with_capacity(targets.len());
        for target in &targets {
            let lock = self.of(target);
            guards.push(lock.lock_owned().await);
        }
        self.replicas.hold(&targets, guards).await
    }

    fn of(&self, target: &str) -> Lock {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        // What nobody holds or waits for any more is forgotten.
        held.retain(|_, lock| Arc::strong_count(lock) > 1);
        Arc::clone(held.entry(target.to_owned()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[tokio::test]
    async fn the_same_resource_waits_and_another_does_not() {
        let locks = Locks::new(Replicas::alone());
        let (a, b) = ("a".to_owned(), "b".to_owned());
        let first = locks.hold(&[a.clone(), a.clone()]).await.unwrap();
        assert!(locks.hold(std::slice::from_ref(&a)).now_or_never().is_none());
        assert!(locks.hold(std::slice::from_ref(&b)).now_or_never().is_some());
        drop(first);
        assert!(locks.hold(&[a, b]).now_or_never().is_some());
        assert!(locks.held.lock().unwrap().len() <= 2);
    }
}
