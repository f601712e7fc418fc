//! What is still unknown: at start (the process may have died under a change) and while it runs, looked up again until
//! reading tells, or until it is so old that it would be seen if it had been made.

use super::{Found, Look, Resolve};
use crate::ivs::change::arns;
use crate::ivs::{Ivs, Scope, now};
use crate::journal::{Ending, JournalError, Unresolved};
use contract::call::Outcome;
use contract::{Code, Operation};
use serde_json::Value;
use std::time::Duration;

/// IVS's lists may lag behind its changes; not for so long.
const SURELY_SEEN: Duration = Duration::from_secs(120);
/// Between two rounds.
const ROUND: Duration = Duration::from_secs(30);

impl Ivs {
    /// Looks up what is unknown, round after round, for as long as it is polled.
    pub async fn resolve_pending(self) {
        loop {
            if self.ready()
                && let Err(error) = self.round().await
            {
                tracing::error!(%error, "what is unknown could not be looked up");
            }
            tokio::time::sleep(ROUND).await;
        }
    }

    /// What an earlier start left behind, and what ended here without a known end. The rest is under way: its own task
    /// looks after it.
    async fn round(&self) -> Result<(), JournalError> {
        let unresolved = self.0.journal.unresolved().await?;
        for pending in unresolved.iter().filter(|pending| pending.left_behind || pending.ending.is_some()) {
            let age = Duration::from_millis(now().saturating_sub(u64::try_from(pending.at / 1000).unwrap_or_default()));
            if let Some(ending) = self.look_up(pending, age).await {
                tracing::info!(intent = %pending.id, operation = pending.intent.operation, outcome = ?ending.outcome, "resolved by reading");
                self.0.journal.outcome(pending.id, &ending).await?;
            }
        }
        Ok(())
    }

    /// `None`: nothing new to say.
    async fn look_up(&self, pending: &Unresolved, age: Duration) -> Option<Ending> {
        let mut ending = Ending { reconciled: true, ..Ending::of(Outcome::Refused) };
        let Some(operation) = pending.intent.ivs_operation() else {
            // A reveal or a row of the console's own under which the process died: nothing was changed by it.
            ending.message = Some("The console stopped before it was done.".to_owned());
            return Some(ending);
        };
        let scope = Scope { account: pending.intent.account.clone()?, region: pending.intent.region.clone()? };
        let clients = self.0.clients.get(&scope)?;
        let look = Look { ivs: self, clients, scope: &scope };
        match find(operation, &look, &pending.intent.params, &pending.id.to_string()).await {
            Found::Made(reply) => {
                ending.outcome = Outcome::Done;
                ending.targets = arns(&reply);
                ending.after = Some(reply);
                Some(ending)
            }
            Found::NotSeen if age > SURELY_SEEN => {
                ending.message = Some("It was looked for and is not there: it was not made.".to_owned());
                Some(ending)
            }
            Found::NotSeen => None,
            Found::OneOf(candidates) => {
                let arns: Vec<&str> = candidates.iter().map(|candidate| candidate.arn.as_str()).collect();
                undecided(pending, format!("It may be one of these, which have its name: {}.", arns.join(", ")))
            }
            Found::Cannot(why) => undecided(pending, why),
        }
    }
}

/// Written once, so that it stands in the journal as unknown and not as under way.
fn undecided(pending: &Unresolved, why: String) -> Option<Ending> {
    let unknown = Ending { reconciled: true, code: Some(Code::OutcomeUnknown), ..Ending::of(Outcome::Unknown) };
    pending.ending.is_none().then_some(Ending { message: Some(why), ..unknown })
}

async fn find_typed<R: Resolve>(look: &Look<'_>, params: &Value, tag: &str) -> Found<Value> {
    let Ok(request) = serde_json::from_value::<R>(params.clone()) else {
        return Found::Cannot("The journal's row is of another version of the console.".to_owned());
    };
    match request.find_out(look, tag).await {
        Found::Made(mut reply) => {
            R::redact(&mut reply);
            Found::Made(serde_json::to_value(&reply).unwrap_or_default())
        }
        Found::NotSeen => Found::NotSeen,
        Found::OneOf(candidates) => Found::OneOf(candidates),
        Found::Cannot(why) => Found::Cannot(why),
    }
}

macro_rules! dispatch {
    ($($noun:ident $op:ident;)*) => {
        async fn find(operation: Operation, look: &Look<'_>, params: &Value, tag: &str) -> Found<Value> {
            match operation {
                $(Operation::$op => Box::pin(find_typed::<contract::$noun::$op>(look, params, tag)).await,)*
            }
        }
    };
}
contract::for_each_operation!(dispatch);
