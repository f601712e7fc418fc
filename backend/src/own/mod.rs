//! Our own routes: who one is, reveals, jobs, the journal, the set-up. Rows of the second table (`contract::own`).

mod jobs;
mod journal;
mod reveal;
mod session;
mod setup;

use crate::auth::Origin;
use crate::caller::Caller;
use crate::router::own;
use crate::state::State;
use axum::Router;
use axum::http::HeaderMap;
use axum::routing::post;
use contract::access::Permission;
use contract::arn::Arn;
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

/// All of them, from the table: what has a row is served.
pub(crate) fn routes(router: Router<State>) -> Router<State> {
    contract::for_each_route!(served)(router)
}

macro_rules! served {
    ($($request:ty;)*) => {
        |router: Router<State>| router$(.route(<$request as Own>::ROUTE.path(), post(own::<$request>)))*
    };
}
use served;

/// Not this person, or nobody. A denial is journaled.
pub(crate) async fn denied<O: Own>(state: &State, caller: Option<Caller>, about: &[(String, Arn)]) -> CallFailure {
    let Some(caller) = caller else { return nobody() };
    let (permission, missing) = match O::ROUTE.access() {
        Access::Anyone | Access::SignedIn => return nobody(),
        Access::Needs(permission) => (permission, caller.held.anywhere().demand(permission)),
        Access::NeedsThroughout(permission) => (permission, Err(permission.missing_throughout())),
        Access::NeedsGrant(grant) => (Permission::View, caller.held.throughout().demand(Permission::View).and(Err(grant.missing()))),
    };
    let missing = missing.err().unwrap_or_default();
    state.ivs.meters().denied(permission);
    caller.denied(&state.journal, O::ROUTE.name(), None, permission, missing, about).await.told()
}

/// Nobody is signed in.
pub(crate) fn nobody() -> CallFailure {
    CallFailure { error: ApiError::new(Code::SignInRequired, "Nobody is signed in."), receipt: None }
}
