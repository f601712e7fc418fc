//! Taking the channel off air and keeping it off: the stream key goes first, so that no encoder comes back. A job does it, whose page
//! says what became of each step.

use super::Shown;
use crate::api::query;
use crate::components::action::{Action, Look, Off};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::components::copy::CodeBox;
use crate::components::fields::TextArea;
use crate::components::form::FormState;
use crate::components::load::failure;
use crate::shared::job_start::Start;
use crate::shared::{as_code, csv, session, stream_badge};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::constraint::Check;
use contract::job::Task;
use contract::stream::StopStream;
use contract::stream_key::{CreateStreamKey, DeleteStreamKey, ListStreamKeys};
use contract::tag::Tags;
use contract::viewer_session::{BatchStartViewerSessionRevocation, BatchStartViewerSessionRevocationViewerSession as ViewerSession};
use contract::{FieldErrors, job};
use std::collections::BTreeMap;

const VIEWERS: &str = "viewers";

/// What is asked. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct OffAir {
    open: RwSignal<bool>,
    /// Is another stream key created afterwards?
    new_key: RwSignal<bool>,
    /// The viewers whose sessions are revoked, a line each.
    viewers: RwSignal<String>,
}

impl OffAir {
    pub(super) fn new() -> Self {
        Self { open: RwSignal::new(false), new_key: RwSignal::new(false), viewers: RwSignal::new(String::new()) }
    }

    /// Asks.
    pub(super) fn ask(self) {
        self.new_key.set(false);
        self.viewers.set(String::new());
        self.open.set(true);
    }
}

/// Whoever may delete the key may do the rest.
pub(super) fn off() -> Off {
    session::off::<DeleteStreamKey>()
}

/// The button that asks.
pub(super) fn button(off_air: OffAir) -> View {
    view! { <Action label="Take off air…" name="Take off air and keep off…" look=Look::Danger off=off() on=move |()| off_air.ask()/> }
}

/// Whom the lines name: a viewer id each, and a version where there is one.
fn read(channel: &str, text: &str) -> Result<Vec<ViewerSession>, String> {
    let mut viewers = Vec::new();
    for (line, cells) in csv::records(text) {
        let mut cells = cells.into_iter();
        let viewer_id = cells.next().unwrap_or_default();
        let version = cells.next().filter(|cell| !cell.is_empty());
        let version =
            version.map(|cell| cell.trim().parse::<i32>().map_err(|_| format!("Line {line}: the version must be a whole number.")));
        let viewer = ViewerSession {
            channel_arn: channel.to_owned(),
            viewer_id,
            viewer_session_versions_less_than_or_equal_to: version.transpose()?,
        };
        if let Some(error) = viewer.check().err().and_then(|errors| errors.0.into_iter().next()) {
            return Err(format!("Line {line}: {}", error.message));
        }
        if cells.any(|cell| !cell.is_empty()) {
            return Err(format!("Line {line}: a viewer id and a version, and nothing else."));
        }
        viewers.push(viewer);
    }
    if viewers.len() > job::MOST_KEYS {
        return Err(format!("At most {} at once. Revoke the others on the page Viewer sessions.", job::MOST_KEYS));
    }
    Ok(viewers)
}

