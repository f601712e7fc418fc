//! Looking things up: a query is a signal that says how far it is. Two queries of the same request share one answer.

use super::store::{Entry, Fetch, Sink};
use super::{Problem, Scope, client};
use crate::shared::clock;
use contract::Call;
use contract::own::Own;
use futures::FutureExt;
use leptos::prelude::*;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

/// An answer younger than this is not asked for again, in milliseconds.
const FRESH: f64 = 1_000.0;

/// How far a query is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum State<T> {
    /// No answer yet.
    Loading,
    /// The answer, and when IVS gave it, in milliseconds since 1970.
    Loaded { value: T, at: f64 },
    /// The last attempt failed. What was known before is still there, with its age.
    Failed { problem: Problem, stale: Option<(T, f64)> },
}

impl<T> State<T> {
    /// The answer, or what was last known.
    pub(crate) fn value(&self) -> Option<&T> {
        match self {
            Self::Loading | Self::Failed { stale: None, .. } => None,
            Self::Loaded { value, .. } | Self::Failed { stale: Some((value, _)), .. } => Some(value),
        }
    }

    /// When IVS gave it.
    pub(crate) fn at(&self) -> Option<f64> {
        match self {
            Self::Loading | Self::Failed { stale: None, .. } => None,
            Self::Loaded { at, .. } | Self::Failed { stale: Some((_, at)), .. } => Some(*at),
        }
    }

    /// Why the last attempt failed, if it did.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Loading | Self::Loaded { .. } => None,
            Self::Failed { problem, .. } => Some(problem),
        }
    }

    /// Keeps what was known beside why there is nothing newer.
    pub(super) fn fail(&mut self, problem: Problem) {
        let stale = match std::mem::replace(self, Self::Loading) {
            Self::Loading => None,
            Self::Loaded { value, at } => Some((value, at)),
            Self::Failed { stale, .. } => stale,
        };
        *self = Self::Failed { problem, stale };
    }
}

/// What a query asks for: the key that it shares answers by, and how to look.
struct Asked {
    key: String,
    fetch: Fetch,
}

/// A query. A copy is the same query.
pub(crate) struct Query<T> {
    entry: StoredValue<Option<Rc<Entry>>, LocalStorage>,
    changed: ReadSignal<u32>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Query<T> {}

impl<T: 'static> Query<T> {
    /// Follows what `ask` names; where it names nothing, nothing is asked. Belongs to the component that makes it: with
    /// the last component that shows an answer, its request is aborted.
    fn follow(ask: impl Fn() -> Option<Asked> + Send + Sync + 'static) -> Self {
        let (entry, changed) = follow(Arc::new(ask), Entry::of::<T>);
        Self { entry, changed, of: PhantomData }
    }

    /// Reads the state, reactively.
    pub(crate) fn with<U>(&self, read: impl FnOnce(&State<T>) -> U) -> U {
        self.changed.track();
        let entry = self.entry.try_get_value().flatten();
        if let Some(entry) = &entry {
            entry.track();
        }
        // Read once: the closure may be called for one of the two, never for both.
        let mut read = Some(read);
        let mut once = |state: &State<T>| read.take().map(|read| read(state));
        match entry.and_then(|entry| entry.read(&mut once)).flatten() {
            Some(value) => value,
            None => once(&State::Loading).unwrap_or_else(|| unreachable!("an entry has the type it was made for")),
        }
    }

    /// Asks again, unless an answer is on its way.
    pub(crate) fn refetch(&self) {
        // A change may end after the page that asked for it has gone.
        self.entry.try_with_value(|entry| entry.iter().for_each(Entry::refetch));
    }

    /// Puts in what is known without asking, such as the reply of a change to the very thing.
    pub(crate) fn update(&self, change: impl FnOnce(&mut T)) {
        let Some(entry) = self.entry.try_get_value().flatten() else { return };
        entry.write(|state| {
            if let State::Loaded { value, .. } = state {
                change(value);
            }
        });
    }

    /// Asks again every so many milliseconds while the tab can be seen. Those who share an answer share its polling.
    pub(crate) fn every(self, millis: f64) -> Self {
        poll(self.entry, millis);
        self
    }
}

impl<T: Clone + 'static> Query<T> {
    /// The state, reactively.
    pub(crate) fn get(&self) -> State<T> {
        self.with(Clone::clone)
    }
}

type Slot = StoredValue<Option<Rc<Entry>>, LocalStorage>;
type Ask = Arc<dyn Fn() -> Option<Asked> + Send + Sync>;

/// Keeps the slot at what `ask` names.
fn follow(ask: Ask, of: fn(String, Fetch) -> Rc<Entry>) -> (Slot, ReadSignal<u32>) {
    let slot: Slot = StoredValue::new_local(None);
    let (changed, set_changed) = signal(0_u32);
    let asked = Arc::clone(&ask);
    let key = Memo::new(move |_| asked().map(|asked| asked.key));
    let enter = move || {
        let next = untrack(|| ask()).map(|Asked { key, fetch }| of(key, fetch));
        if let Some(next) = &next {
            // What somebody shows already is as fresh as they need it.
            if !next.enter() && js_sys::Date::now() - next.tried() > FRESH {
                next.refetch();
            }
        }
        leave(slot.try_update_value(|slot| std::mem::replace(slot, next)).flatten());
        set_changed.update(|count| *count += 1);
    };
    key.with_untracked(|_| enter());
    Effect::watch(move || key.track(), move |(), _, _| enter(), false);
    on_cleanup(move || leave(slot.try_update_value(Option::take).flatten()));
    (slot, changed)
}

