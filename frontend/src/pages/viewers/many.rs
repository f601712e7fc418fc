//! Revoking many at once, from a list: what is wrong with it is said before anything is sent.

use super::pairs::{Checked, NEW_TOKEN, PUBLIC, Pair, Wrong, check};
use crate::api::Scope;
use crate::components::action::{Action, Look, Off};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::components::fields::TextArea;
use crate::components::file::{file_button, read_text};
use crate::components::locale::counted;
use crate::components::page;
use crate::shared::job_start::Start;
use crate::shared::known_channels::Known;
use crate::shared::session;
use crate::view::prelude::*;
use contract::job::{MOST, Task};
use contract::viewer_session::BatchStartViewerSessionRevocation;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// Of a file: far more than so many viewers take.
const MOST_BYTES: f64 = 4_000_000.0;

/// So many wrong lines are shown.
const SHOWN: usize = 50;

/// So many channels are named.
const NAMED: usize = 5;

/// About so long: the console keeps to a part of IVS's rate, which is two a second.
const SECONDS_A_CALL: usize = 1;

/// The card.
pub(super) fn card(scope: Memo<Scope>, known: Memo<Known>) -> View {
    let text = RwSignal::new(String::new());
    // As it was when somebody checked it: other words are another list.
    let checked = RwSignal::new(None::<Checked>);
    effect(move || {
        text.track();
        scope.track();
        checked.set(None);
    });
    let open = RwSignal::new(false);
    let empty: Off = Signal::derive(move || text.with(|text| text.trim().is_empty()).then(|| "Paste a list first.".to_owned()));
    let look = move |()| checked.set(Some(text.with_untracked(|text| known.with_untracked(|known| check(text, known)))));
    let body = view! {
        <TextArea
            label="Viewers"
            path="viewerSessions"
            value=text
            rows="7"
            example="channel,viewerId,version"
            help="A line each: the channel by its name, its id or its ARN; the viewer id; and the version, which may be left out. The first line may name the columns."
        />
        {file(text)}
        <div class="row"><Action label="Check the list" off=empty on=look/></div>
        {move || checked.get().map(|checked| dry_run(&checked, known, open))}
        {dialog(scope, known, checked, open)}
    };
    page::card("Revoke many viewers", View::Nothing, body)
}

/// Reads a file into the field.
fn file(text: RwSignal<String>) -> View {
    let refused = RwSignal::new(None::<String>);
    let read = move |file| {
        refused.set(None);
        spawn_local(async move {
            match read_text(file, MOST_BYTES, "a list of viewers").await {
                Ok(read) => drop(text.try_set(read)),
                Err(why) => drop(refused.try_set(Some(why))),
            }
        });
    };
    view! {
        <p class="field-action">{file_button("Read the viewers from a file", ".csv,.txt,text/csv", read)}</p>
        {move || refused.get().map(|why| view! { <p class="note warn" role="alert">{why}</p> })}
    }
}

/// What the list says and what would be sent.
fn dry_run(checked: &Checked, known: Memo<Known>, open: RwSignal<bool>) -> View {
    let Checked { pairs, wrong, repeated } = checked;
    let (all, calls) = (pairs.len(), pairs.len().div_ceil(BatchStartViewerSessionRevocation::MOST));
    let why = match (wrong.len(), all) {
        (1.., _) => Some("Mend the lines that are wrong, or take them out, and check again.".to_owned()),
        (0, 0) => Some("There is no viewer in the list.".to_owned()),
        (0, all) if all > MOST => Some(format!("A list takes at most {}. Send it in parts.", counted(MOST, "viewer", "viewers"))),
        (0, _) => None,
    };
    let role = session::off::<BatchStartViewerSessionRevocation>();
    let off: Off = Signal::derive(move || role.get().or_else(|| why.clone()));
    let twice = (*repeated > 0).then(|| {
        format!(" {} whose viewer stands above already: sent once, with the higher version.", counted(*repeated, "line", "lines"))
    });
    view! {
        <section class="dry-run" aria-label="Dry run" role="status">
            <p>
                <b>{counted(all, "viewer", "viewers")}</b> " on " {counted(channels(checked), "channel", "channels")} ": " {counted(calls, "call", "calls")}
                " of up to 20, about " {counted(calls * SECONDS_A_CALL, "second", "seconds")} "." {twice}
            </p>
            {known.with(|known| unaffected(checked, known)).map(|said| view! { <p class="note warn">{said}</p> })}
            {(!wrong.is_empty()).then(|| wrong_lines(wrong))}
        </section>
        <div class="row"><Action label=format!("Revoke {}…", counted(all, "viewer", "viewers")) look=Look::Danger off=off on=move |()| open.set(true)/></div>
    }
}

