//! Signing in, who one is, and in the demo, being somebody else.

use super::{Answer, Serve, nobody};
use crate::auth::Origin;
use crate::caller::Caller;
use crate::journal::{Actor, Decision, Intent, Kind};
use crate::state::State;
use axum::http::HeaderMap;
use contract::call::CallFailure;
use contract::own::Own;
use contract::session::{ActAs, Me, SignIn, WhoAmI};

async fn me(state: &State, caller: &Caller) -> Me {
    Me {
        name: caller.actor.display.clone(),
        rights: caller.rights.clone(),
        demo: state.demo,
        accounts: state.accounts(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        operation_tag: state.ivs.operation_tag(),
        // Where that cannot be read, whoever looks at them is told why.
        jobs: state.jobs.any(&caller.sees()).await.unwrap_or(true),
    }
}

impl Serve for SignIn {
    async fn serve(self, state: &State, _: Option<Caller>, headers: &HeaderMap, origin: &Origin) -> Result<Answer<Me>, CallFailure> {
        match state.auth.sign_in(&self.token, headers, origin) {
            Ok(signed_in) => {
                if signed_in.cookie.is_some() {
                    let event = signed_in.caller.intent(Kind::Auth, Self::ROUTE.name(), None);
                    journal(state, &event, &Decision::Allowed).await;
                }
                Ok(Answer { reply: me(state, &signed_in.caller).await, cookie: signed_in.cookie })
            }
            Err(error) => {
                let event = Intent {
                    kind: Kind::Auth,
                    request_id: origin.request_id.clone(),
                    actor: Actor { mode: "none".to_owned(), ..Actor::default() },
                    client_ip: origin.client_ip,
                    operation: Self::ROUTE.name().to_owned(),
                    ..Intent::default()
                };
                journal(state, &event, &Decision::Denied { code: error.code.clone(), message: error.message.clone() }).await;
                Err(CallFailure { error, receipt: None })
            }
        }
    }
}

impl Serve for WhoAmI {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<Me>, CallFailure> {
        Ok(me(state, &caller.ok_or_else(nobody)?).await.into())
    }
}

impl Serve for ActAs {
    async fn serve(self, state: &State, _: Option<Caller>, headers: &HeaderMap, origin: &Origin) -> Result<Answer<Me>, CallFailure> {
        state.auth.act_as(headers, &self.rights).map_err(|error| CallFailure { error, receipt: None })?;
        let caller = state.auth.who(headers, origin).ok_or_else(nobody)?;
        journal(state, &caller.intent(Kind::Auth, Self::ROUTE.name(), None), &Decision::Allowed).await;
        Ok(me(state, &caller).await.into())
    }
}

async fn journal(state: &State, event: &Intent, decision: &Decision) {
    if let Err(error) = state.journal.event(event, decision).await {
        tracing::error!(%error, "a sign-in could not be journaled");
    }
}
