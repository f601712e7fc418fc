//! What the account check found, and having it look again.

use super::{Answer, Serve};
use crate::auth::Origin;
use crate::caller::Caller;
use crate::state::State;
use axum::http::HeaderMap;
use contract::call::CallFailure;
use contract::setup::{GetSetup, Setup};

impl Serve for GetSetup {
    async fn serve(self, state: &State, _: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<Setup>, CallFailure> {
        if self.again { Ok(crate::setup::run(state).await.into()) } else { Ok(state.check.latest().into()) }
    }
}
