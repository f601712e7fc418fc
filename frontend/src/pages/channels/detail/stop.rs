//! Stopping the live stream: what viewers lose is said first, and the channel's name is typed. Only the stream that the
//! person saw is stopped, not one that has started since.

use super::Shown;
use super::off_air::{self, OffAir};
use crate::api::{Change, Mutation};
use crate::components::action::{Action, Look};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::components::copy::CodeBox;
use crate::components::{dom, locale};
use crate::shared::on_air::OnAir;
use crate::shared::{as_code, clock, session, stream_badge};
use crate::view::prelude::*;
use contract::call::Expect;
use contract::stream::{StopStream, StreamSummary};

/// What is learned later than this, in milliseconds, opens nothing any more.
const SOON: f64 = 30_000.0;

/// Stopping, from wherever on the page it is begun. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Stop {
    open: RwSignal<bool>,
    /// The stream that was on air when it was asked.
    seen: RwSignal<Option<StreamSummary>>,
    /// The last that was stopped here. IVS shows it as live for some seconds more.
    stopped: RwSignal<Option<String>>,
    /// What is opened afterwards.
    then: RwSignal<Option<RwSignal<bool>>>,
    stop: Mutation,
}

impl Stop {
    pub(super) fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            seen: RwSignal::new(None),
            stopped: RwSignal::new(None),
            then: RwSignal::new(None),
            stop: Mutation::action(),
        }
    }

    /// Asks. `then` is opened once it is stopped.
    pub(super) fn ask(self, shown: Shown, then: Option<RwSignal<bool>>) {
        self.seen.set(shown.on_air.with_untracked(|on_air| on_air.stream().cloned()));
        self.then.set(then);
        self.open.set(true);
    }

    /// Has it been stopped here, and IVS does not show it yet?
    pub(super) fn ending(self, shown: Shown) -> bool {
        let live = shown.on_air.with(|on_air| on_air.stream().and_then(|stream| stream.stream_id.clone()));
        live.is_some() && live == self.stopped.get()
    }
}

/// The button, with what is to be opened afterwards.
pub(super) fn button(shown: Shown, stop: Stop, then: Option<RwSignal<bool>>) -> View {
    let busy = Signal::derive(move || stop.stop.busy().get() || stop.ending(shown));
    let off = session::off::<StopStream>();
    let on = move |()| {
        if let Some(from) = then {
            from.set(false);
        }
        stop.ask(shown, then);
    };
    view! { <Action label="Stop stream…" look=Look::Danger off=off busy=busy on=on/> }
}

/// Why the stream that was `seen` is not there to be stopped; `now`: what is live.
fn over(seen: Option<&StreamSummary>, now: Option<&StreamSummary>) -> Option<String> {
    let id = |stream: &StreamSummary| stream.stream_id.clone().unwrap_or_default();
    match now {
        None => Some("The stream has ended already.".to_owned()),
        Some(now) if seen.is_some_and(|seen| id(seen) == id(now)) => None,
        Some(_) => {
            let seen = seen.map(id).unwrap_or_default();
            Some(format!("Stream {seen} has ended, and another has started since. Ask again to stop this one."))
        }
    }
}

