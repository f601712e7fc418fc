//! Revoking the sessions of one viewer.

use super::ledger::Ledger;
use super::pairs::{Pair, find};
use crate::api::{Change, Mutation, Scope};
use crate::components::action::{Action, Look, Off};
use crate::components::copy::CodeBox;
use crate::components::fields::{TextField, field, whole};
use crate::components::form::FormState;
use crate::components::load::problem;
use crate::components::{dom, page};
use crate::shared::known_channels::Known;
use crate::shared::{as_code, session};
use crate::view::prelude::*;
use contract::constraint::Check;
use contract::viewer_session::{BatchStartViewerSessionRevocationViewerSession as Session, StartViewerSessionRevocation};
use contract::{FieldError, FieldErrors};

/// What is typed, read: what would be sent, what the channel is called, and what is wrong.
type Read = (StartViewerSessionRevocation, String, FieldErrors);

fn read(known: &Known, channel: &str, viewer: &str, version: &str) -> Read {
    let mut errors = FieldErrors::default();
    let (arn, called) = find(known, channel.trim()).unwrap_or_else(|message| {
        errors.0.push(FieldError { field: "channelArn".to_owned(), message });
        Default::default()
    });
    let version = whole("viewerSessionVersionsLessThanOrEqualTo", version, &mut errors);
    let request = StartViewerSessionRevocation {
        channel_arn: arn,
        viewer_id: viewer.to_owned(),
        viewer_session_versions_less_than_or_equal_to: version,
    };
    let found = request.check().err().unwrap_or_default();
    let said: Vec<String> = errors.0.iter().map(|error| error.field.clone()).collect();
    errors.0.extend(found.0.into_iter().filter(|error| !said.contains(&error.field)));
    (request, called, errors)
}

/// The card.
pub(super) fn card(scope: Memo<Scope>, known: Memo<Known>, ledger: Ledger) -> View {
    let [channel, viewer, version] = [(); 3].map(|()| RwSignal::new(String::new()));
    let typed = Memo::new(move |_| known.with(|known| read(known, &channel.get(), &viewer.get(), &version.get())));
    provide_context(FormState::new(move || typed.get().2));
    let revoke = Mutation::in_form();
    let role = session::off::<StartViewerSessionRevocation>();
    let off: Off = Signal::derive(move || role.get().or_else(|| typed.with(|(_, _, errors)| errors.0.first().map(said))));
    let on = move |()| {
        let (request, called, _) = typed.get_untracked();
        let done = format!("Sessions of {} on {called} revoked", request.viewer_id);
        let session = Session {
            channel_arn: request.channel_arn.clone(),
            viewer_id: request.viewer_id.clone(),
            viewer_session_versions_less_than_or_equal_to: request.viewer_session_versions_less_than_or_equal_to,
        };
        revoke.run(Change::new(scope.get_untracked(), request, done), move |_| ledger.note(Pair { channel: called, session }));
    };
    let line = Signal::derive(move || scope.with(|scope| typed.with(|(request, ..)| as_code::command(scope, request))));
    let body = view! {
        {channel_field(known, channel)}
        <TextField label="Viewer id" path="viewerId" value=viewer help="The aws:viewer-id of the viewer's token: 1 to 40 characters."/>
        <TextField
            label="Versions up to"
            path="viewerSessionVersionsLessThanOrEqualTo"
            kind="number"
            value=version
            example="0"
            help="Sessions of this aws:viewer-session-version and of lower ones. Empty is 0, which is what tokens without a version have."
        />
        {move || revoke.problem().get().map(problem)}
        <div class="row"><Action label="Revoke sessions" look=Look::Primary off=off busy=revoke.busy() on=on/></div>
        <details class="code">
            <summary>"Same thing, as code"</summary>
            <CodeBox name="Copy command" text=line/>
        </details>
    };
    page::card("Revoke one viewer", View::Nothing, body)
}

fn said(error: &FieldError) -> String {
    let member = match error.field.as_str() {
        "channelArn" => "Channel",
        "viewerId" => "Viewer id",
        _ => "Versions",
    };
    format!("{member}: {}", error.message)
}

/// By its name, its id or its ARN; the names there are can be chosen.
fn channel_field(known: Memo<Known>, channel: RwSignal<String>) -> View {
    let list = dom::fresh_id("channels");
    let options = list.clone();
    let names = Memo::new(move |_| known.with(Known::names));
    field("Channel", "channelArn", "Its name, its id or its ARN.", Signal::stored(None), move |wiring| {
        view! {
            <input
                class="input"
                id=wiring.id
                list=list
                autocomplete="off"
                spellcheck="false"
                aria-describedby=wiring.described
                aria-invalid=move || wiring.invalid.get().then_some("true")
                prop:value=channel
                on:input=move |event| channel.set(event_target_value(&event))
                on:blur=move |_| wiring.left.run(())
            />
            <datalist id=options>{move || names.get().into_iter().map(|name| view! { <option value=name></option> }).collect::<View>()}</datalist>
        }
    })
}
