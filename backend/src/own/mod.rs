//! Our own routes: who one is, reveals, jobs, the journal, the set-up. Rows of the second table (`contract::own`).

mod jobs;
mod journal;
mod reveal;
mod session;

use crate::auth::Origin;
use crate::caller::Caller;
use crate::journal::{Decision, Kind};
use crate::router::own;
use crate::state::State;
use axum::Router;
use axum::http::HeaderMap;
use axum::routing::post;
use contract::call::CallFailure;
use contract::own::{Access, Own};
use contract::{ApiError, Code};

/// What a route of ours answers, and the cookie that goes with it.
#[derive(Debug)]
pub(crate) struct Answer<R> {
    pub(crate) reply: R,
    pub(crate) cookie: Option<String>,
}

impl<R> From<R> for Answer<R> {
    fn from(reply: R) -> Self {
        Self { reply, cookie: None }
    }
}

/// A request of ours that can be served. The permission was checked before.
pub(crate) trait Serve: Own {
    /// Does it. `caller` is `None` only where the table lets anyone in.
    fn serve(
        self,
        state: &State,
        caller: Option<Caller>,
        headers: &HeaderMap,
        origin: &Origin,
    ) -> impl Future<Output = Result<Answer<Self::Reply>, CallFailure>> + Send;
}

fn at<O: Serve>(router: Router<State>) -> Router<State> {
    router.route(O::ROUTE.path(), post(own::<O>))
}

/// All of them. The test of the permission matrix walks `Route::ALL` and fails where one is missing here.
pub(crate) fn routes(router: Router<State>) -> Router<State> {
    let router = at::<contract::session::SignIn>(router);
    let router = at::<contract::session::WhoAmI>(router);
    let router = at::<contract::session::ActAs>(router);
    let router = at::<contract::setup::GetSetup>(router);
    let router = at::<contract::own::RevealStreamKey>(router);
    let router = at::<contract::own::RevealPassphrase>(router);
    let router = at::<contract::job::StartJob>(router);
    let router = at::<contract::job::ListJobs>(router);
    let router = at::<contract::own::GetJob>(router);
    let router = at::<contract::own::CancelJob>(router);
    let router = at::<contract::own::RetryJob>(router);
    at::<contract::journal::ListJournal>(router)
}

/// Not this person, or nobody. A denial is journaled.
pub(crate) async fn denied<O: Own>(state: &State, caller: Option<Caller>) -> CallFailure {
    let Some(caller) = caller else { return nobody() };
    let Access::Needs(permission) = O::ROUTE.access() else { return nobody() };
    let missing = caller.rights.demand(permission).err().unwrap_or_default();
    let mut event = caller.intent(Kind::Authz, O::ROUTE.name(), None);
    event.permission = Some(permission);
    let denial = Decision::Denied { code: Code::RoleForbidden, message: missing.to_owned() };
    if let Err(error) = state.journal.event(&event, &denial).await {
        tracing::error!(%error, "a denial could not be journaled");
    }
    CallFailure { error: ApiError::new(Code::RoleForbidden, missing), receipt: None }
}

/// Nobody is signed in.
pub(crate) fn nobody() -> CallFailure {
    CallFailure { error: ApiError::new(Code::SignInRequired, "Nobody is signed in."), receipt: None }
}
