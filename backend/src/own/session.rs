//! Signing in and out, who one is, who else is signed in, and in the demo, being somebody else.

use super::{Answer, Serve, nobody};
use crate::auth::Origin;
use crate::auth::measure::{OK, TOKEN};
use crate::caller::Caller;
use crate::error::Failure;
use crate::ivs::Scope;
use crate::journal::{Actor, Decision, Intent, Kind};
use crate::state::State;
use axum::http::HeaderMap;
use contract::access::Permission;
use contract::call::CallFailure;
use contract::own::Own;
use contract::session::{
    ActAs, EndSession, EndSessionsOf, Ended, GetSignIn, ListAllSessions, ListSessions, Me, Place, Sessions, SignIn, SignInWay, SignOut,
    WhoAmI,
};
use contract::{ApiError, Code};

async fn me(state: &State, caller: &Caller) -> Me {
    let places = places(state, caller);
    let mut accounts = state.accounts();
    for account in &mut accounts {
        account.regions.retain(|region| places.iter().any(|place| place.account == account.name && place.region == *region));
    }
    accounts.retain(|account| !account.regions.is_empty());
    Me {
        name: caller.actor.display.clone(),
        subject: caller.actor.subject.clone(),
        rights: caller.held.anywhere(),
        places: if caller.held.is_everywhere() { Vec::new() } else { places },
        throughout: (!caller.held.is_everywhere()).then(|| caller.held.throughout()),
        named: state.auth.named(),
        sign_out_url: state.auth.sign_out_url(),
        demo: state.demo,
        accounts,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        operation_tag: state.ivs.operation_tag(),
        // Where that cannot be read, whoever looks at them is told why.
        jobs: state.jobs.any(&caller.sees()).await.unwrap_or(true),
    }
}

/// Where they may look. Who may look nowhere sees the places all the same, and that they may not.
fn places(state: &State, caller: &Caller) -> Vec<Place> {
    let all = state.accounts().into_iter().flat_map(|account| {
        let name = account.name;
        account.regions.into_iter().map(move |region| Scope { account: name.clone(), region })
    });
    let placed = all.map(|scope| {
        let rights = caller.held.at(&scope);
        Place { account: scope.account, region: scope.region, rights }
    });
    let somewhere = caller.held.anywhere().allow(Permission::View);
    placed.filter(|place| !somewhere || place.rights.allow(Permission::View)).collect()
}

impl Serve for SignIn {
    async fn serve(self, state: &State, _: Option<Caller>, headers: &HeaderMap, origin: &Origin) -> Result<Answer<Me>, CallFailure> {
        match state.auth.sign_in(&self.token, headers, origin) {
            Ok(signed_in) => {
                if signed_in.cookie.is_some() {
                    state.auth.signed_in(OK);
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
                state.auth.signed_in(TOKEN);
                tracing::warn!("a token that is not the one was refused");
                if state.auth.is_news(origin) {
                    journal(state, &event, &Decision::Denied { code: error.code.clone(), message: error.message.clone() }).await;
                }
                Err(CallFailure { error, receipt: None })
            }
        }
    }
}

impl Serve for GetSignIn {
    async fn serve(self, state: &State, _: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<SignInWay>, CallFailure> {
        Ok(state.auth.way().into())
    }
}

impl Serve for SignOut {
    async fn serve(self, state: &State, caller: Option<Caller>, headers: &HeaderMap, _: &Origin) -> Result<Answer<Ended>, CallFailure> {
        let caller = caller.ok_or_else(nobody)?;
        let ended = state.auth.sign_out(&caller, self.everywhere, headers).await;
        let (ended, cookie) = ended.map_err(|error| Failure::from(error).told())?;
        journal(state, &caller.intent(Kind::Auth, Self::ROUTE.name(), None), &Decision::Allowed).await;
        Ok(Answer { reply: Ended { ended }, cookie })
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
        let caller = state.auth.who(headers, origin).await.map_err(|_| nobody())?.caller;
        journal(state, &caller.intent(Kind::Auth, Self::ROUTE.name(), None), &Decision::Allowed).await;
        Ok(me(state, &caller).await.into())
    }
}

async fn sessions(state: &State, caller: Option<Caller>, all: bool) -> Result<Answer<Sessions>, CallFailure> {
    let listed = state.auth.sessions(&caller.ok_or_else(nobody)?, all).await;
    listed.map(|sessions| Sessions { sessions }.into()).map_err(|error| Failure::from(error).told())
}

impl Serve for ListSessions {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<Sessions>, CallFailure> {
        sessions(state, caller, false).await
    }
}

impl Serve for ListAllSessions {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<Sessions>, CallFailure> {
        sessions(state, caller, true).await
    }
}

impl Serve for EndSession {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<Ended>, CallFailure> {
        let caller = caller.ok_or_else(nobody)?;
        let ended = state.auth.end(&caller, &self.id).await.map_err(|error| Failure::from(error).told())?;
        if ended == 0 {
            let error = ApiError::new(Code::NotFound, "You have no such session that lasts.");
            return Err(CallFailure { error, receipt: None });
        }
        let event = Intent { params: serde_json::json!({ "session": self.id }), ..caller.intent(Kind::Auth, Self::ROUTE.name(), None) };
        journal(state, &event, &Decision::Allowed).await;
        Ok(Ended { ended }.into())
    }
}

impl Serve for EndSessionsOf {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<Ended>, CallFailure> {
        let caller = caller.ok_or_else(nobody)?;
        contract::call::check_beside(self.reason.as_deref(), None).map_err(|fields| Failure::from(fields).told())?;
        let params = serde_json::json!({ "subject": self.subject });
        let event = Intent { params, reason: self.reason, ..caller.intent(Kind::Auth, Self::ROUTE.name(), None) };
        // What somebody does to somebody else is not done unless it is written down.
        state.journal.event(&event, &Decision::Allowed).await.map_err(|error| Failure::from(error).told())?;
        let ended = state.auth.throw_out(&self.subject).await.map_err(|error| Failure::from(error).told())?;
        Ok(Ended { ended }.into())
    }
}

async fn journal(state: &State, event: &Intent, decision: &Decision) {
    if let Err(error) = state.journal.event(event, decision).await {
        tracing::error!(%error, "a sign-in could not be journaled");
    }
}
