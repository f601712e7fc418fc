//! Secret values on their way to the person who asked: by the reveal routes alone, journaled before they leave.

use super::{session, toasts};
use crate::api::{Problem, Scope, client};
use crate::components::secret_box::{Reveal, SecretBox};
use crate::view::prelude::*;
use contract::Code;
use contract::own::{Own, RevealPassphrase, RevealStreamKey, Revealed};
use std::sync::Arc;

/// Asks with this request each time. What is refused becomes a message that stays.
pub(crate) fn by<R: Own<Reply = Revealed>>(request: impl Fn() -> R + Send + Sync + 'static) -> Reveal {
    revealed(request, Callback::new(|()| ()))
}

/// `gone` is told when there is nothing to see any more.
fn revealed<R: Own<Reply = Revealed>>(request: impl Fn() -> R + Send + Sync + 'static, gone: Callback<()>) -> Reveal {
    Arc::new(move || Box::pin(value(client::own(&request()), gone)))
}

async fn value(asked: impl Future<Output = Result<Revealed, Problem>>, gone: Callback<()>) -> Option<String> {
    match asked.await {
        Ok(revealed) => Some(revealed.value.expose().to_owned()),
        Err(problem) => {
            if problem.code == Some(Code::ResourceNotFoundException) {
                gone.try_run(());
            }
            toasts::failed(problem, None, String::new());
            None
        }
    }
}

/// A stream key, closed. `gone` is told when somebody else has deleted it.
pub(crate) fn stream_key(scope: Memo<Scope>, arn: String, gone: Callback<()>) -> View {
    let off = session::off_route::<RevealStreamKey>();
    let request = move || {
        let scope = scope.get_untracked();
        RevealStreamKey { account: scope.account, region: scope.region, arn: arn.clone(), reason: None }
    };
    let fetch = revealed(request, gone);
    view! { <SecretBox label="Stream key" prefix="sk_" off=off reveal=fetch/> }
}

/// The URL that an encoder is given for SRT: the key and the passphrase are in it, so that it is closed as they are. Seeing or
/// copying it reveals both.
pub(crate) fn srt_url(scope: Memo<Scope>, server: Signal<String>, channel: String, key: String, gone: Callback<()>) -> View {
    let off = session::off_route::<RevealStreamKey>();
    let fetch: Reveal = Arc::new(move || {
        let Scope { account, region } = scope.get_untracked();
        let (server, key, channel) = (server.get_untracked(), key.clone(), channel.clone());
        Box::pin(async move {
            let key = RevealStreamKey { account: account.clone(), region: region.clone(), arn: key, reason: None };
            let key = value(client::own(&key), gone).await?;
            let passphrase = value(client::own(&RevealPassphrase { account, region, arn: channel, reason: None }), gone).await?;
            Some(format!("{server}?streamid={key}&passphrase={passphrase}"))
        })
    });
    view! { <SecretBox label="SRT URL" prefix="srt://…?streamid=sk_" off=off reveal=fetch/> }
}
