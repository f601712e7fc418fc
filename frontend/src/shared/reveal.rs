//! Secret values on their way to the person who asked: by the reveal routes alone, journaled before they leave.

use super::{session, toasts};
use crate::api::{Problem, Scope, client};
use crate::components::secret_box::{Reveal, SecretBox};
use crate::view::prelude::*;
use contract::own::{Own, RevealPassphrase, RevealStreamKey, Revealed};
use std::sync::Arc;

/// Asks with this request each time. What is refused becomes a message that stays.
pub(crate) fn by<R: Own<Reply = Revealed>>(request: impl Fn() -> R + Send + Sync + 'static) -> Reveal {
    Arc::new(move || Box::pin(value(client::own(&request()))))
}

async fn value(asked: impl Future<Output = Result<Revealed, Problem>>) -> Option<String> {
    match asked.await {
        Ok(revealed) => Some(revealed.value.expose().to_owned()),
        Err(problem) => {
            toasts::failed(problem, None, String::new());
            None
        }
    }
}

/// A stream key, closed.
pub(crate) fn stream_key(scope: Memo<Scope>, arn: String) -> View {
    let off = session::off_route::<RevealStreamKey>();
    let fetch = by(move || {
        let scope = scope.get_untracked();
        RevealStreamKey { account: scope.account, region: scope.region, arn: arn.clone(), reason: None }
    });
    view! { <SecretBox label="Stream key" prefix="sk_" off=off reveal=fetch/> }
}

/// The URL that an encoder is given for SRT: the key and the passphrase are in it, so that it is closed as they are. Seeing or
/// copying it reveals both.
pub(crate) fn srt_url(scope: Memo<Scope>, server: Signal<String>, channel: String, key: String) -> View {
    let off = session::off_route::<RevealStreamKey>();
    let fetch: Reveal = Arc::new(move || {
        let Scope { account, region } = scope.get_untracked();
        let (server, key, channel) = (server.get_untracked(), key.clone(), channel.clone());
        Box::pin(async move {
            let key = RevealStreamKey { account: account.clone(), region: region.clone(), arn: key, reason: None };
            let key = value(client::own(&key)).await?;
            let passphrase = value(client::own(&RevealPassphrase { account, region, arn: channel, reason: None })).await?;
            Some(format!("{server}?streamid={key}&passphrase={passphrase}"))
        })
    });
    view! { <SecretBox label="SRT URL" prefix="srt://…?streamid=sk_" off=off reveal=fetch/> }
}
