//! Deleting channels: what is lost is said first, and how many they are is typed. Those that are live are left out: IVS
//! refuses to delete them, and stopping a stream is a question of its own.

use super::start::{commands, start};
use super::{Asked, Several, arns, channels, names};
use crate::components::action::Off;
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::view::prelude::*;
use contract::channel::DeleteChannel;
use contract::job::Task;
use std::collections::BTreeSet;

pub(super) fn dialog(several: Several, asked: RwSignal<Asked>, open: RwSignal<bool>) -> View {
    let start = start(several, open);
    // It only shrinks while it is asked: what was left out once is not deleted, and who typed a number meant these.
    let shrinking = Memo::new(move |before: Option<&Asked>| {
        let (number, mut gone) = asked.get();
        if let Some((_, before)) = before.filter(|(of, _)| *of == number) {
            gone.clone_from(before);
        }
        several.source.streams.with(|streams| gone.retain(|channel| !streams.contains_key(channel.arn())));
        (number, gone)
    });
    let gone = Memo::new(move |_| shrinking.with(|(_, gone)| gone.clone()));
    let on_air = Memo::new(move |_| {
        let (_, mut others) = asked.get();
        gone.with(|gone| {
            let gone: BTreeSet<&str> = gone.iter().map(|channel| channel.arn()).collect();
            others.retain(|channel| !gone.contains(channel.arn()));
        });
        others
    });
    let of = Memo::new(move |_| gone.with(|gone| arns(gone)));
    let many = Memo::new(move |_| gone.with(Vec::len));
    let off: Off = Signal::derive(move || (many.get() == 0).then(|| "All of them are live. Stop their streams first.".to_owned()));
    let word = Signal::derive(move || gone.with(|gone| if let [one] = gone.as_slice() { one.called() } else { channels(gone.len()) }));
    let typed = Signal::derive(move || if many.get() == 0 { String::new() } else { word.get() });
    let on = Callback::new(move |()| {
        start.run(Task::DeleteChannels { arns: of.get_untracked() });
    });
    let left_out = move || {
        let on_air = on_air.get();
        (!on_air.is_empty()).then(|| {
            view! {
                <div class="note">
                    <p>{format!("{} live and left out: IVS deletes only channels that are offline.", are(on_air.len()))}</p>
                    {names(&on_air)}
                </div>
            }
        })
    };
    let unsure = move || {
        let known = several.source.all_known.get();
        (!known).then(|| fact(Tone::Warn, "Which of them are live is not known now. IVS refuses those that are."))
    };
    view! {
        <Confirm
            open=open
            title=TextProp::from(move || format!("Delete {} in {}?", word.get(), several.source.scope.get().region))
            verb="Delete channels"
            keep="Keep them"
            type_name=typed
            off=off
            busy=start.busy
            on=on
        >
            {move || gone.with(|gone| names(gone))}
            {left_out}
            <ul class="facts">
                {fact(Tone::Bad, "Their stream keys go with them, and their playback URLs stop working. This cannot be undone.")}
                {fact(Tone::Plain, "What was recorded stays in its bucket, and past sessions can be read for 60 days.")}
                {fact(Tone::Plain, "They are deleted one after the other. It can be cancelled: those that are not deleted yet stay.")}
                {unsure}
            </ul>
            {commands(several, of, |arn| DeleteChannel { arn })}
            {start.failure()}
        </Confirm>
    }
}

fn are(many: usize) -> String {
    format!("{} {}", channels(many), if many == 1 { "is" } else { "are" })
}