fn poll(slot: Slot, millis: f64) {
    let now = clock::now();
    Effect::new(move || {
        let now = now.get();
        slot.with_value(|entry| {
            for entry in entry.iter().filter(|entry| now - entry.tried() >= millis) {
                entry.refetch();
            }
        });
    });
}

fn leave(entry: Option<Rc<Entry>>) {
    if let Some(entry) = entry {
        entry.leave();
    }
}

/// Looks with an operation of IVS. `ask` is reactive: another request is another answer; `None` asks nothing.
pub(crate) fn call<R: Call>(ask: impl Fn() -> Option<(Scope, R)> + Send + Sync + 'static) -> Query<R::Response> {
    Query::follow(move || {
        let (scope, request) = ask()?;
        let key = call_key(&scope, &request);
        let fetch = move |sink: Sink| {
            let (scope, request) = (scope.clone(), request.clone());
            async move {
                let reply = client::call(&scope, request).await?;
                sink.write(|state| *state = State::Loaded { value: reply.response, at: millis(reply.receipt.at) });
                Ok(())
            }
            .boxed_local()
        };
        Some(Asked { key, fetch: Rc::new(fetch) })
    })
}

/// Looks with a route of ours.
pub(crate) fn own<R: Own + Clone>(ask: impl Fn() -> Option<R> + Send + Sync + 'static) -> Query<R::Reply> {
    Query::follow(move || {
        let request = ask()?;
        let key = format!("{} {}", R::ROUTE.path(), json(&request));
        let fetch = move |sink: Sink| {
            let request = request.clone();
            async move {
                let value = client::own(&request).await?;
                sink.write(|state| *state = State::Loaded { value, at: js_sys::Date::now() });
                Ok(())
            }
            .boxed_local()
        };
        Some(Asked { key, fetch: Rc::new(fetch) })
    })
}

/// A list operation of IVS, whose pages follow each other by token.
pub(crate) trait Paged: Call {
    /// What it lists.
    type Item: Clone + Send + Sync + 'static;
    /// Asks for the page of this token.
    fn begin_at(&mut self, token: Option<String>);
    /// The items of a page and the token of the next.
    fn open(reply: Self::Response) -> (Vec<Self::Item>, Option<String>);
}

/// What a list has shown so far.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pages<T> {
    /// In IVS's order.
    pub(crate) items: Vec<T>,
    /// Has the last page come?
    pub(crate) complete: bool,
}

/// Looks at a whole list: its first page shows at once and the others are added as they come. Looking again replaces
/// the list only when its last page is there, so that nothing on the screen disappears meanwhile.
pub(crate) fn pages<R: Paged>(ask: impl Fn() -> Option<(Scope, R)> + Send + Sync + 'static) -> Query<Pages<R::Item>> {
    Query::follow(move || {
        let (scope, request) = ask()?;
        let key = call_key(&scope, &request);
        let fetch = move |sink: Sink| read_pages(scope.clone(), request.clone(), sink).boxed_local();
        Some(Asked { key, fetch: Rc::new(fetch) })
    })
}

async fn read_pages<R: Paged>(scope: Scope, mut request: R, sink: Sink) -> Result<(), Problem> {
    let again = sink.read(|state: &State<Pages<R::Item>>| state.value().is_some_and(|pages| pages.complete)) == Some(true);
    let mut items = Vec::new();
    loop {
        let reply = client::call(&scope, request.clone()).await?;
        let at = millis(reply.receipt.at);
        let (page, token) = R::open(reply.response);
        items.extend(page);
        if !again || token.is_none() {
            let value = Pages { items: items.clone(), complete: token.is_none() };
            sink.write(|state| *state = State::Loaded { value, at });
        }
        if token.is_none() {
            return Ok(());
        }
        request.begin_at(token);
    }
}

fn call_key<R: Call>(scope: &Scope, request: &R) -> String {
    format!("{} {}", contract::call::path(&scope.account, &scope.region, R::OPERATION), json(request))
}

fn json<R: serde::Serialize>(request: &R) -> String {
    serde_json::to_string(request).unwrap_or_default()
}

/// Milliseconds since 1970 fit a float exactly for the next 285,000 years.
#[expect(clippy::cast_precision_loss, reason = "see above")]
fn millis(at: u64) -> f64 {
    at as f64
}

/// Lists of the contract are read page by page in the same way; only the names of their members differ.
macro_rules! paged {
    ($($request:path, $items:ident: $item:path;)*) => {
        $(impl Paged for $request {
            type Item = $item;
            fn begin_at(&mut self, token: Option<String>) { self.next_token = token; }
            fn open(reply: Self::Response) -> (Vec<Self::Item>, Option<String>) { (reply.$items, reply.next_token) }
        })*
    };
}

paged! {
    contract::channel::ListChannels, channels: contract::channel::ChannelSummary;
    contract::stream::ListStreams, streams: contract::stream::StreamSummary;
    contract::stream_key::ListStreamKeys, stream_keys: contract::stream_key::StreamKeySummary;
    contract::recording_configuration::ListRecordingConfigurations, recording_configurations: contract::recording_configuration::RecordingConfigurationSummary;
    contract::playback_key_pair::ListPlaybackKeyPairs, key_pairs: contract::playback_key_pair::PlaybackKeyPairSummary;
    contract::playback_restriction_policy::ListPlaybackRestrictionPolicies, playback_restriction_policies: contract::playback_restriction_policy::PlaybackRestrictionPolicySummary;
    contract::ad_configuration::ListAdConfigurations, ad_configurations: contract::ad_configuration::AdConfigurationSummary;
    contract::failover_slate_configuration::ListFailoverSlateConfigurations, failover_slate_configurations: contract::failover_slate_configuration::FailoverSlateConfigurationSummary;
}
