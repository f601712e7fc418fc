//! What runs again when a signal changes that it read.
//!
//! Leptos's own effects lose changes (reactive_graph 0.2.16). Before one runs again, all that it read is asked whether it has
//! changed, in the effect's name; a memo that is made again by that tells everybody but whoever asks. So where another memo
//! stands in between, made of that one, read before it, and the same as before, the effect never hears of the change. Here
//! nobody asks in its name, and who is told while asking runs.

use futures::task::AtomicWaker;
use leptos::prelude::Owner;
use leptos::reactive::graph::{AnySource, AnySubscriber, ReactiveNode, Source as _, Subscriber, WithObserver, untrack};
use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll};

/// Runs again when something changes that it read, until this is dropped.
#[derive(Debug)]
pub(crate) struct Effect {
    _node: Arc<Node>,
}

impl Effect {
    /// Runs it for the first time now.
    pub(crate) fn now(mut run: Box<dyn FnMut()>) -> Self {
        let (node, owner) = (Arc::new(Node::default()), Owner::new());
        owner.with(|| node.run(&mut *run));
        Self::go_on(node, owner, run)
    }

    /// Runs it for the first time soon: once what is being made is on the page.
    pub(crate) fn soon(run: Box<dyn FnMut()>) -> Self {
        let (node, owner) = (Arc::new(Node::default()), Owner::new());
        node.mark_dirty();
        Self::go_on(node, owner, run)
    }

    fn go_on(node: Arc<Node>, owner: Owner, mut run: Box<dyn FnMut()>) -> Self {
        let weak = Arc::downgrade(&node);
        leptos::task::spawn_local(async move {
            while let Some(node) = poll_fn(|cx| Node::woken(&weak, cx)).await {
                if !owner.paused() && node.update_if_necessary() {
                    owner.with_cleanup(|| node.run(&mut *run));
                }
            }
        });
        Self { _node: node }
    }
}

/// Its place in the graph.
#[derive(Debug, Default)]
struct Node {
    /// Something that it read has changed.
    dirty: AtomicBool,
    /// Something that it read may have changed.
    woken: AtomicBool,
    waker: AtomicWaker,
    /// Each once. A handful: they are looked through from end to end.
    sources: Mutex<Vec<AnySource>>,
}

impl Node {
    /// Ready when something may have changed; with nothing when there is nobody left to run for.
    fn woken(node: &Weak<Self>, cx: &mut Context<'_>) -> Poll<Option<Arc<Self>>> {
        let Some(node) = node.upgrade() else { return Poll::Ready(None) };
        node.waker.register(cx.waker());
        if node.woken.swap(false, Relaxed) { Poll::Ready(Some(node)) } else { Poll::Pending }
    }

    /// Runs, and follows what is read meanwhile and nothing else.
    fn run(self: &Arc<Self>, run: &mut dyn FnMut()) {
        let weak: Weak<Self> = Arc::downgrade(self);
        let subscriber = AnySubscriber(Arc::as_ptr(self).addr(), weak);
        self.clear_sources(&subscriber);
        subscriber.with_observer(run);
    }

    fn sources(&self) -> std::sync::MutexGuard<'_, Vec<AnySource>> {
        self.sources.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Node {
    /// Nobody tells it of anything any more, and whoever waits for it to be woken ends.
    fn drop(&mut self) {
        // Subscribers are told apart by their addresses alone.
        self.clear_sources(&AnySubscriber(std::ptr::from_ref(self).addr(), Weak::<Self>::new()));
        self.waker.wake();
    }
}

impl ReactiveNode for Node {
    fn mark_dirty(&self) {
        self.dirty.store(true, Relaxed);
        self.mark_check();
    }

    fn mark_check(&self) {
        self.woken.store(true, Relaxed);
        self.waker.wake();
    }

    fn mark_subscribers_check(&self) {}

    fn update_if_necessary(&self) -> bool {
        if !self.dirty.load(Relaxed) {
            let sources = self.sources().clone();
            if untrack(|| sources.into_iter().any(|source| source.update_if_necessary())) {
                self.dirty.store(true, Relaxed);
            }
        }
        // What was told while asking is answered by this run.
        self.woken.store(false, Relaxed);
        self.dirty.swap(false, Relaxed)
    }
}

impl Subscriber for Node {
    fn add_source(&self, source: AnySource) {
        let mut sources = self.sources();
        if !sources.contains(&source) {
            sources.push(source);
        }
    }

    fn clear_sources(&self, subscriber: &AnySubscriber) {
        let before = std::mem::take(&mut *self.sources());
        for source in before {
            source.remove_subscriber(subscriber);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Memo, RwSignal};
    use super::Effect;
    use any_spawner::Executor;
    use leptos::prelude::Owner;
    use std::cell::RefCell;
    use std::rc::Rc;

    /// What an effect saw, and a way to let it run again.
    fn seen(follow: impl Fn() -> String + 'static) -> (Rc<RefCell<Vec<String>>>, Effect) {
        let seen = Rc::new(RefCell::new(Vec::new()));
        let effect = Effect::now(Box::new({
            let seen = Rc::clone(&seen);
            move || seen.borrow_mut().push(follow())
        }));
        (seen, effect)
    }

    fn in_page(test: impl FnOnce()) {
        // Each test is a process of its own.
        let _first = Executor::init_futures_executor();
        Owner::new().with(test);
    }

    #[test]
    fn a_change_is_seen_though_a_memo_of_it_that_is_read_before_stays_the_same() {
        in_page(|| {
            let name = RwSignal::new("a".to_owned());
            let shown = Memo::new(move |_| name.get());
            let there = Memo::new(move |_| shown.with(|shown| !shown.is_empty()));
            let (seen, _effect) = seen(move || if there.get() { shown.get() } else { String::new() });
            for next in ["b", "c"] {
                name.set(next.to_owned());
                Executor::poll_local();
            }
            assert_eq!(*seen.borrow(), ["a", "b", "c"]);
        });
    }

    #[test]
    fn it_runs_once_for_a_change_and_not_for_what_stays_the_same() {
        in_page(|| {
            let count = RwSignal::new(1);
            let (even, half) = (Memo::new(move |_| count.get() % 2 == 0), Memo::new(move |_| count.get() / 2));
            let (seen, _effect) = seen(move || format!("{} {}", even.get(), half.get()));
            for next in [1, 2, 4] {
                count.set(next);
                Executor::poll_local();
            }
            assert_eq!(*seen.borrow(), ["false 0", "true 1", "true 2"]);
        });
    }

    #[test]
    fn it_follows_only_what_it_read_last_and_ends_when_it_is_dropped() {
        in_page(|| {
            let (first, second) = (RwSignal::new(true), RwSignal::new(0));
            let (seen, effect) = seen(move || if first.get() { second.get().to_string() } else { "-".to_owned() });
            first.set(false);
            Executor::poll_local();
            second.set(1);
            Executor::poll_local();
            assert_eq!(*seen.borrow(), ["0", "-"]);
            drop(effect);
            first.set(true);
            Executor::poll_local();
            assert_eq!(seen.borrow().len(), 2);
            assert_eq!(Rc::strong_count(&seen), 1, "and lets go of what it held");
        });
    }
}
