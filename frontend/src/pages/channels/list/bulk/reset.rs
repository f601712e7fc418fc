//! Resetting the stream keys of channels: how many they are is typed, since every encoder that has one is refused afterwards.

use super::start::start;
use super::{Asked, Several, arns, channels, count, names};
use crate::components::action::Off;
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::view::prelude::*;
use contract::job::{MOST_KEYS, Task};

pub(super) fn dialog(several: Several, asked: RwSignal<Asked>, open: RwSignal<bool>) -> View {
    let start = start(several, open);
    let about = Memo::new(move |_| asked.with(|(_, channels)| channels.clone()));
    let of = Memo::new(move |_| about.with(|about| arns(about)));
    let live = Memo::new(move |_| {
        several
            .source
            .streams
            .with(|streams| about.with(|about| about.iter().filter(|channel| streams.contains_key(channel.arn())).count()))
    });
    let word = Signal::derive(move || about.with(|about| if let [one] = about.as_slice() { one.called() } else { channels(about.len()) }));
    let off: Off = Signal::derive(move || {
        (of.with(Vec::len) > MOST_KEYS).then(|| format!("One job resets at most {} stream keys. Select fewer.", count(MOST_KEYS)))
    });
    let on = Callback::new(move |()| start.run(Task::ResetStreamKeys { arns: of.get_untracked() }));
    let on_air = move || match live.get() {
        0 => View::Nothing,
        1 => fact(Tone::Warn, "1 is live: its stream goes on with the old key until it ends."),
        many => fact(Tone::Warn, format!("{} are live: their streams go on with the old keys until they end.", count(many))),
    };
    view! {
        <Confirm
            open=open
            title=TextProp::from(move || format!("Reset the stream keys of {} in {}?", word.get(), several.source.scope.get().region))
            verb="Reset stream keys"
            keep="Keep them"
            type_name=word
            off=off
            busy=start.busy
            on=on
        >
            {move || about.with(|about| names(about))}
            <ul class="facts">
                {fact(Tone::Bad, "Their stream keys stop working: every encoder that has one is refused. They cannot be brought back.")}
                {on_air}
                {fact(Tone::Plain, "One after the other; the new one has the tags of the old one. Where a channel cannot get its new key, the others keep theirs.")}
                {fact(Tone::Plain, "The page of the job has a file with the new keys, for those who may read secrets.")}
            </ul>
            {start.failure()}
        </Confirm>
    }
}
