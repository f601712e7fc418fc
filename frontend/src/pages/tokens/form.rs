//! The fields of a token, and signing it.

use super::held::Held;
use super::typed::Typed;
use super::{jwt, made};
use crate::api::{Pages, Query};
use crate::components::action::{Action, Look, Off};
use crate::components::fields::{Choose, SelectField, Switch, TextArea, TextField};
use crate::components::form::FormState;
use crate::components::load::failure;
use crate::shared::arn::called;
use crate::shared::p384::pem::to_base64url;
use crate::view::prelude::*;
use contract::channel::ChannelSummary;
use contract::playback_token::{REPORTING, RESOLUTIONS, claim, doubts};
use leptos::task::spawn_local;
use web_sys::SubmitEvent;

/// A choice of values as IVS writes them, the first of which is none.
fn values(none: &str, values: &[&str]) -> Signal<Vec<Choose>> {
    let choose = |value: &str, label: &str| Choose { value: value.to_owned(), label: label.to_owned() };
    let mut choices = vec![choose("", none)];
    choices.extend(values.iter().map(|value| choose(value, value)));
    Signal::stored(choices)
}

/// The private channels by name.
fn channels(known: Memo<Option<Pages<ChannelSummary>>>) -> Signal<Vec<Choose>> {
    Signal::derive(move || {
        known.with(|known| {
            let private = |channel: &&ChannelSummary| channel.authorized == Some(true);
            let choose = |channel: &ChannelSummary| {
                let arn = channel.arn.clone().unwrap_or_default();
                Choose { label: called(channel.name.as_deref(), &arn).to_owned(), value: arn }
            };
            let mut choices: Vec<Choose> = known.iter().flat_map(|known| &known.items).filter(private).map(choose).collect();
            choices.sort_by(|a, b| a.label.cmp(&b.label));
            let complete = known.as_ref().is_some_and(|known| known.complete);
            let first = match (choices.is_empty(), complete) {
                (false, _) => "Choose one",
                (true, true) => "There is no private channel here",
                (true, false) => "Loading…",
            };
            choices.insert(0, Choose { value: String::new(), label: first.to_owned() });
            choices
        })
    })
}

/// The card.
pub(super) fn card(
    list: Query<Pages<ChannelSummary>>,
    known: Memo<Option<Pages<ChannelSummary>>>,
    typed: Typed,
    state: FormState,
    held: Held,
    token: RwSignal<Option<String>>,
) -> View {
    let form = NodeRef::<web_sys::HtmlFormElement>::new();
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let off: Off = Signal::derive(move || held.print.with(Option::is_none).then(|| "Give it the private key first.".to_owned()));
    let sign = move || {
        let Some(signer) = held.signer().filter(|_| state.passes(form) && !busy.get_untracked()) else { return };
        busy.set(true);
        let shown = move || untrack(|| (typed.claims(0.0), held.print.get()));
        let asked = shown();
        let unsigned = jwt::unsigned(&untrack(|| typed.claims(js_sys::Date::now() / 1000.0)));
        spawn_local(async move {
            let signed = signer.sign(unsigned.as_bytes()).await;
            // Who has left, has typed on or has taken the key away meanwhile wants no token of it.
            if !busy.try_set(false) || shown() != asked {
                return;
            }
            failed.set(signed.as_ref().err().cloned());
            if signed.is_ok() {
                made::show();
            }
            token.set(signed.ok().map(|signature| format!("{unsigned}.{}", to_base64url(&signature))));
        });
    };
    let doubted = move || {
        let doubt = |doubt: contract::FieldError| view! { <p class="note warn"><code>{doubt.field}</code> " " {doubt.message}</p> };
        doubts(&typed.claims(0.0)).0.into_iter().map(doubt).collect::<View>()
    };
    view! {
        <form
            class="card"
            aria-label="Token"
            node_ref=form
            novalidate
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                sign();
            }
        >
            <div class="body">
                {failure(list.bare())}
                {fields(known, typed)}
                {doubted}
            </div>
            <footer class="foot">
                {move || failed.get().map(|why| view! { <p class="error" role="alert">{why}</p> })}
                <Action label="Sign token" look=Look::Primary off=off busy=busy on=move |()| sign()/>
                <input type="submit" hidden/>
            </footer>
        </form>
    }
}

fn fields(known: Memo<Option<Pages<ChannelSummary>>>, typed: Typed) -> View {
    let fresh = move |()| {
        if let Ok(crypto) = window().crypto() {
            typed.once.set(crypto.random_uuid());
        }
    };
    view! {
        <SelectField label="Channel" path=claim::CHANNEL value=typed.channel choices=channels(known) help="A private one of this region: others need no token."/>
        <TextField label="Expires after so many minutes" path=claim::EXPIRES kind="number" value=typed.expires help="Looked at only when playback starts: whoever watches goes on. At most ten with a viewer id or a single use."/>
        <TextField label="Viewer id" path=claim::VIEWER value=typed.viewer example="viewer-4711" help="At most 40 characters; what a revocation names. No name and no address of a person."/>
        <TextField label="Viewer session version" path=claim::VERSION kind="number" value=typed.version example="0" help="Only with a viewer id. A revocation ends the sessions up to a version."/>
        <TextField label="Single-use UUID" path=claim::SINGLE_USE value=typed.once help="The token is dead once a player has fetched the first playlist with it."/>
        <p class="field-action"><Action label="Generate UUID" look=Look::Quiet on=fresh/></p>
        <TextArea
            label="Origins of the web pages that may play"
            path=claim::ORIGINS
            value=typed.origins
            rows="2"
            example="https://*.example.com"
            help="One a line; *. stands for any subdomain. Empty allows every page. At most five under strict enforcement."
        />
        <Switch label="Strict origin enforcement" path=claim::STRICT value=typed.strict help="Every playlist and segment is asked with the Origin, by players that are no browsers too. On iOS only a video element with crossorigin sends it."/>
        <SelectField label="Maximum resolution" path=claim::RESOLUTION value=typed.resolution choices=values("All there are", &RESOLUTIONS) help="Caps the renditions."/>
        <details class="section">
            <summary>"Ads" <small>"for channels with an ad configuration"</small></summary>
            <div>
                <Switch label="No ads" path=claim::ADS_OPT_OUT value=typed.no_ads help="For this session."/>
                <TextField label="MediaTailor configuration" path=claim::ADS_CONFIG value=typed.ads_config help="The name of one of the up to three in the channel's ad configuration; the first where this is empty."/>
                <TextArea label="Player parameters" path=claim::ADS_PARAMS value=typed.ads_params rows="2" help="Passed on to MediaTailor: at most 1000 bytes."/>
                <SelectField label="Reporting" path=claim::ADS_REPORTING value=typed.ads_reporting choices=values("As IVS has it", &REPORTING) help="Who reports what was seen of the ads."/>
            </div>
        </details>
    }
}