fn channels(checked: &Checked) -> usize {
    checked.pairs.iter().map(|pair| pair.session.channel_arn.as_str()).collect::<BTreeSet<_>>().len()
}

fn wrong_lines(wrong: &[Wrong]) -> View {
    let line = |wrong: &Wrong| view! { <li><b>{format!("Line {}", wrong.line)}</b> " " {wrong.why.clone()}</li> };
    let more = wrong.len().saturating_sub(SHOWN);
    view! {
        <p class="error">{counted(wrong.len(), "line is wrong", "lines are wrong")} ". Nothing is sent."</p>
        <ul class="names" tabindex="0" aria-label="Wrong lines">
            {wrong.iter().take(SHOWN).map(line).collect::<View>()}
            {(more > 0).then(|| view! { <li class="soft">{format!("and {}", counted(more, "more", "more"))}</li> })}
        </ul>
    }
}

/// Those of public channels, by the names of these.
fn unaffected(checked: &Checked, known: &Known) -> Option<String> {
    let pairs: Vec<_> = checked.pairs.iter().filter(|pair| known.is_public(&pair.session.channel_arn)).collect();
    let channels: BTreeSet<&str> = pairs.iter().map(|pair| pair.channel.as_str()).collect();
    let mut named = channels.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    if channels.len() > NAMED {
        named.push_str(", …");
    }
    let (viewers, of) =
        (counted(pairs.len(), "viewer", "viewers"), if channels.len() == 1 { "a public channel" } else { "public channels" });
    (!pairs.is_empty()).then(|| format!("{viewers} on {of}: {named}. {PUBLIC}"))
}

fn dialog(scope: Memo<Scope>, known: Memo<Known>, checked: RwSignal<Option<Checked>>, open: RwSignal<bool>) -> View {
    let of = move |read: fn(&Checked) -> usize| checked.with(|checked| checked.as_ref().map_or(0, read));
    let viewers = move || counted(of(|checked| checked.pairs.len()), "viewer", "viewers");
    let named = move || checked.with(|checked| checked.iter().flat_map(|checked| &checked.pairs).map(Pair::named).collect());
    let start = Start::new(scope, open, named, || ());
    let on = Callback::new(move |()| {
        if let Some(checked) = checked.get_untracked() {
            start.run(Task::RevokeViewers { viewers: checked.pairs.into_iter().map(|pair| pair.session).collect() });
        }
    });
    view! {
        <Confirm
            open=open
            title=TextProp::from(move || format!("Revoke the sessions of {} in {}?", viewers(), scope.get().region))
            verb="Revoke sessions"
            keep="Keep them"
            busy=start.busy
            on=on
        >
            <p class="soft">"On " {move || counted(of(channels), "channel", "channels")} ". IVS begins it at once; they lose the picture some time later."</p>
            <ul class="facts">
                {move || checked.with(|checked| unaffected(checked.as_ref()?, &known.get())).map(|said| fact(Tone::Warn, said))}
                {fact(Tone::Warn, format!("This cannot be taken back: each of them needs {NEW_TOKEN}."))}
                {fact(Tone::Plain, "It is a job, which goes on when this page is closed and can be cancelled after each call. Its page says what became of each viewer.")}
            </ul>
            {start.failure()}
        </Confirm>
    }
}
