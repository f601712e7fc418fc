//! Secret values on their way to the person who asked: by the reveal routes alone, journaled before they leave.

use super::{session, toasts};
use crate::api::{Problem, Scope, client};
use crate::components::secret_box::{Reveal, SecretBox};
use crate::view::prelude::*;
use contract::own::{Own, RevealStreamKey, Revealed};
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
