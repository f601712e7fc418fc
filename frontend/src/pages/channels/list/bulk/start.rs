//! Beginning a job with the channels that are selected.

use super::Several;
use crate::components::copy::CodeBox;
use crate::shared::as_code;
use crate::shared::job_start::Start;
use crate::view::prelude::*;
use contract::Call;

/// Nothing is selected any more once there is a job.
pub(super) fn start(several: Several, open: RwSignal<bool>) -> Start {
    let chosen = several.selection.chosen;
    Start::new(several.source.scope, open, move || chosen.get(), move || chosen.update(|chosen| chosen.clear()))
}

/// So many commands are shown: whoever wants more writes a loop.
const SHOWN: usize = 10;

/// The same with the AWS CLI, one call each.
pub(super) fn commands<R: Call>(
    several: Several,
    arns: Memo<Vec<String>>,
    request: impl Fn(String) -> R + Clone + Send + Sync + 'static,
) -> View {
    let lines = Signal::derive(move || {
        several.source.scope.with(|scope| {
            arns.with(|arns| {
                let mut lines: Vec<String> = arns.iter().take(SHOWN).map(|arn| as_code::command(scope, &request(arn.clone()))).collect();
                if arns.len() > SHOWN {
                    lines.push(format!("# and {} more, for the other channels", arns.len() - SHOWN));
                }
                lines.join("\n")
            })
        })
    });
    view! {
        <details>
            <summary>"as aws ivs"</summary>
            <CodeBox name="Copy commands" text=lines/>
        </details>
    }
}
