//! The core: a request in, a reply out.

use crate::clock::Millis;
use crate::dispatch;
use crate::fault::Faults;
use crate::id::Ids;
use crate::rate::Buckets;
use crate::settings::{Rates, Settings};
use crate::sign;
use crate::store::{Ctx, Region};
use crate::sts::{self, Sessions};
use crate::wire::{self, Reply, Request, Route};
use contract::{ApiError, Operation};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An IVS in memory. Shared by everything that serves, scripts or watches it.
#[derive(Debug)]
pub struct Emulator {
    settings: Settings,
    faults: Faults,
    store: Mutex<Store>,
}

/// Everything that changes.
#[derive(Debug)]
struct Store {
    regions: BTreeMap<(String, String), Region>,
    sessions: Sessions,
    buckets: Buckets,
    rates: Rates,
    /// Resources and requests draw from their own, so that a read does not change what the next create makes.
    ids: Ids,
    request_ids: Ids,
    token_epoch: u64,
    calls: BTreeMap<Operation, u64>,
    commits: BTreeMap<Operation, u64>,
}

/// How a request sees the state; faults bend it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Lists do not show what was made within this time.
    pub list_lag: Millis,
}

impl Emulator {
    /// One with nothing in it.
    pub fn new(settings: Settings) -> Arc<Self> {
        let store = Mutex::new(Store::new(&settings));
        Arc::new(Self { settings, faults: Faults::default(), store })
    }

    /// Forgets everything: resources, streams, what is still to come, counts and faults. Ids begin again.
    pub fn reset(&self) {
        self.faults.clear();
        *self.store() = Store::new(&self.settings);
    }

    /// From now on operations may be called so often.
    pub fn set_rates(&self, rates: Rates) {
        self.store().rates = rates;
    }

    /// Its settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The faults around it.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// The time.
    pub fn now(&self) -> Millis {
        self.settings.clock.now()
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        // A panic in a request is that request's: refusals change nothing, so what is there is whole.
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How often each operation was really carried out: a reply that a fault swallowed counts, a refusal does not.
    pub fn commits(&self) -> BTreeMap<Operation, u64> {
        self.store().commits.clone()
    }

    /// How often each operation was called, refusals included; what a fault answered before the core saw it does not count.
    pub fn calls(&self) -> BTreeMap<Operation, u64> {
        self.store().calls.clone()
    }

    /// Makes every page token that was given so far worthless.
    pub fn expire_page_tokens(&self) {
        self.store().token_epoch += 1;
    }

    /// Looks at or changes a region of the account as no operation can, now.
    pub fn edit<T>(&self, region: &str, edit: impl FnOnce(&mut Region, &mut Ctx<'_>) -> T) -> T {
        self.edit_at(region, self.now(), edit)
    }

    /// The same as if it were another time: how a seed makes a past.
    pub fn edit_at<T>(&self, region: &str, now: Millis, edit: impl FnOnce(&mut Region, &mut Ctx<'_>) -> T) -> T {
        self.store().with(&self.settings, &self.settings.account, region, now, View::default(), edit)
    }

    /// The next request's id, for an answer that the core does not give.
    pub(crate) fn request_id(&self) -> String {
        self.store().request_ids.uuid()
    }

    /// Answers a request as IVS (or STS) does.
    pub fn answer(&self, request: &Request, view: View) -> Reply {
        let mut store = self.store();
        let request_id = store.request_ids.uuid();
        tracing::debug!(method = %request.method(), path = request.uri().path(), request_id, "a request");
        match wire::route(request.method(), request.uri().path()) {
            Route::Operation(operation, target) => {
                let answer = self.operation(&mut store, operation, target, request, view);
                wire::reply(operation, answer, &request_id)
            }
            Route::Sts => sts::answer(&mut store.sessions_and_ids(), &self.settings, self.now(), request, &request_id),
            Route::WrongMethod(allowed) => wire::wrong_method(allowed, &request_id),
            Route::Unknown => wire::unknown_operation(&request_id),
        }
    }

    /// Looks at a region of an account, if anything of it has ever been asked for.
    pub(crate) fn there<T>(&self, account: &str, region: &str, look: impl FnOnce(&mut Region, Millis) -> T) -> Option<T> {
        let mut store = self.store();
        store
            .regions
            .contains_key(&(account.to_owned(), region.to_owned()))
            .then(|| store.with(&self.settings, account, region, self.now(), View::default(), |region, ctx| look(region, ctx.now)))
    }

    fn operation(
        &self,
        store: &mut Store,
        operation: Operation,
        target: Option<&str>,
        request: &Request,
        view: View,
    ) -> Result<Vec<u8>, ApiError> {
        let now = self.now();
        let signed = sign::check(request, "ivs", &self.settings, &store.sessions, now)?;
        *store.calls.entry(operation).or_default() += 1;
        let input = wire::input(operation, target, request)?;
        let place = format!("{} {}", signed.account, signed.region);
        store.buckets.pass(store.rates, &place, operation, &wire::target(&input), self.settings.clock.pulse())?;
        let answer = store.with(&self.settings, &signed.account, &signed.region, now, view, |region, ctx| {
            dispatch::carry_out(operation, &input, region, ctx)
        })?;
        *store.commits.entry(operation).or_default() += 1;
        Ok(answer)
    }
}

impl Store {
    fn new(settings: &Settings) -> Self {
        Self {
            regions: BTreeMap::new(),
            sessions: Sessions::default(),
            buckets: Buckets::default(),
            rates: settings.rates,
            ids: Ids::seeded(settings.seed),
            request_ids: Ids::seeded(settings.seed ^ 0x5eed),
            token_epoch: 0,
            calls: BTreeMap::new(),
            commits: BTreeMap::new(),
        }
    }

    fn with<T>(
        &mut self,
        settings: &Settings,
        account: &str,
        region: &str,
        now: Millis,
        view: View,
        act: impl FnOnce(&mut Region, &mut Ctx<'_>) -> T,
    ) -> T {
        let key = (account.to_owned(), region.to_owned());
        let region = self.regions.entry(key).or_insert_with(|| Region::new(account, region));
        let mut ctx = Ctx { now, ids: &mut self.ids, settings, lists_until: now - view.list_lag, token_epoch: self.token_epoch };
        region.catch_up(&mut ctx);
        act(region, &mut ctx)
    }

    fn sessions_and_ids(&mut self) -> (&mut Sessions, &mut Ids) {
        (&mut self.sessions, &mut self.ids)
    }
}