/// The question.
pub(super) fn dialog(shown: Shown, off_air: OffAir) -> View {
    let OffAir { open, new_key, viewers } = off_air;
    // The key that the person means is the one there is now: another one, made later, is not deleted.
    let keys = query::pages(move || {
        let request = ListStreamKeys { channel_arn: shown.arn(), max_results: Some(50), ..ListStreamKeys::default() };
        (open.get() && !request.channel_arn.is_empty()).then(|| (shown.scope.get(), request))
    });
    let key = Memo::new(move |_| keys.with(|state| state.value().map(|pages| pages.items.first().and_then(|key| key.arn.clone()))));
    let unread = Memo::new(move |_| key.with(Option::is_none) && keys.bare().problem().is_some());
    let read = Memo::new(move |_| viewers.with(|text| read(&shown.arn(), text)));
    let start = Start::new(shown.scope, open, move || BTreeMap::from([(shown.arn(), shown.name())]), || ());
    // What must go off air does not wait for a read: the job looks for the key itself.
    let off: Off = Signal::derive(move || match (key.get(), read.with(|read| read.as_ref().err().cloned())) {
        (_, Some(why)) => Some(why),
        (None, None) if !unread.get() => Some("The stream key is being looked up.".to_owned()),
        (None | Some(_), None) => None,
    });
    let on = Callback::new(move |()| {
        let viewers = read.get_untracked().unwrap_or_default();
        let key_arn = key.get_untracked().flatten();
        start.run(Task::TakeOffAir { channel_arn: untrack(|| shown.arn()), key_arn, new_key: new_key.get_untracked(), viewers });
    });
    let lines = Signal::derive(move || {
        let channel_arn = shown.arn();
        shown.scope.with(|scope| {
            let mut lines: Vec<String> =
                key.get().flatten().map(|arn| as_code::command(scope, &DeleteStreamKey { arn })).into_iter().collect();
            lines.push(as_code::command(scope, &StopStream { channel_arn: channel_arn.clone() }));
            if new_key.get() {
                lines.push(as_code::command(scope, &CreateStreamKey { channel_arn, tags: Tags::new() }));
            }
            let revoke = |viewers: &[ViewerSession]| {
                as_code::command(scope, &BatchStartViewerSessionRevocation { viewer_sessions: viewers.to_vec() })
            };
            read.with(|read| lines.extend(read.as_deref().unwrap_or_default().chunks(BatchStartViewerSessionRevocation::MOST).map(revoke)));
            lines.join("\n")
        })
    });
    view! {
        <Confirm
            open=open
            title=TextProp::from(move || format!("Take {} off air, and keep it off?", shown.name()))
            verb="Take off air"
            keep="Leave it"
            type_name=Signal::derive(move || shown.name())
            off=off
            busy=start.busy
            on=on
        >
            {move || live(shown)}
            {failure(keys.bare())}
            <ul class="facts">
                {move || deletes(key.get(), unread.get())}
                {fact(Tone::Plain, "Then the stream is stopped, whichever it is by then, and watched for some twenty seconds to stay down.")}
                {fact(Tone::Plain, "What was recorded stays. The page of the job says how each step ended.")}
            </ul>
            <label class="check">
                <input type="checkbox" prop:checked=new_key on:change=move |event| new_key.set(event_target_checked(&event))/>
                "Create a new stream key once it has stayed down"
            </label>
            {move || revocations(shown, viewers, read)}
            <details>
                <summary>"as aws ivs"</summary>
                <CodeBox name="Copy commands" text=lines/>
            </details>
            {start.failure()}
        </Confirm>
    }
}

/// `key`: the one that it has, once that is known; `unread`: it could not be looked up.
fn deletes(key: Option<Option<String>>, unread: bool) -> View {
    let which = match key {
        Some(None) => return fact(Tone::Plain, "It has no stream key, so no encoder can come back."),
        Some(Some(arn)) => view! { " (" <code>{Arn::short(&arn).to_owned()}</code> ")" },
        None if unread => view! { ", whichever it has by then," },
        None => View::Nothing,
    };
    fact(
        Tone::Bad,
        view! { "Its stream key" {which} " is deleted first: every encoder that has it is refused from then on. It cannot be brought back." },
    )
}

fn live(shown: Shown) -> View {
    shown.on_air.with(|on_air| match (on_air.known(), on_air.stream()) {
        (_, Some(stream)) => {
            view! { <p>"It is live now with " <b>{stream_badge::watching(stream.viewer_count)}</b> ". They lose the picture at once."</p> }
        }
        (Some(_), None) => view! { <p>"It is offline now."</p> },
        (None, None) => view! { <p class="soft">"Whether it is live is not known yet."</p> },
    })
}

/// Tokens are asked for on private channels alone.
fn revocations(shown: Shown, viewers: RwSignal<String>, read: Memo<Result<Vec<ViewerSession>, String>>) -> View {
    if shown.channel.with(|channel| channel.authorized != Some(true)) {
        return View::Nothing;
    }
    provide_context(FormState::new(move || {
        let wrong = read.with(|read| read.as_ref().err().cloned());
        wrong.map(|why| FieldErrors::one(VIEWERS, why)).unwrap_or_default()
    }));
    view! {
        <details>
            <summary>"Revoke viewers, too"</summary>
            <TextArea
                label="Viewers"
                path=VIEWERS
                value=viewers
                rows="3"
                example="viewer-id,version"
                help="A line each: the viewer id, and the version of the sessions, which may be left out. Their tokens open nothing any more."
            />
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANNEL: &str = "arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh";

    #[test]
    fn a_line_is_a_viewer_and_perhaps_a_version() {
        let viewers = read(CHANNEL, "ann\nbob,3\n\n").unwrap();
        let read: Vec<_> =
            viewers.iter().map(|viewer| (viewer.viewer_id.as_str(), viewer.viewer_session_versions_less_than_or_equal_to)).collect();
        assert_eq!(read, [("ann", None), ("bob", Some(3))]);
        assert!(viewers.iter().all(|viewer| viewer.channel_arn == CHANNEL));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        assert!(read(CHANNEL, "ann\nbob,x").unwrap_err().starts_with("Line 2: the version"));
        assert!(read(CHANNEL, &"a".repeat(41)).unwrap_err().starts_with("Line 1: "));
        assert!(read(CHANNEL, "a,1,2").unwrap_err().contains("nothing else"));
        assert_eq!(read(CHANNEL, "").unwrap(), []);
        assert!(read(CHANNEL, &"a\n".repeat(job::MOST_KEYS + 1)).unwrap_err().contains("At most"));
    }
}
