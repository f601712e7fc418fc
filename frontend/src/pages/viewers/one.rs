//! Revoking the sessions of one viewer.

use super::pairs::{NEW_TOKEN, PUBLIC, find};
use crate::api::{Change, Mutation, Scope};
use crate::components::action::{Action, Look, Off};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::components::copy::CodeBox;
use crate::components::fields::{TextField, field, whole};
use crate::components::form::FormState;
use crate::components::load::problem;
use crate::components::{dom, page};
use crate::shared::known_channels::{Known, Meant};
use crate::shared::{as_code, session};
use crate::view::prelude::*;
use contract::constraint::Check;
use contract::viewer_session::StartViewerSessionRevocation;
use contract::{FieldError, FieldErrors};
use leptos_router::hooks::use_query_map;

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
pub(super) fn card(scope: Memo<Scope>, known: Memo<Known>) -> View {
    let [channel, viewer, version] = [(); 3].map(|()| RwSignal::new(String::new()));
    // Who comes from the page of a channel means that one: by its name, once that is known and its own alone.
    let address = use_query_map();
    let meant = Memo::new(move |_| address.with(|query| query.get("channel").unwrap_or_default()));
    effect(move || channel.set(meant.get()));
    effect(move || {
        let id = meant.get();
        let name = known.with(|known| if let Meant::One(arn) = known.meant(&id) { known.called(arn) } else { id.clone() });
        let alone = known.with(|known| matches!(known.meant(&name), Meant::One(_)));
        if alone && channel.with_untracked(|channel| *channel == id) {
            channel.set(name);
        }
    });
    let typed = Memo::new(move |_| known.with(|known| read(known, &channel.get(), &viewer.get(), &version.get())));
    provide_context(FormState::new(move || typed.get().2));
    let revoke = Mutation::in_form();
    let role = session::off::<StartViewerSessionRevocation>();
    let off: Off = Signal::derive(move || role.get().or_else(|| typed.with(|(_, _, errors)| errors.0.first().map(said))));
    let public = Memo::new(move |_| typed.with(|(request, ..)| known.with(|known| known.is_public(&request.channel_arn))));
    let said_public = move || {
        public
            .get()
            .then(|| view! { <p class="note warn" role="status">{typed.with(|(_, called, _)| called.clone())} " is public. " {PUBLIC}</p> })
    };
    let open = RwSignal::new(false);
    let on = Callback::new(move |()| {
        open.set(false);
        let (request, called, _) = typed.get_untracked();
        // IVS begins it and answers at once: nobody knows when it is done.
        let asked = format!("Asked to revoke the sessions of {} on {called}", request.viewer_id);
        revoke.run(Change::new(scope.get_untracked(), request, asked), |_| ());
    });
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
        {said_public}
        {move || revoke.problem().get().map(problem)}
        <div class="row"><Action label="Revoke sessions…" look=Look::Danger off=off busy=revoke.busy() on=move |()| open.set(true)/></div>
        <details class="code">
            <summary>"Same thing, as code"</summary>
            <CodeBox name="Copy command" text=line/>
        </details>
        {dialog(typed, public, open, on)}
    };
    page::card("Revoke one viewer", View::Nothing, body)
}

fn dialog(typed: Memo<Read>, public: Memo<bool>, open: RwSignal<bool>, on: Callback<()>) -> View {
    let title = move || typed.with(|(request, called, _)| format!("Revoke the sessions of {} on {called}?", request.viewer_id));
    let version = move || typed.with(|(request, ..)| request.viewer_session_versions_less_than_or_equal_to.unwrap_or_default());
    view! {
        <Confirm open=open title=TextProp::from(title) verb="Revoke sessions" keep="Keep them" on=on>
            <p class="soft">"Those of version " {move || version().to_string()} " and lower. IVS begins it at once; the viewer loses the picture some time later."</p>
            <ul class="facts">
                {move || public.get().then(|| fact(Tone::Warn, format!("The channel is public. {PUBLIC}")))}
                {fact(Tone::Warn, format!("This cannot be taken back: the viewer needs {NEW_TOKEN}."))}
            </ul>
        </Confirm>
    }
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
