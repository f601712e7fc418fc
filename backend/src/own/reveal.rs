//! Secret values.

use super::{Answer, Serve, nobody};
use crate::auth::Origin;
use crate::caller::Caller;
use crate::ivs::Scope;
use crate::state::State;
use axum::http::HeaderMap;
use contract::call::CallFailure;
use contract::own::{RevealPassphrase, RevealStreamKey, RevealStreamKeys, Revealed, RevealedStreamKeys};

impl Serve for RevealStreamKey {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<Revealed>, CallFailure> {
        let scope = Scope { account: self.account, region: self.region };
        let caller = caller.ok_or_else(nobody)?;
        state.ivs.reveal_stream_key(&caller, &scope, self.arn, self.reason).await.map(Into::into)
    }
}

impl Serve for RevealStreamKeys {
    async fn serve(
        self,
        state: &State,
        caller: Option<Caller>,
        _: &HeaderMap,
        _: &Origin,
    ) -> Result<Answer<RevealedStreamKeys>, CallFailure> {
        let scope = Scope { account: self.account, region: self.region };
        let caller = caller.ok_or_else(nobody)?;
        state.ivs.reveal_stream_keys(&caller, &scope, self.arns, self.reason).await.map(Into::into)
    }
}

impl Serve for RevealPassphrase {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<Revealed>, CallFailure> {
        let scope = Scope { account: self.account, region: self.region };
        let caller = caller.ok_or_else(nobody)?;
        state.ivs.reveal_passphrase(&caller, &scope, self.arn, self.reason).await.map(Into::into)
    }
}
