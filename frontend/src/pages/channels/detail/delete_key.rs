//! Deleting the stream key alone: the channel stays, and nothing can be sent to it until it has another one.

use super::Shown;
use crate::api::{Change, Mutation};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::components::copy::CodeBox;
use crate::shared::as_code;
use crate::shared::on_air::OnAir;
use crate::view::prelude::*;
use contract::stream_key::DeleteStreamKey;

/// The question. `again` looks for the key once more.
pub(super) fn dialog(shown: Shown, key: Memo<Option<String>>, open: RwSignal<bool>, again: Callback<()>) -> View {
    let delete = Mutation::action();
    let request = move || DeleteStreamKey { arn: key.get().unwrap_or_default() };
    let on = Callback::new(move |()| {
        let (request, name) = untrack(|| (request(), shown.name()));
        let change = Change::new(shown.scope.get_untracked(), request, format!("Stream key of {name} deleted"));
        delete.run(change, move |_| again.run(()));
        open.set(false);
    });
    let line = Signal::derive(move || shown.scope.with(|scope| as_code::command(scope, &request())));
    let known = Memo::new(move |_| shown.on_air.with(OnAir::known));
    let live = move || match known.get() {
        Some(true) => Some(fact(Tone::Warn, "It is live now. The running stream goes on until it ends.")),
        Some(false) => None,
        None => Some(fact(Tone::Warn, "Whether it is live is not known now. A running stream goes on until it ends.")),
    };
    view! {
        <Confirm
            open=open
            title=TextProp::from(move || format!("Delete the stream key of {}?", shown.name()))
            verb="Delete stream key"
            keep="Keep it"
            type_name=Signal::derive(move || shown.name())
            busy=delete.busy()
            on=on
        >
            <ul class="facts">
                {fact(Tone::Bad, "No encoder can send to the channel until it has another stream key. This one cannot be brought back.")}
                {live}
                {fact(Tone::Plain, "To go on with another key, reset it instead.")}
            </ul>
            <details>
                <summary>"as aws ivs"</summary>
                <CodeBox name="Copy command" text=line/>
            </details>
        </Confirm>
    }
}