pub(super) fn dialog(shown: Shown, stop: Stop, off_air: OffAir) -> View {
    let off = Memo::new(move |_| shown.on_air.with(|on_air| stop.seen.with(|seen| over(seen.as_ref(), on_air.stream()))));
    // What was seen, with the viewers that it has by now.
    let stream = Memo::new(move |_| {
        let now = shown.on_air.with(|on_air| on_air.stream().cloned());
        now.filter(|_| off.with(Option::is_none)).or_else(|| stop.seen.get()).unwrap_or_default()
    });
    // The button that asked goes with the stream.
    effect(move || {
        if shown.on_air.with(OnAir::known) == Some(false) && stop.stopped.with(Option::is_some) {
            dom::after_paint(dom::keep_focus);
        }
    });
    // It has ended by itself: what was to come afterwards comes.
    effect(move || {
        if stop.open.get()
            && shown.on_air.with(OnAir::known) == Some(false)
            && let Some(then) = stop.then.get_untracked()
        {
            stop.open.set(false);
            then.set(true);
        }
    });
    let on = Callback::new(move |()| {
        let asked = js_sys::Date::now();
        let (arn, name, seen) = untrack(|| (shown.arn(), shown.name(), stop.seen.get().and_then(|stream| stream.stream_id)));
        let change = Change::new(shown.scope.get_untracked(), StopStream { channel_arn: arn }, format!("Stream of {name} stopped"));
        stop.stop.run(Change { expect: Some(Expect { stream_id: seen.clone(), tags: None }), ..change }, move |_| {
            shown.streams.refetch();
            // Whoever went elsewhere meanwhile stays there.
            if stop.stopped.try_set(seen)
                && js_sys::Date::now() - asked < SOON
                && let Some(then) = stop.then.get_untracked()
            {
                then.set(true);
            }
        });
        stop.open.set(false);
    });
    let line = Signal::derive(move || {
        let request = StopStream { channel_arn: shown.arn() };
        shown.scope.with(|scope| as_code::command(scope, &request))
    });
    view! {
        <Confirm
            open=stop.open
            title=TextProp::from(move || format!("Stop the stream of {}?", shown.name()))
            verb="Stop stream"
            keep="Keep it live"
            type_name=Signal::derive(move || shown.name())
            off=off
            busy=stop.stop.busy()
            on=on
        >
            {move || match off.get() {
                Some(why) => view! { <p class="note warn" role="alert">{why}</p> },
                None => consequences(stream, instead(stop, off_air)),
            }}
            <details>
                <summary>"as aws ivs"</summary>
                <CodeBox name="Copy command" text=line/>
            </details>
        </Confirm>
    }
}

fn consequences(stream: Memo<StreamSummary>, instead: View) -> View {
    let now = clock::now();
    let started = move || stream.with(|stream| stream.start_time.as_deref().and_then(locale::parse_time));
    let since = move || started().map(|started| format!("for {}, ", locale::clock(now.get() - started)));
    view! {
        <p>"It is live " {since} "with " <b>{move || stream_badge::watching(stream.with(|stream| stream.viewer_count))}</b> ". They lose the picture at once."</p>
        <ul class="facts">
            {fact(Tone::Warn, view! { "The encoder connects again by itself as long as it has the stream key. To keep it off, stop it there too, or delete the key first: " {instead} })}
            {fact(Tone::Plain, view! { "Only stream " <code>{move || stream.with(|stream| stream.stream_id.clone())}</code> " is stopped, not one that started since." })}
        </ul>
    }
}

/// The way to what keeps it off.
fn instead(stop: Stop, off_air: OffAir) -> View {
    let on = move |()| {
        stop.open.set(false);
        off_air.ask();
    };
    view! { <Action label="Take off air…" look=Look::Quiet off=off_air::off() on=on/> }
}

/// What the page says of a live channel that is to be deleted: the way there.
pub(super) fn before_deletion(shown: Shown, stop: Stop, deleting: RwSignal<bool>) -> View {
    let ending = Memo::new(move |_| stop.ending(shown));
    let viewers = move || shown.on_air.with(|on_air: &OnAir| on_air.stream().map(|stream| stream_badge::watching(stream.viewer_count)));
    let show = move || {
        if ending.get() {
            return view! { <div class="row" aria-hidden="true"><span class="spinner"></span></div> };
        }
        view! {
            <p>"It is live now, with " <b>{viewers}</b> "."</p>
            <ul class="facts">
                {fact(Tone::Warn, "IVS deletes only channels that are offline. Stop its stream first; then this question comes again.")}
                {fact(Tone::Plain, "Best end it in the encoder: one that is only stopped by IVS connects again by itself.")}
            </ul>
            {button(shown, stop, Some(deleting))}
        }
    };
    show.into_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_stream_that_was_seen_is_stopped() {
        let stream = |id: &str| StreamSummary { stream_id: Some(id.to_owned()), ..StreamSummary::default() };
        let (first, second) = (stream("st-first"), stream("st-second"));
        assert_eq!(over(Some(&first), Some(&first)), None);
        assert!(over(Some(&first), None).is_some_and(|why| why.contains("ended already")));
        assert!(over(Some(&first), Some(&second)).is_some_and(|why| why.contains("st-first has ended") && !why.contains("st-second")));
    }
}
