//! Deleting the channel: what is lost is said first, and its name is typed.

use super::Shown;
use super::stop::{self, Stop};
use crate::api::{Change, Mutation};
use crate::components::action::{Action, Look, Off};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::components::copy::CodeBox;
use crate::routes::Page;
use crate::shared::on_air::OnAir;
use crate::shared::{as_code, channels, session};
use crate::view::prelude::*;
use contract::channel::{self, DeleteChannel};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

pub(super) fn button(open: RwSignal<bool>) -> View {
    let off = session::off::<DeleteChannel>();
    view! { <Action label="Delete channel…" look=Look::Danger off=off on=move |()| open.set(true)/> }
}

pub(super) fn dialog(shown: Shown, open: RwSignal<bool>, stop: Stop) -> View {
    let delete = Mutation::action();
    let known = Memo::new(move |_| shown.on_air.with(OnAir::known));
    let live = move || known.get() == Some(true);
    let off: Off = Signal::derive(move || channel::locked(live()).map(ToOwned::to_owned));
    let list = channels::channels(move || shown.scope.get());
    let navigate = use_navigate();
    // Gone with the channel that is shown.
    let here = RwSignal::new(());
    let gone = move |arn: &str| {
        list.update(|pages| pages.items.retain(|channel| channel.arn.as_deref() != Some(arn)));
        // Whoever went elsewhere meanwhile stays there.
        if here.try_set(()) {
            open.set(false);
            // In place of this page: Back must not lead to what is gone.
            navigate(&Page::Channels(shown.scope.get_untracked()).path(), NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    };
    let on = Callback::new(move |()| {
        let (arn, name) = untrack(|| (shown.arn(), shown.name()));
        let request = DeleteChannel { arn: arn.clone() };
        let gone = gone.clone();
        delete.run(Change::new(shown.scope.get_untracked(), request, format!("Channel {name} deleted")), move |_| gone(&arn));
        open.set(false);
    });
    let line = Signal::derive(move || shown.scope.with(|scope| as_code::command(scope, &DeleteChannel { arn: shown.arn() })));
    let name = Signal::derive(move || if live() { String::new() } else { shown.name() });
    view! {
        <Confirm
            open=open
            title=TextProp::from(move || format!("Delete {} in {}?", shown.name(), shown.scope.get().region))
            verb="Delete channel"
            keep="Keep it"
            type_name=name
            off=off
            busy=delete.busy()
            on=on
        >
            // One element for as long as it is asked: what changes in it is read out.
            <p class="soft" role="status">{move || state(known.get(), stop.ending(shown))}</p>
            {move || if live() { stop::before_deletion(shown, stop, open) } else { consequences() }}
            <details>
                <summary>"as aws ivs"</summary>
                <CodeBox name="Copy command" text=line/>
            </details>
        </Confirm>
    }
}

/// How far it is on the way. `live`: is it, as far as is known? `ending`: has its stream been stopped here?
const fn state(live: Option<bool>, ending: bool) -> &'static str {
    match (live, ending) {
        (Some(true), true) => "The stream is stopped. IVS shows it as live for some seconds more…",
        (Some(true), false) => "",
        (Some(false), _) => "It is offline now. This cannot be undone.",
        (None, _) => "Whether it is live is not known now; IVS refuses to delete a channel that is. This cannot be undone.",
    }
}

fn consequences() -> View {
    view! {
        <ul class="facts">
            {fact(Tone::Bad, "Its stream key goes with it: encoders that use it are refused.")}
            {fact(Tone::Bad, "Its playback URL stops working. A new channel has another one.")}
            {fact(Tone::Plain, "What was recorded stays in its bucket, and past sessions can be read for 60 days.")}
        </ul>
    }
}
